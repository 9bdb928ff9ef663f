import { describe, expect, test } from 'vitest';
import type { FileWrite } from '../../src/policy/call.ts';
import { fill, seeded } from '../rules/secrets/template.ts';
import { judge } from '../support/judge.ts';

const token = fill('ghp_{a62*36}', seeded(7)).text;
const [head, tail] = [token.slice(0, 20), token.slice(20)];
const password = fill('Hb{a62*6}9tP{a62*6}', seeded(2)).text;
const ALLOW = `// ${['postern', 'allow'].join(':')} github-pat -- a fixture`;

interface Row {
  readonly name: string;
  readonly before: string;
  readonly edits: readonly (readonly [removed: string, text: string, everywhere?: true])[];
  /** `path:line` of each finding. */
  readonly found: readonly string[];
}

const ROWS: Row[] = [
  { name: 'a secret in the new text, at its own line', before: 'a\nb\nc\n', edits: [['b', `b\nconst t = '${token}'`]], found: ['src/a.ts:3'] },
  { name: 'its second half', before: `\nconst t = '${head}'\n`, edits: [[`${head}'`, `${token}'`]], found: ['src/a.ts:2'] },
  { name: 'only the missing half', before: `const t = '${head}-'\n`, edits: [['-', tail]], found: ['src/a.ts:1'] },
  { name: 'two edits with a half each', before: "const t = 'A'\n", edits: [['A', `${head}B`], ['B', tail]], found: ['src/a.ts:1'] },
  { name: 'taking away what keeps the halves apart', before: `x = '${head} ${tail}'\n`, edits: [[`${head} ${tail}`, token]], found: ['src/a.ts:1'] },
  { name: 'a value below the name that is there', before: "const config = {\n  password: '',\n};\n", edits: [["''", `'${password}'`]], found: ['src/a.ts:2'] },
  { name: 'every place at once', before: "a = ''\nb = ''\n", edits: [["''", `'${token}'`, true]], found: ['src/a.ts:1', 'src/a.ts:2'] },
  { name: 'far down in a long file', before: `${'line\n'.repeat(50_000)}end\n`, edits: [['end', token]], found: ['src/a.ts:50001'] },
  { name: 'a secret that is there already, elsewhere', before: `t = '${token}'\nlet b;\n`, edits: [['let b', 'let c']], found: [] },
  { name: 'a secret that is only context', before: `t = '${token}'\nlet b;\n`, edits: [[`t = '${token}'\nlet b`, `t = '${token}'\nlet c`]], found: [] },
  { name: 'taking a secret away', before: `t = '${token}'\n`, edits: [[token, '']], found: [] },
  { name: 'an allowance of its own', before: 'a\n', edits: [['a', `${ALLOW}\nt = '${token}'`]], found: ['src/a.ts:2'] },
  { name: 'an allowance that was there', before: `${ALLOW}\nt = ''\n`, edits: [["''", `'${token}'`]], found: [] },
  { name: 'an allowance added by an edit before', before: "t = ''\n", edits: [['t', `${ALLOW}\nt`], ["''", `'${token}'`]], found: ['src/a.ts:2'] },
  { name: 'a copy of an allowance', before: `${ALLOW}\nt = 1\nu = 2\n`, edits: [['u = 2', `${ALLOW}\nu = '${token}'`]], found: ['src/a.ts:4'] },
  { name: 'an edit that does not fit the file', before: 'a\n', edits: [['b', token]], found: ['src/a.ts'] },
  { name: 'a new file', before: '', edits: [['', token]], found: ['src/a.ts:1'] },
]; // biome-ignore format: a table of rows

describe('an edit is judged as the file that it results in', () => {
  test.each(ROWS)('$name', ({ before, edits, found }) => {
    const path = 'src/a.ts';
    const files = edits.map(
      ([removed, text, everywhere]): FileWrite => ({
        path,
        text,
        removed,
        partial: true,
        ...(everywhere ? { everywhere } : {}),
      }),
    );
    const facts = { before: new Map([[path, before]]) };
    const { findings } = judge({ kind: 'write', files }, { tool: 'MultiEdit', facts });
    expect(findings.filter(({ guard }) => guard === 'secrets').map(({ where }) => where)).toEqual(found);
  });
});
