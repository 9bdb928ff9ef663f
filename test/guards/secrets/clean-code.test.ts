import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { scan } from '../../../src/guards/secrets/scan.ts';

/** Published sources that are here anyway; the bench looks through a larger ledger. */
const PACKAGES = [
  '@clack',
  '@types',
  'commander',
  'diff',
  'esbuild',
  'fast-check',
  'simple-git',
  'unbash',
  'vite',
  'vitest',
  'yaml',
  'zod',
];

test.each(PACKAGES)('%s holds no secret', (name) => {
  const folder = join('node_modules', name);
  const found = readdirSync(folder, { recursive: true, withFileTypes: true, encoding: 'utf8' }).flatMap((entry) => {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || statSync(path).size > 2_000_000) return [];
    return scan(readFileSync(path, 'utf8'), { path }).map(
      ({ rule, line }) => `${rule} ${relative(folder, path)}:${line}`,
    );
  });
  expect(found).toEqual([]);
});
