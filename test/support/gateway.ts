import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type GuardedRepo, guardedRepo } from './guarded.ts';
import { personEnv } from './packed.ts';

// biome-ignore lint/suspicious/noExplicitAny: whatever a server says
export type Message = Record<string, any>;

/** The program that plays a server, and how a registry names it. */
export function fakeServer(
  name: string,
  { env = {}, rest = '' }: { env?: Record<string, string>; rest?: string } = {},
) {
  const variables = Object.entries(env).map(([key, value]) => `      ${key}: ${JSON.stringify(value)}\n`);
  const script = JSON.stringify(resolve('test/gates/mcp/fake-server.mjs'));
  const start = `  ${name}:\n    command: ${JSON.stringify(process.execPath)}\n    args: [${script}]\n`;
  return start + (variables.length > 0 ? `    env:\n${variables.join('')}` : '') + rest;
}

/** A guarded repository with these servers in its registry. */
export function gatewayRepo(servers: string = fakeServer('fake'), policy?: string): GuardedRepo {
  const repo = guardedRepo(policy);
  writeFileSync(join(repo.root, '.postern/registry.yaml'), `version: 1\nservers:\n${servers}`);
  return repo;
}

/** A running gateway, spoken to line by line as a client does. */
export interface RunningGateway {
  readonly child: ChildProcessWithoutNullStreams;
  /** Every line that it said, parsed. */
  readonly said: Message[];
  /** Sends a line, or bytes, as they are. */
  write(text: string | Buffer): void;
  /** Sends a request and resolves with its answer. */
  ask(method: string, params?: unknown, id?: unknown): Promise<Message>;
  call(name: string, args?: unknown): Promise<Message>;
  notify(method: string, params?: unknown): void;
  /** Resolves with the first message, said already or later, that fits. */
  hear(fits: (message: Message) => boolean): Promise<Message>;
  log(): string;
  /** Ends it as a client does, by closing its input; the exit code. */
  end(): Promise<number | null>;
}

let nextId = 1;

export function startGateway(repo: GuardedRepo, env: Record<string, string> = {}): RunningGateway {
  const child = spawn(process.execPath, [resolve('dist/cli.js'), 'serve'], {
    cwd: repo.root,
    env: personEnv({ HOME: repo.home, POSTERN_LOG_LEVEL: 'debug', ...env }),
  });
  const said: Message[] = [];
  const listeners = new Set<() => void>();
  let [rest, log] = ['', ''];
  child.stdin.on('error', () => {});
  child.stderr.on('data', (chunk) => {
    log += chunk;
  });
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    said.push(...lines.map((line) => ({ ...JSON.parse(line), line })));
    for (const listener of [...listeners]) listener();
  });
  const hear = (fits: (message: Message) => boolean) =>
    new Promise<Message>((found, fail) => {
      const timer = setTimeout(() => done(() => fail(new Error(`nothing was said that fits\n${log}`))), 20_000);
      const done = (act: () => void) => {
        clearTimeout(timer);
        listeners.delete(look);
        act();
      };
      const look = () => {
        const message = said.find(fits);
        if (message) done(() => found(message));
      };
      listeners.add(look);
      look();
    });
  const write = (text: string | Buffer) => void child.stdin.write(text);
  const ask = (method: string, params: unknown = {}, id: unknown = `t${nextId++}`) => {
    write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    return hear((message) => message['id'] === id && message['method'] === undefined);
  };
  return {
    child,
    said,
    write,
    ask,
    call: (name, args = {}) => ask('tools/call', { name, arguments: args }),
    notify: (method, params = {}) => write(`${JSON.stringify({ jsonrpc: '2.0', method, params })}\n`),
    hear,
    log: () => log,
    async end() {
      child.stdin.end();
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      return child.exitCode;
    },
  };
}

/** Begins as Claude Code does. */
export async function greet(gateway: RunningGateway): Promise<Message> {
  const params = {
    protocolVersion: '2025-11-25',
    capabilities: { sampling: {} },
    clientInfo: { name: 'claude-code', version: '2' },
  };
  const answer = await gateway.ask('initialize', params);
  gateway.notify('notifications/initialized');
  return answer;
}
