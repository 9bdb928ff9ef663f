import { accessSync, constants, existsSync } from 'node:fs';
import { logPath } from '../../audit/files.ts';
import { type HeadFile, verify } from '../../audit/verify.ts';
import { count, printable, shortTime } from '../output.ts';
import { quoted } from '../shell-quote.ts';
import { type Check, failed, note, ok, type Result } from './check.ts';

/** The log's chain. */
export const log: Check = {
  id: 'log',
  async run({ places }) {
    const locked = [places.stateDir, logPath(places.stateDir)].find((path) => existsSync(path) && !isWritable(path));
    if (locked) return [failed(`${printable(locked)} cannot be written to.`, `chmod u+w ${quoted(locked)}`)];
    const verdict = verify(places.stateDir);
    switch (verdict.kind) {
      case 'empty':
        return [note('The log is empty: nothing has been recorded yet.')];
      case 'unreadable':
        return [failed(verdict.problem, 'Do what it says, then run: npx postern audit verify')];
      case 'intact':
        return [intactLog(count(verdict.records, 'record'), verdict.headFile)];
      case 'broken':
        return [brokenLog(verdict.line, verdict.detail, places.stateDir)];
    }
  },
};

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function intactLog(records: string, headFile: HeadFile): Result {
  const endProved = headFile === 'agrees' || headFile === 'behind';
  if (endProved) return ok(`${records}, chain intact`);
  return note(`${records} intact, but the head file is ${headFile}: whether the end was cut off cannot be told.`);
}

/** A broken log is evidence: people set it aside, we never touch it. */
function brokenLog(line: number, detail: string, stateDir: string): Result {
  const text = `The log is broken at line ${line}: ${printable(detail, 300)}`;
  const folder = quoted(`${stateDir}/broken-log-${shortTime(new Date().toISOString()).replace(/\W/g, '')}`);
  const aside = `mkdir ${folder} && mv ${quoted(stateDir)}/audit.* ${folder}`;
  return failed(text, `Find out who changed it, then begin a new log: ${aside}`);
}
