import { scan } from '../../src/guards/secrets/scan.ts';
import { ANCHORS } from '../../src/rules/secrets/anchors.ts';

/** How the time grows when an attack text grows four times and sixteen times: linear is 4 and 16, twice that is the limit. */
const ANCHOR_TEXTS = [...new Set(Object.values(ANCHORS).flatMap((texts) => texts.split('\n')))];
const PIECES = [
  'password=', 'password: "', 'token token token ', 'secret', 'a://b:', 'x://' + 'a'.repeat(390), '"a"+', "'AKIA' ", 'eyJa.', 'eyJhbGciOiJI.eyJ', 'curl -u ',
  '-----BEGIN PRIVATE KEY-----\n', '%41', '\\x41', 'cookie: a=b; ', 'Authorization: ', 'name: key, ', '{ key: ', '"name":"key",', 'INSERT INTO t (password) VALUES (',
  "('a', 'b'), ", 'printf %s a b ', '&amp;', '\u200b', 'QUFB', '41'.repeat(40), 'a+', '"\\\n"', "s/a/b/ ", '<key>', '<password>', 'api_key=${', 'process.env.X || ', 'postern:allow a -- b ',
]; // biome-ignore format: a list of texts

const LIMIT = 2;
let worst = { ratio: 0, piece: '' };
const slow: string[] = [];
for (const piece of PIECES) for (const fill of ['', ' ', '\n']) judge(piece + fill, [64, 256, 1024]);
for (const anchor of ANCHOR_TEXTS) judge(anchor, [16, 64, 256]);
console.log(
  `\nsecrets, growth of ${PIECES.length * 3} attack texts at 64, 256 and 1,024 KB, ${ANCHOR_TEXTS.length} anchors at 16, 64 and 256 KB, as a multiple of linear`,
);
console.log(
  `  worst ${worst.ratio.toFixed(2)} (${JSON.stringify(worst.piece.slice(0, 60))}), over ${LIMIT}: ${slow.length}`,
);
for (const line of slow) console.log(`  ${line}`);

/** What looks worse than linear is measured again, since another program's work does not grow with the text. */
function judge(piece: string, kilobytes: readonly number[]): void {
  const texts = kilobytes.map((kb) => repeated(piece, kb * 1024));
  let times = texts.map(best);
  for (let again = 0; again < 3 && ratioOf(times) > LIMIT; again++)
    times = texts.map((text, at) => Math.min(times[at]!, best(text)));
  const ratio = ratioOf(times);
  if (ratio > worst.ratio) worst = { ratio, piece };
  if (ratio > LIMIT) slow.push(`${JSON.stringify(piece)}: ${times.map((ms) => ms.toFixed(1)).join(' -> ')} ms`);
}

function ratioOf([small = 0, middle = 0, large = 0]: readonly number[]): number {
  return Math.max(growth(small, middle, 4), growth(middle, large, 4));
}

function repeated(piece: string, size: number): string {
  return piece.repeat(Math.ceil(size / piece.length)).slice(0, size);
}

/** The better of two, so that another program's work does not count. */
function best(text: string): number {
  return Math.min(
    ...Array.from({ length: 2 }, () => {
      const start = process.hrtime.bigint();
      scan(text);
      return Number(process.hrtime.bigint() - start) / 1e6;
    }),
  );
}

/** Growth over linear; what takes less than 3 ms is noise. */
function growth(before: number, after: number, times: number): number {
  return after < 3 ? 0 : after / Math.max(before, 0.75) / times;
}
