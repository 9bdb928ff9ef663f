import type { AuditRecord } from '../../audit/record.ts';
import type { Ending, Step } from '../../audit/timeline.ts';
import type { Context } from '../context.ts';
import { columns, count, paints, printable, shortTime } from '../output.ts';

/** The steps of one session as a person would tell them, under a line that says who and how long; paths below `root` are short. */
export function timelineText(steps: readonly Step[], root: string, context: Context): string {
  const { dim } = paints(context);
  const agents = new Map<string, string>();
  const rows = steps.flatMap((step) => {
    const sentence = sentenceOf(step, context).replaceAll(`${root}/`, '');
    return sentence === '' ? [] : [[dim(step.record.time.slice(11, 19)), whoOf(step.record, agents) + sentence]];
  });
  return `${headline(steps, context)}\n${columns(rows)}`;
}

function headline(steps: readonly Step[], context: Context): string {
  const { bold } = paints(context);
  const [first, last] = [steps[0]!.record, steps.at(-1)!.record];
  const { user, host, client } = first.subject;
  const calls = steps.filter((step) => step.kind === 'call' && step.record.tool !== 'UserPromptSubmit');
  const counted = (kind: Ending['kind']) =>
    calls.filter((step) => step.kind === 'call' && step.ending.kind === kind).length;
  const id = first.session.parent ?? first.session.id;
  const became = [
    count(calls.length, 'call'),
    ...(['stopped', 'asked', 'failed'] as const).flatMap((kind) => (counted(kind) ? `${counted(kind)} ${kind}` : [])),
  ];
  const span = `${shortTime(first.time)} to ${last.time.slice(11, 19)}Z`;
  return (
    `${bold(`Session ${printable(id, 60)}`)}\n` +
    `${printable(client)} for ${printable(user)} on ${printable(host)}, ${span}: ${became.join(', ')}.\n`
  );
}

/** Subagents by the order in which they appear: their ids say nothing to a person. */
function whoOf({ session, subject }: AuditRecord, agents: Map<string, string>): string {
  const id = subject.agent ?? (session.parent === undefined ? undefined : session.id);
  if (id === undefined) return '';
  const name = agents.get(id) ?? `Subagent ${agents.size + 1}: `;
  agents.set(id, name);
  return name;
}

function sentenceOf(step: Step, context: Context): string {
  return step.kind === 'event' ? eventSentence(step.record) : callSentence(step.record, step.ending, context);
}

const EVENTS: Readonly<Partial<Record<AuditRecord['kind'], string>>> = {
  'session.start': 'The session began.',
  'session.stop': 'The agent finished its turn.',
  'tamper.restored': 'Postern put back what this call had changed:',
  'protected.changed': 'A protected file had changed by other means:',
  freeze: 'The repository was frozen:',
  unfreeze: 'The repository was unfrozen:',
  'approval.granted': 'A person let one stopped call through:',
  'approval.used': 'That approval was used:',
  'review.skipped': 'A push went out without a review:',
  'snapshot.restored': 'Kept work was brought back:',
  'log.repaired': 'The log was mended:',
};

function eventSentence(record: AuditRecord): string {
  const { kind, what, reason, data } = record;
  const words = EVENTS[kind] ?? `${kind}:`;
  const about = [what, reason ?? data?.['reason']].filter((text) => text).join(': ');
  if (words.endsWith(':')) return `${words} ${printable(about, 200)}`;
  return words;
}

function callSentence(record: AuditRecord, ending: Ending, context: Context): string {
  const { red, yellow } = paints(context);
  const [did, wants] = actionWords(record);
  const observed = record.would === undefined ? '' : yellow(` Only observed: it would have been ${record.would}.`);
  switch (ending.kind) {
    case 'stopped':
      return `${red('Stopped')}: wanted to ${wants}${whyOf(record)}`;
    case 'asked':
      return `${yellow('Asked')}: wanted to ${wants}${whyOf(record)} It was not done.`;
    case 'failed':
      return `${did}. ${yellow('It failed')}${took(ending)}: ${printable(ending.error.split('\n')[0]!, 100)}${observed}`;
    case 'done':
      return `${did}${took(ending)}.${asked(record)}${ending.masked ? ' Secrets in its output were masked.' : ''}${observed}`;
    case 'unknown':
      return record.tool === 'UserPromptSubmit' ? `${did}.` : `${did}; how it ended is not on record.${observed}`;
  }
}

/** A call that was asked about and has an outcome went on by a person's word. */
function asked(record: AuditRecord): string {
  return record.effect === 'ask' ? ` A person was asked and allowed it (${printable(record.rule ?? '', 80)}).` : '';
}

/** The reason begins with what it speaks of, which the sentence has said already. */
function whyOf({ reason = '', rule = '' }: AuditRecord): string {
  const rest = /^`[^`]*` (.+?)\.?$/s.exec(reason)?.[1];
  const why = rest === undefined ? `: ${printable(reason, 200)}` : `, which ${printable(rest, 200)}`;
  return `${why} (${printable(rule, 80)}).`;
}

function took(ending: { readonly durationMs: number | null }): string {
  const ms = ending.durationMs;
  return ms === null || ms < 1000 ? '' : ` (${(ms / 1000).toFixed(1)} s)`;
}

/** What the call did, and what it wanted to do, as the middle of a sentence. */
function actionWords({ tool = '', what = '' }: AuditRecord): readonly [did: string, wants: string] {
  const object = printable(what.replace(/\s+/g, ' ').trim(), 120);
  switch (tool) {
    case 'Bash':
    case 'Monitor':
      return [`Ran \`${object}\``, `run \`${object}\``];
    case 'Read':
    case 'Grep':
    case 'Glob':
      return [`Read ${object}`, `read ${object}`];
    case 'Write':
    case 'Edit':
    case 'MultiEdit':
    case 'NotebookEdit':
      return [`${tool === 'Write' ? 'Wrote' : 'Edited'} ${object}`, `${tool === 'Write' ? 'write' : 'edit'} ${object}`];
    case 'Agent':
    case 'Task':
      return ['Started a subagent', 'start a subagent'];
    case 'UserPromptSubmit':
      return ['The person wrote a prompt', 'send a prompt'];
    case 'git commit':
      return [`Committed ${object}`, `commit ${object}`];
    case 'git push':
      return [`Pushed to ${object}`, `push to ${object}`];
    default:
      return [`Used ${printable(tool, 60)} ${object}`.trimEnd(), `use ${printable(tool, 60)} ${object}`.trimEnd()];
  }
}
