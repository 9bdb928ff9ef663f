import { governancePaths } from '../../guards/protected-paths.ts';
import { pathsToReview } from '../../guards/review.ts';
import { matchGlob } from '../../policy/glob.ts';
import type { Policy } from '../../policy/types.ts';
import { type AskGit, askGit, emptyTree } from '../../repo/ask-git.ts';
import { REPO_POLICY } from '../../repo/policy-source.ts';
import { BASELINE_PATH, freshSalt, type KnownSecrets, parseSecretsBaseline } from '../../repo/secrets-baseline.ts';
import { unmarkedCommits } from '../../review/commit-mark.ts';
import { type Demands, proveRange, type RangeProof } from '../../review/verify-range.ts';
import { type Context, type ExitCode, UserError } from '../context.ts';
import { DONE, FOUND } from '../exit-codes.ts';
import { count, printable, printJson } from '../output.ts';
import { compileAll } from '../policy-sources.ts';
import { pushedScope } from '../scan/commits.ts';
import { type ScanResult, scanScope } from '../scan/findings.ts';
import { isUnread, scanText } from '../scan/report.ts';

export interface VerifyPushOptions {
  /** `A..B` for a ref that moves from A to B, `A...B` for what B has since it left A; what HEAD has and the remote's default branch has not, when missing. */
  readonly range?: string;
  /** Commit whose policy judges, and whose history is known to be good; where the range starts, when missing. */
  readonly policy?: string;
  readonly json?: boolean;
}

/** Checks a pushed range where the pusher has no say: its secrets, and a sealed verdict or skip for what needs a review. */
export async function run(options: VerifyPushOptions, context: Context): Promise<ExitCode> {
  const ask = askGit(context.cwd, context.env);
  const { base, head } = rangeOf(options.range, ask);
  const judge = options.policy === undefined ? base : commitOf(options.policy, ask);
  const rules = policyAt(judge, ask);
  const proof = proveRange({ base, head, known: judge }, demandsOf(rules), ask);
  const scope = pushedScope(base === emptyTree(head) ? null : base, head, ask);
  const secrets =
    rules.policy.guards.secrets.mode === 'off'
      ? null
      : scanScope(scope, { policies: [rules.policy], baseline: rules.baseline }, () => {});
  const leaks = secrets !== null && (secrets.findings.length > 0 || secrets.unread.some(isUnread));
  const holdsLeaks = leaks && rules.policy.guards.secrets.mode === 'enforce';
  const isRefused = holdsLeaks || (proof.kind === 'unproved' && rules.policy.review.mode === 'enforce');
  const unmarked = rules.policy.commits.mark ? unmarkedIn(base, head, rules.policy, ask) : [];
  if (options.json) printJson(context, { base, head, passed: !isRefused, review: facts(proof), secrets, unmarked });
  else {
    if (secrets && leaks) context.out(scanText(scope, secrets as ScanResult, context));
    context.out(text(proof, rules.policy));
    if (unmarked.length > 0)
      context.out(`Without a mark of the commit gate: ${unmarked.map((id) => id.slice(0, 10)).join(' ')}\n`);
  }
  return isRefused ? FOUND : DONE;
}

/** Commits that did not pass the commit gate of any machine that is trusted. They are told, and refuse nothing. */
function unmarkedIn(base: string, head: string, { review }: Policy, ask: AskGit): string[] {
  const from = base === emptyTree(head) ? [] : [`^${base}`];
  const listed = ask(['rev-list', head, ...from]).split('\n');
  return unmarkedCommits(
    listed.filter((id) => id !== ''),
    review.trusted_keys,
    ask,
  );
}

function text(proof: RangeProof, { review }: Policy): string {
  if (proof.kind === 'unproved') {
    const [first = '', ...others] = proof.paths;
    const more = others.length === 0 ? '' : ` and ${count(others.length, 'more file')}`;
    const what = `${printable(first)}${more} changed up to ${proof.head.slice(0, 10)}`;
    const only = review.mode === 'observe' ? 'Only observing: ' : '';
    const instead =
      'Push from a machine whose key is in review.trusted_keys, so that its gate reviews and sends the verdict along.';
    return `${only}${what} without a review or a skip that a trusted key has sealed.\n${instead}\n`;
  }
  const lines = proof.proofs.map(({ head, record }) => {
    const how =
      record.kind === 'review.skipped'
        ? `skipped by ${record.data?.['identity']}: ${record.data?.['reason']}`
        : `reviewed by ${record.data?.['reviewer']}`;
    return `${head.slice(0, 10)} ${printable(how)}\n`;
  });
  return `${lines.join('')}Nothing is missing.\n`;
}

