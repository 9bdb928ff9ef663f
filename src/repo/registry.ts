import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type FileWords, type FlawAt, flawsOfIssue } from './policy-issues.ts';
import { readRepoFile } from './policy-source.ts';
import { type Flaw, parseYaml } from './policy-yaml.ts';
import { type HttpEntry, registrySchema, type StdioEntry, serverSchemas } from './registry-schema.ts';

/** Repo-relative path of the list of servers that the gateway starts. */
export const REGISTRY_PATH = '.postern/registry.yaml';

/** A server as the registry names it. */
export type ServerEntry = { readonly name: string } & (StdioEntry | HttpEntry);

export type Registry =
  | { readonly kind: 'missing' }
  | { readonly kind: 'bad'; readonly problems: readonly Flaw[] }
  | { readonly kind: 'ok'; readonly servers: readonly ServerEntry[] };

/** Reads the registry. Never throws; everything that is wrong with it is told with line and column. */
export function readRegistry(root: string): Registry {
  if (!existsSync(join(root, REGISTRY_PATH))) return { kind: 'missing' };
  const read = readRepoFile(root, REGISTRY_PATH);
  if ('problem' in read) return { kind: 'bad', problems: [{ line: 1, column: 1, message: read.problem }] };
  return parseRegistry(read.text);
}

/** Reads the text of a registry. */
export function parseRegistry(text: string): Registry {
  const { value, flaws, locate } = parseYaml(text);
  const problems: Flaw[] = [...flaws];
  if (value === null) problems.push({ line: 1, column: 1, message: 'is empty: it needs at least `version: 1`' });
  else if (value !== undefined)
    for (const { path, part, message } of check(value)) problems.push({ ...locate(path, part), message });
  if (problems.length > 0) return { kind: 'bad', problems };
  const { servers } = value as { servers: Readonly<Record<string, StdioEntry | HttpEntry>> };
  return { kind: 'ok', servers: Object.entries(servers).map(([name, entry]) => ({ name, ...entry })) };
}

function check(value: unknown): FlawAt[] {
  const outer = registrySchema.safeParse(value);
  if (!outer.success)
    return outer.error.issues.flatMap((issue) => flawsOfIssue(issue, value, wordsOf(['version', 'servers'])));
  return Object.entries(outer.data.servers).flatMap(([name, entry]) => {
    const schema = isHttp(entry) ? serverSchemas.http : serverSchemas.stdio;
    const issues = schema.safeParse(entry).error?.issues ?? [];
    return issues.flatMap((issue) =>
      flawsOfIssue({ ...issue, path: ['servers', name, ...issue.path] }, value, wordsOf(Object.keys(schema.shape))),
    );
  });
}

function isHttp(entry: unknown): boolean {
  return typeof entry === 'object' && entry !== null && 'url' in entry;
}

function wordsOf(keys: string[]): FileWords {
  return { name: 'the registry', keysAt: () => keys };
}
