import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  fakeServer,
  gatewayRepo,
  greet,
  type Message,
  type RunningGateway,
  startGateway,
} from '../../support/gateway.ts';
import { records } from '../../support/guarded.ts';

const textOf = (answer: Message): string => answer['result'].content[0].text;

describe('a gateway with two servers', () => {
  const repo = gatewayRepo(fakeServer('one') + fakeServer('two'));
  let gateway: RunningGateway;
  let hello: Message;

  beforeAll(async () => {
    gateway = startGateway(repo);
    expect(await gateway.ask('server/discover')).toMatchObject({ error: { code: -32601 } });
    hello = await greet(gateway);
  });
  afterAll(() => gateway.end());

  test('says what any of them can do, in the version that the client asked for', () => {
    expect(hello['result']).toMatchObject({
      protocolVersion: '2025-11-25',
      capabilities: { tools: { listChanged: true }, experimental: { fake: {} } },
      serverInfo: { name: 'postern' },
      instructions: '## one\nBe kind.\n\n## two\nBe kind.',
    });
  });

  test('lists the tools of both, page by page, each field as it came', async () => {
    const first = (await gateway.ask('tools/list'))['result'];
    const second = (await gateway.ask('tools/list', { cursor: first.nextCursor }))['result'];
    expect(first.tools).toHaveLength(20);
    expect(first.tools[0]).toMatchObject({ name: 'one__echo', 'x-unknown': { kept: true } });
    expect(first['_meta']).toEqual({ page: 0 });
    expect(second.tools.map((tool: { name: string }) => tool.name)).toContain('two__future');
    expect(await gateway.ask('tools/list', { cursor: 'forged' })).toMatchObject({ error: { code: -32602 } });
  });

  test('brings a call to the server that its name tells, and the answer back', async () => {
    expect(textOf(await gateway.call('two__echo', { text: 'hi' }))).toBe('echo: hi');
  });

  test.each([{ name: 'echo' }, { name: 'three__echo' }, { name: '__echo' }, { name: 7 }])(
    'refuses the unknown tool $name',
    async ({ name }) => {
      expect(await gateway.ask('tools/call', { name })).toMatchObject({ error: { code: -32602 } });
    },
  );

  test('leaves fields and numbers alone that it does not know', async () => {
    const { line } = await gateway.call('one__future');
    expect(line).toContain('"newThing":{"big":12345678901234567890,"f":1.0}},"extra":1}');
  });

  test('leaves methods alone that it does not know', async () => {
    expect((await gateway.ask('future/method', { a: 1 }))['result']).toEqual({ a: 1, kept: true });
  });

  test('names resources so that they come back to their server', async () => {
    const { resources } = (await gateway.ask('resources/list'))['result'];
    expect(resources.map(({ uri }: { uri: string }) => uri)).toEqual(['one+fake://one', 'two+fake://one']);
    const read = (await gateway.ask('resources/read', { uri: 'two+fake://one' }))['result'];
    expect(read.contents).toEqual([{ uri: 'two+fake://one', text: 'content' }]);
  });

  test('never makes one call wait for another', async () => {
    const slow = gateway.call('one__slow', { ms: 1500 });
    await gateway.call('one__echo', { text: 'quick' });
    await gateway.call('two__echo', { text: 'quick' });
    const order = gateway.said.length;
    await slow;
    expect(gateway.said.length).toBeGreaterThan(order);
  });

  test('brings progress to the client', async () => {
    await gateway.ask('tools/call', { name: 'one__progress', arguments: {}, _meta: { progressToken: 'p' } });
    const progress = await gateway.hear(({ method }) => method === 'notifications/progress');
    expect(progress['params']).toEqual({ progressToken: 'p', progress: 1, total: 2 });
  });

  test('brings questions of both servers to the client under ids and tokens of their own, and each answer back', async () => {
    const calls = [gateway.call('one__sample'), gateway.call('two__sample')];
    const isQuestion = ({ method }: Record<string, unknown>) => method === 'sampling/createMessage';
    const first = await gateway.hear(isQuestion);
    const second = await gateway.hear((message) => isQuestion(message) && message['id'] !== first['id']);
    expect(first['params']._meta.progressToken).not.toBe(second['params']._meta.progressToken);
    const token = second['params']._meta.progressToken;
    gateway.notify('notifications/progress', { progressToken: token, progress: 1 });
    for (const { id } of [second, first])
      gateway.write(`${JSON.stringify({ jsonrpc: '2.0', id, result: { answerTo: id } })}\n`);
    const told = (await Promise.all(calls)).map((answer) => JSON.parse(textOf(answer)).answerTo);
    expect(new Set(told)).toEqual(new Set([first['id'], second['id']]));
    const heard = await Promise.all(['one', 'two'].map(async (name) => textOf(await gateway.call(`${name}__heard`))));
    expect(heard.filter((text) => text.includes('notifications/progress'))).toHaveLength(1);
  });

  test('tells the server of a cancelled call by the server’s own id, and drops the late answer', async () => {
    gateway.write('{"jsonrpc":"2.0","id":"c1","method":"tools/call","params":{"name":"one__late"}}\n');
    await gateway.call('one__echo', { text: 'x' });
    gateway.notify('notifications/cancelled', { requestId: 'c1' });
    expect(textOf(await gateway.call('one__heard'))).toContain('notifications/cancelled');
    expect(gateway.said.filter(({ id }) => id === 'c1')).toEqual([]);
  });

  test('passes on that a list has changed', async () => {
    await gateway.call('one__grow');
    await gateway.hear(({ method }) => method === 'notifications/tools/list_changed');
  });

  test('masks a secret in a result', async () => {
    expect(textOf(await gateway.call('one__secret'))).toBe('token [secret:github-pat]');
  });

  test('denies a blocked path in any argument, in the words of the hooks', async () => {
    const denied = await gateway.call('one__echo', { text: '.env' });
    expect(denied['result']).toMatchObject({ isError: true });
    expect(textOf(denied)).toMatch(/^Blocked: `.env` .*\nInstead: .*\nRule: blocked-paths\//);
    expect(textOf(await gateway.call('one__heard'))).not.toContain('.env');
  });

  test('records each call and its end under the client’s own id, as a structural gate', async () => {
    const meta = { 'claudecode/toolUseId': 'toolu_1' };
    await gateway.ask('tools/call', { name: 'one__echo', arguments: { text: 'x' }, _meta: meta });
    await gateway.call('one__echo', {});
    const own = records(repo).filter(({ call }) => call === 'toolu_1');
    expect(own.map(({ kind, gate, grade, tool }) => [kind, gate, grade, tool])).toEqual([
      ['decision', 'mcp', 'structural', 'mcp__one__echo'],
      ['outcome', 'mcp', 'structural', 'mcp__one__echo'],
    ]);
    expect(own[0]!['subject']).toMatchObject({ client: 'claude-code', assurance: 'launch' });
  });
});
