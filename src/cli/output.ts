import { stripVTControlCharacters } from 'node:util';
import { redact } from '../guards/secrets/redact.ts';
import type { Effect } from '../policy/finding.ts';
import type { Context } from './context.ts';

/** Wraps text in a colour, or leaves it alone where colour is not wanted. */
export type Paint = (text: string) => string;

export interface Paints {
  readonly red: Paint;
  readonly green: Paint;
  readonly yellow: Paint;
  readonly dim: Paint;
  readonly bold: Paint;
}

/** The colours of a context. Every coloured word says the same without its colour. */
export function paints({ color }: Pick<Context, 'color'>): Paints {
  const paint =
    (open: number, close: number): Paint =>
    (text) =>
      color && text !== '' ? `\x1b[${open}m${text}\x1b[${close}m` : text;
  return { red: paint(31, 39), green: paint(32, 39), yellow: paint(33, 39), dim: paint(2, 22), bold: paint(1, 22) };
}

/** The same context without colours: for what goes into a file. */
export function plain(context: Context): Context {
  return { ...context, color: false };
}

/** `value` as the `--json` answer of a command, with secrets masked. */
export function printJson(context: Context, value: unknown): void {
  context.out(`${JSON.stringify(value, masked, 2)}\n`);
}

/** One value of a `--json` answer that is a line per value, with secrets masked. */
export function jsonLine(value: unknown): string {
  return `${JSON.stringify(value, masked)}\n`;
}

function masked(_: string, part: unknown): unknown {
  return typeof part === 'string' ? redact(part) : part;
}

/** Rows as aligned columns, two spaces apart; the last column is not padded. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => visibleLength(row[at] ?? ''))));
  const line = (row: readonly string[]) =>
    row.map((cell, at) => cell + ' '.repeat(at === row.length - 1 ? 0 : widths[at]! - visibleLength(cell))).join('  ');
  return rows.map((row) => `${line(row).trimEnd()}\n`).join('');
}

function visibleLength(text: string): number {
  return [...stripVTControlCharacters(text)].length;
}

/** Text from outside on one line, with no secret and nothing in it that a terminal would obey. At most `maxLength` characters. */
export function printable(text: string, maxLength = 200): string {
  const flat = redact(text)
    .replace(/\r?\n/g, '⏎')
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (char) => `\\u{${char.codePointAt(0)!.toString(16)}}`);
  const chars = [...flat];
  return chars.length > maxLength ? `${chars.slice(0, maxLength - 1).join('')}…` : flat;
}

/** `1 file`, `2 files`. */
export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}

/** An ISO time as people read it, still UTC and without fractions. */
export function shortTime(iso: string): string {
  return iso.replace('T', ' ').replace(/\.\d+Z$/, 'Z');
}

/** An effect in its colour. */
export function effectWord(effect: Effect, context: Context): string {
  const { green, yellow, red } = paints(context);
  const paint: Record<Effect, Paint> = { allow: green, redact: yellow, ask: yellow, deny: red };
  return paint[effect](effect);
}
