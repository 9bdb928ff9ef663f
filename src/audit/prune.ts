import { rmSync } from 'node:fs';
import type { Link } from './chain.ts';
import { parseLine } from './chain.ts';
import { readLines } from './lines.ts';
import { Frontier, leafHash } from './merkle.ts';
import { prunedBefore, tombstoneData } from './pruned.ts';
import { firstSeq } from './query.ts';
import type { RecordData } from './record.ts';
import { closedSegments, type Segment, withSource } from './segments.ts';

/** Closed segments that end before a moment, with the tombstone that takes their place. */
export interface Pruning {
  readonly segments: readonly Segment[];
  readonly records: number;
  readonly data: RecordData;
}

/** What pruning everything before `time` (ISO 8601) would take away: whole closed segments only. `null` when there is nothing. */
export function planPruning(dir: string, time: string, publicKey: string): Pruning | null {
  const all = closedSegments(dir);
  const start = prunedBefore(dir, firstSeq(dir), publicKey);
  const frontier = start?.frontier ?? new Frontier();
  const before = frontier.size;
  let log = start?.log ?? '';
  let plan: Pruning | null = null;
  for (let at = 0; at < all.length; at++) {
    let last: (Link & { readonly time: string }) | null = null;
    for (const { bytes } of withSource(all[at]!, readLines)) {
      log ||= bytes.toString('latin1', bytes.length - 66, bytes.length - 50);
      frontier.add(leafHash(bytes));
      last = parseLine(bytes) ?? last;
    }
    if (!last || last.time >= time) break;
    plan = {
      segments: all.slice(0, at + 1),
      records: frontier.size - before,
      data: tombstoneData(last, log, frontier),
    };
  }
  return plan;
}

/** Deletes the planned segments. The tombstone stands in the log before that, sealed and synced. */
export function dropSegments({ segments }: Pruning): void {
  for (const { path } of segments) rmSync(path, { force: true });
}
