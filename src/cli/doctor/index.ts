import { agentHooks } from './agent-hooks.ts';
import type { Check } from './check.ts';
import { client } from './client.ts';
import { files } from './files.ts';
import { gitGate } from './git-gate.ts';
import { halt } from './halt.ts';
import { leftovers } from './leftovers.ts';
import { log } from './log.ts';
import { node } from './node.ts';
import { policy } from './policy.ts';
import { reviews } from './reviews.ts';
import { settings } from './settings.ts';
import { subfolders } from './subfolders.ts';

/** Every check, in the order in which they are reported: what the later ones stand on comes first. */
export const CHECKS: readonly Check[] = [
  node,
  client,
  files,
  settings,
  policy,
  agentHooks,
  gitGate,
  log,
  reviews,
  halt,
  subfolders,
  leftovers,
];
