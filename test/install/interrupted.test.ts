import { chmodSync, existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { applyPlan } from '../../src/install/apply.ts';
import { readInstalled } from '../../src/install/installed.ts';
import { readPayload } from '../../src/install/payload.ts';
import { planInstall } from '../../src/install/plan.ts';
import { planRemoval } from '../../src/install/plan-removal.ts';
import { readManifest, readSituation } from '../../src/install/situation.ts';
import type { Step } from '../../src/install/step.ts';
import { findPlaces } from '../../src/repo/places.ts';
import { git, init, PAYLOAD, payload, repo, snapshot, uninstall, upgrade, write } from './support.ts';

const CHOICE = { profile: 'team', agents: true, commands: false } as const;
const NEXT = payload('1.1.0', {
  'dist/gate.cjs': 'process.exitCode = 10; // new\n',
  'agents/code-reviewer.md': 'new\n',
});

/** A repository with something of everything that an installation touches. */
function busy(): string {
  const root = repo({ '.claude/settings.json': '{\n\t"model": "x"\n}', 'CLAUDE.md': '# Mine' });
  write(root, '.git/hooks/pre-commit', '#!/bin/sh\nexit 0\n');
  chmodSync(join(root, '.git/hooks/pre-commit'), 0o755);
  return root;
}

interface Plan {
  readonly steps: readonly Step[];
  readonly hooksDir: string;
}

function installation(root: string, payloadDir: string): Plan {
  const situation = readSituation(findPlaces(root)!, {
    payload: readPayload(CHOICE, payloadDir),
    choice: CHOICE,
    asked: [],
  });
  return { steps: planInstall(situation), hooksDir: situation.hooks.dir };
}

function removal(root: string): Plan {
  const installed = readInstalled(findPlaces(root)!, readManifest(findPlaces(root)!)!);
  return { steps: planRemoval(installed), hooksDir: installed.hooksDir };
}

/** Applies a plan and dies before its `stop`-th change. True when it died. */
function dies(root: string, { steps, hooksDir }: Plan, stop: number): boolean {
  let changes = 0;
  try {
    applyPlan(steps, findPlaces(root)!, hooksDir, {
      before: () => {
        if (changes++ === stop) throw new Error('killed');
      },
    });
    return false;
  } catch (error) {
    if ((error as Error).message !== 'killed') throw error;
    return true;
  }
}

const FLOWS = [
  {
    name: 'init',
    start: () => Promise.resolve(busy()),
    plan: (root: string) => installation(root, PAYLOAD),
    finish: (root: string) => init(root, { agents: true }),
  },
  {
    name: 'init without anything there',
    start: () => Promise.resolve(repo()),
    plan: (root: string) => installation(root, PAYLOAD),
    finish: (root: string) => init(root, { agents: true }),
  },
  {
    name: 'upgrade',
    start: async () => {
      const root = busy();
      await init(root, { agents: true });
      return root;
    },
    plan: (root: string) => installation(root, NEXT),
    finish: (root: string) => upgrade(root, { yes: true, payloadDir: NEXT }),
  },
  {
    name: 'uninstall',
    start: async () => {
      const root = busy();
      await init(root, { agents: true });
      return root;
    },
    plan: removal,
    finish: (root: string) => uninstall(root),
  },
] as const;

describe.each(FLOWS)('$name', ({ start, plan, finish }) => {
  test('killed before any of its changes and run again ends as if it had not been', async () => {
    const whole = await start();
    await finish(whole);
    const wanted = snapshot(whole);
    const changes = plan(await start()).steps.flatMap(({ acts }) => acts).length;
    expect(changes).toBeGreaterThan(2);
    for (let stop = 0; stop < changes; stop++) {
      const root = await start();
      expect(dies(root, plan(root), stop)).toBe(true);
      expect((await finish(root)).code, `stopped at ${stop}`).toBe(0);
      expect(snapshot(root), `stopped at ${stop}`).toEqual(wanted);
    }
  });

  test('a person can commit at every stage of it', async () => {
    const changes = plan(await start()).steps.flatMap(({ acts }) => acts).length;
    for (let stop = 0; stop < changes; stop += 3) {
      const root = await start();
      dies(root, plan(root), stop);
      git(root, 'commit', '-q', '--allow-empty', '-m', `Stopped at ${stop}`);
    }
  });
});

test('what a killed write left beside its file is swept up', async () => {
  const root = repo();
  write(root, '.postern/.gate.cjs.123.0.tmp', 'half');
  await init(root);
  expect(readdirSync(join(root, '.postern')).sort()).toEqual(['gate.cjs', 'manifest.json', 'policy.yaml']);
});

test('the lock of a process that died is taken over', async () => {
  const root = repo();
  const lock = join(root, '.git/postern/install.lock');
  mkdirSync(lock, { recursive: true });
  utimesSync(lock, 1_000_000_000, 1_000_000_000);
  expect((await init(root)).code).toBe(0);
  expect(existsSync(lock)).toBe(false);
});

test('a lock that is held is waited for, and the person is told', async () => {
  const root = repo();
  mkdirSync(join(root, '.git/postern/install.lock'), { recursive: true });
  const { code, said } = await init(root);
  expect(code).toBe(0);
  expect(said).toContain('waiting for it');
});

test('a state folder that cannot be made stops it before anything is written', async () => {
  const root = repo();
  writeFileSync(join(root, '.git/postern'), '');
  const before = snapshot(root);
  expect((await init(root)).code).toBe(2);
  expect(snapshot(root)).toEqual(before);
});
