import { applyPlan } from '../../install/apply.ts';
import { withInstallLock } from '../../install/lock.ts';
import type { Manifest } from '../../install/manifest.ts';
import { type Choice, type Kind, type Payload, PROFILES, type Profile, readPayload } from '../../install/payload.ts';
import { planInstall } from '../../install/plan.ts';
import { refuseBlocked, showSteps, stepFacts } from '../../install/show.ts';
import { readManifest, readSituation, type Situation } from '../../install/situation.ts';
import { changesAnything, type Step } from '../../install/step.ts';
import { readSurroundings } from '../../install/surroundings.ts';
import type { Places } from '../../repo/places.ts';
import { type Context, type ExitCode, UserError } from '../context.ts';
import { DONE } from '../exit-codes.ts';
import { askChoice, askPlan } from '../init-wizard.ts';
import { asCommand, progress, recordChange, refuseAgents } from '../install-command.ts';
import { printJson } from '../output.ts';
import { repository } from '../repository.ts';

export interface InitOptions {
  readonly yes?: boolean;
  readonly profile?: string;
  readonly agents?: boolean;
  readonly commands?: boolean;
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
    const manifest = readManifest(places);
    const asks = context.interactive && !options.yes && !options.json && !options.dryRun;
    if (!asks && !options.yes && !options.dryRun) throw new UserError('Nobody can be asked here.', 'Take the defaults: npx postern init --yes');
    const given = givenChoice(options, manifest);
    const choice = asks && manifest === null ? await askChoice(given, options, places.root) : given;
    const situation = () => readSituation(places, { payload: payloadOf(choice, options), choice, asked: askedKinds(options) });
    if (options.dryRun) return report(planned(situation()), options, context, places);
    if (asks) await askPlan(showSteps(planned(situation()).steps, situation().hooks.shown));
    progress(context, 'Installing …');
    const waiting = () => context.say('Another postern is at work here; waiting for it …\n');
    const done = await withInstallLock(places, waiting, () => install(places, situation()));
    return report(done, options, context, places);
  });
}

interface Plan {
  readonly steps: readonly Step[];
  readonly situation: Situation;
}

function planned(situation: Situation): Plan {
  refuseOtherVersion(situation.manifest, situation.payload);
  const steps = planInstall(situation);
  refuseBlocked(steps, situation.hooks.shown);
  return { steps, situation };
}

function install(places: Places, situation: Situation): Plan {
  const plan = planned(situation);
  applyPlan(plan.steps, places, situation.hooks.dir);
  recordChange(places, 'init', situation.payload.version, plan.steps);
  return plan;
}

function refuseOtherVersion(manifest: Manifest | null, { version }: Payload): void {
  if (manifest === null || manifest.postern === version) return;
  throw new UserError(
    `Postern ${manifest.postern} is installed here, and this is ${version}.`,
    `Move on to it: npx postern upgrade. Or set this clone up as it is: npx postern@${manifest.postern} init`,
  );
}

function givenChoice({ profile, agents, commands }: InitOptions, manifest: Manifest | null): Choice {
  return {
    profile: profile === undefined ? (manifest?.profile ?? 'team') : profileOf(profile),
    agents: agents ?? manifest?.agents ?? false,
    commands: commands ?? manifest?.commands ?? false,
  };
}

function profileOf(name: string): Profile {
  const profile = PROFILES.find((one) => one === name);
  if (profile) return profile;
  throw new UserError(`There is no profile \`${name}\`.`, `Take one of: ${PROFILES.join(', ')}`);
}

function askedKinds({ agents, commands }: InitOptions): Kind[] {
  return [...(agents ? (['agent'] as const) : []), ...(commands ? (['command'] as const) : [])];
}

function payloadOf(choice: Choice, { payloadDir }: InitOptions): Payload {
  return readPayload(choice, payloadDir);
}

function report({ steps, situation }: Plan, options: InitOptions, context: Context, { root }: Places): ExitCode {
  const { shown } = situation.hooks;
  const surroundings = readSurroundings(root);
  const changed = changesAnything(steps);
  const facts = { version: situation.payload.version, root, profile: situation.choice.profile, hooks: shown, ...surroundings };
  if (options.json) printJson(context, { ...facts, dryRun: options.dryRun === true, changed, steps: stepFacts(steps, shown) });
  else context.out(words(steps, situation, options.dryRun === true, root));
  return DONE;
}

function words(steps: readonly Step[], { hooks, payload, choice }: Situation, dryRun: boolean, root: string): string {
  const list = showSteps(steps, hooks.shown);
  if (!changesAnything(steps)) return `Postern ${payload.version} guards ${root} already; nothing was changed.\n${list}`;
  if (dryRun) return `Postern ${payload.version} would do this in ${root}:\n${list}Nothing was changed.\n`;
  const { runner, monorepo } = readSurroundings(root);
  const below = monorepo ? `  Start agents in this folder, not in a package of the monorepo: Claude Code reads hooks only there.\n` : '';
  return `Postern ${payload.version} guards ${root} (profile ${choice.profile}; git hooks in ${hooks.shown}: ${hooks.because}).
${list}Next:
  ${runner} postern doctor          proves every gate
  git add -A && git commit      so that every clone is guarded; in each clone: ${runner} postern init --yes
${below}`;
}
