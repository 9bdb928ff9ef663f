import { agents } from './agents.ts';
import { any } from './any.ts';
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

/** The tables by area, in the order in which findings are shown. Each is made when one of its rows is first needed. */
const TABLES = {
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
  any,
} as const;

export type Area = keyof typeof TABLES;

export const AREAS = Object.keys(TABLES) as readonly Area[];

const made = new Map<Area, readonly Row[]>();

/** The rows of an area. */
export function rowsOf(area: Area): readonly Row[] {
  const known = made.get(area);
  if (known) return known;
  const rows = TABLES[area]();
  made.set(area, rows);
  return rows;
}
