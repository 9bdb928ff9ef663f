import type { KeyObject } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fstatSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { AuditError, auditError } from './error.ts';
import { FOR_READING } from './files.ts';

/** The Ed25519 key of this user on this machine, with which records are sealed and checkpoints signed. */
export interface HostKey {
  /** First 8 hex digits of sha256 over name and key: the key hash of C2SP signed notes. */
  readonly id: string;
  /** Key name of signed notes; tells nothing of the machine. */
  readonly name: string;
  /** Base64 of the 32 raw bytes. */
  readonly publicKey: string;
  sign(bytes: Uint8Array): Buffer;
}

export type HostKeyState =
  | { readonly kind: 'known'; readonly key: HostKey }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable'; readonly problem: string };

type Env = Readonly<Record<string, string | undefined>>;

/** Where the key lies: outside every repository, in the user's state folder (XDG base directories). */
export function hostKeyPath(env: Env, home: string): string {
  return join(env['XDG_STATE_HOME'] || join(home, '.local', 'state'), 'postern', 'host.key');
}

/** The key as it stands on the disk. A link, or a file that others may read, is no key. */
export function readHostKey(path: string): HostKeyState {
  try {
    return { kind: 'known', key: hostKey(readPrivate(path)) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'missing' };
    return { kind: 'unreadable', problem: auditError('read', path, error, 'host key').message };
  }
}

/** The key, made at first use. Of several processes that make it at once one wins, and all use that one's. */
export function ensureHostKey(path: string): HostKey {
  const state = readHostKey(path);
  if (state.kind === 'known') return state.key;
  if (state.kind === 'unreadable') throw new AuditError(state.problem);
  const { generateKeyPairSync } = crypto();
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
  const fresh = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    chmodSync(dirname(path), 0o700);
    writeFileSync(fresh, pem, { mode: 0o600, flag: 'wx' });
    linkSync(fresh, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw auditError('write', path, error, 'host key');
  } finally {
    rmSync(fresh, { force: true });
  }
  const made = readHostKey(path);
  if (made.kind === 'known') return made.key;
  throw new AuditError(made.kind === 'unreadable' ? made.problem : `${path} cannot be made.`);
}

/** Whether `signature` over `bytes` is by this public key (base64 of 32 bytes). */
export function isSignedBy(publicKey: string, bytes: Uint8Array, signature: Uint8Array): boolean {
  try {
    const { createPublicKey, verify } = crypto();
    const x = Buffer.from(publicKey, 'base64').toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    return verify(null, bytes, key, signature);
  } catch {
    return false;
  }
}

/** Key hash of C2SP signed notes: over the name, a newline, the algorithm 0x01 and the key. */
export function keyIdOf(publicKey: string): string {
  const bytes = Buffer.concat([
    Buffer.from(`${keyNameOf(publicKey)}\n`),
    Buffer.of(1),
    Buffer.from(publicKey, 'base64'),
  ]);
  return crypto().hash('sha256', bytes, 'hex').slice(0, 8);
}

function keyNameOf(publicKey: string): string {
  return `postern.local/${crypto().hash('sha256', Buffer.from(publicKey, 'base64'), 'hex').slice(0, 16)}`;
}

function hostKey(privateKey: KeyObject): HostKey {
  const { createPublicKey, sign } = crypto();
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  const publicKey = Buffer.from(x, 'base64url').toString('base64');
  return {
    id: keyIdOf(publicKey),
    name: keyNameOf(publicKey),
    publicKey,
    sign: (bytes) => sign(null, bytes, privateKey),
  };
}

function readPrivate(path: string): KeyObject {
  const fd = openSync(path, FOR_READING);
  try {
    const stats = fstatSync(fd);
    if (!stats.isFile()) throw new AuditError(`${path} is not a plain file. Move it away.`);
    if (process.platform !== 'win32' && (stats.mode & 0o077) !== 0)
      throw new AuditError(`${path} may be read by others. Run: chmod 600 ${path}`);
    const key = crypto().createPrivateKey(readFileSync(fd));
    if (key.asymmetricKeyType !== 'ed25519') throw new AuditError(`${path} is no Ed25519 key. Move it away.`);
    return key;
  } finally {
    closeSync(fd);
  }
}

/** Loaded only when a key is used: a clean call of an agent never needs it. */
function crypto(): typeof import('node:crypto') {
  return process.getBuiltinModule('node:crypto');
}
