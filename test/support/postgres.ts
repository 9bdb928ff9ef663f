import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const FOLDER = '/usr/lib/postgresql';
const version = existsSync(FOLDER) ? readdirSync(FOLDER).sort().at(-1) : undefined;
const bin = (name: string) => join(FOLDER, version ?? '', 'bin', name);

/** A PostgreSQL server from Debian's package, of this test alone, on loopback. As root it runs as its own user, since it refuses root. */
export class Postgres {
  readonly port: number;
  private readonly data = mkdtempSync(join(tmpdir(), 'postern-pg-'));
  private readonly user: { uid?: number; gid?: number } = process.getuid?.() === 0 ? userIds('postgres') : {};
  private server: ChildProcess | null = null;

  private constructor(port: number) {
    this.port = port;
  }

  static async start(): Promise<Postgres> {
    if (version === undefined) throw new Error('PostgreSQL is missing: apt-get install postgresql');
    const server = new Postgres(await freePort());
    const { uid, gid } = server.user;
    if (uid !== undefined && gid !== undefined) chownSync(server.data, uid, gid);
    execFileSync(bin('initdb'), ['-D', server.data, '-U', 'postern', '-A', 'trust', '-E', 'UTF8'], {
      ...server.user,
      stdio: 'ignore',
      cwd: '/',
    });
    await server.up();
    return server;
  }

  get address(): string {
    return `postgres://postern@127.0.0.1:${this.port}/postgres`;
  }

  async up(): Promise<void> {
    const args = ['-D', this.data, '-p', String(this.port), '-h', '127.0.0.1', '-k', '', '-c', 'fsync=off'];
    this.server = spawn(bin('postgres'), args, { ...this.user, stdio: 'ignore', cwd: '/' });
    for (let tries = 0; tries < 100; tries++) {
      try {
        execFileSync(bin('pg_isready'), ['-h', '127.0.0.1', '-p', String(this.port)], { stdio: 'ignore' });
        return;
      } catch {
        await wait(100);
      }
    }
    throw new Error('PostgreSQL does not start');
  }

  /** `SIGQUIT` ends it at once, as a crash would; `SIGINT` orderly. */
  async down(signal: NodeJS.Signals = 'SIGINT'): Promise<void> {
    const { server } = this;
    this.server = null;
    if (!server || server.exitCode !== null) return;
    server.kill(signal);
    await once(server, 'exit');
  }

  /** What psql prints for a query, unaligned. */
  ask(sql: string): string {
    return execFileSync(bin('psql'), [this.address, '-At', '-c', sql], {
      encoding: 'utf8',
      maxBuffer: 1e8,
    }).trim();
  }
}

function userIds(name: string): { uid: number; gid: number } {
  const id = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
