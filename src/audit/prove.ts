import { parseLine } from './chain.ts';
import type { SignedCheckpoint } from './checkpoints.ts';
import {
  consistencyRanges,
  Frontier,
  inclusionRanges,
  isConsistent,
  leafHash,
  type Node,
  type Range,
  rootOfInclusion,
} from './merkle.ts';
import { readNote } from './note.ts';
import { logLines } from './query.ts';
import { sealOf } from './seal.ts';

/** That a record is in the log that a checkpoint was signed for, without the log; and, with `old`, that the log only grew since. */
export interface Proof {
  readonly version: 1;
  /** The record's line as it stands in the log. */
  readonly record: string;
  /** From 0. */
  readonly index: number;
  /** RFC 6962 audit path, base64. */
  readonly path: readonly string[];
  /** The checkpoint, as a C2SP signed note. */
  readonly checkpoint: string;
  /** Public key, base64, that the note is signed with: compare it with the one that you know. */
  readonly publicKey: string;
  readonly old?: { readonly checkpoint: string; readonly consistency: readonly string[] };
}

/** Proves record number `seq` under a checkpoint by reading the log once; `null` when the log does not hold it. Throws for a pruned log. */
export function prove(
  dir: string,
  seq: number,
  { now, old, publicKey }: { now: SignedCheckpoint; old?: SignedCheckpoint; publicKey: string },
): Proof | null {
  const index = seq - 1;
  if (index < 0 || index >= now.size) return null;
  const inclusion = inclusionRanges(index, { start: 0, end: now.size });
  const consistency = old ? consistencyRanges(old.size, now.size) : [];
  const { roots, line } = read(dir, [...inclusion, ...consistency], index, now.size);
  if (line === null) return null;
  const text = (range: Range) => roots.get(keyOf(range))!.toString('base64');
  return {
    version: 1,
    record: line,
    index,
    path: inclusion.map(text),
    checkpoint: now.note,
    publicKey,
    ...(old ? { old: { checkpoint: old.note, consistency: consistency.map(text) } } : {}),
  };
}

/** The roots of these ranges of records, and the line of one of them. */
function read(dir: string, ranges: readonly Range[], index: number, size: number) {
  const growing = new Map(ranges.map((range) => [keyOf(range), { range, frontier: new Frontier() }]));
  let line: string | null = null;
  let at = 0;
  for (const bytes of logLines(dir)) {
    if (at === 0 && parseLine(bytes)?.seq !== 1)
      throw new Error('The beginning of the log was pruned: its records cannot be proved any more.');
    if (at >= size) break;
    if (at === index) line = bytes.toString('utf8');
    const leaf = leafHash(bytes);
    for (const { range, frontier } of growing.values()) if (at >= range.start && at < range.end) frontier.add(leaf);
    at++;
  }
  return { line, roots: new Map<string, Node>([...growing].map(([key, { frontier }]) => [key, frontier.root()])) };
}

function keyOf({ start, end }: Range): string {
  return `${start} ${end}`;
}

/** What a proof proves. `sealed` tells of the record's own seal. */
export type Proven =
  | {
      readonly kind: 'proved';
      readonly seq: number;
      readonly size: number;
      readonly origin: string;
      readonly sealed: boolean;
      readonly since?: number;
    }
  | { readonly kind: 'refuted'; readonly why: string };

/** Checks a proof by itself: no log is needed, and none is read. */
export function checkProof(proof: Proof): Proven {
  const note = readNote(proof.checkpoint, proof.publicKey);
  if (note.kind !== 'signed') return refuted(`its checkpoint is ${note.kind}`);
  const { size, root, origin } = note.checkpoint;
  const bytes = (list: readonly string[]) => list.map((text) => Buffer.from(text, 'base64'));
  const found = rootOfInclusion(leafHash(Buffer.from(proof.record)), proof.index, size, bytes(proof.path));
  if (found?.toString('base64') !== root)
    return refuted('its record is not in the tree that the checkpoint was signed for');
  const record = parseLine(Buffer.from(proof.record));
  if (record?.seq !== proof.index + 1) return refuted('its record has another number');
  const proved = {
    kind: 'proved',
    seq: record.seq,
    size,
    origin,
    sealed: sealOf(record, proof.publicKey) === 'valid',
  } as const;
  if (!proof.old) return proved;
  const old = readNote(proof.old.checkpoint, proof.publicKey);
  if (old.kind !== 'signed') return refuted(`its older checkpoint is ${old.kind}`);
  const grew = isConsistent(
    { size: old.checkpoint.size, root: Buffer.from(old.checkpoint.root, 'base64') },
    { size, root: Buffer.from(root, 'base64') },
    bytes(proof.old.consistency),
  );
  return grew && old.checkpoint.origin === origin
    ? { ...proved, since: old.checkpoint.size }
    : refuted('the log did not grow out of that of the older checkpoint');
}

function refuted(why: string): Proven {
  return { kind: 'refuted', why };
}
