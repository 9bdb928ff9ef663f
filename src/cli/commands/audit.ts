import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { logPath } from '../../audit/files.ts';
import { hostKeyPath, readHostKey } from '../../audit/host-key.ts';
import { find, tail } from '../../audit/query.ts';
import { verify } from '../../audit/verify.ts';
import { git } from '../../repo/git.ts';
import type { Places } from '../../repo/places.ts';
import { loggedRepository } from '../audit/log.ts';
import { verdictText } from '../audit/verdict-text.ts';
import { type Context, type ExitCode, UserError } from '../context.ts';
import { DONE, FOUND } from '../exit-codes.ts';
import { columns, printable, printJson } from '../output.ts';
import { recordCells, recordDetails } from '../record-text.ts';
import { homeOf } from '../repository.ts';

export interface AuditOptions {
  readonly action: 'verify' | 'tail' | 'show';
  /** How many records `tail` prints. */
  readonly lines?: string;
  /** File with a checkpoint from elsewhere, for `verify`. */
  readonly anchor?: string;
  /** What `show` looks for. */
  readonly record?: string;
  readonly json?: boolean;
}

/** `audit verify`, `audit tail` and `audit show`. The log outlives an uninstall, and so do these. */
export async function run(options: AuditOptions, context: Context): Promise<ExitCode> {
  const places = loggedRepository(context);
  switch (options.action) {
    case 'verify':
      return verifyLog(places, options, context);
    case 'tail':
      return showTail(places, options, context);
    case 'show':
      return showRecord(places, options, context);
  }
}

function verifyLog({ stateDir, root }: Places, { json, anchor }: AuditOptions, context: Context): ExitCode {
  const verdict = verify(stateDir, { ...knownKey(context), anchors: anchorsOf(root, anchor, context) });
  if (verdict.kind === 'unreadable') throw new UserError(verdict.problem, 'Then run: npx postern audit verify');
  if (json) printJson(context, { log: logPath(stateDir), ...verdict });
  else context.out(`${verdictText(verdict, context)}\n`);
  return verdict.kind === 'broken' ? FOUND : DONE;
}

/** The host key's public half; without it no checkpoint proves anything. */
function knownKey(context: Context): { publicKey?: string } {
  const state = readHostKey(hostKeyPath(context.env, homeOf(context)));
  if (state.kind === 'unreadable') context.say(`postern: ${printable(state.problem)} Checkpoints cannot be checked.\n`);
  return state.kind === 'known' ? { publicKey: state.key.publicKey } : {};
}

/** Checkpoints from outside of the log: a file, and the git notes that `audit anchor --git-note` left. */
function anchorsOf(root: string, file: string | undefined, context: Context): string[] {
  const notes = git(root, ['log', '--format=%N', '--notes=refs/notes/postern-anchors', '-n', '200']);
  const texts = notes.code === 0 ? notes.stdout.split(/(?<=^— .*\n)/m) : [];
  const anchored = texts.map((text) => text.trimStart()).filter((text) => text.includes('\n\n— '));
  return file === undefined ? anchored : [...anchored, readAnchor(resolve(context.cwd, file))];
}

function readAnchor(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UserError(
      `${printable(path)} cannot be read: ${printable((error as Error).message)}`,
      'Name the file of `audit anchor --file`.',
    );
  }
}

function showTail({ stateDir }: Places, { json, lines = '20' }: AuditOptions, context: Context): ExitCode {
  if (!/^[1-9]\d{0,6}$/.test(lines)) {
    throw new UserError(`\`${printable(lines)}\` is not a number of records.`, 'Run: npx postern audit tail -n 20');
  }
  const records = tail(stateDir, Number(lines));
  if (json) printJson(context, records);
  else if (records.length === 0) context.say('Nothing has been recorded yet.\n');
  else context.out(columns(records.map((record) => recordCells(record, context))));
  return DONE;
}

function showRecord({ stateDir }: Places, { json, record: wanted = '' }: AuditOptions, context: Context): ExitCode {
  const records = find(stateDir, wanted);
  if (json) printJson(context, records);
  else if (records.length > 0) context.out(records.map((record) => columns(recordDetails(record, context))).join('\n'));
  else
    context.say(`No record is \`${printable(wanted)}\`: give a call id, a number, or at least 7 digits of a hash.\n`);
  return records.length > 0 ? DONE : FOUND;
}
