// An MCP server that behaves as its tools are named. Speaks newline-delimited JSON-RPC, and knows no library.

import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import readline from 'node:readline';

const { FAKE_LOG: log, FAKE_MODE: mode, FAKE_PID: pidFile } = process.env;
const heard = [];
const write = (text) => process.stdout.write(text);
const send = (message) => write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
const text = (id, value) => send({ id, result: { content: [{ type: 'text', text: value }] } });
const waiting = new Map();
let nextId = 1;

if (pidFile) writeFileSync(pidFile, String(process.pid));
if (mode === 'crash') process.exit(3);
if (mode === 'deaf') {
  process.on('SIGTERM', () => {});
  process.stdin.on('end', () => {});
  setInterval(() => {}, 1000);
}
if (mode === 'grandchild') {
  const child = spawn(process.execPath, ['-e', 'process.on("SIGTERM",()=>{});setInterval(()=>{},1000)'], {
    stdio: 'inherit',
  });
  writeFileSync(`${pidFile}.child`, String(child.pid));
}
if (mode === 'no-hello') process.stdin.resume();
else readline.createInterface({ input: process.stdin }).on('line', take);

function ask(method, params, then) {
  const id = nextId++;
  waiting.set(id, then);
  send({ id, method, params });
}

const tools = {
  echo: (id, { text: value }) => text(id, `echo: ${value}`),
  heard: (id) => text(id, JSON.stringify(heard)),
  env: (id) => text(id, JSON.stringify(process.env)),
  secret: (id) => text(id, `token ${['gh', 'p_', 'x7Kd0Qm2Zr9Tb4Wn6Ys1Vc3Hf5Lg8Pj0Ra2E'].join('')}`),
  silent: () => {},
  slow: (id, { ms }) => setTimeout(() => text(id, 'slow'), ms),
  exit: () => process.exit(1),
  half: (id) => {
    write(`{"jsonrpc":"2.0","id":${id},"result":{"content":[`);
    process.exit(0);
  },
  garbage: (id) => {
    write('this is no JSON\n');
    text(id, 'after garbage');
  },
  bytes: (id) => {
    process.stdout.write(Buffer.from([0x7b, 0xff, 0xfe, 0x7d, 0x0a]));
    text(id, 'after bytes');
  },
  huge: (id, { size }) => text(id, 'x'.repeat(size)),
  'double-key': (id) =>
    write(`{"jsonrpc":"2.0","id":${id},"result":{"content":[],"content":[{"type":"text","text":"two"}]}}\n`),
  unasked: (id) => {
    for (const other of [id + 1000, String(id), null, true, [id], { id }, 1.5])
      send({ id: other, result: { unasked: true } });
    text(id, 'after unasked');
  },
  both: (id) => write(`{"jsonrpc":"2.0","id":${id},"result":{},"error":{"code":1,"message":"x"}}\n`),
  batch: (id) =>
    write(`[{"jsonrpc":"2.0","method":"notifications/x"},{"jsonrpc":"2.0","id":${id},"result":{"content":[]}}]\n`),
  future: (id) =>
    write(
      `{"jsonrpc":"2.0","id":${id},"result":{"content":[],"newThing":{"big":12345678901234567890,"f":1.0}},"extra":1}\n`,
    ),
  flood: (id) => {
    process.stderr.write('noise\n'.repeat(1_000_000));
    text(id, 'after flood');
  },
  late: (id) => {
    waiting.set('cancelled', () => text(id, 'too late'));
  },
  progress: (id, _, token) => {
    send({ method: 'notifications/progress', params: { progressToken: token, progress: 1, total: 2 } });
    text(id, 'done');
  },
  sample: (id) =>
    ask('sampling/createMessage', { messages: [], maxTokens: 1, _meta: { progressToken: 7 } }, ({ result, error }) =>
      text(id, JSON.stringify(result ?? error)),
    ),
  roots: (id) => ask('roots/list', {}, ({ result, error }) => text(id, JSON.stringify(result ?? error))),
  grow: (id) => {
    tools.grown = tools.echo;
    send({ method: 'notifications/tools/list_changed' });
    text(id, 'grown');
  },
};

function take(line) {
  if (log) writeFileSync(log, `${line}\n`, { flag: 'a' });
  const message = JSON.parse(line);
  heard.push(message.method ?? `answer ${message.id}`);
  const { id, method, params = {} } = message;
  if (method === undefined) {
    waiting.get(id)?.(message);
    waiting.delete(id);
    return;
  }
  if (method === 'notifications/cancelled') waiting.get('cancelled')?.();
  if (id === undefined) return;
  if (method === 'initialize') {
    const capabilities = { tools: { listChanged: true }, resources: {}, prompts: {}, experimental: { fake: {} } };
    send({
      id,
      result: {
        protocolVersion: params.protocolVersion,
        capabilities,
        serverInfo: { name: 'fake', version: '1' },
        instructions: 'Be kind.',
      },
    });
  } else if (method === 'tools/list') {
    const inputSchema = { type: 'object' };
    const all = Object.keys(tools).map((name) => ({
      name,
      description: `Does ${name}`,
      inputSchema,
      'x-unknown': { kept: true },
    }));
    const from = Number(params.cursor ?? 0);
    const next = from + 10 < all.length ? { nextCursor: String(from + 10) } : {};
    send({ id, result: { tools: all.slice(from, from + 10), ...next, _meta: { page: from } } });
  } else if (method === 'resources/list') {
    send({ id, result: { resources: [{ uri: 'fake://one', name: 'one' }] } });
  } else if (method === 'resources/read') {
    send({ id, result: { contents: [{ uri: params.uri, text: 'content' }] } });
  } else if (method === 'tools/call' && Object.hasOwn(tools, params.name)) {
    tools[params.name](id, params.arguments ?? {}, params._meta?.progressToken);
  } else if (method === 'future/method') {
    send({ id, result: { ...params, kept: true } });
  } else {
    send({ id, error: { code: -32601, message: 'Method not found' } });
  }
}
