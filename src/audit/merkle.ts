import { hash } from 'node:crypto';

/** A node of an RFC 6962 Merkle tree: 32 bytes. */
export type Node = Buffer;

let scratch = Buffer.alloc(4096);

/** Hash of a leaf: sha256 over a zero byte and the leaf's bytes. */
export function leafHash(bytes: Uint8Array): Node {
  if (scratch.length <= bytes.length) scratch = Buffer.alloc(bytes.length * 2);
  scratch[0] = 0;
  scratch.set(bytes, 1);
  return hash('sha256', scratch.subarray(0, bytes.length + 1), 'buffer');
}

const pair = Buffer.alloc(65, 1);

/** Hash of two nodes: sha256 over a one byte and both. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Node {
  pair.set(left, 1);
  pair.set(right, 33);
  return hash('sha256', pair, 'buffer');
}

/** Root of the tree without leaves. */
export const EMPTY_ROOT: Node = hash('sha256', '', 'buffer');

/** The roots of the whole subtrees that a growing tree consists of, largest first: all that is needed to add leaves and tell the root. */
export class Frontier {
  size = 0;
  readonly nodes: Node[] = [];

  /** The frontier of a tree of `size` leaves whose whole subtrees have these roots. */
  static of(size: number, nodes: readonly Node[]): Frontier {
    const frontier = new Frontier();
    frontier.size = size;
    frontier.nodes.push(...nodes);
    return frontier;
  }

  add(leaf: Node): void {
    this.nodes.push(leaf);
    for (let size = ++this.size; size % 2 === 0; size /= 2) {
      const right = this.nodes.pop()!;
      this.nodes.push(nodeHash(this.nodes.pop()!, right));
    }
  }

  root(): Node {
    return this.nodes.length === 0 ? EMPTY_ROOT : this.nodes.reduceRight((right, left) => nodeHash(left, right));
  }
}

/** Leaves from `start` up to and without `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** The subtrees whose roots prove that leaf `index` is in the tree of `size` leaves, in the order of RFC 6962's audit path. */
export function inclusionRanges(index: number, { start, end }: Range): Range[] {
  if (end - start <= 1) return [];
  const middle = start + split(end - start);
  return index < middle
    ? [...inclusionRanges(index, { start, end: middle }), { start: middle, end }]
    : [...inclusionRanges(index, { start: middle, end }), { start, end: middle }];
}

/** The subtrees whose roots prove that the tree of `old` leaves is the beginning of that of `size`, in RFC 6962's order. */
export function consistencyRanges(old: number, size: number): Range[] {
  return old === size || old === 0 ? [] : subproof(old, { start: 0, end: size }, true);
}

function subproof(old: number, { start, end }: Range, whole: boolean): Range[] {
  const size = end - start;
  if (old === size) return whole ? [] : [{ start, end }];
  const left = split(size);
  const middle = start + left;
  return old <= left
    ? [...subproof(old, { start, end: middle }, whole), { start: middle, end }]
    : [...subproof(old - left, { start: middle, end }, false), { start, end: middle }];
}

/** The largest power of two below `size`. */
function split(size: number): number {
  let half = 1;
  while (half * 2 < size) half *= 2;
  return half;
}

/** The root that a leaf and its audit path lead to; `null` when the path has the wrong length. */
export function rootOfInclusion(leaf: Node, index: number, size: number, path: readonly Uint8Array[]): Node | null {
  const ranges = inclusionRanges(index, { start: 0, end: size });
  if (index < 0 || index >= size || ranges.length !== path.length) return null;
  return path.reduce<Node>(
    (node, sibling, at) => (ranges[at]!.start > index ? nodeHash(node, sibling) : nodeHash(sibling, node)),
    leaf,
  );
}

/** Whether a consistency proof leads from the old root to the new one (RFC 9162, 2.1.4.2). */
export function isConsistent(
  old: { readonly size: number; readonly root: Uint8Array },
  now: { readonly size: number; readonly root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  if (old.size > now.size || old.size === 0) return old.size === 0 && proof.length === 0;
  if (old.size === now.size) return proof.length === 0 && Buffer.compare(old.root, now.root) === 0;
  const path = isPowerOfTwo(old.size) ? [old.root, ...proof] : [...proof];
  let [node, last] = [old.size - 1, now.size - 1];
  while (node % 2 === 1) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  const first = path.shift();
  if (first === undefined) return false;
  let oldRoot: Node = Buffer.from(first);
  let newRoot: Node = oldRoot;
  for (const sibling of path) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      oldRoot = nodeHash(sibling, oldRoot);
      newRoot = nodeHash(sibling, newRoot);
      while (node % 2 === 0 && node !== 0) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
    } else newRoot = nodeHash(newRoot, sibling);
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 && Buffer.compare(oldRoot, old.root) === 0 && Buffer.compare(newRoot, now.root) === 0;
}

function isPowerOfTwo(size: number): boolean {
  return Number.isInteger(Math.log2(size));
}
