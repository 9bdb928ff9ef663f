import { resolve } from 'node:path';
import { govern } from '../../govern/govern.ts';
import type { AskGit } from '../../repo/ask-git.ts';
import { readBounded } from '../../repo/files.ts';
import { MARK } from '../../review/commit-mark.ts';
import { answerOf, type GateAnswer, refused, unjudged } from './answer.ts';
import { callOf, gitOf, type Scene } from './scene.ts';

const MAX_MESSAGE_BYTES = 8 * 1024 * 1024;

/** Judges the message that git is about to commit. */
export async function readCommitMessage(scene: Scene): Promise<GateAnswer> {
  const [file] = scene.args;
  if (!file) return unjudged(scene.hook, 'git did not say where the message is', 'npx postern doctor');
  const text = readBounded(resolve(scene.io.cwd, file), MAX_MESSAGE_BYTES).toString('utf8');
  const message = messageIn(text, commentMark(gitOf(scene)));
  if (isMarkAlone(message)) return refused('Aborting commit due to empty commit message.');
  const action = { kind: 'commit', files: [], message } as const;
  return answerOf(scene.hook, await govern(callOf(scene, 'git commit', action), scene.places));
}

/** Whether nothing but our own line stands in the message: git itself takes that for a message, and a person who left the editor empty does not. */
function isMarkAlone(message: string): boolean {
  const lines = message.split('\n').filter((line) => line.trim() !== '');
  return lines.length > 0 && lines.every((line) => line.startsWith(`${MARK}: `));
}

/** The message without comment lines and without what stands below the scissors. */
export function messageIn(text: string, comment: string): string {
  const lines = text.split(/\r?\n/);
  const mark = comment === 'auto' ? guessMark(lines) : comment;
  const end = lines.findIndex((line) => line.startsWith(mark) && SCISSORS.test(line.slice(mark.length)));
  return (end === -1 ? lines : lines.slice(0, end)).filter((line) => !line.startsWith(mark)).join('\n');
}

const SCISSORS = /^ -+ >8 -+\s*$/;

/** With `auto`, git takes a character that starts no line of the message: its own lines come last. */
function guessMark(lines: readonly string[]): string {
  const last = lines.findLast((line) => line !== '')?.[0] ?? '#';
  return '#;@!$%^&|:'.includes(last) ? last : '#';
}

function commentMark(ask: AskGit): string {
  const answer = ask(['config', '-z', '--get-regexp', '^core\\.comment(char|string)$'], { also: [1] });
  const values = answer.split('\0').filter((entry) => entry !== '');
  return values.at(-1)?.split('\n')[1] || '#';
}
