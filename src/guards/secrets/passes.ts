import type { SecretRow } from '../../rules/secrets/row.ts';
import { type Anchor, eachAnchor, rowsAt } from './anchors.ts';
import { readAssignment } from './assignments.ts';
import { ALNUM, BASE64, classAt, DASH, DIGIT, UPPER } from './boundary.ts';
import { readFlags } from './flags.ts';
import { readHeader } from './header.ts';
import { judgeAssignment } from './judge.ts';
import { readJwt } from './jwt.ts';
import type { Candidate } from './match.ts';
import { matchRow } from './match-row.ts';
import { isNameChar, nameEnd, nameStart } from './name-span.ts';
import { readPem } from './pem.ts';
import type { Setting } from './setting.ts';
import { readInsert } from './sql.ts';
import { followStub, type Stub, stubAt } from './stubs.ts';
import { readUrl } from './url.ts';

const MAX_STUBS = 64;

/** The passes over the text as it stands: anchors, assignments and structure. Stubs are followed where `stubs` says so. */
export function directCandidates(text: string, setting: Setting, withStubs: boolean): Candidate[] {
  const reading: Reading = { text, setting, found: [], stubs: [], nameDone: -1, programUntil: -1, programs: 0 };
  eachAnchor(text, (anchor, at) => visitAnchor(reading, anchor, at));
  if (withStubs)
    for (const stub of reading.stubs) reading.found.push(...(followStub(text, stub, setting.surface === 'bash') ?? []));
  return reading.found;
}

interface Reading {
  readonly text: string;
  readonly setting: Setting;
  readonly found: Candidate[];
  readonly stubs: Stub[];
  nameDone: number;
  programUntil: number;
  programs: number;
}

/** Programs whose flags are read within one stretch of a command line. */
const MAX_PROGRAMS = 6;

function visitAnchor(reading: Reading, anchor: Anchor, at: number): void {
  const { text, found } = reading;
  if (anchor.target === 'name') {
    const from = isNameChar(text.charCodeAt(at)) ? at : at + 1;
    if (from >= reading.nameDone) readName(reading, from);
  } else if (anchor.target === 'program') {
    if (at >= reading.programUntil) {
      reading.programs = 0;
      reading.programUntil = at + 800;
    }
    if (reading.programs++ < MAX_PROGRAMS) found.push(...(readFlags(text, at) ?? []));
  } else if (
    anchor.target === 'url' ||
    anchor.target === 'jwt' ||
    anchor.target === 'pem' ||
    anchor.target === 'insert'
  ) {
    found.push(...(STRUCTURES[anchor.target](text, at) ?? []));
  } else if (!WORD.test(anchor.text) || mayBeToken(text, at)) {
    for (const row of rowsAt(anchor)) readRow(reading, anchor, row, at);
  }
}

/** Anchors that begin ordinary words too. */
const WORD = /^[a-z][a-z.:-]*$|^[A-Za-z0-9]{3}$/;
const SHORTEST = 14;

/** Whether a token or the beginning of a split one may stand at `at`: it is long and has a digit or a capital, or a quote ends it. */
function mayBeToken(text: string, at: number): boolean {
  let drawn = false;
  for (let i = at + 3; i < at + 64; i++) {
    const flags = classAt(text, i);
    if ((flags & (DIGIT | UPPER)) !== 0) drawn = true;
    if ((flags & (ALNUM | DASH | BASE64)) === 0 && !'.:~|@'.includes(text[i] ?? ' '))
      return drawn || '"\'`'.includes(text[i] ?? ' ');
    if (drawn && i - at >= SHORTEST) return true;
  }
  return true;
}

const STRUCTURES = { url: readUrl, jwt: readJwt, pem: readPem, insert: readInsert } as const;

function readRow({ text, found, stubs }: Reading, anchor: Anchor, row: SecretRow, at: number): void {
  const hit = matchRow(text, at, row);
  if (hit !== null) {
    found.push(hit);
  } else if (stubs.length < MAX_STUBS && !/^[a-z:]+$/.test(anchor.text)) {
    const stub = stubAt(text, at, row);
    if (stub !== null) stubs.push(stub);
  }
}

/** `api key`, `Secret key`: in prose and labels the word before belongs to the name. */
function qualifiedStart(text: string, from: number, at: number): number {
  if (from !== at || (text.charCodeAt(at) | 32) !== 107 || isNameChar(text.charCodeAt(at + 3))) return from;
  return (
    from -
    (/(?:^|[^\w])((?:api|secret|access|private|auth|encryption|signing|master|account|service) )$/i.exec(
      text.slice(Math.max(0, from - 16), from),
    )?.[1]?.length ?? 0)
  );
}

/** A rejected value this long is not looked into again for names. */
const LONG_VALUE = 256;

function readName(reading: Reading, at: number): void {
  const { text, setting, found } = reading;
  const from = qualifiedStart(text, nameStart(text, at), at);
  const to = nameEnd(text, at);
  reading.nameDone = to;
  const header = readHeader(text, from, to);
  if (header !== null) {
    found.push(...header);
    return;
  }
  const assignment = readAssignment(text, from, to, setting.format === 'lines');
  if (assignment === null) return;
  const one = judgeAssignment(text, assignment, setting);
  if (one !== null) found.push(one);
  else if (!assignment.quoted && assignment.end - assignment.start > LONG_VALUE) reading.nameDone = assignment.end;
}
