import { type Candidate, RANK } from './match.ts';
import { classifyName } from './names.ts';
import { isSecretValue } from './values.ts';

const COLUMNS = /NTO [\w.`"[\]]{1,80} ?\(([\w\s,`"[\]]{1,600})\)\s{0,20}VALUES\s{0,20}/iy;
const ROW = /\s{0,20},?\s{0,20}\(/y;
const VALUE =
  /\s{0,8}(?:N?'((?:[^'\\\n]|\\.|''){0,400})'|"([^"\n]{0,400})"|([^,()'"\n]{0,80})|\w{1,30}\([^()]{0,80}\))\s{0,8}([,)])/y;
const MAX_ROWS = 200;

/** Reads `INSERT INTO t (a, password) VALUES (…), (…)` from its `NTO `: what the columns' names say holds for the values. */
export function readInsert(text: string, at: number): readonly Candidate[] | null {
  COLUMNS.lastIndex = at;
  const columns = COLUMNS.exec(text)?.[1]
    ?.split(',')
    .map((name) => classifyName(name.trim().replace(/[`"[\]]/g, '')));
  if (columns === undefined || columns.every((kind) => kind === 'none')) return null;
  const found: Candidate[] = [];
  let from = COLUMNS.lastIndex;
  for (let row = 0; row < MAX_ROWS; row++) {
    ROW.lastIndex = from;
    if (!ROW.test(text)) break;
    from = ROW.lastIndex;
    for (const name of columns) {
      VALUE.lastIndex = from;
      const value = VALUE.exec(text);
      if (value === null) return found;
      const secret = value[1] ?? value[2];
      if (
        name !== 'none' &&
        secret !== undefined &&
        isSecretValue(secret, { name, quoted: true, loose: false, code: false })
      ) {
        const start = text.indexOf(secret, from);
        found.push({
          rule: 'sql-value',
          kind: 'secret in SQL',
          start,
          end: start + secret.length,
          severity: 'high',
          rank: RANK.structure,
        });
      }
      from = VALUE.lastIndex;
      if (value[4] === ')') break;
    }
  }
  return found;
}
