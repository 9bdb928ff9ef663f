import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hookTool } from './hooks-place.ts';

/** What the repository is, as far as it matters to a person who installs. */
export interface Surroundings {
  /** How this repository runs a package's program: `npx`, `pnpm dlx` … */
  readonly runner: string;
  /** The file that says that there are packages below the root; `null` when there is none. */
  readonly monorepo: string | null;
  /** Lefthook, pre-commit and the like. */
  readonly hookTool: string | null;
}

/** Package managers by their lock files. */
const RUNNERS: readonly (readonly [file: string, runner: string])[] = [
  ['pnpm-lock.yaml', 'pnpm dlx'],
  ['yarn.lock', 'yarn dlx'],
  ['bun.lock', 'bunx'],
  ['bun.lockb', 'bunx'],
];

/** Files that make a repository a monorepo. */
const WORKSPACES: readonly string[] = [
  'pnpm-workspace.yaml',
  'lerna.json',
  'nx.json',
  'turbo.json',
  'rush.json',
  'go.work',
];

export function readSurroundings(root: string): Surroundings {
  const has = (file: string) => existsSync(join(root, file));
  return {
    runner: RUNNERS.find(([file]) => has(file))?.[1] ?? 'npx',
    monorepo: WORKSPACES.find(has) ?? (hasWorkspaces(root) ? 'package.json' : null),
    hookTool: hookTool(root),
  };
}

function hasWorkspaces(root: string): boolean {
  try {
    return Boolean(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).workspaces);
  } catch {
    return false;
  }
}
