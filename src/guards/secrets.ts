import type { Action, FileWrite } from '../policy/call.ts';
import type { Facts } from '../policy/facts.ts';
import type { Finding } from '../policy/finding.ts';
import type { Guard } from './guard.ts';
import { type ScanOptions, type SecretMatch, scan } from './secrets/scan.ts';
import { showPath } from './show-path.ts';

/** Sees secrets in what a call writes, runs, sends or commits. */
export const secrets: Guard = {
  name: 'secrets',
  inspect: (call, facts, policy) => {
    const allowed = policy.guards.secrets.allow;
    return textsOf(call.action, facts).flatMap(({ text, where, ...options }) =>
      scan(text, options)
        .filter((match) => !allowed.includes(match.rule) && !allowed.includes(`secrets/${match.rule}`))
        .map((match) => findingOf(match, where(match), call.action.kind)),
    );
  },
};

interface Text extends ScanOptions {
  readonly text: string;
  /** Where a match stands, in the reader's words. */
  readonly where: (match: SecretMatch) => string;
}

function textsOf(action: Action, facts: Facts): readonly Text[] {
  switch (action.kind) {
    case 'bash':
      return [{ text: action.command, surface: 'bash', where: () => 'the command' }];
    case 'write':
      return action.files.map((file) => fileText(file, facts));
    case 'commit':
      return [...action.files.map((file) => fileText(file, facts)), ...messageText(action.message)];
    case 'prompt':
      return [{ text: action.text, surface: 'prompt', where: ({ line }) => `line ${line} of the prompt` }];
    case 'fetch':
      return [
        { text: action.url, surface: 'tool', where: () => 'the URL' },
        { text: action.body, surface: 'tool', where: () => 'the request body' },
      ];
    case 'tool':
      return [{ text: stringsOf(action.input), surface: 'tool', where: () => "the tool's input" }];
    case 'push':
      return (action.files ?? []).map((file) => fileText(file, facts));
    case 'read':
      return [];
  }
}

function fileText(file: FileWrite, facts: Facts): Text {
  return {
    text: file.text,
    path: file.path,
    surface: 'file',
    where: ({ line }) => placeOf({ ...file, path: showPath(file.path, facts) }, line),
  };
}

/** `path:line`, where the line in the file can be told, and the commit, where one brings it. */
function placeOf({ path, partial, lines, commit }: FileWrite, line: number): string {
  const own = lines ? lines[line - 1] : partial ? undefined : line;
  return `${path}${own === undefined ? '' : `:${own}`}${commit === undefined ? '' : ` in ${commit}`}`;
}

function messageText(message: string | undefined): readonly Text[] {
  return message === undefined ? [] : [{ text: message, surface: 'prompt', where: () => 'the commit message' }];
}

/** A tool's input as text: `name: value` lines, so that names still tell what their values are. */
function stringsOf(input: unknown, name = '', depth = 0): string {
  if (typeof input === 'string') return name === '' ? input : `${name}: ${input}`;
  if (typeof input !== 'object' || input === null || depth > 32) return '';
  const parts = Array.isArray(input) ? input.map((part) => ['', part] as const) : Object.entries(input);
  return parts.map(([key, part]) => stringsOf(part, key, depth + 1)).join('\n');
}

function findingOf(match: SecretMatch, where: string, kind: Action['kind']): Finding {
  const unread = match.rule === 'unscanned';
  return {
    guard: 'secrets',
    rule: match.rule,
    severity: match.severity,
    effect: unread && kind !== 'prompt' ? 'ask' : 'deny',
    where,
    why: unread ? 'is too long to be scanned for secrets.' : `contains ${article(match.kind)} ${match.kind}.`,
    instead: unread ? 'Split it into smaller parts.' : wayOut(kind, match),
  };
}

function wayOut(kind: Action['kind'], { revoke }: SecretMatch): string {
  const revocation = revoke === undefined ? '' : ` If it has been shared already, revoke it: ${revoke}`;
  if (kind === 'bash')
    return `Read it from an environment variable or a secret manager inside the command.${revocation}`;
  if (kind === 'prompt') return `Take it out and name the environment variable that holds it.${revocation}`;
  return `Read it from an environment variable or a secret manager, or write a placeholder such as <token>.${revocation}`;
}

function article(kind: string): string {
  return /^(?:[aeio]|u(?!ni|ser)|[AEFHILMNORSX][A-Z]|A[a-z])/.test(kind) ? 'an' : 'a';
}