function facts(proof: RangeProof) {
  if (proof.kind === 'unproved') return proof;
  return {
    kind: proof.kind,
    proofs: proof.proofs.map(({ head, record }) => ({ head, kind: record.kind, seal: record.seal, data: record.data })),
  };
}

/** Both ends as ids. A missing start means that everything is new. */
function rangeOf(range: string | undefined, ask: AskGit): { base: string; head: string } {
  if (range === undefined) {
    const head = commitOf('HEAD', ask);
    const tip = ask(['rev-parse', '--verify', '-q', 'refs/remotes/origin/HEAD^{commit}'], { also: [1, 128] }).trim();
    if (tip === '')
      throw new UserError(
        'The remote’s default branch is not known here.',
        'Name the range: postern verify-push --range main..HEAD',
      );
    return { base: ask(['merge-base', tip, head], { also: [1] }).trim() || emptyTree(head), head };
  }
  const [, from, dots, to] = /^(\S*?)(\.{2,3})([^.\s]\S*)$/.exec(range) ?? [];
  if (to === undefined) {
    throw new UserError(
      `\`${printable(range)}\` is not a range.`,
      'Name it as two commits: --range A..B for a ref that moves from A to B, --range main...topic for a pull request',
    );
  }
  const head = commitOf(to, ask);
  const start = !from || /^0+$/.test(from) ? emptyTree(head) : commitOf(from, ask);
  if (dots === '..' || start === emptyTree(head)) return { base: start, head };
  return { base: ask(['merge-base', start, head], { also: [1] }).trim() || emptyTree(head), head };
}

function commitOf(name: string, ask: AskGit): string {
  const id = ask(['rev-parse', '--verify', '-q', '--end-of-options', `${name}^{commit}`], { also: [1, 128] }).trim();
  if (id !== '') return id;
  throw new UserError(
    `\`${printable(name)}\` is no commit that is here.`,
    'Fetch the whole history: git fetch --unshallow (fetch-depth: 0 in CI).',
  );
}

interface Rules {
  readonly policy: Policy;
  readonly baseline: KnownSecrets;
  /** Repo-relative paths of what Postern installed. */
  readonly installed: readonly string[];
}

/** The policy as it was before the push: what is pushed cannot loosen the rules that it is judged by. */
function policyAt(commit: string, ask: AskGit): Rules {
  const source = fileAt(commit, REPO_POLICY, ask);
  if (source === null) {
    throw new UserError(
      `There is no ${REPO_POLICY} at ${commit.slice(0, 10)}, so nothing says what to check.`,
      'Name a commit that has one: --policy origin/main',
    );
  }
  const name = `${commit.slice(0, 10)}:${REPO_POLICY}`;
  const compilation = compileAll([{ layer: 'repo', path: `/${name}`, name, text: source }]);
  if (compilation.kind === 'bad') {
    const { line, message } = compilation.problems[0]!;
    throw new UserError(`${name}:${line} ${message}`, 'Mend it there, or name another commit: --policy <commit>');
  }
  const { policy } = compilation.policy.layers[0]!;
  return { policy, baseline: baselineAt(commit, ask), installed: installedAt(commit, ask) };
}

function baselineAt(commit: string, ask: AskGit): KnownSecrets {
  const none = { salt: freshSalt(), entries: [] };
  try {
    const baseline = parseSecretsBaseline(fileAt(commit, BASELINE_PATH, ask) ?? '');
    return baseline.kind === 'read' ? baseline : none;
  } catch {
    return none;
  }
}

function installedAt(commit: string, ask: AskGit): string[] {
  try {
    const { files } = JSON.parse(fileAt(commit, '.postern/manifest.json', ask) ?? '{}') as {
      files: { path: unknown }[];
    };
    return files.map(({ path }) => String(path)).filter((path) => !path.startsWith('hooks:'));
  } catch {
    return [];
  }
}

const MAX_FILE_BYTES = 32 * 1024 * 1024;

function fileAt(commit: string, path: string, ask: AskGit): string | null {
  const name = `${commit}:${path}`;
  const type = ask(['cat-file', '-t', name], { also: [128] }).trim();
  return type === 'blob' ? ask(['cat-file', 'blob', name], { maxBytes: MAX_FILE_BYTES }) : null;
}

/** Where the paths of a repository would lie: which ones govern depends on nothing else. */
const PLACES = { root: '/r', home: '/home', stateDir: '/r/.git/postern', commonDir: '/r/.git', hooksDir: '/r/.husky' };

function demandsOf({ policy, installed }: Rules): Demands {
  const where = { ...PLACES, installed };
  return {
    trustedKeys: policy.review.trusted_keys,
    needed: (paths) => pathsToReview(paths, where, policy),
    isExcluded: (path) =>
      governancePaths([path], where, policy).length === 0 &&
      policy.review.exclude.some((glob) => matchGlob(glob, path)),
  };
}
