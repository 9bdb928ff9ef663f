import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { scan } from '../../src/guards/secrets/scan.ts';
import { secretlint } from './secretlint.ts';

/** Megabytes per second over a diff of 10 MB and over a tree of sources, side by side. */
interface Source {
  readonly path: string;
  readonly text: string;
}

const [folder = 'node_modules'] = process.argv.slice(2);
const MB = 1e6;
const ROUNDS = 3;
const sources = sourcesBelow(folder, 40 * MB);
const diff = diffOf(sources, 10 * MB);

console.log(`\nsecrets, MB per second (median of ${ROUNDS}, in process)`);
await compare(`a diff of ${mb(diff.length)}`, [{ path: 'change.diff', text: diff }], (one) =>
  scan(one.text, { surface: 'diff' }),
);
await compare(`a tree of ${sources.length} files, ${mb(sizeOf(sources))}`, sources, (one) =>
  scan(one.text, { path: one.path }),
);

async function compare(
  name: string,
  texts: readonly Source[],
  ours: (one: Source) => readonly unknown[],
): Promise<void> {
  const rates: Record<string, number[]> = { postern: [], secretlint: [] };
  const found: Record<string, number> = { postern: 0, secretlint: 0 };
  const some = texts.length > 1 ? texts.filter((_, at) => at % 20 === 0) : [{ ...texts[0]!, text: diff.slice(0, MB) }];
  for (let round = 0; round < ROUNDS; round++) {
    await timed('postern', texts, async (one) => ours(one).length);
    await timed('secretlint', some, async (one) => (await secretlint.lint(one.text, one.path)).length);
  }
  for (const [who, list] of Object.entries(rates)) {
    const rate = list.sort((a, b) => a - b)[list.length >> 1]!;
    const part = who === 'secretlint' ? ` (of ${mb(sizeOf(some))} of it)` : '';
    console.log(
      `  ${name.padEnd(34)} ${who.padEnd(10)} ${rate.toFixed(1).padStart(7)} MB/s, ${found[who]} findings${part}`,
    );
  }

  async function timed(who: string, list: readonly Source[], run: (one: Source) => Promise<number>): Promise<void> {
    const start = process.hrtime.bigint();
    let count = 0;
    for (const one of list) count += await run(one);
    rates[who]!.push(sizeOf(list) / MB / (Number(process.hrtime.bigint() - start) / 1e9));
    found[who] = count;
  }
}

function sizeOf(texts: readonly Source[]): number {
  return texts.reduce((sum, { text }) => sum + text.length, 0);
}

function mb(chars: number): string {
  return `${(chars / MB).toFixed(1)} MB`;
}

function sourcesBelow(top: string, most: number): Source[] {
  const found: Source[] = [];
  let size = 0;
  for (const entry of readdirSync(top, { recursive: true, withFileTypes: true, encoding: 'utf8' })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !/\.(?:[cm]?[jt]sx?|json|md|ya?ml|html|css)$/.test(path) || statSync(path).size > MB)
      continue;
    const text = readFileSync(path, 'utf8');
    found.push({ path, text });
    size += text.length;
    if (size >= most) break;
  }
  return found;
}

/** Sources as git shows them when they are added. */
function diffOf(texts: readonly Source[], most: number): string {
  const parts: string[] = [];
  let size = 0;
  for (const { path, text } of texts) {
    const lines = text.split('\n');
    const head = `diff --git a/${path} b/${path}\nnew file mode 100644\n--- /dev/null\n+++ b/${path}\n@@ -0,0 +1,${lines.length} @@\n`;
    parts.push(`${head}+${lines.join('\n+')}\n`);
    size += parts.at(-1)!.length;
    if (size >= most) break;
  }
  return parts.join('').slice(0, most);
}
