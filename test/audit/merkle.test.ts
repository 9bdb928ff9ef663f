import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  consistencyRanges,
  EMPTY_ROOT,
  Frontier,
  inclusionRanges,
  isConsistent,
  leafHash,
  type Node,
  nodeHash,
  type Range,
  rootOfInclusion,
} from '../../src/audit/merkle.ts';

/** The definition of RFC 6962, 2.1, word for word. */
function treeHash(leaves: readonly Node[]): Node {
  if (leaves.length === 0) return EMPTY_ROOT;
  if (leaves.length === 1) return leaves[0]!;
  let half = 1;
  while (half * 2 < leaves.length) half *= 2;
  return nodeHash(treeHash(leaves.slice(0, half)), treeHash(leaves.slice(half)));
}

const leaves = Array.from({ length: 70 }, (_, at) => leafHash(Buffer.from(`record ${at}`)));
const rootOf = ({ start, end }: Range) => treeHash(leaves.slice(start, end));

describe('the Merkle tree', () => {
  test('known roots of certificate transparency', () => {
    expect(EMPTY_ROOT.toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(leafHash(Buffer.alloc(0)).toString('hex')).toBe(
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    );
  });

  test('a frontier has the root of its leaves at every size', () => {
    const frontier = new Frontier();
    leaves.forEach((leaf, at) => {
      frontier.add(leaf);
      expect(frontier.root()).toEqual(treeHash(leaves.slice(0, at + 1)));
    });
  });

  test('every leaf of every tree has an inclusion proof, and no other leaf has it', () => {
    const sizes = fc
      .integer({ min: 1, max: 70 })
      .chain((size) => fc.tuple(fc.constant(size), fc.nat(size - 1), fc.nat(size - 1)));
    fc.assert(
      fc.property(sizes, ([size, index, other]) => {
        const path = inclusionRanges(index, { start: 0, end: size }).map(rootOf);
        const root = treeHash(leaves.slice(0, size));
        expect(rootOfInclusion(leaves[index]!, index, size, path)).toEqual(root);
        if (other !== index) expect(rootOfInclusion(leaves[other]!, index, size, path)).not.toEqual(root);
        expect(rootOfInclusion(leaves[index]!, index, size, [...path, root])).toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  test('every tree grew out of every smaller one, and not out of a changed one', () => {
    const sizes = fc
      .integer({ min: 1, max: 70 })
      .chain((size) => fc.tuple(fc.integer({ min: 1, max: size }), fc.constant(size)));
    fc.assert(
      fc.property(sizes, ([old, size]) => {
        const proof = consistencyRanges(old, size).map(rootOf);
        const at = (count: number) => ({ size: count, root: treeHash(leaves.slice(0, count)) });
        expect(isConsistent(at(old), at(size), proof)).toBe(true);
        expect(isConsistent({ size: old, root: leafHash(Buffer.from('other')) }, at(size), proof)).toBe(false);
        expect(isConsistent(at(old), at(size), [...proof, leaves[0]!])).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});
