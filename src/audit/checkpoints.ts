import { appendFileSync, readFileSync } from 'node:fs';
import { parseLine } from './chain.ts';
import type { HostKey } from './host-key.ts';
import { Frontier, leafHash } from './merkle.ts';
import { type Checkpoint, readNote, signedNote } from './note.ts';
import { prunedBefore } from './pruned.ts';
import { firstSeq, logLinesBackwards } from './query.ts';

/** A checkpoint that the host key signed, with its note. */
export interface SignedCheckpoint extends Checkpoint {
  readonly note: string;
}

/** A checkpoint as it is kept. `nodes` are the roots of the tree's whole subtrees, base64: what the next checkpoint goes on from. */
interface Kept {
  readonly time: string;
  readonly note: string;
  readonly nodes: readonly string[];
}

/** The log's checkpoints, a JSON line each. */
export function checkpointsPath(dir: string): string {
  return `${dir}/audit.checkpoints`;
}

/** The log's checkpoints, and those from elsewhere, that this key signed, smallest first. */
export function checkpointsOf(
  dir: string,
  publicKey: string | undefined,
  anchors: readonly string[] = [],
): SignedCheckpoint[] {
  if (publicKey === undefined) return [];
  return [...kept(dir).map(({ note }) => note), ...anchors]
    .flatMap((note) => {
      const read = readNote(note, publicKey);
      return read.kind === 'signed' ? [{ ...read.checkpoint, note }] : [];
    })
    .sort((a, b) => a.size - b.size);
}

/** When the last checkpoint was made, in milliseconds since 1970; 0 when there is none. */
export function lastCheckpointTime(dir: string): number {
  return Date.parse(kept(dir).at(-1)?.time ?? '') || 0;
}

/**
 * Signs the log as it stands and keeps the note; `null` for an empty log. It goes on from the last checkpoint of the same key, so that its
 * cost is that of the records since: what stood before was signed already, and `verify` finds out when that was changed.
 */
export function makeCheckpoint(dir: string, key: HostKey, now = new Date()): SignedCheckpoint | null {
  const start = startOf(dir, key);
  const { frontier } = start;
  const before = frontier.size;
  let { log } = start;
  for (const bytes of linesAfter(dir, before)) {
    log ||= bytes.toString('latin1', bytes.length - 66, bytes.length - 50);
    frontier.add(leafHash(bytes));
  }
  if (frontier.size === before) return checkpointsOf(dir, key.publicKey).at(-1) ?? null;
  const root = frontier.root().toString('base64');
  const checkpoint = { origin: `${key.name}/${log}`, size: frontier.size, root };
  const note = signedNote(checkpoint, key);
  const line: Kept = { time: now.toISOString(), note, nodes: frontier.nodes.map((node) => node.toString('base64')) };
  appendFileSync(checkpointsPath(dir), `${JSON.stringify(line)}\n`, { mode: 0o600, flush: true });
  return { ...checkpoint, note };
}

/** The tree and the log's name (16 hex digits of its first record's hash) as far as they were signed. */
function startOf(dir: string, key: HostKey): { frontier: Frontier; log: string } {
  for (const { note, nodes } of kept(dir).reverse()) {
    const read = readNote(note, key.publicKey);
    if (read.kind !== 'signed') continue;
    const { size, root, origin } = read.checkpoint;
    const frontier = Frontier.of(
      size,
      nodes.map((node) => Buffer.from(node, 'base64')),
    );
    if (frontier.root().toString('base64') === root)
      return { frontier, log: origin.slice(origin.lastIndexOf('/') + 1) };
  }
  const pruned = prunedBefore(dir, firstSeq(dir), key.publicKey);
  return pruned ?? { frontier: new Frontier(), log: '' };
}

/** The lines of the records after number `size`, oldest first. */
function linesAfter(dir: string, size: number): Buffer[] {
  const lines: Buffer[] = [];
  for (const bytes of logLinesBackwards(dir)) {
    const seq = parseLine(bytes)?.seq;
    if (seq !== undefined && seq <= size) break;
    lines.push(Buffer.from(bytes));
  }
  return lines.reverse();
}

function kept(dir: string): Kept[] {
  return textOf(checkpointsPath(dir))
    .split('\n')
    .flatMap((line) => {
      try {
        const value = JSON.parse(line) as Kept;
        return typeof value.note === 'string' && Array.isArray(value.nodes) ? [value] : [];
      } catch {
        return [];
      }
    });
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
