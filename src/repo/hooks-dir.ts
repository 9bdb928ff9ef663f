import { readFileSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { homeFolder } from './home.ts';
import type { Places } from './places.ts';

/** The directory that git runs hooks from: `core.hooksPath` of the repository's own config, else `<common dir>/hooks`. */
export function hooksDir(places: Pick<Places, 'root' | 'commonDir'>): string {
  const configured = hooksPath(places.commonDir);
  if (configured === null) return join(places.commonDir, 'hooks');
  const expanded = configured.startsWith('~/') ? join(homeFolder(), configured.slice(2)) : configured;
  return isAbsolute(expanded) ? expanded : resolve(places.root, expanded);
}

/** `core.hooksPath` as the repository's config file states it; `null` when it does not. */
export function hooksPath(commonDir: string): string | null {
  let section = '';
  let found: string | null = null;
  for (const line of configLines(commonDir)) {
    if (!line.includes('[') && !/hookspath/i.test(line)) continue;
    const header = /^\s*\[\s*([\w.-]+)\s*(?:"[^"]*")?\s*\]/.exec(line);
    if (header) section = header[1]!.toLowerCase();
    const entry = /^\s*(?:\[[^\]]*\])?\s*hookspath\s*=\s*(.*?)\s*$/i.exec(line);
    if (entry && section === 'core') found = entry[1]!.replace(/^"(.*)"$/, '$1');
  }
  return found;
}

function configLines(commonDir: string): string[] {
  try {
    return readFileSync(join(commonDir, 'config'), 'utf8').split('\n');
  } catch {
    return [];
  }
}
