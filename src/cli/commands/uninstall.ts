import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { applyPlan } from '../../install/apply.ts';
import { readInstalled } from '../../install/installed.ts';
import { withInstallLock } from '../../install/lock.ts';
import { MANIFEST_PATH } from '../../install/manifest.ts';
import { planRemoval } from '../../install/plan-removal.ts';
import { showSteps, stepFacts } from '../../install/show.ts';
import { readManifest } from '../../install/situation.ts';
import type { Step } from '../../install/step.ts';
import type { Places } from '../../repo/places.ts';
import { type Context, type ExitCode, UserError } from '../context.ts';
import { DONE } from '../exit-codes.ts';
import { activeHooksDir, gitHooks } from '../git-hooks.ts';
import { answered, ON_STDERR } from '../init-wizard.ts';
import { asCommand, progress, recordChange, refuseAgents } from '../install-command.ts';
import { printable, printJson } from '../output.ts';
import { isGuarded, repository } from '../repository.ts';

export interface UninstallOptions {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

interface Removal {
  readonly steps: readonly Step[];
  readonly hooksDir: string;
  readonly hooksShown: string;
  readonly version: string;
}

/** Takes Postern out and puts back what was there. Files that a person changed stay, and so does the log. */
export async function run(options: UninstallOptions, context: Context): Promise<ExitCode> {
  return asCommand(async () => {
    if (!options.dryRun) refuseAgents(context, 'uninstall');
    const places = repository(context);
    const plan = look(places);
    if (options.dryRun) return report(plan, places, options, context);
    if (!options.yes) await askFirst(plan, context);
    progress(context, 'Removing …');
    const waiting = () => context.say('Another postern is at work here; waiting for it …\n');
    const done = await withInstallLock(places, waiting, () => remove(places));
    return report(done, places, options, context);
  });
}

function look(places: Places): Removal {
  const manifest = readManifest(places);
  if (manifest === null) throw absent(places);
  const { hooksDir, hooksShown, ...installed } = readInstalled(places, manifest);
  return { steps: planRemoval(installed), hooksDir, hooksShown, version: manifest.postern };
}

/** Without the manifest nobody knows what was there before, so what is left is made whole first. */
function absent(places: Places): UserError {
  const isPart =
    isGuarded(places) ||
    existsSync(join(places.root, '.claude/hooks/pre-tool-use.sh')) ||
    gitHooks(activeHooksDir(places)).some(({ state }) => state === 'ours');
  if (!isPart) return new UserError(`Postern is not installed in ${places.root}.`, 'There is nothing to take out.');
  return new UserError(
    `Only a part of Postern is in ${places.root}: ${MANIFEST_PATH}, which says what to take out, is missing.`,
    'Make it whole, then take it out: npx postern init --yes && npx postern uninstall',
  );
}

function remove(places: Places): Removal {
  const plan = look(places);
  recordChange(places, 'uninstall', plan.version, plan.steps);
  applyPlan(plan.steps, places, plan.hooksDir);
  return plan;
}

async function askFirst({ steps, hooksShown }: Removal, { interactive }: Context): Promise<void> {
  if (!interactive) throw new UserError('Nobody can be asked here.', 'If you mean it: npx postern uninstall --yes');
  const { confirm, note } = await import('@clack/prompts');
  note(showSteps(steps, hooksShown).trimEnd(), 'The plan', ON_STDERR);
  if (answered(await confirm({ message: 'Take Postern out of this repository?', initialValue: false, ...ON_STDERR })))
    return;
  throw new UserError('Stopped; nothing was changed.', 'Postern still guards this repository.');
}

function report(
  { steps, hooksShown }: Removal,
  { root, stateDir }: Places,
  options: UninstallOptions,
  context: Context,
): ExitCode {
  const left = steps.filter(({ label }) => label === 'drift');
  const dryRun = options.dryRun === true;
  if (options.json) {
    printJson(context, {
      root,
      dryRun,
      steps: stepFacts(steps, hooksShown),
      left: stepFacts(left, hooksShown).map(({ path }) => path),
      log: stateDir,
    });
    return DONE;
  }
  const head = dryRun
    ? `This would take Postern out of ${printable(root)}:`
    : `Postern no longer guards ${printable(root)}.`;
  const rest = left.length > 0 ? 'What is marked `changed` is yours now: delete it when you no longer need it.\n' : '';
  context.out(`${head}\n${showSteps(steps, hooksShown)}${rest}The log stays in ${printable(stateDir)}.\n`);
  return DONE;
}
