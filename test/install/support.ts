import { execFileSync } from 'node:child_process';
import { cpSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run as runInit } from '../../src/cli/commands/init.ts';
import { run as runUninstall } from '../../src/cli/commands/uninstall.ts';
import { run as runUpgrade } from '../../src/cli/commands/upgrade.ts';
import type { Context, ExitCode } from '../../src/cli/context.ts';
import { UserError } from '../../src/cli/context.ts';
import { scratchFolder, scratchRepo } from '../support/packed.ts';

/** A package folder with the shipped files, a runtime that lets everything pass, and `changes` to any of its files. */
export function payload(version = '1.0.0', changes: Record<string, string | null> = {}): string {
  const folder = scratchFolder('payload');
  for (const name of ['hooks', 'husky', 'agents', 'commands', 'templates'])
    cpSync(name, join(folder, name), { recursive: true });
  const files = {
    'package.json': JSON.stringify({ version }),
    'dist/gate.cjs': 'process.exitCode = 10;\n',
    ...changes,
  };
  for (const [name, text] of Object.entries(files)) {
    if (text === null) rmSync(join(folder, name), { force: true });
    else write(folder, name, text);
  }
  return folder;
}

export const PAYLOAD = payload();

/** A scratch repository with these files. */
export function repo(files: Record<string, string> = {}, folder?: string): string {
  const root = scratchRepo(folder);
  for (const [name, text] of Object.entries(files)) write(root, name, text);
  return root;
}

export function write(root: string, name: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), text, { mode });
}

export function read(root: string, name: string): string {
  return readFileSync(join(root, name), 'utf8');
}

export function git(cwd: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd, encoding: 'utf8', stdio: 'pipe' });
}

/** What one run of a command said, and how it ended. */
export interface Ran {
  readonly code: ExitCode;
  readonly out: string;
  readonly said: string;
}

type Run<Options> = (options: Options, context: Context) => Promise<ExitCode>;

async function ran<Options>(
  command: Run<Options>,
  cwd: string,
  options: Options,
  over: Partial<Context>,
): Promise<Ran> {
  const said = { out: '', said: '' };
  const context: Context = {
    cwd,
    env: { PATH: process.env['PATH'], HOME },
    out: (text) => {
      said.out += text;
    },
    say: (text) => {
      said.said += text;
    },
    interactive: false,
    color: false,
    ...over,
  };
  try {
    return { code: await command(options, context), ...said };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { code: 2, out: said.out, said: `${said.said}${error.message}\n${error.instead}\n` };
  }
}

const HOME = scratchFolder('home');

export function init(
  cwd: string,
  options: Parameters<typeof runInit>[0] = {},
  over: Partial<Context> = {},
): Promise<Ran> {
  return ran(runInit, cwd, { yes: true, payloadDir: PAYLOAD, ...options }, over);
}

export function upgrade(
  cwd: string,
  options: Parameters<typeof runUpgrade>[0] = {},
  over: Partial<Context> = {},
): Promise<Ran> {
  return ran(runUpgrade, cwd, { payloadDir: PAYLOAD, ...options }, over);
}

export function uninstall(
  cwd: string,
  options: Parameters<typeof runUninstall>[0] = {},
  over: Partial<Context> = {},
): Promise<Ran> {
  return ran(runUninstall, cwd, { yes: true, ...options }, over);
}

/** Every file of a tree with its mode and bytes, and git's own config and hooks; Postern's log and git's objects left out. */
export function snapshot(root: string): Record<string, string> {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
  const counted = names.filter((name) => !/^\.git(\/|$)/.test(name) || /^\.git\/(config$|hooks\/)/.test(name));
  return Object.fromEntries(
    counted.flatMap((name) => {
      const stat = lstatSync(join(root, name));
      if (stat.isDirectory()) return [];
      if (stat.isSymbolicLink()) return [[name, `link to ${readlinkSync(join(root, name))}`]];
      return [[name, `${(stat.mode & 0o777).toString(8)} ${readFileSync(join(root, name)).toString('base64')}`]];
    }),
  );
}
