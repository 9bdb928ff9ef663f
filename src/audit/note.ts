import { type HostKey, isSignedBy, keyIdOf } from './host-key.ts';

/** A checkpoint: what a tree of so many records has as its root. */
export interface Checkpoint {
  /** Names the log: key name and the first record's hash, so that one log's checkpoint cannot stand for another's. */
  readonly origin: string;
  readonly size: number;
  /** Base64 of 32 bytes. */
  readonly root: string;
}

/** The checkpoint as a C2SP signed note (c2sp.org/tlog-checkpoint): three lines, an empty one, and the signature. */
export function signedNote({ origin, size, root }: Checkpoint, key: HostKey): string {
  const text = `${origin}\n${size}\n${root}\n`;
  const signature = Buffer.concat([Buffer.from(key.id, 'hex'), key.sign(Buffer.from(text))]).toString('base64');
  return `${text}\n— ${key.name} ${signature}\n`;
}

/** What a note says and how far it can be trusted. `foreign`: by keys of other ids only. */
export type ReadNote =
  | { readonly kind: 'signed' | 'forged' | 'foreign'; readonly checkpoint: Checkpoint }
  | { readonly kind: 'malformed' };

/** Reads a note and checks its signature against a public key (base64 of 32 bytes). Further lines and signatures are passed over. */
export function readNote(note: string, publicKey: string): ReadNote {
  const end = note.indexOf('\n\n');
  const [origin = '', size = '', root = ''] = note.slice(0, end).split('\n');
  const sound = end > 0 && origin !== '' && /^(0|[1-9]\d{0,15})$/.test(size) && /^[A-Za-z0-9+/]{43}=$/.test(root);
  if (!sound) return { kind: 'malformed' };
  const checkpoint = { origin, size: Number(size), root };
  const id = keyIdOf(publicKey);
  const text = Buffer.from(note.slice(0, end + 1));
  const own = note
    .slice(end + 2)
    .split('\n')
    .flatMap((line) => /^— \S+ ([A-Za-z0-9+/=]+)$/.exec(line)?.[1] ?? [])
    .map((encoded) => Buffer.from(encoded, 'base64'))
    .filter((bytes) => bytes.subarray(0, 4).toString('hex') === id);
  if (own.length === 0) return { kind: 'foreign', checkpoint };
  return {
    kind: own.some((bytes) => isSignedBy(publicKey, text, bytes.subarray(4))) ? 'signed' : 'forged',
    checkpoint,
  };
}
