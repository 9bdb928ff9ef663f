import { mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { GENESIS, seal } from '../../src/audit/chain.ts';
import type { Entry } from '../../src/audit/record.ts';

/** Writes a log of `count` plausible records into a folder: `fill-log <folder> <count>`. Thirty days, a session per 400 calls. */
const [dir = '', count = '0'] = process.argv.slice(2);
const COMMANDS = ['npm test', 'git status', 'ls -la src', 'node build.js', 'cargo build', 'git diff HEAD', 'rg TODO'];
const RULES = ['git-reset-hard', 'rm-recursive', 'terraform-destroy', 'git-push-force'];

mkdirSync(dir, { recursive: true });
const fd = openSync(`${dir}/audit.jsonl`, 'w', 0o600);
let { seq, hash } = GENESIS;
let [lines, size] = ['', 0];
for (let at = 0; at < Number(count); at++) {
  const day = Math.floor((at / Number(count)) * 30);
  const time = new Date(Date.UTC(2026, 0, 1 + day, 8, 0, at % 30_000)).toISOString();
  const sealed = seal(entry(at), hash, ++seq, time);
  hash = sealed.record.hash;
  lines += `${sealed.line}\n`;
  if (lines.length > 1_000_000) flush();
}
flush();
writeFileSync(`${dir}/audit.head`, `${JSON.stringify({ hash, seq, size }).padEnd(159)}\n`);

function flush(): void {
  size += writeSync(fd, lines);
  lines = '';
}

function entry(at: number): Entry {
  const rule = RULES[at % RULES.length]!;
  const stopped = at % 17 === 0;
  return {
    kind: 'decision',
    call: `call-${at}`,
    gate: 'hook',
    grade: 'cooperative',
    subject: { host: 'host', user: 'dev', client: 'claude-code', assurance: 'hook' },
    session: { id: `session-${Math.floor(at / 400)}` },
    tool: at % 3 === 0 ? 'Bash' : 'Read',
    what: at % 3 === 0 ? COMMANDS[at % COMMANDS.length]! : `/repo/src/file${at % 90}.ts`,
    effect: stopped ? 'deny' : 'allow',
    mode: 'enforce',
    ...(stopped ? { rule: `dangerous-commands/${rule}`, reason: '`it` discards work.' } : {}),
  };
}
