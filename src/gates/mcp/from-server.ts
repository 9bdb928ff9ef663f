import type { Gateway } from './gateway.ts';
import { spanAt, splice } from './json-spans.ts';
import { type Notification, paramsOf, type Request } from './message.ts';
import { joinUri } from './names.ts';
import type { Server } from './server.ts';

/** Passes a server's own request or notification to the client. */
export function fromServer(gateway: Gateway, server: Server, message: Request | Notification): void {
  const text = message.kind === 'request' ? gateway.flights.send(server, message) : told(gateway, server, message);
  if (text !== null) gateway.toClient(text);
}

function told({ flights }: Gateway, server: Server, message: Notification): string | null {
  const params = paramsOf(message);
  switch (message.method) {
    case 'notifications/cancelled': {
      const id = flights.errandOf(server, params['requestId']);
      return id === null ? null : splice(message.text, [[spanAt(message.text, ['params', 'requestId']), String(id)]]);
    }
    case 'notifications/resources/updated': {
      const uri = JSON.stringify(joinUri({ server: server.name, name: String(params['uri']) }));
      return splice(message.text, [[spanAt(message.text, ['params', 'uri']), uri]]);
    }
    default:
      return message.text;
  }
}
