import type { Context } from '../context.ts';
import type { Scope } from './piece.ts';

const EVERY_MS = 100;

/** A line on the terminal that counts units, redrawn ten times a second at most; nothing where nobody watches. */
export function progressLine({ interactive, say }: Context, { total, unit }: Scope): { step(): void; end(): void } {
  let done = 0;
  let drawn = 0;
  return {
    step() {
      done++;
      const now = interactive ? Date.now() : 0;
      if (now - drawn < EVERY_MS) return;
      drawn = now;
      say(`\r\x1b[2KScanning ${unit} ${done} of ${total} (${Math.floor((100 * done) / total)} %)`);
    },
    end() {
      if (drawn > 0) say('\r\x1b[2K');
    },
  };
}
