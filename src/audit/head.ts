import { fstatSync, ftruncateSync, writeSync } from 'node:fs';
import type { Link } from './chain.ts';
import { readAt } from './files.ts';

/** The end of the log after its last append. */
export interface Head extends Link {
  /** Bytes of the log. */
  readonly size: number;
}

export type HeadState =
  | { readonly kind: 'known'; readonly head: Head }
  | { readonly kind: 'missing' }
  | { readonly kind: 'torn' };

/** Every head has this length, so that overwriting one needs neither a truncation nor a rename. */
const headBytes = 160;

/** The head as it stands in its file; an empty file is a `missing` head. */
export function readHead(fd: number): HeadState {
  const bytes = readAt(fd, 0, headBytes + 1);
  if (bytes.length === 0) return { kind: 'missing' };
  const head = bytes.length === headBytes ? parseHead(bytes.toString()) : undefined;
  return head === undefined ? { kind: 'torn' } : { kind: 'known', head };
}

/** Overwrites the head in place. A crash in between leaves it torn or one append behind; both are recognised. */
export function writeHead(fd: number, { hash, seq, size }: Head): void {
  const text = JSON.stringify({ hash, seq, size }).padEnd(headBytes - 1);
  writeSync(fd, `${text}\n`, 0);
  if (fstatSync(fd).size > headBytes) ftruncateSync(fd, headBytes);
}

function parseHead(text: string): Head | undefined {
  try {
    const { hash, seq, size } = JSON.parse(text) as Partial<Head>;
    const sound = typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash) && isCount(seq) && isCount(size);
    return sound ? { hash, seq, size } : undefined;
  } catch {
    return undefined;
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}
