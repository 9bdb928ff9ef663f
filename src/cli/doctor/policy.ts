import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { readPolicy, readPolicySync } from '../../repo/policy-file.ts';
import { UserError } from '../context.ts';
import { printable } from '../output.ts';
import { compileAll, policySources } from '../policy-sources.ts';
import { homeOf } from '../repository.ts';
import { type Check, type Checkup, FIX, failed, ok, type Result } from './check.ts';

/** The policy files: readable, without a problem, and compiled for the hook. */
export const policy: Check = {
  id: 'policy',
  async run(checkup) {
    try {
      const sources = policySources(checkup.places, checkup.context);
      const compilation = compileAll(sources);
      if (compilation.kind === 'ok') return [ok(sources.map(({ name }) => name).join(', ')), ...(await cache(checkup))];
      return compilation.problems.map(({ source, line, column, message }) =>
        failed(`${source}:${line}:${column} ${printable(message, 300)}`, 'npx postern policy lint'),
      );
    } catch (error) {
      if (error instanceof UserError) return [failed(error.message, error.instead)];
      throw error;
    }
  },
};

/** A cache that cannot be kept makes every call compile the policy again. */
async function cache({ places, context }: Checkup): Promise<Result[]> {
  const input = { ...places, home: homeOf(context) };
  await readPolicy(input);
  if (readPolicySync(input)) return [];
  const path = join(places.stateDir, 'policy.cache.json');
  const fix = async () => {
    rmSync(path, { recursive: true, force: true });
    await readPolicy(input);
  };
  return [failed(`${path} cannot be written, so every call compiles the policy again.`, FIX, fix)];
}
