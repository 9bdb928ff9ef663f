import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { CreateMessageRequestSchema, ListRootsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gatewayRepo } from '../../support/gateway.ts';
import { personEnv } from '../../support/packed.ts';

const program = (name: string) => resolve(`node_modules/@modelcontextprotocol/server-${name}/dist/index.js`);
const entry = (name: string, args: readonly string[]) =>
  `  ${name}:\n    command: ${JSON.stringify(process.execPath)}\n    args: ${JSON.stringify(args)}\n`;

describe('the official client, and public servers behind the gateway', () => {
  const folder = { root: '' };
  let client: Client;

  beforeAll(async () => {
    const repo = gatewayRepo('');
    folder.root = repo.root;
    const servers = entry('files', [program('filesystem'), repo.root]) + entry('all', [program('everything')]);
    writeFileSync(join(repo.root, '.postern/registry.yaml'), `version: 1\nservers:\n${servers}`);
    writeFileSync(join(repo.root, 'app.js'), 'hello\n');
    writeFileSync(join(repo.root, 'notes.txt'), `key ${['AKIA', 'Q3EGRIFHS7XW', 'N2KT'].join('')}\n`);
    writeFileSync(join(repo.root, '.env'), 'NAME=value\n');
    mkdirSync(join(repo.root, 'sub'));
    client = new Client(
      { name: 'sdk-test', version: '1' },
      { capabilities: { sampling: {}, roots: { listChanged: true } } },
    );
    client.setRequestHandler(ListRootsRequestSchema, () => ({ roots: [{ uri: `file://${repo.root}`, name: 'repo' }] }));
    client.setRequestHandler(CreateMessageRequestSchema, () => ({
      role: 'assistant',
      model: 'none',
      content: { type: 'text', text: 'sampled' },
    }));
    const env = personEnv({ HOME: repo.home });
    const args = [resolve('dist/cli.js'), 'serve'];
    await client.connect(
      new StdioClientTransport({ command: process.execPath, args, cwd: repo.root, env, stderr: 'ignore' }),
    );
  });
  afterAll(() => client.close());

  const call = async (name: string, args: Record<string, unknown>) => {
    const { content, isError = false } = await client.callTool({ name, arguments: args });
    return { text: JSON.stringify(content), isError };
  };

  test('lists the tools of both', async () => {
    const names = (await client.listTools()).tools.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['files__read_text_file', 'files__write_file', 'all__echo']));
  });

  test.each([
    { name: 'all__echo', args: { message: 'hi' }, says: 'Echo: hi', isError: false },
    { name: 'files__read_text_file', args: { path: 'app.js' }, says: 'hello', isError: false },
    { name: 'files__read_text_file', args: { path: 'notes.txt' }, says: '[secret:aws-access-key-id]', isError: false },
    { name: 'files__read_text_file', args: { path: '.env' }, says: 'Rule: blocked-paths/', isError: true },
    { name: 'files__read_text_file', args: { path: 'sub/../.env' }, says: 'Rule: blocked-paths/', isError: true },
    {
      name: 'files__read_multiple_files',
      args: { paths: ['app.js', '.env'] },
      says: 'Rule: blocked-paths/',
      isError: true,
    },
    {
      name: 'files__write_file',
      args: { path: '.postern/policy.yaml', content: '' },
      says: 'Rule: protected-paths/',
      isError: true,
    },
    { name: 'all__trigger-sampling-request', args: { prompt: 'x' }, says: 'sampled', isError: false },
    { name: 'all__get-roots-list', args: {}, says: 'repo', isError: false },
  ])('$name $args: $says', async ({ name, args, says, isError }) => {
    const inRepo = Object.fromEntries(
      Object.entries(args).map(([key, value]) => [
        key,
        key === 'path'
          ? join(folder.root, String(value))
          : Array.isArray(value)
            ? value.map((one) => join(folder.root, one))
            : value,
      ]),
    );
    const answer = await call(name, inRepo);
    expect(answer.text).toContain(says);
    expect(answer.isError).toBe(isError);
  });

  test('reads resources, gets prompts, completes arguments', async () => {
    const { resources } = await client.listResources();
    const { contents } = await client.readResource({ uri: resources[0]!.uri });
    expect(contents[0]!.uri).toBe(resources[0]!.uri);
    const prompt = await client.getPrompt({ name: 'all__simple-prompt' });
    expect(prompt.messages.length).toBeGreaterThan(0);
    const ref = { type: 'ref/prompt', name: 'all__completable-prompt' } as const;
    const { completion } = await client.complete({ ref, argument: { name: 'department', value: 'E' } });
    expect(completion.values).toContain('Engineering');
  });

  test('hears of progress', async () => {
    const seen: number[] = [];
    const args = { name: 'all__trigger-long-running-operation', arguments: { duration: 1, steps: 2 } };
    await client.callTool(args, undefined, { onprogress: ({ progress }) => seen.push(progress) });
    expect(seen.length).toBeGreaterThan(0);
  });
});
