import { openLog } from '../../gates/mcp/log.ts';
import { serve } from '../../gates/mcp/serve.ts';
import { REGISTRY_PATH, readRegistry } from '../../repo/registry.ts';
import { type Context, type ExitCode, UserError } from '../context.ts';
import { DONE } from '../exit-codes.ts';
import { guardedRepository } from '../repository.ts';
import { VERSION } from '../version.ts';

export interface ServeOptions {
  readonly check?: boolean;
}

/** Stands between an agent client on stdin and stdout and the servers of the registry, until the client goes away. */
export async function run(_options: ServeOptions, context: Context): Promise<ExitCode> {
  const places = guardedRepository(context);
  const registry = readRegistry(places.root);
  if (registry.kind === 'missing')
    throw new UserError(`${REGISTRY_PATH} is missing.`, 'Make it with: npx postern init --gateway');
  if (registry.kind === 'bad') {
    const lines = registry.problems.map(({ line, column, message }) => `${REGISTRY_PATH}:${line}:${column} ${message}`);
    throw new UserError(lines.join('\n'), 'Mend it, then run: npx postern serve --check');
  }
  const log = await openLog(context.env['POSTERN_LOG_LEVEL'] ?? 'info', Boolean(process.stderr.isTTY));
  await serve(registry.servers, { places, env: context.env, version: VERSION }, log);
  return DONE;
}
