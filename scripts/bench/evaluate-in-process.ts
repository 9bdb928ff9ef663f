import { inspectAll } from '../../src/guards/index.ts';
import { readCall } from '../../src/guards/reading.ts';
import type { Call } from '../../src/policy/call.ts';
import { evaluate } from '../../src/policy/evaluate.ts';
import type { Facts } from '../../src/policy/facts.ts';
import { BUILTIN } from '../../src/policy/profiles.ts';

/** Microseconds that judging a 2 KB command takes, everything but reading facts from the disk. */
const command = 'npm run build -- --mode production && cp -r dist/assets "public/v2" | tee build.log; '
  .repeat(24)
  .slice(0, 2048);
const where = { cwd: '/repo', home: '/home/dev', tool: 'Bash' };
const call: Call = {
  id: 'c',
  gate: 'hook',
  tool: 'Bash',
  cwd: '/repo',
  client: 'claude-code',
  assurance: 'hook',
  session: { id: 's' },
  action: { kind: 'bash', command },
};
const policy = {
  layers: [{ name: 'repo' as const, source: '/repo/.postern/policy.yaml', policy: BUILTIN }],
  digest: '',
};

function judge(): void {
  const { command: reading, uses } = readCall(call.action, where);
  const facts: Facts = {
    root: '/repo',
    stateDir: '/repo/.git/postern',
    commonDir: '/repo/.git',
    home: '/home/dev',
    hooksDir: '/repo/.husky',
    halt: { kind: 'clear' },
    reading,
    uses: uses.map((use) => ({ ...use, real: use.path })),
    answers: new Map(),
    installed: [],
  };
  evaluate({ call, facts, state: { kind: 'ok', policy }, inspect: (one) => inspectAll(call, facts, one) });
}

for (let round = 0; round < 300; round++) judge();
const times = Array.from({ length: 2000 }, () => {
  const start = process.hrtime.bigint();
  judge();
  return Number(process.hrtime.bigint() - start) / 1000;
}).sort((a, b) => a - b);
const at = (share: number) => `${times[Math.floor(times.length * share)]?.toFixed(0)} us`;
console.log(`\nevaluate, 2 KB command, in process: p50 ${at(0.5)}, p99 ${at(0.99)}, worst ${at(0.9999)}`);
