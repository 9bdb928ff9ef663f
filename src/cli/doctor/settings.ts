import { join } from 'node:path';
import { settingsProblems } from '../../clients/claude-settings.ts';
import { mergeSettings } from '../../install/settings.ts';
import { errorCode, readBounded, writeAtomic } from '../../repo/files.ts';
import { printable } from '../output.ts';
import { homeOf } from '../repository.ts';
import { type Check, type Checkup, FIX, failed, ok, type Result } from './check.ts';
import { lintSettings } from './settings-lint.ts';

/** The settings files that decide whether the client runs our hooks. */
export const settings: Check = {
  id: 'settings',
  async run(checkup) {
    const results = settingsFiles(checkup).flatMap(checkFile);
    return results.length > 0 ? results : [ok('every entry is there, and no settings file switches hooks off')];
  },
};

export interface SettingsFile {
  readonly path: string;
  readonly name: string;
  /** The repository's own file must hold our entries; the others only must not be in their way. */
  readonly belongsTo: 'project' | 'checkout' | 'person' | 'machine';
}

function settingsFiles({ places, context }: Checkup): SettingsFile[] {
  const folder = context.env['CLAUDE_CONFIG_DIR'] || join(homeOf(context), '.claude');
  const inRepo = (name: string) => ({ path: join(places.root, name), name });
  return [
    { ...inRepo('.claude/settings.json'), belongsTo: 'project' },
    { ...inRepo('.claude/settings.local.json'), belongsTo: 'checkout' },
    { path: join(folder, 'settings.json'), name: join(folder, 'settings.json'), belongsTo: 'person' },
    { path: MANAGED, name: MANAGED, belongsTo: 'machine' },
  ];
}

/** Settings that the machine's administrator makes; they win over all others. */
const MANAGED = '/etc/claude-code/managed-settings.json';

/** What is wrong with one settings file; nothing when it is not there and need not be. */
export function checkFile(file: SettingsFile): Result[] {
  const text = readText(file.path);
  if (text === undefined) return [failed(`${file.name} cannot be read.`, `Look at ${file.path}.`)];
  const flaws = text === null ? [] : lintSettings(text);
  if (flaws.length > 0)
    return flaws.map((flaw) => failed(`${file.name}: ${printable(flaw)}.`, `Mend it in an editor: ${file.path}`));
  const parsed: Settings = text === null ? {} : JSON.parse(text.replace(/^\uFEFF/, ''));
  return [...entryProblems(file, text), ...managedOnly(file, parsed), ...baseUrl(file, parsed)];
}

/** `null` when there is no such file, `undefined` when it cannot be read. */
function readText(path: string): string | null | undefined {
  try {
    return readBounded(path, 4 * 1024 * 1024).toString('utf8');
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? null : undefined;
  }
}

function entryProblems({ path, name, belongsTo }: SettingsFile, text: string | null): Result[] {
  return settingsProblems(text, belongsTo === 'project').map((problem) => {
    if (problem.includes('disableAllHooks')) {
      return failed(`${name}: ${problem}: no hook runs.`, `Take \`disableAllHooks\` out: ${path}`);
    }
    return failed(`${name}: ${problem}.`, FIX, () => mergeInto(path));
  });
}

function mergeInto(path: string): void {
  const merge = mergeSettings(readText(path) ?? null);
  if (merge.kind === 'ok') writeAtomic(path, merge.text);
}

interface Settings {
  readonly env?: Readonly<Record<string, string>>;
  readonly allowManagedHooksOnly?: boolean;
}

function managedOnly({ path, name, belongsTo }: SettingsFile, { allowManagedHooksOnly }: Settings): Result[] {
  if (belongsTo !== 'machine' || allowManagedHooksOnly !== true) return [];
  const text = `${name}: \`allowManagedHooksOnly\` is true: the hooks of repositories do not run.`;
  return [failed(text, `Ask whoever administers this machine to take it out, or to add Postern's hooks to ${path}.`)];
}

/** A repository's own base URL would send every request, key included, to an address that the repository chose. */
function baseUrl({ path, name, belongsTo }: SettingsFile, { env }: Settings): Result[] {
  const ownedByRepo = belongsTo === 'project' || belongsTo === 'checkout';
  if (!ownedByRepo || env?.['ANTHROPIC_BASE_URL'] === undefined) return [];
  const problem = `${name}: \`env.ANTHROPIC_BASE_URL\` sends requests and the API key to an address from this folder.`;
  return [failed(problem, `Take it out: ${path}; set it in your own environment where you need it.`)];
}
