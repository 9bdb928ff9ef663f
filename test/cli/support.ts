import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Context, type ExitCode, UserError } from '../../src/cli/context.ts';
import { runProgram } from '../../src/cli/program.ts';
import { scratchFolder, scratchRepo } from '../support/packed.ts';

/** What one run of the command line said, and how it ended. */
export interface Ran {
  readonly code: ExitCode;
  readonly out: string;
  readonly said: string;
}

export interface World {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly color?: boolean;
  /** Whether a person sits at a terminal. */
  readonly interactive?: boolean;
}

/** Runs `postern <argv>` in this process, as a person without an agent's marks and with an empty home. */
export async function postern(
  argv: readonly string[],
  { cwd, env = {}, color = false, interactive = false }: World,
): Promise<Ran> {
  let out = '';
  let said = '';
  const context: Context = {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME, ...env },
    out: (text) => {
      out += text;
    },
    say: (text) => {
      said += text;
    },
    interactive,
    color,
  };
  try {
    return { code: await runProgram(argv, context), out, said };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { code: 2, out, said: `${said}postern: ${error.message}\n  ${error.instead}\n` };
  }
}

const HOME = scratchFolder('home');

/** A repository with these files that counts as guarded, without hooks. */
export function guardedRepo(files: Readonly<Record<string, string>> = {}): string {
  const repo = scratchRepo();
  writeFiles(repo, { '.postern/policy.yaml': 'version: 1\nextends: team\n', ...files });
  return repo;
}

export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

export function git(cwd: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd, encoding: 'utf8', stdio: 'pipe' });
}
