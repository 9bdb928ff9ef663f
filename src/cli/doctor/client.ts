import { type Check, type Checkup, failed, note, ok, type Result } from './check.ts';
import { start } from './start.ts';
import { isAtLeast } from './version-order.ts';

/** The first Claude Code that honours `onFailure: "block"`; older ones ignore it and let a call with a broken hook pass. */
const LEAST = '2.1.295';

/** The agent client, and what in the environment would make it skip hooks. */
export const client: Check = {
  id: 'client',
  async run(checkup) {
    return [await clientVersion(checkup), ...hooksOff(checkup)];
  },
};

async function clientVersion({ places, context }: Checkup): Promise<Result> {
  const program = context.env['CLAUDE_BIN'] || 'claude';
  const { code, stdout } = await start(program, ['--version'], { cwd: places.root, env: context.env });
  const version = /\d+\.\d+\.\d+/.exec(stdout)?.[0];
  if (code !== 0 || version === undefined) return note('Claude Code is not on the PATH, so its version is not known.');
  if (isAtLeast(version, LEAST)) return ok(`Claude Code ${version}`);
  const text = `Claude Code ${version} lets calls pass when a hook breaks; ${LEAST} is the first that does not.`;
  return failed(text, 'claude update');
}

function hooksOff({ context }: Checkup): Result[] {
  return context.env['CLAUDE_CODE_SIMPLE']
    ? [failed('CLAUDE_CODE_SIMPLE is set: sessions started from this shell run no hooks.', 'unset CLAUDE_CODE_SIMPLE')]
    : [];
}
