import { createHash } from 'node:crypto';
import { type PolicyFile, policySchema } from '../policy/schema.ts';
import type { EffectivePolicy, LayerName } from '../policy/types.ts';
import { type CompiledPolicy, effectivePolicy } from './policy-cache.ts';
import { type FlawAt, flawsOfIssue, MAX_PROBLEMS } from './policy-issues.ts';
import { type Checkable, lintPolicy } from './policy-lint.ts';
import type { PolicySource } from './policy-source.ts';
import { type Flaw, parseYaml } from './policy-yaml.ts';

/** Something wrong in a policy file. */
export interface Problem extends Flaw {
  /** The file, as messages show it. */
  readonly source: string;
}

export type Compilation =
  | ({ readonly kind: 'ok'; readonly policy: EffectivePolicy } & CompiledPolicy)
  | { readonly kind: 'bad'; readonly problems: readonly Problem[] };

export interface CompileOptions {
  /** Every `guard/rule` there is; when given, a policy that names another one is wrong. */
  readonly findings?: readonly string[];
}

/** Parses, checks and fills the sources; reports everything that is wrong with all of them, in their order. */
export function compilePolicy(sources: readonly PolicySource[], options: CompileOptions = {}): Compilation {
  const read = sources.map((source) => readSource(source, options));
  const problems = read.flatMap((one) => one.problems);
  if (problems.length > 0) return { kind: 'bad', problems };
  const compiled = { sources, files: read.map(({ file }) => file as PolicyFile), digest: digestOf(sources) };
  return { kind: 'ok', policy: effectivePolicy(compiled), ...compiled };
}

function readSource(source: PolicySource, options: CompileOptions): { file: unknown; problems: Problem[] } {
  const { value, flaws, locate } = parseYaml(source.text);
  const found: Flaw[] = [...flaws];
  if (value === null) found.push({ line: 1, column: 1, message: 'is empty: it needs at least `version: 1`' });
  else if (value !== undefined) {
    for (const { path, part, message } of check(value, source.layer, options))
      found.push({ ...locate(path, part), message });
  }
  const sorted = found.sort((a, b) => a.line - b.line || a.column - b.column).slice(0, MAX_PROBLEMS);
  return { file: value, problems: sorted.map((flaw) => ({ source: source.name, ...flaw })) };
}

function check(value: unknown, layer: LayerName, options: CompileOptions): FlawAt[] {
  const issues = policySchema.safeParse(value).error?.issues ?? [];
  const flaws = issues.flatMap((issue) => flawsOfIssue(issue, value));
  return [...flaws, ...lintPolicy(sound(value, flaws), layer, options.findings)];
}

/** The file without the parts that the schema refused, so that the rest can be checked further. Unknown keys do no harm. */
function sound(value: unknown, flaws: readonly FlawAt[]): Checkable {
  const copy = structuredClone(value) as Record<string, Record<string | number, unknown> | undefined>;
  for (const { path, part } of flaws) {
    const [first, second] = path;
    if (part === 'key') continue;
    if (first === undefined) return {};
    const section = copy[first];
    if (second === undefined || typeof section !== 'object' || section === null) delete copy[first];
    else section[second] = Array.isArray(section) ? null : undefined;
  }
  return copy;
}

/** Framed by layer and length, so that no text can pass for two. */
function digestOf(sources: readonly PolicySource[]): string {
  const hash = createHash('sha256');
  for (const { layer, text } of sources) hash.update(`${layer} ${Buffer.byteLength(text)}\n${text}`);
  return hash.digest('hex');
}
