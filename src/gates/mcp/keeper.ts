import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';

/**
 * Ends the process groups that it was told of when its input ends, whatever became of the gateway: a gateway that was
 * killed with SIGKILL cannot end its servers itself.
 */
const SCRIPT = `groups=
while read -r verb group; do
  kept=
  for one in $groups; do [ "$one" = "$group" ] || kept="$kept $one"; done
  groups=$kept
  [ "$verb" = add ] && groups="$groups $group"
done
[ -n "$groups" ] || exit 0
for one in $groups; do kill -TERM -- "-$one"; done
sleep 1
for one in $groups; do kill -KILL -- "-$one"; done`;

/** Is told of groups of processes that may not outlive the gateway. */
export interface Keeper {
  add(group: number): void;
  drop(group: number): void;
}

/** Starts a keeper. Where there is no POSIX shell, servers are left to notice the end of their input. */
export function startKeeper(): Keeper {
  if (process.platform === 'win32') return { add() {}, drop() {} };
  const child = spawn('/bin/sh', ['-c', SCRIPT], { stdio: ['pipe', 'ignore', 'ignore'], detached: true, env: {} });
  child.on('error', () => {});
  child.unref();
  const input = child.stdin as Socket;
  input.on('error', () => {});
  input.unref();
  return {
    add: (group) => void input.write(`add ${group}\n`),
    drop: (group) => void input.write(`drop ${group}\n`),
  };
}
