import type { HostKey } from '../../audit/host-key.ts';
import type { AuditRecord } from '../../audit/record.ts';
import type { ReviewPolicy } from '../../policy/types.ts';
import { git } from '../../repo/git.ts';
import { NOTES_REF, noteText } from '../../review/note.ts';
import type { Scene } from './scene.ts';

/**
 * Lets the sealed records travel with the push as a git note on the pushed commits, where a trusted key says that somebody will look for
 * them. A note that cannot be sent holds nothing back here: the check on the other side says that it is missing.
 */
export function sendNote(
  records: readonly AuditRecord[],
  { scene, remote, terms, key }: { scene: Scene; remote: string; terms: ReviewPolicy; key: HostKey },
): void {
  if (terms.trusted_keys.length === 0 || records.length === 0) return;
  const { root } = scene.places;
  const run = (...args: string[]) => git(root, args, { env: scene.io.env, timeoutMs: 60_000 });
  for (const record of records) {
    const text = noteText(record, key.publicKey);
    for (const head of String(record.data?.['head'] ?? '').split(' ')) {
      if (head !== '') run('notes', `--ref=${NOTES_REF}`, 'append', '-m', text, head);
    }
  }
  if (run('push', '-q', '--no-verify', remote, NOTES_REF).code === 0) return;
  run('fetch', '-q', remote, `+${NOTES_REF}:refs/notes/postern-remote`);
  run('notes', `--ref=${NOTES_REF}`, 'merge', '-q', '-s', 'cat_sort_uniq', 'refs/notes/postern-remote');
  run('push', '-q', '--no-verify', remote, NOTES_REF);
}
