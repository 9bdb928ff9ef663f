import type { SecretMatch } from '../../guards/secrets/scan.ts';
import type { Piece } from './piece.ts';

/** A secret, without its value. Lines and columns count from 1. */
export interface ScanFinding {
  readonly rule: string;
  readonly kind: string;
  readonly severity: SecretMatch['severity'];
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly commit?: string;
  readonly revoke?: string;
  /** Of the value, with its own key: what an allowance of the policy may name. */
  readonly fingerprint: string;
  /** Whose value it is, where an environment file tells. */
  readonly known?: string;
}

/** What is told of a match. */
export function findingOf(piece: Piece, match: SecretMatch, fingerprint: string): ScanFinding {
  const { rule, kind, severity, start, end, line, revoke, known } = match;
  const { text, path, commit, lineOf } = piece;
  const value = text.slice(start, end);
  const lines = value.split('\n').length - 1;
  return {
    rule,
    kind,
    severity,
    path,
    line: lineOf(line),
    column: columnOf(piece, start),
    endLine: lineOf(line + lines),
    endColumn: columnOf(piece, end),
    fingerprint,
    ...(commit === undefined ? {} : { commit }),
    ...(revoke === undefined ? {} : { revoke }),
    ...(known === undefined ? {} : { known }),
  };
}

function columnOf({ text, columnsBefore }: Piece, at: number): number {
  const last = at === 0 ? -1 : text.lastIndexOf('\n', at - 1);
  return last < 0 ? columnsBefore + at + 1 : at - last;
}
