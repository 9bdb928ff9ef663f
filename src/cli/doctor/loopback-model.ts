import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A tool call that the model asks for. */
export interface AskedTool {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export interface LoopbackModel {
  /** To be given to the client as its base URL. */
  readonly url: string;
  /** The bodies of the requests that came in so far. */
  readonly requests: readonly string[];
  close(): void;
}

const MAX_BODY_CHARS = 32 * 1024 * 1024;

/** A model on this machine that asks for one tool call and then ends the turn: a client can be watched without any network. */
export async function loopbackModel(tool: AskedTool): Promise<LoopbackModel> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      if (body.length < MAX_BODY_CHARS) body += text;
    });
    request.on('end', () => {
      if (!/^\/v1\/messages(?:\?|$)/.test(request.url ?? '')) {
        response.writeHead(404).end('{}');
        return;
      }
      requests.push(body);
      answer(response, body, tool);
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Requests without tools are the client's own side questions; a result that has come in ends the turn. */
function answer(response: ServerResponse, body: string, { name, input }: AskedTool): void {
  const asks = body.includes('"tools":[{') && !body.includes('"tool_result"');
  const block = asks ? { type: 'tool_use', id: 'toolu_postern', name, input: {} } : { type: 'text', text: '' };
  const delta = asks
    ? { type: 'input_json_delta', partial_json: JSON.stringify(input) }
    : { type: 'text_delta', text: 'Done.' };
  const usage = { input_tokens: 1, output_tokens: 1 };
  const message = { id: 'msg_postern', type: 'message', role: 'assistant', model: 'postern', content: [], usage };
  const events: readonly (readonly [type: string, data: object])[] = [
    ['message_start', { message: { ...message, stop_reason: null, stop_sequence: null } }],
    ['content_block_start', { index: 0, content_block: block }],
    ['content_block_delta', { index: 0, delta }],
    ['content_block_stop', { index: 0 }],
    ['message_delta', { delta: { stop_reason: asks ? 'tool_use' : 'end_turn', stop_sequence: null }, usage }],
    ['message_stop', {}],
  ];
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const [type, data] of events) response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`);
  response.end();
}
