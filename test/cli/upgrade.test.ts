import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findDrift, mergeDrift } from '../../src/install/drift.ts';
import { readPayload } from '../../src/install/payload.ts';
import { planInstall } from '../../src/install/plan.ts';
import { readManifest, readSituation } from '../../src/install/situation.ts';
import { findPlaces } from '../../src/repo/places.ts';
import { git, init, payload, read, repo, snapshot, upgrade, write } from '../install/support.ts';
import { scratchFolder } from '../support/packed.ts';

const STOP = '.claude/hooks/stop.sh';
const OLD = readFileSync('hooks/stop.sh', 'utf8');
const NEW = OLD.replace('#!/bin/sh\n', '#!/bin/sh\n# newer\n');
const NEXT = payload('1.1.0', { 'hooks/stop.sh': NEW, 'dist/gate.cjs': 'process.exitCode = 10; // newer\n' });

async function installed(options: Parameters<typeof init>[1] = {}): Promise<string> {
  const root = repo();
  await init(root, options);
  return root;
}

const MINE = `${OLD}# mine\n`;

describe('a file', () => {
  test.each([
    { disk: OLD, ships: NEW, option: { yes: true }, ends: NEW, code: 0 },
    { disk: OLD, ships: NEW, option: { check: true }, ends: OLD, code: 1 },
    { disk: OLD, ships: NEW, option: { dryRun: true }, ends: OLD, code: 0 },
    { disk: OLD, ships: OLD, option: { check: true }, ends: OLD, code: 0 },
    { disk: MINE, ships: NEW, option: { yes: true }, ends: MINE, code: 0 },
    { disk: MINE, ships: NEW, option: {}, ends: MINE, code: 0 },
    { disk: MINE, ships: NEW, option: { force: true }, ends: NEW, code: 0 },
    { disk: MINE, ships: NEW, option: { force: true, dryRun: true }, ends: MINE, code: 0 },
    { disk: MINE, ships: OLD, option: { check: true }, ends: MINE, code: 1 },
    { disk: MINE, ships: OLD, option: { force: true }, ends: OLD, code: 0 },
    { disk: NEW, ships: NEW, option: { yes: true }, ends: NEW, code: 0 },
    { disk: null, ships: OLD, option: { check: true }, ends: null, code: 1 },
    { disk: null, ships: NEW, option: { yes: true }, ends: NEW, code: 0 },
  ])('$disk -> $ships with $option', async ({ disk, ships, option, ends, code }) => {
    const root = await installed();
    if (disk === null) rmSync(join(root, STOP));
    else write(root, STOP, disk);
    const payloadDir = ships === NEW ? NEXT : payload('1.0.0');
    expect((await upgrade(root, { ...option, payloadDir })).code).toBe(code);
    expect(existsSync(join(root, STOP)) ? read(root, STOP) : null).toBe(ends);
  });

  test('of the same version is not written, changed or not', async () => {
    const root = await installed();
    write(root, STOP, MINE);
    const before = snapshot(root);
    expect((await upgrade(root, { yes: true })).out).toContain('nothing was changed');
    expect(snapshot(root)).toEqual(before);
  });

  test.each([
    { before: 'none', mine: null },
    { before: 'the person’s own', mine: '#!/bin/sh\necho "# theirs" >>"$1"\n' },
  ])('that an older version did not have is added to its git hooks, where there was $before', async ({ mine }) => {
    const root = repo();
    await init(root, { payloadDir: payload('0.9.0', { 'husky/prepare-commit-msg': null }) });
    expect(existsSync(join(root, '.husky/prepare-commit-msg'))).toBe(false);
    if (mine !== null) write(root, '.husky/prepare-commit-msg', mine);
    expect((await upgrade(root, { yes: true })).code).toBe(0);
    expect(read(root, '.husky/prepare-commit-msg')).toBe(readFileSync('husky/prepare-commit-msg', 'utf8'));
    if (mine !== null) expect(read(root, '.husky/prepare-commit-msg.before-postern')).toBe(mine);
  });

  test('that was changed shows as a unified diff, in colour where that is wanted', async () => {
    const root = await installed();
    write(root, STOP, MINE.replace('exit 2\n# mine', '\u001b[2Jexit 2\n# mine'));
    const plain = await upgrade(root, { yes: true });
    expect(plain.out).toContain(`--- ${STOP} (yours)`);
    expect(plain.out).toContain('\n-# mine');
    expect(plain.out).not.toContain('\u001b');
    expect((await upgrade(root, { check: true }, { color: true })).out).toContain('\u001b[31m-# mine');
  });

  test('that was overwritten is kept aside', async () => {
    const root = await installed();
    write(root, STOP, MINE);
    await upgrade(root, { force: true });
    const folder = join(root, '.git/postern/replaced');
    expect(readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual([MINE]);
  });

  test('with a changed block that was overwritten is kept aside', async () => {
    const root = await installed();
    const mine = read(root, 'CLAUDE.md').replace('Every tool call', 'EVERY tool call');
    write(root, 'CLAUDE.md', mine);
    await upgrade(root, { force: true });
    expect(read(root, 'CLAUDE.md')).not.toBe(mine);
    const folder = join(root, '.git/postern/replaced');
    expect(readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual([mine]);
  });

  test('that stays drifted keeps its base, so that a later merge still works', async () => {
    const root = await installed();
    write(root, STOP, MINE);
    await upgrade(root, { yes: true, payloadDir: NEXT });
    const manifest = readManifest(findPlaces(root)!)!;
    expect(manifest.postern).toBe('1.1.0');
    expect(manifest.files.find(({ path }) => path === STOP)?.base).toBe(OLD);
  });

  test('is merged three ways, and left alone where that is not possible', async () => {
    const root = await installed();
    const look = () => {
      const payload = readPayload(readManifest(findPlaces(root)!)!, NEXT);
      const situation = readSituation(findPlaces(root)!, {
        payload,
        choice: readManifest(findPlaces(root)!)!,
        asked: [],
      });
      return { situation, drift: findDrift(planInstall(situation), situation) };
    };
    write(root, STOP, MINE);
    const { situation, drift } = look();
    const merge = mergeDrift(drift[0]!);
    expect(merge).toEqual({ kind: 'clean', text: `${NEW}# mine\n` });
    const answers = new Map([[STOP, { kind: 'merge', text: `${NEW}# mine\n` } as const]]);
    expect(planInstall(situation, answers).find(({ path }) => path === STOP)).toMatchObject({ label: 'merge' });
    write(root, STOP, OLD.replace('#!/bin/sh\n', '#!/bin/sh\n# other\n'));
    expect(mergeDrift(look().drift[0]!)).toMatchObject({ kind: 'conflict', line: 2 });
  });
});

describe('the policy', () => {
  test.each([{ yes: true }, { force: true }])('of a person is not touched with %o', async (option) => {
    const root = await installed();
    write(root, '.postern/policy.yaml', 'version: 1\nextends: solo\n');
    expect((await upgrade(root, { ...option, payloadDir: NEXT })).code).toBe(0);
    expect(read(root, '.postern/policy.yaml')).toBe('version: 1\nextends: solo\n');
    expect((await upgrade(root, { check: true, payloadDir: NEXT })).code).toBe(0);
  });

  test('does not follow a newer template', async () => {
    const root = await installed();
    const before = read(root, '.postern/policy.yaml');
    const next = payload('1.1.0', { 'templates/policies/team.yaml': 'version: 1\nextends: team # newer\n' });
    await upgrade(root, { force: true, payloadDir: next });
    expect(read(root, '.postern/policy.yaml')).toBe(before);
  });
});

describe('a file that is no longer shipped', () => {
  const lean = payload('1.1.0', { 'agents/code-reviewer.md': null });
  const path = '.claude/agents/code-reviewer.md';
  test.each([
    { name: 'is offered', change: false, option: { yes: true }, stays: true, says: 'can be deleted' },
    { name: 'is named by a check', change: false, option: { check: true }, stays: true, says: 'can be deleted' },
    { name: 'is deleted when told to', change: false, option: { force: true }, stays: false, says: 'remove' },
    {
      name: 'stays when it was changed',
      change: true,
      option: { force: true },
      stays: true,
      says: 'because it was changed',
    },
  ])('$name', async ({ change, option, stays, says }) => {
    const root = await installed({ agents: true });
    if (change) write(root, path, 'mine\n');
    expect((await upgrade(root, { ...option, payloadDir: lean })).out).toContain(says);
    expect(existsSync(join(root, path))).toBe(stays);
  });
});

describe('the block for agents', () => {
  const next = payload('1.1.0', { 'templates/agent-block.md': '## Newer\n' });
  test('follows the version, and what stands around it stays', async () => {
    const root = await installed();
    write(root, 'CLAUDE.md', `# Mine\n\n${read(root, 'CLAUDE.md')}\n## More\n`);
    await upgrade(root, { yes: true, payloadDir: next });
    expect(read(root, 'CLAUDE.md')).toBe(
      '# Mine\n\n<!-- postern:begin -->\n## Newer\n<!-- postern:end -->\n\n## More\n',
    );
  });

  test('that was changed inside stays, and shows its difference', async () => {
    const root = await installed();
    const changed = read(root, 'CLAUDE.md').replace('## Postern', '## Our Postern');
    write(root, 'CLAUDE.md', changed);
    const { out } = await upgrade(root, { yes: true, payloadDir: next });
    expect(out).toContain('-## Our Postern');
    expect(read(root, 'CLAUDE.md')).toBe(changed);
    await upgrade(root, { force: true, payloadDir: next });
    expect(read(root, 'CLAUDE.md')).toContain('## Newer');
  });

  test('that a person took out stays out', async () => {
    const root = await installed();
    write(root, 'CLAUDE.md', '# Mine\n');
    await upgrade(root, { force: true, payloadDir: next });
    expect(read(root, 'CLAUDE.md')).toBe('# Mine\n');
  });
});

describe('it is refused', () => {
  test('where nothing is installed', async () => expect((await upgrade(repo())).said).toContain('npx postern init'));
  test('by an older version', async () => {
    const root = await installed({ payloadDir: NEXT });
    expect((await upgrade(root, { yes: true })).said).toContain('postern@1.1.0');
  });
  test('when an agent asks, though an agent may look', async () => {
    const root = await installed();
    const agent = { env: { CLAUDECODE: '1' } };
    expect((await upgrade(root, { force: true }, agent)).code).toBe(2);
    expect((await upgrade(root, { check: true }, agent)).code).toBe(0);
  });
});

test('a check in a fresh clone needs no git hooks to be switched on', async () => {
  const root = repo({ 'lefthook.yml': '' });
  await init(root);
  git(root, 'add', '-A');
  git(root, 'commit', '-qm', 'Guard');
  const clone = join(scratchFolder('clone'), 'copy');
  git(root, 'clone', '-q', root, clone);
  expect((await upgrade(clone, { check: true })).code).toBe(0);
});

test('the same as JSON', async () => {
  const root = await installed();
  write(root, STOP, MINE);
  const facts = JSON.parse((await upgrade(root, { yes: true, json: true, payloadDir: NEXT })).out);
  expect(facts).toMatchObject({ version: '1.1.0', from: '1.0.0', changed: true, drift: [{ path: STOP }] });
  expect(facts.steps).toContainEqual({ step: 'update', path: '.postern/gate.cjs' });
});
