import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

/** The design's table: what each folder may import besides itself. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  policy: [],
  rules: ['policy'],
  shell: ['policy'],
  guards: ['policy', 'rules', 'shell'],
  clients: ['policy'],
  audit: ['policy'],
  repo: ['policy'],
  review: ['policy', 'repo', 'audit'],
  govern: ['policy', 'guards', 'audit', 'repo', 'review'],
  'gates/hook': ['policy', 'clients', 'govern', 'audit', 'repo', 'review'],
  'gates/git': ['policy', 'clients', 'govern', 'audit', 'repo', 'review'],
  'gates/mcp': ['policy', 'clients', 'govern', 'audit', 'repo', 'review'],
  gates: ['policy', 'clients', 'govern', 'audit', 'repo', 'review', 'gates/hook', 'gates/git'],
  install: ['policy', 'clients', 'repo', 'audit'],
};

const PURE = ['policy', 'rules', 'shell', 'guards', 'clients'];
const PURE_BUILTINS = ['node:crypto', 'node:path'];

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

function importsOf(file: string): string[] {
  const text = readFileSync(join('src', file), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');
}

function folderOf(file: string): string {
  const [top = '', second = ''] = file.split('/');
  return top === 'gates' && file.split('/').length > 2 ? `gates/${second}` : top;
}

describe('who imports whom', () => {
  test.each(files.filter((file) => folderOf(file) !== 'cli'))('%s imports downwards only', (file) => {
    const allowed = [folderOf(file), ...(MAY_IMPORT[folderOf(file)] ?? [])];
    const folders = importsOf(file)
      .filter((name) => name.startsWith('.'))
      .map((name) => folderOf(relative('src', join('src', dirname(file), name))));
    expect(folders.filter((folder) => !allowed.includes(folder))).toEqual([]);
  });

  test.each(files.filter((file) => PURE.includes(folderOf(file))))('%s is pure', (file) => {
    const builtins = importsOf(file).filter((name) => name.startsWith('node:'));
    expect(builtins.filter((name) => !PURE_BUILTINS.includes(name))).toEqual([]);
  });
});
