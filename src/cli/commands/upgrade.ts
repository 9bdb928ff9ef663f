import { applyPlan } from '../../install/apply.ts';
import { type Drift, findDrift } from '../../install/drift.ts';
import { withInstallLock } from '../../install/lock.ts';
import type { Manifest } from '../../install/manifest.ts';
import { readPayload } from '../../install/payload.ts';
import { planInstall } from '../../install/plan.ts';
import type { Answers } from '../../install/plan-file.ts';
import { refuseBlocked, showSteps, stepFacts } from '../../install/show.ts';
import { readManifest, readSituation, type Situation } from '../../install/situation.ts';
import { changesAnything, type Step } from '../../install/step.ts';
import { isNewer } from '../../install/version.ts';
import { isInside } from '../../repo/files.ts';
import type { Places } from '../../repo/places.ts';
import { type Context, type ExitCode, UserError } from '../context.ts';
import { DONE, FOUND } from '../exit-codes.ts';
import { asCommand, progress, recordChange, refuseAgents } from '../install-command.ts';
import { printJson } from '../output.ts';
import { repository } from '../repository.ts';
import { answersByRule, askAnswers, shownDiff } from '../upgrade-answers.ts';

export interface UpgradeOptions {
  readonly check?: boolean;
  readonly yes?: boolean;
  readonly force?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
  /** Package folder to install from, instead of this package's own. */
  readonly payloadDir?: string;
}

/** What an upgrade finds and will do. */
interface Upgrade {
  readonly from: string;
  readonly situation: Situation;
  readonly drift: readonly Drift[];
  readonly steps: readonly Step[];
}

/** Brings the installed files up to this version. What a person changed is asked about and never lost. */
export async function run(options: UpgradeOptions, context: Context): Promise<ExitCode> {
  return asCommand(async () => {
    const looksOnly = Boolean(options.check || options.dryRun);
    if (!looksOnly) refuseAgents(context, 'upgrade');
    const places = repository(context);
    const first = look(places, options, new Map());
    if (looksOnly) return report(first, places, options, context);
    const asks = context.interactive && !options.yes && !options.force && !options.json;
    const answers = asks
      ? await askAnswers(first.steps, first.drift, first.situation, context)
      : answersByRule(first.steps, first.drift, options.force === true);
    progress(context, 'Upgrading …');
    const waiting = () => context.say('Another postern is at work here; waiting for it …\n');
    const done = await withInstallLock(places, waiting, () => upgrade(places, options, answers));
    return report(done, places, options, context);
  });
}

function look(places: Places, { payloadDir }: UpgradeOptions, answers: Answers): Upgrade {
  const manifest = readManifest(places);
  if (manifest === null)
    throw new UserError(`Postern is not installed in ${places.root}.`, 'Install it: npx postern init');
  const payload = readPayload(manifest, payloadDir);
  refuseOlder(manifest, payload.version);
  const situation = readSituation(places, { payload, choice: manifest, asked: [] }, manifest);
  const steps = planInstall(situation, answers);
  refuseBlocked(steps, situation.hooks.shown);
  return { from: manifest.postern, situation, drift: findDrift(steps, situation), steps };
}

function upgrade(places: Places, options: UpgradeOptions, answers: Answers): Upgrade {
  const found = look(places, options, answers);
  recordChange(places, 'upgrade', found.situation.payload.version, found.steps);
  applyPlan(found.steps, places, found.situation.hooks.dir);
  return found;
}

function refuseOlder({ postern }: Manifest, version: string): void {
  if (!isNewer(postern, version)) return;
  throw new UserError(
    `Postern ${postern} is installed here; this is the older ${version}.`,
    `Run that one: npx postern@${postern} upgrade`,
  );
}

function report(found: Upgrade, places: Places, options: UpgradeOptions, context: Context): ExitCode {
  const { situation, drift, steps, from } = found;
  const { shown } = situation.hooks;
  const open = options.check ? steps.filter((step) => isOpen(step, situation, places)) : [];
  if (options.json) {
    const diffs = drift.map((one) => ({ path: one.path, diff: shownDiff(one, situation, { color: false }) }));
    const facts = {
      version: situation.payload.version,
      from,
      changed: changesAnything(steps),
      upToDate: open.length === 0,
    };
    printJson(context, { ...facts, steps: stepFacts(steps, shown), drift: diffs });
  } else {
    if (options.check || options.yes || !context.interactive)
      for (const one of drift) context.out(shownDiff(one, situation, context));
    context.out(words(found, options, open));
  }
  return open.length > 0 ? FOUND : DONE;
}

/** What a check in CI reports: hooks that every clone switches on for itself are no part of it. */
function isOpen({ label, path }: Step, { hooks }: Situation, { commonDir }: Places): boolean {
  if (label === 'same' || label === 'keep' || label === 'set') return false;
  return !(path.startsWith('hooks:') && isInside(commonDir, hooks.dir));
}

function words({ situation, steps, from }: Upgrade, { check, dryRun }: UpgradeOptions, open: readonly Step[]): string {
  const { version } = situation.payload;
  const { shown } = situation.hooks;
  if (check && open.length === 0) return `Postern ${version}: every file is as it was installed.\n`;
  if (check) return `Postern ${version}: not as installed:\n${showSteps(open, shown)}Mend it: npx postern upgrade\n`;
  const list = showSteps(steps, shown);
  if (!changesAnything(steps)) return `Postern ${version} is up to date; nothing was changed.\n${list}`;
  const versions = from === version ? version : `${from} to ${version}`;
  if (dryRun) return `An upgrade of Postern ${versions} would do this:\n${list}Nothing was changed.\n`;
  return `Postern ${versions}:\n${list}Next: npx postern doctor\n`;
}
