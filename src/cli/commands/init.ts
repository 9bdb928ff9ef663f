import { applyPlan } from '../../install/apply.ts';
import { withInstallLock } from '../../install/lock.ts';
import { type Choice, readPayload } from '../../install/payload.ts';
import { planInstall } from '../../install/plan.ts';
import { refuseBlocked, showSteps } from '../../install/show.ts';
import { readManifest, readSituation, type Situation } from '../../install/situation.ts';
import { isNewer } from '../../install/version.ts';
import type { Places } from '../../repo/places.ts';
import { readPolicy } from '../../repo/policy-file.ts';
import { type Context, type ExitCode, UserError } from '../context.ts';
import { DONE } from '../exit-codes.ts';
import { askedKinds, type ChoiceOptions, givenChoice, profileHint } from '../init-choice.ts';
import { type Installation, initFacts, initWords } from '../init-report.ts';
import { askChoice, askPlan } from '../init-wizard.ts';
import { asCommand, progress, recordChange, refuseAgents } from '../install-command.ts';
import { printJson } from '../output.ts';
import { homeOf, repository } from '../repository.ts';

export interface InitOptions extends ChoiceOptions {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
  /** Package folder to install from, instead of this package's own. */
  readonly payloadDir?: string;
}

/** Guards the repository. Run again, it puts back what is missing and changes nothing else. */
export async function run(options: InitOptions, context: Context): Promise<ExitCode> {
  return asCommand(async () => {
    if (!options.dryRun) refuseAgents(context, 'init');
    const places = repository(context);
    const done = options.dryRun ? await preview(places, options) : await guard(places, options, context);
    if (options.json) printJson(context, initFacts(done, places, options.dryRun === true));
    else context.out(await initWords(done, places, options.dryRun === true));
    return DONE;
  });
}

async function preview(places: Places, options: InitOptions): Promise<Installation> {
  return planned(situationOf(places, givenChoice(options, readManifest(places)), options));
}

async function guard(places: Places, options: InitOptions, context: Context): Promise<Installation> {
  const manifest = readManifest(places);
  const asks = context.interactive && !options.yes && !options.json;
  if (!asks && !options.yes)
    throw new UserError('Nobody can be asked here.', 'Take the defaults: npx postern init --yes');
  const given = givenChoice(options, manifest);
  const choice = asks && manifest === null ? await askChoice(given, options, places.root) : given;
  const situation = () => situationOf(places, choice, options);
  if (asks) await askPlan(showSteps(planned(situation()).steps, situation().hooks.shown));
  progress(context, 'Installing …');
  const waiting = () => context.say('Another postern is at work here; waiting for it …\n');
  const done = await withInstallLock(places, waiting, () => install(places, situation()));
  context.say(profileHint(options, manifest));
  await primePolicy(places, context);
  return done;
}

function situationOf(places: Places, choice: Choice, options: InitOptions): Situation {
  const payload = readPayload(choice, options.payloadDir);
  return readSituation(places, { payload, choice, asked: askedKinds(options) });
}

function planned(situation: Situation): Installation {
  const { manifest, payload, hooks } = situation;
  if (manifest && manifest.postern !== payload.version) {
    const move = isNewer(payload.version, manifest.postern) ? 'Move on to it: npx postern upgrade. Or s' : 'S';
    throw new UserError(
      `Postern ${manifest.postern} is installed here, and this is ${payload.version}.`,
      `${move}et this clone up as it is: npx postern@${manifest.postern} init`,
    );
  }
  const steps = planInstall(situation);
  refuseBlocked(steps, hooks.shown);
  return { steps, situation };
}

function install(places: Places, situation: Situation): Installation {
  const plan = planned(situation);
  recordChange(places, 'init', situation.payload.version, plan.steps);
  applyPlan(plan.steps, places, situation.hooks.dir);
  return plan;
}

/** Compiles the policy, so that the first call of an agent need not, and says at once when it cannot be used. */
async function primePolicy({ root, stateDir }: Places, context: Context): Promise<void> {
  const state = await readPolicy({ root, stateDir, home: homeOf(context) });
  if (state.kind === 'unreadable') context.say(`The policy cannot be used: ${state.problem}\n  ${state.instead}\n`);
}
