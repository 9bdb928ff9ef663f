import { recordEvent } from '../../govern/record-event.ts';
import { takeSnapshot } from '../../govern/snapshot.ts';
import { type Restored, restoreSnapshot } from '../../govern/snapshot-restore.ts';
import { listSnapshots, readSnapshot, type Snapshot } from '../../govern/snapshot-store.ts';
import { git } from '../../repo/git.ts';
import { findPlaces, type Places } from '../../repo/places.ts';
import { type Context, type ExitCode, UserError } from '../context.ts';
import { DONE, FOUND } from '../exit-codes.ts';
import { refuseAgents } from '../install-command.ts';
import { columns, count, paints, printable, printJson, shortTime } from '../output.ts';
import { actor } from '../reason.ts';
import { repository } from '../repository.ts';

export interface UndoOptions {
  readonly id?: string;
  readonly list?: boolean;
  readonly json?: boolean;
}

/** Brings back uncommitted work that was kept before a git command would have discarded it; without an id lists what is kept. */
export async function run(options: UndoOptions, context: Context): Promise<ExitCode> {
  const places = repository(context);
  if (options.list || options.id === undefined) return list(places, options, context);
  refuseAgents(context, `undo ${options.id}`, 'may not bring back snapshots');
  const snapshot = readSnapshot(places.stateDir, options.id);
  if (!snapshot)
    throw new UserError(`There is no snapshot \`${printable(options.id)}\`.`, 'Run: npx postern undo --list');
  return restore(snapshot, worktreeOf(snapshot, places), options, context);
}

function list({ stateDir }: Places, { json }: UndoOptions, context: Context): ExitCode {
  const snapshots = listSnapshots(stateDir).reverse();
  const { bold } = paints(context);
  if (json)
    printJson(
      context,
      snapshots.map(({ key: _key, version: _version, ...snapshot }) => snapshot),
    );
  else if (snapshots.length === 0) context.say('Nothing is kept: no call wanted to discard uncommitted work.\n');
  else
    context.out(
      columns(snapshots.map((one) => [bold(one.id), shortTime(one.time), holds(one), printable(one.why, 80)])),
    );
  if (!json && snapshots.length > 0) context.say('Bring one back with: npx postern undo <id>\n');
  return DONE;
}

function holds({ work, untracked, left, stashes }: Snapshot): string {
  const parts = [
    work === null ? '' : 'tracked files',
    untracked.length > 0 ? `${untracked.length} untracked` : '',
    left > 0 ? `${left} untracked not kept` : '',
    stashes.length > 0 ? count(stashes.length, 'stash entry').replace('entrys', 'entries') : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/** The worktree that it was taken in, or this one when that is gone. */
function worktreeOf({ root }: Snapshot, places: Places): Places {
  const there = findPlaces(root);
  return there?.root === root && there.commonDir === places.commonDir ? there : places;
}

function restore(snapshot: Snapshot, places: Places, { json }: UndoOptions, context: Context): ExitCode {
  const before = keptNow(snapshot, places);
  const restored = restoreSnapshot(snapshot, places);
  const conflicts = restored.filter(({ became }) => became === 'conflict');
  recordEvent(places, {
    kind: 'snapshot.restored',
    by: actor(context),
    tool: 'postern undo',
    what: snapshot.why,
    data: { snapshot: snapshot.id, restored: restored.length - conflicts.length, conflicts: conflicts.length },
  });
  const head = git(places.root, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']).stdout.trim();
  if (json) printJson(context, { id: snapshot.id, root: places.root, before, head, headThen: snapshot.head, restored });
  else tell(snapshot, { before, head, restored }, context);
  return conflicts.length === 0 ? DONE : FOUND;
}

/** What is there now is kept before anything is brought back; where that fails nothing is. */
function keptNow(snapshot: Snapshot, places: Places): string | null {
  try {
    const id = takeSnapshot(places, { why: `postern undo ${snapshot.id}`, spare: snapshot.id })?.id ?? null;
    return id === snapshot.id ? null : id;
  } catch (error) {
    throw new UserError(
      `What is there now cannot be kept first: ${error instanceof Error ? error.message : String(error)}`,
      'Put it aside: git stash --include-untracked. Then run this again.',
    );
  }
}

interface Outcome {
  readonly before: string | null;
  readonly head: string;
  readonly restored: readonly Restored[];
}

function tell(snapshot: Snapshot, { before, head, restored }: Outcome, context: Context): void {
  const back = restored.filter(({ became }) => became !== 'conflict' && became !== 'same');
  const conflicts = restored.filter(({ became }) => became === 'conflict');
  const same = restored.length - back.length - conflicts.length;
  const { green, yellow } = paints(context);
  context.out(
    back.length > 0
      ? `${green('Brought back')} from before \`${printable(snapshot.why, 80)}\`:\n`
      : 'Nothing had to be brought back.\n',
  );
  context.out(
    back.map(({ what, became }) => `  ${printable(what)}${became === 'restored' ? '' : ` (${became})`}\n`).join(''),
  );
  if (same > 0) context.out(`There already: ${same}.\n`);
  if (conflicts.length > 0) context.out(`${yellow('Left alone')}, because something else is there now:\n`);
  context.out(columns(conflicts.map(({ what, see }) => [`  ${printable(what)}`, `kept as: ${printable(see)}`])));
  if (snapshot.left > 0)
    context.say(`Not kept then, as they were too large or too many: ${snapshot.left} untracked.\n`);
  if (snapshot.head !== head && snapshot.head !== '')
    context.say(`HEAD was at ${snapshot.head.slice(0, 12)} then. Its commits: git log ${snapshot.head.slice(0, 12)}\n`);
  if (before) context.say(`What was there before is kept too: npx postern undo ${before}\n`);
}
