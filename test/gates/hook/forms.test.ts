import { appendFileSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { decisionOf, type GuardedRepo, guardedRepo, sendHook, toolEvent } from '../../support/guarded.ts';
import { removeFolder } from '../../support/packed.ts';

let repo: GuardedRepo;
beforeAll(() => {
  repo = guardedRepo();
});
afterAll(() => [repo.root, repo.home].forEach(removeFolder));

const CALLS = {
  read: { tool: 'Read', input: () => ({ file_path: 'app.js' }), decision: '' },
  write: { tool: 'Write', input: () => ({ file_path: join(repo.root, 'app.js'), content: 'let a;\n' }), decision: '' },
  bash: { tool: 'Bash', input: () => ({ command: 'git status' }), decision: '' },
  quoted: { tool: 'Bash', input: () => ({ command: 'git log --grep "a b"' }), decision: '' },
  denied: { tool: 'Bash', input: () => ({ command: 'rm -rf /' }), decision: 'deny' },
} as const;

const send = (call: keyof typeof CALLS) =>
  decisionOf(sendHook(repo, 'pre-tool-use.sh', toolEvent(repo, CALLS[call].tool, CALLS[call].input())));
const formsFile = () => {
  const [name] = readdirSync(repo.stateDir).filter((one) => /^gate-v[\d.]+-pre-tool-use\.v8$/.test(one));
  return join(repo.stateDir, name!);
};
const HEADER_BYTES = 2048;
type Places = Record<string, [at: number, length: number]>;
const header = () => JSON.parse(readFileSync(formsFile()).toString('latin1', 0, HEADER_BYTES)) as { parts: Places };
const forget = () => {
  for (const name of readdirSync(repo.stateDir)) if (name.endsWith('.v8')) rmSync(join(repo.stateDir, name));
};

describe('a call loads only the parts that it needs', () => {
  beforeAll(() => void send('read'));
  beforeEach(forget);

  test.each([
    { call: 'read', parts: ['core'] },
    { call: 'write', parts: ['core', 'scanner'] },
    { call: 'bash', parts: ['commands', 'core', 'scanner'] },
    { call: 'quoted', parts: ['commands', 'core', 'parser', 'scanner'] },
    { call: 'denied', parts: ['commands', 'core', 'objection', 'scanner'] },
  ] as const)('$call: $parts', ({ call, parts }) => {
    send(call);
    expect(Object.keys(header().parts).sort()).toEqual(parts);
  });
});

describe('compiled forms that are not what they were', () => {
  const parts = () => Object.keys(header().parts);
  const change = (edit: (bytes: Buffer, places: Places) => void) => {
    const bytes = readFileSync(formsFile());
    edit(bytes, header().parts);
    writeFileSync(formsFile(), bytes);
  };
  const rewriteHeader = (edit: (places: Places) => Places) =>
    change((bytes, places) => {
      const text = bytes.toString('latin1', 0, HEADER_BYTES);
      const next = JSON.stringify({ ...JSON.parse(text), parts: edit(places) });
      bytes.write(next.padEnd(HEADER_BYTES), 0, 'latin1');
    });

  const DAMAGE: Record<string, () => void> = {
    'the last part cut short': () => truncateSync(formsFile(), readFileSync(formsFile()).length - 1000),
    'all parts cut off': () => truncateSync(formsFile(), HEADER_BYTES),
    'the header cut short': () => truncateSync(formsFile(), 100),
    'nothing left': () => truncateSync(formsFile(), 0),
    'more behind them': () => appendFileSync(formsFile(), 'x'),
    zeros: () => change((bytes) => void bytes.fill(0)),
    'parts swapped': () =>
      rewriteHeader((places) => ({
        ...places,
        core: places.scanner!,
        scanner: places.commands!,
        commands: places.core!,
      })),
    'the parts of another file': () =>
      change(
        (bytes) =>
          void bytes.write(
            bytes.toString('latin1', 0, HEADER_BYTES).replace(/\d/, (digit) => String((Number(digit) + 1) % 10)),
            0,
            'latin1',
          ),
      ),
    'no parts at all': () => rewriteHeader(() => ({})),
    'a part beyond the end': () => rewriteHeader((places) => ({ ...places, core: [1e9, places.core![1]] })),
  };

  test.each(Object.keys(DAMAGE))('%s: judged as before, and made anew', (damage) => {
    for (const call of Object.keys(CALLS) as (keyof typeof CALLS)[]) send(call);
    const before = parts();
    DAMAGE[damage]!();
    for (const call of Object.keys(CALLS) as (keyof typeof CALLS)[]) expect(send(call)).toBe(CALLS[call].decision);
    expect(parts().sort()).toEqual(before.sort());
  });
});
