import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { checkpointsOf, makeCheckpoint, type SignedCheckpoint } from '../../audit/checkpoints.ts';
import { ensureHostKey, type HostKey, hostKeyPath } from '../../audit/host-key.ts';
import { checkProof, type Proof, prove } from '../../audit/prove.ts';
import { dropSegments, planPruning } from '../../audit/prune.ts';
import { find } from '../../audit/query.ts';
import { verify } from '../../audit/verify.ts';
import { recordEvents } from '../../govern/record-event.ts';
import { writeAtomic } from '../../repo/files.ts';
import { git } from '../../repo/git.ts';
import type { Places } from '../../repo/places.ts';
import { loggedRepository } from '../audit/log.ts';
import { type Context, type ExitCode, UserError } from '../context.ts';
import { DONE, FOUND } from '../exit-codes.ts';
import { refuseAgents } from '../install-command.ts';
import { count, paints, printable, printJson } from '../output.ts';
import { sinceOf } from '../since.ts';

export interface ProofOptions {
  readonly action: 'checkpoint' | 'prove' | 'anchor' | 'prune' | 'check';
  /** What `prove` proves: a number, a call id or the start of a hash. */
  readonly record?: string;
  /** File that `prove` writes; `check` reads it. */
  readonly out?: string;
  readonly proof?: string;
  /** Size of an older checkpoint that the log must have grown out of. */
  readonly since?: string;
  readonly file?: string;
  readonly command?: string;
  readonly gitNote?: boolean;
  readonly before?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** Where anchors lie as git notes. */
const ANCHORS_REF = 'refs/notes/postern-anchors';

/** The commands that sign the log and prove what stands in it. */
export async function run(options: ProofOptions, context: Context): Promise<ExitCode> {
  if (options.action === 'check') return check(options, context);
  const places = loggedRepository(context);
  const key = ensureHostKey(hostKeyPath(context.env, context.env['HOME'] || homedir()));
  switch (options.action) {
    case 'checkpoint':
      return tell(sign(places, key), options, context);
    case 'prove':
      return proveRecord(places, key, options, context);
    case 'anchor':
      return anchor(sign(places, key), places, options, context);
    case 'prune':
      return prune(places, key, options, context);
  }
}

/** A log that is broken is not signed: the signature would cover it up. */
function sign({ stateDir }: Places, key: HostKey): SignedCheckpoint {
  const verdict = verify(stateDir, { publicKey: key.publicKey });
  if (verdict.kind === 'broken')
    throw new UserError(
      `The log is not signed, because it is broken: ${verdict.detail}`,
      'Run: npx postern audit verify',
    );
  const made = makeCheckpoint(stateDir, key);
  if (made) return made;
  throw new UserError('The log is empty: there is nothing to sign.', 'Come back when something was recorded.');
}

function tell(checkpoint: SignedCheckpoint, { json }: ProofOptions, context: Context): ExitCode {
  if (json) printJson(context, checkpoint);
  else context.out(checkpoint.note);
  return DONE;
}

function proveRecord({ stateDir }: Places, key: HostKey, options: ProofOptions, context: Context): ExitCode {
  const wanted = options.record ?? '';
  const record = find(stateDir, wanted)[0];
  if (!record)
    throw new UserError(`No record is \`${printable(wanted)}\`.`, 'Give its number: npx postern audit query');
  const now =
    checkpointsOf(stateDir, key.publicKey).findLast(({ size }) => size >= record.seq) ?? makeCheckpoint(stateDir, key)!;
  const old = options.since === undefined ? undefined : olderCheckpoint(stateDir, key, options.since);
  const proof = prove(stateDir, record.seq, { now, publicKey: key.publicKey, ...(old ? { old } : {}) });
  if (!proof) throw new UserError(`Record ${record.seq} cannot be proved.`, 'Run: npx postern audit verify');
  const text = `${JSON.stringify(proof, null, 2)}\n`;
  if (options.out === undefined) context.out(text);
  else {
    writeAtomic(resolve(context.cwd, options.out), text);
    context.out(`Wrote ${printable(options.out)}: record ${record.seq} under the checkpoint of ${now.size} records.\n`);
    context.say(`Anybody checks it without the log: npx postern audit verify --proof ${printable(options.out)}\n`);
  }
  return DONE;
}

function olderCheckpoint(stateDir: string, key: HostKey, size: string): SignedCheckpoint {
  const found = checkpointsOf(stateDir, key.publicKey).find((one) => String(one.size) === size);
  if (found) return found;
  throw new UserError(
    `There is no checkpoint of ${printable(size)} records.`,
    'They are listed in audit.checkpoints beside the log.',
  );
}

function check({ proof = '', json }: ProofOptions, context: Context): ExitCode {
  const result = checkProof(readProof(resolve(context.cwd, proof)));
  const { green, red } = paints(context);
  if (json) printJson(context, result);
  else if (result.kind === 'refuted') context.out(`${red('Refuted')}: ${printable(result.why)}.\n`);
  else {
    const grew = result.since === undefined ? '' : `, which grew out of that of ${result.since} records`;
    context.out(
      `${green('Proved')}: record ${result.seq} is in the log ${printable(result.origin)} of ${result.size} records${grew}.\n`,
    );
    context.say(
      'The proof is as good as its public key: compare it with the one that you know (npx postern status).\n',
    );
  }
  return result.kind === 'proved' ? DONE : FOUND;
}

function readProof(path: string): Proof {
  try {
    const proof = JSON.parse(readFileSync(path, 'utf8')) as Proof;
    if (proof.version === 1 && typeof proof.record === 'string' && Array.isArray(proof.path)) return proof;
  } catch (error) {
    throw new UserError(
      `${printable(path)} cannot be read as a proof: ${printable((error as Error).message)}`,
      'Name a file that `audit prove --out` wrote.',
    );
  }
  throw new UserError(`${printable(path)} is no proof.`, 'Name a file that `audit prove --out` wrote.');
}

/** Leaves the checkpoint where a local attacker cannot quietly take it back. */
function anchor(checkpoint: SignedCheckpoint, { root }: Places, options: ProofOptions, context: Context): ExitCode {
  const ways = [options.file, options.command, options.gitNote].filter((way) => way !== undefined && way !== false);
  if (ways.length !== 1)
    throw new UserError('Say where to: one place.', 'Give --git-note, --file <path> or --command <program>.');
  if (options.file !== undefined) writeAtomic(resolve(context.cwd, options.file), checkpoint.note);
  if (options.command !== undefined) pipe(options.command, checkpoint.note, root);
  if (options.gitNote) note(checkpoint.note, root);
  context.out(`Anchored ${count(checkpoint.size, 'record')}.\n`);
  if (options.gitNote) context.say(`Push it, so that it is out of reach: git push origin ${ANCHORS_REF}\n`);
  return DONE;
}

function pipe(command: string, text: string, cwd: string): void {
  const { status, stderr, error } = spawnSync('sh', ['-c', command], { cwd, input: text, encoding: 'utf8' });
  if (status !== 0)
    throw new UserError(
      `The command did not take the checkpoint: ${printable(error?.message ?? stderr)}`,
      'It gets the note on its standard input and must end with 0.',
    );
}

function note(text: string, root: string): void {
  const { code, stderr } = git(root, ['notes', `--ref=${ANCHORS_REF}`, 'append', '-F', '-', 'HEAD'], { input: text });
  if (code !== 0) throw new UserError(`git did not take the note: ${printable(stderr)}`, 'Commit something first.');
}

/** Takes whole closed segments away and leaves a sealed tombstone, so that the rest still verifies. */
function prune(places: Places, key: HostKey, { before = '', yes, json }: ProofOptions, context: Context): ExitCode {
  refuseAgents(context, 'audit prune');
  const { stateDir } = places;
  const time = new Date(sinceOf(before, Date.now(), '--before')).toISOString();
  sign(places, key);
  const plan = planPruning(stateDir, time, key.publicKey);
  const facts = {
    records: plan?.records ?? 0,
    segments: plan?.segments.map(({ name }) => name) ?? [],
    pruned: Boolean(plan && yes),
  };
  if (plan && yes) {
    const entry = {
      kind: 'log.pruned',
      what: facts.segments.join(' '),
      data: { ...plan.data, records: plan.records },
    } as const;
    recordEvents(places, [entry], key);
    dropSegments(plan);
  }
  if (json) printJson(context, facts);
  else if (!plan) context.out('No closed segment lies before that time.\n');
  else
    context.out(
      `${yes ? 'Pruned' : 'Would prune'} ${count(plan.records, 'record')} in ${count(plan.segments.length, 'segment')}${yes ? '; the log holds a sealed tombstone' : ': add --yes'}.\n`,
    );
  return DONE;
}
