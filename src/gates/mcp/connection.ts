import type { Line } from './lines.ts';

/** A live way to a server. */
export interface Connection {
  /** Hands a message over; what cannot be delivered any more is told by `onEnd`. */
  send(text: string): void;
  /** Stops or goes on reading, so that a client that does not read is not drowned. */
  hold(yes: boolean): void;
  /** Ends the server, politely first. Resolves when it is gone. */
  end(): Promise<void>;
  /** Process id of a server that is a child. */
  readonly pid?: number;
}

export interface ConnectionEvents {
  onLine(line: Line): void;
  /** A line of the server's own log. */
  onNote(text: string): void;
  /** Called once, when the connection is over or never came about. */
  onEnd(why: string): void;
}
