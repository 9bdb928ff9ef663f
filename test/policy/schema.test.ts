import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BUILTIN } from '../../src/policy/profiles.ts';
import { policyJsonSchema, policySchema } from '../../src/policy/schema.ts';

const shipped = new URL('../../schema/policy.schema.json', import.meta.url);

interface SchemaNode {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
}

function described(node: SchemaNode, path: string): { path: string; description: string | undefined }[] {
  const inner = Object.entries(node.properties ?? {}).flatMap(([key, child]) => described(child, `${path}.${key}`));
  const items = node.items?.properties ? described(node.items, `${path}[]`) : [];
  return [{ path, description: node.description }, ...inner, ...items];
}

test('the shipped schema is the one that the code generates', () => {
  expect(JSON.parse(readFileSync(shipped, 'utf8'))).toEqual(policyJsonSchema());
});

test.each(described(policyJsonSchema() as SchemaNode, 'policy'))('$path is described', ({ description }) =>
  expect(description).toMatch(/^.{10,}\.$/s),
);

test('every value of a policy but the mode of protected paths can be stated in the file', () => {
  const keys = described(policyJsonSchema() as SchemaNode, 'policy').map(({ path }) => path);
  const stated = leavesOf(BUILTIN, 'policy').filter((path) => path !== 'policy.guards.protected-paths.mode');
  for (const path of stated) expect(keys).toContain(path);
});

function leavesOf(value: object, path: string): string[] {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'object' && !Array.isArray(inner) ? leavesOf(inner, `${path}.${key}`) : [`${path}.${key}`],
  );
}

test.each([
  { name: 'the least there can be', file: { version: 1 }, good: true },
  { name: 'a word for a list', file: { version: 1, rules: [rule({ kind: 'bash', tool: ['a', 'b'] })] }, good: true },
  { name: 'no version', file: {}, good: false },
  { name: 'an unknown key', file: { version: 1, guard: {} }, good: false },
  { name: 'an empty list', file: { version: 1, rules: [rule({ tool: [] })] }, good: false },
  { name: 'a kind that no gate judges', file: { version: 1, rules: [rule({ kind: 'model' })] }, good: false },
])('$name: $good', ({ file, good }) => expect(policySchema.safeParse(file).success).toBe(good));

function rule(match: object): object {
  return { id: 'r', match, effect: 'deny', reason: 'is not done here.' };
}
