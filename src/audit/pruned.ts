import type { Link } from './chain.ts';
import { Frontier } from './merkle.ts';
import { firstSeq, newestFirst, readAll } from './query.ts';
import type { RecordData } from './record.ts';
import { sealOf } from './seal.ts';

/** What stands before the first record of a log whose beginning was pruned on the record. */
export interface PrunedStart extends Link {
  /** First 16 hex digits of the very first record's hash. */
  readonly log: string;
  readonly frontier: Frontier;
}

/** The log's name: the first 16 hex digits of its first record's hash, wherever that record is now; empty for an empty log. */
export function logId(dir: string): string {
  const pruned = prunedBefore(dir, firstSeq(dir), undefined);
  if (pruned) return pruned.log;
  for (const record of readAll(dir)) return record.hash.slice(0, 16);
  return '';
}

/** Nodes of the frontier that one text of a record holds. */
const NODES_PER_TEXT = 10;

/** What a tombstone keeps of the records that are gone, so that the chain and the tree go on from there. */
export function tombstoneData(last: Link, log: string, frontier: Frontier): RecordData {
  const nodes = frontier.nodes.map((node) => node.toString('base64'));
  const texts = Array.from({ length: Math.ceil(nodes.length / NODES_PER_TEXT) }, (_, at) => [
    `nodes${at}`,
    nodes.slice(at * NODES_PER_TEXT, (at + 1) * NODES_PER_TEXT).join(' '),
  ]);
  return { last: last.seq, lastHash: last.hash, log, ...Object.fromEntries(texts) };
}

/**
 * What the newest sealed tombstone says of the records before `first`; `null` when none speaks of them, and then they were taken away in
 * silence. Without a key to check seals with, any tombstone is taken at its word.
 */
export function prunedBefore(dir: string, first: number, publicKey: string | undefined): PrunedStart | null {
  if (first <= 1) return null;
  for (const record of newestFirst(dir)) {
    const { kind, data = {} } = record;
    if (kind !== 'log.pruned' || data['last'] !== first - 1) continue;
    if (publicKey !== undefined && sealOf(record, publicKey) !== 'valid') continue;
    const nodes = Object.keys(data)
      .filter((name) => name.startsWith('nodes'))
      .sort()
      .flatMap((name) => String(data[name]).split(' '));
    const frontier = Frontier.of(
      first - 1,
      nodes.map((node) => Buffer.from(node, 'base64')),
    );
    return { seq: first - 1, hash: String(data['lastHash']), log: String(data['log']), frontier };
  }
  return null;
}
