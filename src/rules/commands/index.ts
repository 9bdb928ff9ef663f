import { agents } from './agents.ts';
import { containers } from './containers.ts';
import { databases } from './databases.ts';
import { files } from './files.ts';
import { git } from './git.ts';
import { hooks } from './hooks.ts';
import { infrastructure } from './infrastructure.ts';
import { line } from './line.ts';
import { machine } from './machine.ts';
import { network } from './network.ts';
import type { Row } from './row.ts';
import { secrets } from './secrets.ts';
import { services } from './services.ts';

/** The areas' tables, in the order in which findings are shown. */
export const areas: readonly (readonly Row[])[] = [
  line,
  files,
  git,
  hooks,
  machine,
  network,
  secrets,
  agents,
  databases,
  containers,
  infrastructure,
  services,
];

/** Every row, area by area. */
export function allRows(): readonly Row[] {
  return areas.flat();
}
