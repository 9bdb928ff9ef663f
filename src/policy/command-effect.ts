/** What the commands behind a rule do, in the words by which a policy allows or denies them. */
export const COMMAND_EFFECTS = [
  'deletes',
  'overwrites',
  'discards-work',
  'rewrites-history',
  'bypasses-hooks',
  'weakens-guard',
  'reads-secret',
  'sends-out',
  'runs-unknown-code',
  'changes-data',
  'changes-remote',
  'publishes',
  'changes-machine',
  'hides-traces',
] as const;

export type CommandEffect = (typeof COMMAND_EFFECTS)[number];
