import { BUILTIN, fill, NEUTRAL, PROFILES } from '../policy/profiles.ts';
import type { PolicyFile } from '../policy/schema.ts';
import type { LayerName, Policy } from '../policy/types.ts';
import type { CompiledPolicy } from './policy-cache.ts';

/** One value in force and the layer that it came from. */
export interface PolicyRow {
  /** `guards.secrets.mode`, or `rules.<id>` with the rule's effect as value. */
  readonly key: string;
  readonly value: Value;
  readonly layer: 'builtin' | 'profile' | LayerName;
}

type Value = string | boolean | readonly string[];
type Values = ReadonlyMap<string, Value>;

/**
 * Every value in force, by key. Of single values the strictest layer's is shown; lists add up, so each layer that
 * contributes to one has its own row, and so has a floor whose value stands beside the repository's without replacing it.
 */
export function explainPolicy({ sources, files }: Pick<CompiledPolicy, 'sources' | 'files'>): PolicyRow[] {
  const rows = sources.reduce<PolicyRow[]>((shown, { layer }, at) => {
    const own = layer === 'repo' ? repoRows(files[at]!) : floorRows(layer, files[at]!);
    return own.reduce(merged, shown);
  }, []);
  const order = [...valuesOf(BUILTIN).keys()];
  const rank = (key: string) => (order.indexOf(key) === -1 ? order.length : order.indexOf(key));
  return rows.sort((a, b) => rank(a.key) - rank(b.key));
}

function repoRows(file: PolicyFile): PolicyRow[] {
  const builtin = valuesOf(BUILTIN);
  const { extends: profile, ...stated } = file;
  const part = profile ? PROFILES[profile] : {};
  const extended = valuesOf(fill(BUILTIN, part));
  const final = valuesOf(fill(BUILTIN, file));
  const base = rowsBetween(new Map(), builtin, 'builtin', new Set());
  const withProfile = replaced(base, rowsBetween(builtin, extended, 'profile', keysOf(part)));
  return replaced(withProfile, rowsBetween(extended, final, 'repo', keysOf(stated)));
}

/** What a floor adds. Its lists of exceptions are left out: they except from the floor alone and loosen nothing else. */
function floorRows(layer: LayerName, file: PolicyFile): PolicyRow[] {
  const values = valuesOf(fill(NEUTRAL, file));
  const stated = file.extends ? new Set(values.keys()) : keysOf(file);
  return rowsBetween(valuesOf(NEUTRAL), values, layer, stated).filter(
    ({ key }) => !/\.allow$|^guards\.secrets\.(?:paths|allowances)$/.test(key),
  );
}

/** What a layer adds: single values that it states or changes, and the entries of lists that were not there before. */
function rowsBetween(
  before: Values,
  after: Values,
  layer: PolicyRow['layer'],
  stated: ReadonlySet<string>,
): PolicyRow[] {
  return [...after].flatMap(([key, value]): PolicyRow[] => {
    const old = before.get(key);
    if (typeof value !== 'object') return value !== old || stated.has(key) ? [{ key, value, layer }] : [];
    const added = value.filter((entry) => typeof old !== 'object' || !old.includes(entry));
    return added.length > 0 || old === undefined ? [{ key, value: added, layer }] : [];
  });
}

/** Single values replace those of the same key; a list's row replaces only an empty one. */
function replaced(rows: readonly PolicyRow[], by: readonly PolicyRow[]): PolicyRow[] {
  const gives = (row: PolicyRow) => typeof row.value !== 'object' || row.value.length === 0;
  return [...rows.filter((row) => !(gives(row) && by.some(({ key }) => key === row.key))), ...by];
}

/** The rows with a floor's row: it replaces what it is stricter than, and is dropped where it is not. */
function merged(rows: PolicyRow[], row: PolicyRow): PolicyRow[] {
  const same = rows.find(({ key }) => key === row.key);
  if (!same || typeof row.value === 'object') return replaced(rows, [row]);
  const order = STRICTNESS.find(([key]) => row.key.endsWith(key))?.[1];
  if (!order || row.key === 'mode') return same.value === row.value ? rows : [...rows, row];
  const more = order.indexOf(row.value) - order.indexOf(same.value);
  return more > 0 ? replaced(rows, [row]) : rows;
}

/** From lax to strict, by the end of the key. Values that are not here stand beside one another. */
const STRICTNESS: readonly (readonly [key: string, values: readonly Value[]])[] = [
  ['mode', ['off', 'observe', 'enforce']],
  ['autonomy.level', ['L3', 'L2', 'L1', 'L0']],
  ['autonomy.ceiling', ['L3', 'L2', 'L1', 'L0']],
  ['tamper', ['restore', 'freeze']],
  ['secrets.output', ['off', 'redact']],
  ['conventional', [false, true]],
  ['snapshot', [false, true]],
  ['required', ['never', 'protected', 'always']],
];

function keysOf(part: object): Set<string> {
  return new Set(leaves(part).map(([key]) => key));
}

function valuesOf({ rules, ...policy }: Policy): Values {
  const effects = rules.map(({ id, effect }) => [`rules.${id}`, effect] as const);
  return new Map<string, Value>([...leaves(policy), ...effects]);
}

function leaves(part: object, prefix = ''): [key: string, value: Value][] {
  return Object.entries(part).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? leaves(value, `${prefix}${key}.`)
      : [[prefix + key, Array.isArray(value) ? value.map(shown) : value] as [string, Value]],
  );
}

/** An entry of a list as a word: allowances and rules of secrets by what tells them from one another. */
function shown(entry: string | { id?: string; rule?: string; path?: string; fingerprint?: string }): string {
  return typeof entry === 'string'
    ? entry
    : [entry.id, entry.rule, entry.path, entry.fingerprint].filter(Boolean).join(' ');
}
