import { ALNUM, classAt } from './boundary.ts';
import { FLAG_TABLE, type PasswordFlags } from './flag-table.ts';
import { type Candidate, RANK } from './match.ts';
import { type Word, wordsFrom } from './shell-words.ts';
import { isGivenPassword } from './values.ts';

let table: Map<string, PasswordFlags[]> | undefined;

function rowsByProgram(): Map<string, PasswordFlags[]> {
  const rows = new Map<string, PasswordFlags[]>();
  for (const row of FLAG_TABLE()) {
    for (const program of row.programs.split(' ')) rows.set(program, [...(rows.get(program) ?? []), row]);
  }
  return rows;
}

/** Reads a command line whose program stands at `at`; a password given by one of its flags or by its place is a secret. */
export function readFlags(text: string, at: number): readonly Candidate[] | null {
  if ((classAt(text, at - 1) & ALNUM) !== 0 || '-._'.includes(text[at - 1] ?? ' ')) return null;
  table ??= rowsByProgram();
  const words = wordsFrom(text, at);
  const rows = table.get(words[0]?.text ?? '');
  return rows === undefined ? null : rows.flatMap((row) => passwords(words, row)).map(candidate);
}

function candidate({ start, end }: Word): Candidate {
  const rule = { rule: 'command-password', kind: 'password on a command line' };
  return { ...rule, start, end, severity: 'high', rank: RANK.structure };
}

function passwords(words: readonly Word[], row: PasswordFlags): readonly Word[] {
  const { with: needed, operand } = row;
  if (needed !== undefined && !words.some(({ text }) => needed.test(text))) return [];
  const given =
    operand === undefined
      ? words.flatMap((word, i) => (i === 0 ? [] : valuesOf(word, words[i + 1], row)))
      : [placed(words, operand)];
  return given.flatMap((word) => (word === undefined ? [] : passwordIn(word, row)));
}

function valuesOf(word: Word, next: Word | undefined, { flags = '', glued = '' }: PasswordFlags): (Word | undefined)[] {
  const flag = glued.split(' ').find((one) => one !== '' && word.text.startsWith(one) && word.text.length > one.length);
  if (flag !== undefined) return [cut(word, flag.length)];
  const known = flags.split(' ');
  if (known.includes(word.text) || isCluster(word.text, known)) return next?.text[0] === '-' ? [] : [next];
  const sign = word.text.indexOf('=');
  return sign > 2 && known.includes(word.text.slice(0, sign)) ? [cut(word, sign + 1)] : [];
}

/** `-su` ends with the flag `-u`: short flags without values may stand together. */
function isCluster(word: string, known: readonly string[]): boolean {
  return /^-[a-zA-Z]{2,6}$/.test(word) && known.includes(`-${word.at(-1)}`) && !known.includes(word);
}

/** A word by its place among those that are no flags. */
function placed(words: readonly Word[], operand: number): Word | undefined {
  const operands = words.slice(1).filter(({ text }) => !/^-|^\/[a-z]{1,12}(?::|$)/i.test(text));
  return operands.at(operand);
}

function passwordIn(value: Word, row: PasswordFlags): readonly Word[] {
  const head = (row.after ?? /^/).exec(value.text);
  if (head === null) return [];
  const password = unquote(cut(value, head[0].length));
  const text = row.operand === 0 ? password.text.replace(/@.*$/, '') : password.text;
  const word = { text, start: password.start, end: password.start + text.length };
  return isGivenPassword(text, head[0].slice(0, -1)) && (row.operand === undefined || !/[/.\\]/.test(text))
    ? [word]
    : [];
}

function cut({ text, start, end }: Word, length: number): Word {
  return { text: text.slice(length), start: start + length, end };
}

function unquote(word: Word): Word {
  const quote = word.text[0];
  if ((quote !== '"' && quote !== "'") || word.text.at(-1) !== quote || word.text.length < 2) return word;
  return { text: word.text.slice(1, -1), start: word.start + 1, end: word.end - 1 };
}
