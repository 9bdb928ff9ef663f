import { existsSync } from 'node:fs';

/** Recall and false alarms of the command guard by slice, on the repository's corpus or on the file that POSTERN_COMMANDS names, and what judging a command takes in process. */
export default function commands({ runTypeScript }) {
  const file = process.env.POSTERN_COMMANDS ?? 'test/corpus/commands.jsonl';
  if (!existsSync(file)) console.log(`\ncommands: no corpus at ${file}; POSTERN_COMMANDS names one`);
  else runTypeScript('corpus-commands', [file, ...(process.env.POSTERN_MISSES ? ['--misses'] : [])]);
}
