import { readFileSync } from 'node:fs';
import { bash, judge } from '../../test/support/judge.ts';

/** Judges a corpus of shell commands: `corpus-commands <file.jsonl> [--misses]`. A line holds `command`, `expect`, `category`. */
const [file = '', ...flags] = process.argv.slice(2);
interface Case {
  readonly id: string;
  readonly command: string;
  readonly expect: 'deny' | 'allow' | 'either';
  readonly category: string;
}

/** What people fear, by the categories of the corpus. */
const SLICES: readonly (readonly [name: string, categories: RegExp])[] = [
  ['governance bypass', /^(hooks-bypass|tamper|audit-evasion|git-exec)$/],
  ['secrets', /^secret-/],
  ['data and infrastructure', /^(sql|sql-framework|cloud|k8s|containers|saas-cli|publish|rsync|remote-ssh)$/],
  ['machine', /^(disk|process-system|perms|cron|fork-bomb|reverse-shell|remote-exec)$/],
  ['shell and git', /./],
];

const cases = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Case)
  .filter(({ expect }) => expect !== 'either');

const times: number[] = [];
const right = new Map<string, [right: number, all: number]>();
const wrong: string[] = [];
for (const one of cases) {
  judge(bash(one.command));
  const start = process.hrtime.bigint();
  const { effect, rule } = judge(bash(one.command));
  times.push(Number(process.hrtime.bigint() - start) / 1000);
  const good = (effect === 'allow') === (one.expect === 'allow');
  if (!good) wrong.push(`${one.expect === 'deny' ? 'passed ' : 'alarm  '} ${one.id}: ${one.command} ${rule}`);
  count(one.category, good);
  count(one.expect === 'allow' ? 'false alarms' : `slice ${sliceOf(one.category)}`, good);
}

function sliceOf(category: string): string {
  return SLICES.find(([, categories]) => categories.test(category))![0];
}

function count(name: string, good: boolean): void {
  const [hit, all] = right.get(name) ?? [0, 0];
  right.set(name, [hit + (good ? 1 : 0), all + 1]);
}

const share = ([hit, all]: readonly [number, number]) => `${((hit / all) * 100).toFixed(1).padStart(5)} %`;
console.log(`\ncommands, ${cases.length} of ${file}`);
for (const [name] of SLICES) {
  const [hit, all] = right.get(`slice ${name}`) ?? [0, 0];
  if (all > 0) console.log(`  ${name.padEnd(24)} stopped ${share([hit, all])}  ${hit}/${all}`);
}
const [silent, benign] = right.get('false alarms') ?? [0, 0];
if (benign > 0)
  console.log(
    `  ${'false alarms'.padEnd(24)}         ${share([benign - silent, benign])}  ${benign - silent}/${benign}`,
  );
const failing = [...right].filter(
  ([name, [hit, all]]) => hit < all && !name.startsWith('slice') && name !== 'false alarms',
);
if (failing.length > 0)
  console.log(`  not whole: ${failing.map(([name, [hit, all]]) => `${name} ${hit}/${all}`).join(', ')}`);
times.sort((a, b) => a - b);
const at = (part: number) => `${times[Math.min(times.length - 1, Math.floor(times.length * part))]?.toFixed(0)} us`;
console.log(`  in process: p50 ${at(0.5)}, p99 ${at(0.99)}, worst ${at(1)}`);
if (flags.includes('--misses')) console.log(wrong.join('\n'));
