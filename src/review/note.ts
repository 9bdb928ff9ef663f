import type { AuditRecord } from '../audit/record.ts';
import { sealOf } from '../audit/seal.ts';

/** The notes in which verdicts and skips travel with a push. */
export const NOTES_REF = 'refs/notes/postern';

/** A record as one line of a note, with the public key (base64) that it is sealed with. */
export function noteText(record: AuditRecord, publicKey: string): string {
  return JSON.stringify({ postern: 1, publicKey, record });
}

/** The records of a note that one of the trusted keys has sealed. Lines of anything else are passed over. */
export function trustedRecords(note: string, trustedKeys: readonly string[]): AuditRecord[] {
  return note.split('\n').flatMap((line) => {
    const entry = parsed(line);
    if (!entry || !trustedKeys.includes(entry.publicKey)) return [];
    return sealOf(entry.record, entry.publicKey) === 'valid' ? [entry.record] : [];
  });
}

function parsed(line: string): { publicKey: string; record: AuditRecord } | null {
  try {
    const { postern, publicKey, record } = JSON.parse(line);
    return postern === 1 && typeof publicKey === 'string' && typeof record === 'object' && record !== null
      ? { publicKey, record }
      : null;
  } catch {
    return null;
  }
}
