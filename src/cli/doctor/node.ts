import { type Check, failed, ok } from './check.ts';
import { start } from './start.ts';
import { isAtLeast } from './version-order.ts';

const LEAST = '20.19.0';

/** The Node that the hooks will find, which need not be the one that runs this. */
export const node: Check = {
  id: 'node',
  async run({ places, context }) {
    const { code, stdout } = await start('node', ['--version'], { cwd: places.root, env: context.env });
    const version = stdout.trim().replace(/^v/, '');
    if (code !== 0) return [failed('Node is not on the PATH: every hook blocks.', `Install Node ${LEAST} or newer.`)];
    if (isAtLeast(version, LEAST)) return [ok(`Node ${version}`)];
    return [failed(`Node ${version} is too old for the runtime.`, `Install Node ${LEAST} or newer.`)];
  },
};
