import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const SAMPLE = '../shared/corpus/secrets.jsonl';

/**
 * The secret scanner: what it finds, what it cries wolf at and what it costs, side by side with secretlint.
 * `npm run bench -- secrets [cases.jsonl] [--misses] [--only corpus|speed|cold|growth|ledger]`
 */
export default async function secrets(kit) {
  const { args, runTypeScript } = kit;
  const only = args[args.indexOf('--only') + 1];
  const wanted = (part) => !args.includes('--only') || only === part;
  if (wanted('corpus')) corpus(args, runTypeScript);
  if (wanted('speed')) runTypeScript('secrets-speed', [resolve('node_modules')]);
  if (wanted('growth')) runTypeScript('secrets-growth');
  if (wanted('cold')) (await import('./secrets-cold.mjs')).default(kit);
  if (wanted('ledger')) await (await import('./secrets-ledger.mjs')).default(kit);
}

function corpus(args, runTypeScript) {
  const cases = resolve(args.find((arg) => arg.endsWith('.jsonl')) ?? SAMPLE);
  if (!existsSync(cases)) {
    console.log(`\nsecrets, recall and false alarms: not measured, there is no ${cases}`);
    return;
  }
  runTypeScript('secrets-corpus', [cases, ...args.filter((arg) => arg === '--misses')]);
}
