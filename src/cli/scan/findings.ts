import { allows, readAllowances } from '../../guards/secrets/allowance.ts';
import { findSecrets } from '../../guards/secrets/find.ts';
import { allowedBy, isExempt } from '../../guards/secrets/let-through.ts';
import { redact } from '../../guards/secrets/redact.ts';
import type { SecretMatch } from '../../guards/secrets/scan.ts';
import type { FindKnownValues } from '../../policy/facts.ts';
import { fingerprinter, keyedFingerprint } from '../../policy/fingerprint.ts';
import { matchGlob } from '../../policy/glob.ts';
import type { Policy, SecretAllowance } from '../../policy/types.ts';
import type { BaselineEntry, KnownSecrets } from '../../repo/secrets-baseline.ts';
import { findingOf, type ScanFinding } from './finding.ts';
import type { Piece, Scope, Unread } from './piece.ts';

/** Where an allowance stands that lets nothing through. */
export interface UnusedAllowance {
  readonly path: string;
  readonly line: number;
  readonly rule: string;
}

/** What a scan found. */
export interface ScanResult {
  readonly findings: readonly ScanFinding[];
  /** The secrets for a baseline: all that no allowance lets through, known ones included. */
  readonly entries: readonly BaselineEntry[];
  /** Findings that the baseline knows, and that comments allow. */
  readonly known: number;
  readonly allowed: number;
  readonly exempt: number;
  readonly unused: readonly UnusedAllowance[];
  /** What the policy allows although nothing in the whole repository needs it. */
  readonly unusedOfPolicy: readonly string[];
  /** Entries of the baseline that match nothing in files that were read whole. */
  readonly stale: readonly BaselineEntry[];
  readonly unread: readonly Unread[];
}

export interface ScanRules {
  /** A finding counts when any of these policies does not let it through. */
  readonly policies: readonly Policy[];
  readonly baseline: KnownSecrets;
  readonly knownValues?: FindKnownValues;
}

/** Looks through a scope, piece by piece; `step` is called for each unit that is done. */
export function scanScope(scope: Scope, rules: ScanRules, step: () => void): ScanResult {
  const state = new Findings(scope, rules);
  for (const piece of scope.pieces()) {
    if (piece === null) step();
    else if (piece.kind === 'piece') state.read(piece);
    else state.unread.push(piece);
  }
  return state.result();
}

class Findings {
  readonly unread: Unread[] = [];
  private readonly findings: ScanFinding[] = [];
  private readonly entries = new Map<string, BaselineEntry>();
  private readonly unused = new Map<string, UnusedAllowance>();
  private readonly used = new Set<string>();
  private readonly seen = new Set<string>();
  private readonly usedOfPolicy = new Set<string | SecretAllowance>();
  private readonly exempt = new Set<string>();
  private readonly knownKeys: ReadonlySet<string>;
  private readonly fingerprint: (value: string) => string;
  private readonly scope: Scope;
  private readonly rules: ScanRules;
  private known = 0;
  private allowed = 0;

  constructor(scope: Scope, rules: ScanRules) {
    this.scope = scope;
    this.rules = rules;
    this.fingerprint = fingerprinter(rules.baseline.salt);
    this.knownKeys = new Set(rules.baseline.entries.map(keyOf));
  }

  read(piece: Piece): void {
    const judges = this.rules.policies.filter(({ guards }) => !isExempt(guards.secrets, piece.path));
    if (judges.length === 0) {
      this.exempt.add(piece.path);
      return;
    }
    const inRange = findSecrets(piece.text, { path: piece.path }, this.rules.knownValues).filter(
      ({ start, rule }) => (start >= piece.from && start < piece.to) || rule === 'unscanned',
    );
    const matches = inRange.filter((match) => this.isJudged(piece, match, judges));
    this.noteAllowances(piece);
    if (matches.length > 0) this.judge(piece, matches);
  }

  /** Whether a policy does not let a match through; what does is remembered as of use. */
  private isJudged({ text, path }: Piece, match: SecretMatch, judges: readonly Policy[]): boolean {
    const value = text.slice(match.start, match.end);
    const by = judges.map(({ guards }) => allowedBy(guards.secrets, { match, value, path }));
    for (const one of by) if (one !== undefined) this.usedOfPolicy.add(one);
    return by.includes(undefined);
  }

  private judge(piece: Piece, matches: readonly SecretMatch[]): void {
    const whole = piece.whole?.() ?? null;
    const allowances = whole === null ? readAllowances(piece.text, piece.lineOf) : readAllowances(whole);
    for (const match of matches) {
      const at = { rule: match.rule, line: piece.lineOf(match.line) };
      const by = allowances.filter((one) => allows(one, at));
      for (const { line } of by) this.used.add(`${line} ${match.rule} ${piece.path}`);
      if (by.length > 0) this.allowed++;
      else this.keep(piece, match);
    }
  }

  private keep(piece: Piece, match: SecretMatch): void {
    const { path, text } = piece;
    const entry = {
      path: redact(path),
      rule: match.rule,
      fingerprint: this.fingerprint(text.slice(match.start, match.end)),
    };
    const finding = findingOf(
      piece,
      match,
      keyedFingerprint(text.slice(match.start, match.end), this.rules.baseline.salt),
    );
    // A window shares its edges with the next, and history repeats what it moves about.
    const place = this.scope.unit === 'commit' ? keyOf(entry) : `${finding.line}:${finding.column} ${keyOf(entry)}`;
    if (this.seen.has(place)) return;
    this.seen.add(place);
    if (match.rule !== 'unscanned') this.entries.set(keyOf(entry), entry);
    if (this.knownKeys.has(keyOf(entry))) this.known++;
    else this.findings.push(finding);
  }

  private noteAllowances({ path, text, lineOf }: Piece): void {
    if (!this.scope.complete.has(path) || !text.includes('postern:allow')) return;
    for (const { rule, line } of readAllowances(text, lineOf))
      this.unused.set(`${line} ${rule} ${path}`, { path, line, rule });
  }

  result(): ScanResult {
    const { findings, known, allowed, unread, scope } = this;
    const stale = this.rules.baseline.entries.filter(
      (entry) => scope.complete.has(entry.path) && !this.entries.has(keyOf(entry)),
    );
    const unused = [...this.unused].filter(([key]) => !this.used.has(key)).map(([, one]) => one);
    const entries = [...this.entries.values()];
    const unusedOfPolicy = scope.whole ? this.unusedOfPolicy() : [];
    return { findings, entries, known, allowed, exempt: this.exempt.size, unused, unusedOfPolicy, stale, unread };
  }

  /** What a policy allows and nothing needed, when the whole repository was looked through. */
  private unusedOfPolicy(): string[] {
    return this.rules.policies.flatMap(({ guards: { secrets } }) => [
      ...secrets.allow.filter((id) => !this.usedOfPolicy.has(id)).map((id) => `guards.secrets.allow: ${id}`),
      ...secrets.allowances
        .filter((one) => !this.usedOfPolicy.has(one))
        .map(
          ({ rule, path, fingerprint }) =>
            `guards.secrets.allowances: ${[rule, path, fingerprint].filter(Boolean).join(' ')}`,
        ),
      ...secrets.paths
        .filter((glob) => ![...this.exempt].some((path) => matchGlob(glob, path)))
        .map((glob) => `guards.secrets.paths: ${glob}`),
    ]);
  }
}

function keyOf({ path, rule, fingerprint }: BaselineEntry): string {
  return `${fingerprint} ${rule} ${path}`;
}
