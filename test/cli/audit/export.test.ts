import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { audit, storyRepo } from './support.ts';

describe('audit export', () => {
  test('as OCSF: what was stopped is a finding, everything else an activity', async () => {
    const { out, code } = await audit(storyRepo(), 'export');
    const events = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(code).toBe(0);
    expect(events).toHaveLength(10);
    expect(events[5]).toMatchObject({
      class_uid: 2004,
      category_uid: 2,
      type_uid: 200401,
      action: 'deny',
      severity_id: 4,
      finding_info: { title: 'dangerous-commands/git-reset-hard' },
      metadata: { product: { name: 'Postern' }, sequence: 6 },
    });
    expect(events[1]).toMatchObject({
      class_uid: 6003,
      api: { operation: 'Read' },
      actor: { app_name: 'claude-code' },
    });
    for (const event of events) expect(event.type_uid).toBe(event.class_uid * 100 + event.activity_id);
  });

  test('as CSV, with the options of query', async () => {
    const { out } = await audit(storyRepo(), 'export', '--format', 'csv', '--effect', 'deny');
    expect(out.trimEnd().split('\r\n')).toHaveLength(2);
  });

  /** A collector that answers every request with `status` and keeps what it was sent. */
  async function collector(status: number) {
    const bodies: {
      resourceLogs: { scopeLogs: { logRecords: { attributes: { key: string }[]; body: object }[] }[] }[];
    }[] = [];
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        bodies.push(JSON.parse(Buffer.concat(chunks).toString()));
        response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/logs`;
    return {
      server,
      url,
      records: () =>
        bodies.flatMap((body) =>
          body.resourceLogs.flatMap((one) => one.scopeLogs.flatMap(({ logRecords }) => logRecords)),
        ),
    };
  }

  test('as OTLP, to a collector', async () => {
    const { server, url, records } = await collector(200);
    expect(await audit(storyRepo(), 'export', '--otlp', url)).toMatchObject({ code: 0, out: 'Sent 10 records.\n' });
    server.close();
    expect(records()).toHaveLength(10);
    expect(records()[5]).toMatchObject({
      severityText: 'WARN',
      body: { stringValue: expect.stringContaining('git reset --hard') },
    });
  });

  test('a collector that refuses is said', async () => {
    const { server, url } = await collector(400);
    expect(await audit(storyRepo(), 'export', '--otlp', url)).toMatchObject({
      code: 2,
      out: '',
      said: expect.stringContaining('did not take the records'),
    });
    server.close();
  });

  test('an address that is none is refused', async () => {
    expect(await audit(storyRepo(), 'export', '--otlp', 'file:///etc/passwd')).toMatchObject({ code: 2 });
  });
});
