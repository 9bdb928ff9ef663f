import { createHash } from 'node:crypto';
import type { Kind, Profile } from './payload.ts';
import { InstallProblem } from './problem.ts';

/** Where the manifest lies, relative to the repository. */
export const MANIFEST_PATH = '.postern/manifest.json';

/** What was installed: committed, and the same for everybody who installs the same version with the same choice. */
export interface Manifest {
  readonly version: 1;
  /** The version of Postern that wrote it. */
  readonly postern: string;
  readonly profile: Profile;
  readonly agents: boolean;
  readonly commands: boolean;
  readonly files: readonly InstalledFile[];
  readonly blocks: readonly InstalledBlock[];
  /** How `.claude/settings.json` looked before: whether it is ours, and which empty lists it had. */
  readonly settings: { readonly created: boolean; readonly keptEmpty: readonly string[] };
}

/** One file as it was shipped. A file of kind `policy` belongs to the person: its changes are no drift. */
export interface InstalledFile {
  /** Relative to the repository; `hooks:<name>` is a git hook, whose folder differs from clone to clone. */
  readonly path: string;
  readonly kind: Kind;
  /** Octal, as `chmod` takes it. */
  readonly mode: string;
  /** Of the shipped text. */
  readonly sha256: string;
  /** The shipped text, base of a later three-way merge; left out where nothing is ever merged. */
  readonly base?: string;
}

/** The managed block in one of the instruction files. */
export interface InstalledBlock {
  readonly path: string;
  readonly sha256: string;
  readonly base: string;
  /** True when the file was not there before. */
  readonly created: boolean;
}

/** The manifest that `text` holds; throws when it is not one. */
export function parseManifest(text: string): Manifest {
  const value = parseObject(text);
  const problem = manifestProblem(value);
  if (problem === null) return value as unknown as Manifest;
  throw new InstallProblem(
    `${MANIFEST_PATH} cannot be used: ${problem}.`,
    `Restore it: git checkout -- ${MANIFEST_PATH}`,
  );
}

/** The manifest as its file holds it. */
export function printManifest(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** Hex sha256. */
export function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

function parseObject(text: string): Record<string, unknown> {
  try {
    return { ...JSON.parse(text) };
  } catch {
    return {};
  }
}

function manifestProblem(value: Record<string, unknown>): string | null {
  if (value['version'] === undefined) return 'it is not a manifest';
  if (value['version'] !== 1) return `it has the format ${value['version']}, which this version does not know`;
  if (typeof value['postern'] !== 'string') return '`postern` is not a version';
  if (!isListOf(value['files'], ['path', 'kind', 'mode', 'sha256'])) return '`files` is not a list of files';
  if (!isListOf(value['blocks'], ['path', 'sha256', 'base'])) return '`blocks` is not a list of blocks';
  const odd = [...value['files'], ...value['blocks']].find(({ path }) => !isPlainPath(path!));
  if (odd) return `\`${odd['path']}\` is not a path inside the repository`;
  const settings = value['settings'] as Record<string, unknown> | undefined;
  return Array.isArray(settings?.['keptEmpty']) ? null : '`settings` is missing';
}

function isListOf(value: unknown, texts: readonly string[]): value is Record<string, string>[] {
  return Array.isArray(value) && value.every((one) => texts.every((key) => typeof one?.[key] === 'string'));
}

/** A path that cannot lead out of the repository by its own words. */
function isPlainPath(path: string): boolean {
  return (
    /^(hooks:[\w.-]+|[^/:]+(\/[^/]+)*)$/.test(path) && !path.split('/').some((part) => part === '..' || part === '.git')
  );
}
