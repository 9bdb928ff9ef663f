import type { HostKey } from '../../audit/host-key.ts';
import type { AuditRecord } from '../../audit/record.ts';
import type { ReviewPolicy } from '../../policy/types.ts';
import { git } from '../../repo/git.ts';
import { NOTES_REF, noteText } from '../../review/note.ts';
import type { Scene } from './scene.ts';

/** How often others may be faster with notes of their own. */
const TRIES = 3;

/**
 * Lets the sealed records travel ahead of the push as git notes on the pushed commits, where a trusted key says that somebody will look for
 * them. Our own hook is not run for that. Answers what a person should know: a note that cannot be sent holds nothing back here, the check
 * on the other side says that it is missing.
 */
export function sendNote(
  records: readonly AuditRecord[],
  { scene, remote, terms, key }: { scene: Scene; remote: string; terms: ReviewPolicy; key: HostKey },
): string {
  if (terms.trusted_keys.length === 0 || records.length === 0) return '';
  const run = (...args: string[]) => git(scene.places.root, args, { env: scene.io.env, timeoutMs: 60_000 });
  for (const record of records) {
    const { code, stderr } = run(
      ...notes('append'),
      '-m',
      noteText(record, key.publicKey),
      String(record.data?.['head']),
    );
    if (code !== 0) return lost(stderr);
  }
  let problem = '';
  for (let tried = 0; tried < TRIES; tried++) {
    const sent = run('push', '-q', '--no-verify', remote, NOTES_REF);
    if (sent.code === 0) return terms.trusted_keys.includes(key.publicKey) ? '' : UNTRUSTED;
    problem = sent.stderr;
    if (run('fetch', '-q', '--no-write-fetch-head', remote, `+${NOTES_REF}:${THEIRS}`).code !== 0) break;
    run(...notes('merge'), '-q', '-s', 'cat_sort_uniq', THEIRS);
  }
  return lost(problem);
}

/** The remote's notes, while they are merged with ours. */
const THEIRS = 'refs/notes/postern-remote';

function notes(action: string): string[] {
  return ['notes', `--ref=${NOTES_REF}`, action];
}

const UNTRUSTED =
  'postern: this machine’s key is not in review.trusted_keys, so the check on the other side will not count this: npx postern review --key\n';

function lost(problem: string): string {
  const why = problem.trim().split('\n')[0] ?? '';
  return `postern: the verdict could not be sent along, so the check on the other side will miss it: ${why}\n`;
}
