import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A Postern that was packed as npm would publish it and installed in an empty folder. */
export interface PackedPostern {
  /** Where the tarball was installed. */
  readonly folder: string;
  /** The installed command. */
  readonly bin: string;
  /** Names of the files in the tarball. */
  readonly files: readonly string[];
}

/** Packs and installs; about ten seconds. Dependencies come from npm's cache, or the registry where that is empty. */
export function installPacked(): PackedPostern {
  const folder = scratchFolder('packed');
  const report = npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], process.cwd());
  const [tarball] = Object.values(JSON.parse(report)) as { filename: string; files: { path: string }[] }[];
  if (!tarball) throw new Error('npm pack made no tarball');
  writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
  npm(['install', '--prefer-offline', '--no-audit', '--no-fund', join(folder, tarball.filename)], folder);
  return {
    folder,
    bin: join(folder, 'node_modules', '.bin', 'postern'),
    files: tarball.files.map((file) => file.path),
  };
}

/** A new empty folder with spaces in its name. Its path is real. */
export function scratchFolder(name: string): string {
  return realpathSync(mkdtempSync(join(tmpdir(), `postern ${name} `)));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** A repository with one commit, and a person who made it. */
export function scratchRepo(folder = scratchFolder('repo')): string {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, stdio: 'pipe' });
  git('init', '-q', '-b', 'main');
  git('config', 'user.name', 'Dev');
  git('config', 'user.email', 'dev@example.test');
  writeFileSync(join(folder, 'app.js'), 'console.log("committed");\n');
  git('add', '.');
  git('commit', '-qm', 'First');
  return folder;
}

/** The environment without the marks of whoever runs the tests. */
export function personEnv(over: Record<string, string> = {}): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name]) =>
    ['PATH', 'LANG', 'TMPDIR', 'HOME', 'USER', 'XDG_STATE_HOME'].includes(name),
  );
  return { ...(Object.fromEntries(kept) as Record<string, string>), ...over };
}

function npm(args: readonly string[], cwd: string): string {
  return execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
