import { canonicalJson } from './canonical.ts';
import { isSignedBy, keyIdOf } from './host-key.ts';
import type { AuditRecord } from './record.ts';

/** Whether a record carries a seal, and whether it is this key's. `foreign`: by a key of another id. */
export type Seal = 'valid' | 'invalid' | 'foreign' | 'missing';

/** Checks the seal of a record against a public key (base64 of 32 bytes). */
export function sealOf(record: AuditRecord, publicKey: string): Seal {
  const { seal, hash: _, ...plain } = record;
  if (seal === undefined) return 'missing';
  const [id, signature = ''] = String(seal).split(':');
  if (id !== keyIdOf(publicKey)) return 'foreign';
  const bytes = Buffer.from(canonicalJson(plain));
  return isSignedBy(publicKey, bytes, Buffer.from(signature, 'base64')) ? 'valid' : 'invalid';
}
