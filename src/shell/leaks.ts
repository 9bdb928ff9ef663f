import { locate } from './paths.ts';
import { type Frame, signal } from './trail.ts';
import { SECRET, type Word } from './word.ts';

const senders = new Set(
  'curl wget http https xh httpie scp sftp rsync rclone aws gsutil az gh nc ncat ftp lftp mail mutt croc wormhole transfer'.split(
    ' ',
  ),
);

/** Notes a program that sends a file which the line filled with the environment: `env > f; curl -T f …`. */
export function noteSecretFiles(program: string, words: readonly Word[], frame: Frame): void {
  if (frame.scope.files.size === 0 || !senders.has(program)) return;
  for (const { text } of words.slice(1)) {
    const path = text.replace(/^(?:-[dFT]|--[\w-]+=)/, '').replace(/^(?:[\w.[\]-]*=)?[@<]/, '');
    const { path: file } = locate(path, frame.scope.cwd);
    if (frame.scope.files.get(file)?.text.includes(SECRET)) signal(frame, 'environment-sent', `${program} ${path}`);
  }
}
