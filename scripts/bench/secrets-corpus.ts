import { readFileSync } from 'node:fs';
import { findSecrets } from '../../src/guards/secrets/find.ts';
import type { Surface } from '../../src/guards/secrets/scan.ts';
import { secretlint } from './secretlint.ts';

/** Recall, exact spans and false alarms by group, over cases that say what is a secret in them. */
interface Case {
  readonly id: string;
  readonly path?: string;
  readonly expect: 'secret' | 'clean';
  readonly group: string;
  readonly slice?: string;
  readonly why?: string;
  readonly surface: string;
  readonly literal?: boolean;
  readonly text: string;
  readonly secrets: readonly string[];
}

interface Score {
  cases: number;
  seen: number;
  secrets: number;
  exact: number;
}

type Span = { readonly start: number; readonly end: number };

const SURFACES: Readonly<Record<string, Surface>> = {
  bash: 'bash',
  prompt: 'prompt',
  llm: 'prompt',
  mcp: 'tool',
  diff: 'diff',
};

const [file = '', ...flags] = process.argv.slice(2);
const cases = readFileSync(file, 'utf8').trim().split('\n').map(readCase);
console.log(`\nsecrets, ${cases.length} cases of ${file}`);
await report('postern', async (one) => findSecrets(one.text, optionsOf(one)), flags.includes('--misses'));
await report(`secretlint ${secretlint.version}`, (one) => secretlint.lint(one.text, one.path ?? 'case.txt'), false);

function readCase(line: string): Case {
  const { content_b64, secrets_b64, ...rest } = JSON.parse(line);
  const decode = (text: string) => Buffer.from(text, 'base64').toString('utf8');
  return { ...rest, text: decode(content_b64), secrets: (secrets_b64 ?? []).map(decode) };
}

function optionsOf({ surface, path }: Case) {
  const shown = SURFACES[surface] ?? 'file';
  return shown === 'file' && path !== undefined ? { surface: shown, path } : { surface: shown };
}

async function report(name: string, find: (one: Case) => Promise<Span[]>, listMisses: boolean): Promise<void> {
  const scores = new Map<string, Score>();
  const misses: string[] = [];
  for (const one of cases) {
    const found = await find(one);
    for (const key of [`${one.expect} ${one.slice ?? one.group}`, `${one.expect} (all)`])
      add(scores, key, one, found, listMisses && !key.endsWith('(all)') ? misses : undefined);
  }
  console.log(`  ${name}`);
  for (const key of [...scores.keys()].sort()) console.log(`    ${line(key, scores.get(key)!)}`);
  for (const miss of misses) console.log(`    ${miss}`);
}

function add(scores: Map<string, Score>, key: string, one: Case, found: Span[], misses?: string[]): void {
  const score = scores.get(key) ?? { cases: 0, seen: 0, secrets: 0, exact: 0 };
  scores.set(key, score);
  const places = one.secrets.map((secret) => placesOf(one.text, secret));
  const touched = places.map((spans) =>
    spans.some((span) => found.some((hit) => hit.start < span.end && span.start < hit.end)),
  );
  const exact = places.map((spans) => spans.some((span) => found.some((hit) => isExact(one, hit, span))));
  const seen = one.expect === 'clean' || places.length === 0 ? found.length > 0 : touched.some(Boolean);
  score.cases++;
  if (seen) score.seen++;
  score.secrets += places.length;
  score.exact += exact.filter(Boolean).length;
  if (misses === undefined) return;
  const shown = found.map(({ start, end }) => JSON.stringify(one.text.slice(start, end))).join(' ');
  if (one.expect === 'clean' && seen) misses.push(`false alarm ${one.id}: ${shown}`);
  if (one.expect === 'secret' && !seen) misses.push(`missed ${one.id}${one.why ? ` (${one.why})` : ''}`);
  else if (exact.includes(false)) misses.push(`span ${one.id}: ${shown}`);
}

/** Of a key block and of a secret in pieces a case names a part only. */
function isExact({ group, literal }: Case, hit: Span, span: Span): boolean {
  if (group === 'pem' || literal === false) return hit.start <= span.start && hit.end >= span.end;
  return hit.start === span.start && hit.end === span.end;
}

function placesOf(text: string, whole: string): Span[] {
  const secret = whole.trim();
  const spans: Span[] = [];
  for (let at = text.indexOf(secret); at >= 0 && secret !== ''; at = text.indexOf(secret, at + 1))
    spans.push({ start: at, end: at + secret.length });
  return spans;
}

function line(key: string, { cases: count, seen, secrets, exact }: Score): string {
  const share = (part: number, whole: number) => `${part}/${whole} ${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
  const word = key.startsWith('clean') ? 'false alarms' : 'recall';
  return `${key.padEnd(28)} ${word} ${share(seen, count)}${secrets > 0 ? `, exact spans ${share(exact, secrets)}` : ''}`;
}
