import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GENESIS, seal } from '../../src/audit/chain.ts';
import { append } from '../../src/audit/log.ts';
import type { Entry } from '../../src/audit/record.ts';

/** A decision about a harmless command. */
export const decision: Entry = {
  kind: 'decision',
  call: 'toolu_01',
  gate: 'hook',
  grade: 'cooperative',
  subject: { host: 'host', user: 'user', client: 'claude-code', assurance: 'hook' },
  session: { id: 'session-1' },
  tool: 'Bash',
  what: 'ls -la src',
  effect: 'allow',
  would: 'allow',
  mode: 'enforce',
};

export function numbered(count: number, first = 1): Entry[] {
  return Array.from({ length: count }, (_, index) => ({ ...decision, call: `call-${first + index}` }));
}

/** Sealed lines of a fresh chain, without newlines. */
export function sealedLines(entries: readonly Entry[]): string[] {
  let { seq, hash } = GENESIS;
  return entries.map((entry) => {
    const sealed = seal(entry, hash, ++seq, '2026-01-02T03:04:05.678Z');
    hash = sealed.record.hash;
    return sealed.line;
  });
}

/** A new folder for a log; the parent exists, the folder itself does not. */
export function freshDir(): string {
  return join(mkdtempSync(join(tmpdir(), 'postern-audit-')), 'postern');
}

/** The folder of a log with `count` records. */
export function logged(count: number): string {
  const dir = freshDir();
  append(dir, numbered(count), { sync: false });
  return dir;
}
