import type { z } from 'zod/mini';
import { policyJsonSchema } from '../policy/schema.ts';
import { didYouMean, oneOf } from './policy-words.ts';
import type { KeyPath } from './policy-yaml.ts';

/** Problems reported of one file; the rest of a hopeless one helps nobody. */
export const MAX_PROBLEMS = 100;

type Issue = z.core.$ZodIssue;

/** Something wrong with a part of the file. */
export interface FlawAt {
  readonly path: KeyPath;
  /** Points to the key instead of the value. */
  readonly part?: 'key';
  readonly message: string;
}

/** What a file is called in messages, and which keys it may have at a path. */
export interface FileWords {
  readonly name: string;
  keysAt(path: KeyPath): string[];
}

const POLICY: FileWords = { name: 'the policy', keysAt };

/** What the schema found, in the words of the file. */
export function flawsOfIssue(issue: Issue, value: unknown, words: FileWords = POLICY): FlawAt[] {
  const path = issue.path as KeyPath;
  const got = valueAt(value, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys
        .slice(0, MAX_PROBLEMS)
        .map((key) => ({ path: [...path, key], part: 'key', message: unknownKey(key, words.keysAt(path)) }));
    case 'invalid_key':
      return [
        { path, part: 'key', message: `\`${String(path.at(-1))}\` ${issue.issues[0]?.message ?? issue.message}` },
      ];
    case 'invalid_union': {
      const branch = issue.errors[Array.isArray(got) ? 1 : 0] ?? [];
      const inPlace = (inner: Issue) => ({ ...inner, path: [...path, ...inner.path] }) as Issue;
      return branch.flatMap((inner) => flawsOfIssue(inPlace(inner), value, words));
    }
    default:
      return [{ path, message: `${subject(path, words.name)} ${predicate(issue, got)}` }];
  }
}

function predicate(issue: Issue, got: unknown): string {
  if (got === undefined) return 'is missing';
  switch (issue.code) {
    case 'invalid_value':
      return `must be ${oneOf(issue.values.map(String))}, not ${kindOf(got)}`;
    case 'invalid_type':
      return `must be ${EXPECTED[issue.expected] ?? issue.expected}, not ${kindOf(got)}`;
    case 'too_small':
      if (typeof got === 'number') return `must be at least ${issue.minimum}`;
      return Array.isArray(got) ? 'is an empty list and never matches' : 'is empty';
    case 'too_big':
      if (typeof got === 'number') return `must be at most ${issue.maximum}`;
      return `is longer than ${issue.maximum} characters`;
    default:
      return issue.message;
  }
}

const EXPECTED: Readonly<Record<string, string>> = {
  string: 'text',
  array: 'a list',
  object: 'a map of keys',
  boolean: '`true` or `false`',
};

function kindOf(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map of keys';
  const text = String(value);
  return `\`${text.length > 40 ? `${text.slice(0, 40)}…` : text}\``;
}

/** The last key of the path, with the index of a list's entry. */
function subject(path: KeyPath, file: string): string {
  const at = path.findLastIndex((key) => typeof key === 'string');
  if (at === -1) return file;
  return `\`${path[at]}${path
    .slice(at + 1)
    .map((index) => `[${index}]`)
    .join('')}\``;
}

function unknownKey(key: string, known: readonly string[]): string {
  return `unknown key \`${key}\`${didYouMean(key, known)}`;
}

interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
}

let schema: SchemaNode | undefined;

function keysAt(path: KeyPath): string[] {
  schema ??= policyJsonSchema() as SchemaNode;
  let node: SchemaNode | undefined = schema;
  for (const key of path) node = typeof key === 'number' ? node?.items : node?.properties?.[key];
  return Object.keys(node?.properties ?? {});
}

/** The part of parsed YAML at a path; `undefined` when it is not there. */
export function valueAt(value: unknown, path: KeyPath): unknown {
  return path.reduce<unknown>(
    (part, key) => (part as Record<string | number, unknown> | null | undefined)?.[key],
    value,
  );
}
