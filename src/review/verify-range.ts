import type { AuditRecord } from '../audit/record.ts';
import { type AskGit, emptyTree, GitFailure } from '../repo/ask-git.ts';
import { isPass } from './coverage.ts';
import { NOTES_REF, trustedRecords } from './note.ts';
import { diffOf, type RangeChange, readChange } from './reviewed-diff.ts';

/** What a range has to have, told by the policy of where it starts. */
export interface Demands {
  readonly trustedKeys: readonly string[];
  /** Paths among these whose change needs a review. */
  readonly needed: (paths: readonly string[]) => readonly string[];
  readonly isExcluded: (path: string) => boolean;
}

/** What proves a stretch of a range. */
export interface Proof {
  readonly head: string;
  readonly record: AuditRecord;
}

export type RangeProof =
  | { readonly kind: 'proved'; readonly proofs: readonly Proof[] }
  /** Nobody that is trusted has reviewed or skipped what changes these paths up to `head`. */
  | { readonly kind: 'unproved'; readonly head: string; readonly paths: readonly string[] };

/** A move of a ref, and what is known besides. */
export interface Move {
  /** Where the ref was; the empty tree for a new one. */
  readonly base: string;
  readonly head: string;
  /** A commit whose history was judged already, such as the tip of the default branch. */
  readonly known?: string;
}

/**
 * Whether every change of a move that needs it was reviewed or skipped by a trusted key. A verdict reaches from its commit back to the
 * commits that it was compared with; those are known, or need a proof themselves. A move that goes back, or aside, needs one too.
 */
export function proveRange({ base, head, known = base }: Move, demands: Demands, ask: AskGit): RangeProof {
  const proofs: Proof[] = [];
  const seen = new Set<string>();
  const isKnown = (commit: string) => isAtOrBefore(commit, base, ask) || isAtOrBefore(commit, known, ask);
  const goesForward = isAtOrBefore(base, head, ask);
  const open = head === base || (goesForward && isKnown(head)) ? [] : [head];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    seen.add(at);
    const proof = proofOf(at, demands, ask);
    if (proof) proofs.push({ head: at, record: proof });
    const paths = proof ? [] : demands.needed(pathsOf(rangeChange(startsOf({ base, head: at, known }, ask), at, ask)));
    if (paths.length > 0) return { kind: 'unproved', head: at, paths };
    if (proof) open.push(...basesOf(proof).filter((one) => !seen.has(one) && !isKnown(one)));
  }
  return { kind: 'proved', proofs };
}

/** What the change of a commit is told against: where the ref was, and where it left the known history. */
function startsOf({ base, head, known = base }: Move, ask: AskGit): string[] {
  const nothing = emptyTree(head);
  if (known === base) return [base];
  const fork = ask(['merge-base', head, known], { also: [1] }).trim();
  const starts = [base, fork].filter((one) => one !== '' && one !== nothing);
  return starts.length > 0 ? starts : [nothing];
}

/** The first trusted record on this commit that is about the very diff that git shows now. */
function proofOf(head: string, { trustedKeys, isExcluded }: Demands, ask: AskGit): AuditRecord | undefined {
  const note = ask(['notes', `--ref=${NOTES_REF}`, 'show', head], { also: [1, 128] });
  return trustedRecords(note, trustedKeys).find((record) => {
    const isSkip = record.kind === 'review.skipped';
    const counts = isSkip || (record.kind === 'review.verdict' && isPass(record.data));
    if (!counts || record.data?.['head'] !== head) return false;
    const change = knownChange(basesOf(record), head, ask);
    return change !== null && diffOf(change, isSkip ? () => false : isExcluded).digest === record.data['digest'];
  });
}

function basesOf({ data = {} }: AuditRecord): string[] {
  return String(data['bases'] ?? '')
    .split(' ')
    .filter((base) => /^[0-9a-f]{40,64}$/.test(base));
}

/** `null` where a commit that the verdict speaks of is not here. */
function knownChange(bases: readonly string[], head: string, ask: AskGit): RangeChange | null {
  if (bases.length === 0) return null;
  try {
    return rangeChange(bases, head, ask);
  } catch (error) {
    if (error instanceof GitFailure) return null;
    throw error;
  }
}

function rangeChange(bases: readonly string[], head: string, ask: AskGit): RangeChange {
  const without = bases.filter((base) => base !== emptyTree(head)).map((base) => `^${base}`);
  const listed = ask(['rev-list', '--stdin'], { input: `${[head, ...without].join('\n')}\n` });
  const commits = listed.split('\n').filter((line) => line !== '');
  const update = { localRef: '', localSha: head, remoteRef: '', remoteSha: '' };
  return readChange({ update, head, bases, commits }, ask);
}

function pathsOf({ entries }: RangeChange): string[] {
  return [...new Set(entries.map(({ path }) => path))].sort();
}

/** The empty tree is before everything. */
function isAtOrBefore(commit: string, base: string, ask: AskGit): boolean {
  const nothing = emptyTree(commit);
  if (commit === nothing || commit === base) return true;
  if (base === nothing) return false;
  const lost = ask(['rev-list', '--count', '--max-count=1', commit, `^${base}`], { also: [128] }).trim();
  return lost === '0';
}
