import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { findPlaces, type Places } from '../repo/places.ts';
import { type Context, UserError } from './context.ts';

/** The repository that the command was started in, from any folder or worktree of it. */
export function repository(context: Context): Places {
  const places = findPlaces(context.cwd);
  if (places) return places;
  throw new UserError(`${context.cwd} is not inside a git repository.`, 'Go into one, or make one: git init');
}

/** The same, when Postern guards it. */
export function guardedRepository(context: Context): Places {
  const places = repository(context);
  if (isGuarded(places)) return places;
  throw new UserError(`${places.root} is not guarded by Postern.`, 'Run: npx postern init');
}

/** True when any of the files that `init` always writes is there. */
export function isGuarded({ root }: Places): boolean {
  return ['policy.yaml', 'manifest.json', 'gate.cjs'].some((name) => existsSync(join(root, '.postern', name)));
}

/** The person's home folder. */
export function homeOf(context: Context): string {
  return context.env['HOME'] || homedir();
}
