import { allRows } from '../rules/commands/index.ts';
import { catalogue } from '../rules/secrets/catalogue.ts';

/** Rules that stand in a guard's code rather than in its table. */
const CODED: Readonly<Record<string, readonly string[]>> = {
  'dangerous-commands': ['unreadable'],
  'blocked-paths': ['blocked-path'],
  secrets: [
    'authorization-header',
    'basic-auth',
    'command-password',
    'generic-key',
    'generic-password',
    'generic-secret',
    'generic-token',
    'json-web-token',
    'known-value',
    'private-key',
    'session-cookie',
    'sql-value',
    'unscanned',
    'url-password',
    'url-token',
  ],
};

/** Every `guard/rule` that a policy may name, guard by guard; of a guard that is not listed any name passes. */
export function knownFindings(): string[] {
  return [
    ...Object.entries(CODED).flatMap(([guard, rules]) => rules.map((rule) => `${guard}/${rule}`)),
    ...allRows().map(({ id }) => `dangerous-commands/${id}`),
    ...catalogue().map(({ id }) => `secrets/${id}`),
  ];
}
