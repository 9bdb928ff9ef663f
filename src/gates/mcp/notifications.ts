import type { Gateway } from './gateway.ts';
import { spanAt, splice } from './json-spans.ts';
import { type Notification, paramsOf } from './message.ts';

/** What is said of a call that the client gave up. */
export const CANCELLED = 'was cancelled';

/** Passes a client's notification on to whom it concerns. */
export function forwardNotification(gateway: Gateway, message: Notification): void {
  switch (message.method) {
    case 'notifications/initialized':
      gateway.greeting.done = message;
      broadcast(gateway, message);
      break;
    case 'notifications/cancelled':
      cancel(gateway, message);
      break;
    case 'notifications/progress':
      progress(gateway, message);
      break;
    default:
      broadcast(gateway, message);
  }
}

function broadcast({ servers }: Gateway, { text }: Notification): void {
  for (const server of servers.values()) if (server.state === 'up') server.tell(text);
}

/** A late answer to what was cancelled goes nowhere: the server's id of it is forgotten. */
function cancel({ flights }: Gateway, message: Notification): void {
  const at = spanAt(message.text, ['params', 'requestId']);
  for (const { server, id } of flights.of(paramsOf(message)['requestId'])) {
    server.tell(splice(message.text, [[at, String(id)]]));
    server.forget(id, CANCELLED);
  }
}

function progress({ flights }: Gateway, message: Notification): void {
  const errand = flights.tokenOf(paramsOf(message)['progressToken']);
  const at = spanAt(message.text, ['params', 'progressToken']);
  errand?.server.tell(splice(message.text, [[at, errand.token]]));
}
