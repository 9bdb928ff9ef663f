import { resolve } from 'node:path';
import type { Places } from '../../repo/places.ts';
import type { ServerEntry } from '../../repo/registry.ts';
import type { Connection, ConnectionEvents } from './connection.ts';
import { fillIn, serverEnv } from './environment.ts';
import type { Keeper } from './keeper.ts';
import { connectStdio, type Program } from './stdio-connection.ts';

export interface Where {
  readonly places: Places;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Postern's own version. */
  readonly version: string;
}

/** How a server of the registry is reached. What cannot be begun is told as an end, like any other. */
export function openerOf(entry: ServerEntry, where: Where, keeper: Keeper): (events: ConnectionEvents) => Connection {
  return (events) => {
    try {
      return connectStdio(programOf(entry as StdioServer, where), events, keeper);
    } catch (error) {
      queueMicrotask(() => events.onEnd(error instanceof Error ? error.message : String(error)));
      return { send() {}, hold() {}, end: async () => {} };
    }
  };
}

type StdioServer = Extract<ServerEntry, { command: string }>;

function programOf({ command, args = [], cwd = '.', env = {} }: StdioServer, { places, env: own }: Where): Program {
  return {
    command: command.includes('/') ? resolve(places.root, command) : command,
    args: args.map((arg) => fillIn(arg, own)),
    cwd: resolve(places.root, cwd),
    env: serverEnv(env, own),
  };
}
