import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ensureHostKey, hostKeyPath, readHostKey } from '../../src/audit/host-key.ts';
import { append } from '../../src/audit/log.ts';
import { sealOf } from '../../src/audit/seal.ts';
import { verify } from '../../src/audit/verify.ts';
import { decision, freshDir } from './entries.ts';

const place = () => hostKeyPath({}, mkdtempSync(join(tmpdir(), 'postern-home-')));

describe('the host key', () => {
  test('is made at first use, for its user alone, and stays the same', () => {
    const path = place();
    expect(readHostKey(path)).toEqual({ kind: 'missing' });
    const { publicKey, id } = ensureHostKey(path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    expect(ensureHostKey(path)).toMatchObject({ publicKey, id });
    expect(Buffer.from(publicKey, 'base64')).toHaveLength(32);
  });

  test('is one key when several processes make it at once', () => {
    const path = place();
    const bundle = `${path}.cjs`;
    const options = ['--bundle', '--platform=node', '--format=cjs', `--outfile=${bundle}`];
    const source = join('src', 'audit', 'host-key.ts');
    spawnSync('node_modules/.bin/esbuild', [source, ...options]);
    const { stdout } = spawnSync('bash', ['-c', 'for i in 1 2 3 4 5 6; do node -e "$CODE" "$KEY" & done; wait'], {
      env: {
        ...process.env,
        CODE: `console.log(require('${bundle}').ensureHostKey(process.argv[1]).publicKey)`,
        KEY: path,
      },
      encoding: 'utf8',
    });
    const keys = stdout.trim().split('\n');
    expect(keys).toHaveLength(6);
    expect(new Set(keys).size).toBe(1);
  });

  test.each([
    { what: 'readable by others', spoil: (path: string) => chmodSync(path, 0o644), says: 'may be read by others' },
    { what: 'no key', spoil: (path: string) => writeFileSync(path, 'text'), says: 'Cannot read' },
  ])('$what: refused, and never overwritten', ({ spoil, says }) => {
    const path = place();
    ensureHostKey(path);
    spoil(path);
    const before = readFileSync(path);
    expect(readHostKey(path)).toMatchObject({ kind: 'unreadable', problem: expect.stringContaining(says) });
    expect(() => ensureHostKey(path)).toThrow(says);
    expect(readFileSync(path)).toEqual(before);
  });

  test('a symbolic link is refused', () => {
    const path = place();
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync('/etc/hostname', path);
    expect(readHostKey(path)).toMatchObject({ kind: 'unreadable', problem: expect.stringContaining('symbolic link') });
  });
});

describe('a sealed record', () => {
  const key = ensureHostKey(place());
  const other = ensureHostKey(place());
  const dir = freshDir();
  const [record] = append(dir, [decision], { sync: false, sealWith: key });
  const [plain] = append(dir, [decision], { sync: false });

  test.each([
    { what: 'as it was written', seal: sealOf(record!, key.publicKey), is: 'valid' },
    { what: 'against another key', seal: sealOf(record!, other.publicKey), is: 'foreign' },
    { what: 'with another effect', seal: sealOf({ ...record!, effect: 'deny' }, key.publicKey), is: 'invalid' },
    { what: 'at another place', seal: sealOf({ ...record!, prev: 'f'.repeat(64) }, key.publicKey), is: 'invalid' },
    {
      what: 'with the id of another key',
      seal: sealOf({ ...record!, seal: record!.seal!.replace(key.id, other.id) }, other.publicKey),
      is: 'invalid',
    },
    { what: 'without a seal', seal: sealOf(plain!, key.publicKey), is: 'missing' },
  ])('$what: $is', ({ seal, is }) => expect(seal).toBe(is));

  test('stands in an intact chain', () => expect(verify(dir)).toMatchObject({ kind: 'intact', records: 2 }));
});
