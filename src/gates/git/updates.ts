import type { RefUpdate } from '../../policy/call.ts';

export type Updates =
  | { readonly kind: 'read'; readonly updates: readonly RefUpdate[] }
  | { readonly kind: 'malformed'; readonly problem: string };

/** The local side may be whatever was typed (`HEAD@{2 days ago}`), so the line is read from its end. */
const LINE = /^([^\x00-\x1f\x7f]+) ([0-9a-f]{40}|[0-9a-f]{64}) ([^\x00-\x20\x7f]+) ([0-9a-f]{40}|[0-9a-f]{64})$/;

/** Reads git's pre-push input, every line of it; one line that is something else makes all of it malformed. */
export function readUpdates(input: string): Updates {
  const lines = input.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const updates: RefUpdate[] = [];
  for (const [at, line] of lines.entries()) {
    const [, localRef, localSha, remoteRef, remoteSha] = LINE.exec(line) ?? [];
    if (!localRef || !localSha || !remoteRef || !remoteSha) return malformed(at);
    updates.push({ localRef, localSha, remoteRef, remoteSha });
  }
  return { kind: 'read', updates };
}

function malformed(at: number): Updates {
  return {
    kind: 'malformed',
    problem: `line ${at + 1} of what git sent is not \`<local ref> <local id> <remote ref> <remote id>\``,
  };
}
