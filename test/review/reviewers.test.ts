import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { claude } from '../../src/review/reviewers/claude.ts';
import { codex } from '../../src/review/reviewers/codex.ts';
import type { Reviewer } from '../../src/review/reviewers/reviewer.ts';
import type { Ran } from '../../src/review/run-process.ts';

const CLEAN = '{"findings":[]}';
const WARNING = '{"type":"item.completed","item":{"type":"error","message":"Model metadata not found"}}\n';
const COMPLETED = '{"type":"turn.completed","usage":{}}\n';

interface Row {
  readonly ends: string;
  readonly stdout: string;
  /** What the client leaves in the file that it was told to write the answer to; codex only. */
  readonly file?: string;
  readonly ran?: Ran['kind'];
  readonly kind: 'answered' | 'failed';
}

const CODEX: Row[] = [
  { ends: 'with an answer, after a warning', stdout: WARNING + COMPLETED, file: CLEAN, kind: 'answered' },
  {
    ends: 'with an answer, after a stream that broke off',
    stdout: `{"type":"error","message":"Reconnecting... 1/5"}\n${COMPLETED}`,
    file: CLEAN,
    kind: 'answered',
  },
  { ends: 'well, with an error event', stdout: '{"type":"error","message":"quota"}\n', file: CLEAN, kind: 'failed' },
  { ends: 'well, with a failed turn', stdout: '{"type":"turn.failed","error":{}}\n', file: CLEAN, kind: 'failed' },
  { ends: 'well, without an answer', stdout: COMPLETED, kind: 'failed' },
  { ends: 'badly, with an answer', stdout: COMPLETED, file: CLEAN, ran: 'failed', kind: 'failed' },
];

const result = (over: object) =>
  JSON.stringify({
    ...{ type: 'result', subtype: 'success', is_error: false, structured_output: { findings: [] } },
    ...over,
  });

const CLAUDE: Row[] = [
  { ends: 'with an answer', stdout: result({}), kind: 'answered' },
  { ends: 'well, with an error', stdout: result({ is_error: true, result: 'API Error' }), kind: 'failed' },
  { ends: 'well, at a limit', stdout: result({ subtype: 'error_max_turns' }), kind: 'failed' },
  { ends: 'well, having only talked', stdout: result({ structured_output: undefined, result: CLEAN }), kind: 'failed' },
  { ends: 'well, with nothing', stdout: '', kind: 'failed' },
  { ends: 'well, cut off', stdout: result({}).slice(0, 40), kind: 'failed' },
  { ends: 'badly, with an answer', stdout: result({}), ran: 'failed', kind: 'failed' },
];

/** What a reviewer makes of a client that ends like this. */
async function reply(reviewer: Reviewer, { stdout, file, ran = 'done' }: Row) {
  const folder = mkdtempSync(join(tmpdir(), 'postern-reply-'));
  const run = async (): Promise<Ran> => {
    if (file !== undefined) writeFileSync(join(folder, 'answer.json'), file);
    const said = { stdout, stderr: '' };
    return ran === 'done' ? { kind: 'done', ...said } : { kind: 'failed', problem: 'it ended with 1', ...said };
  };
  return reviewer.review({ prompt: 'p', diff: 'd', schema: '{}', folder, run });
}

describe('what a client prints is an answer, or none', () => {
  test.each(CODEX)('codex ends $ends -> $kind', async (row) =>
    expect(await reply(codex, row)).toMatchObject({ kind: row.kind }),
  );
  test.each(CLAUDE)('claude ends $ends -> $kind', async (row) =>
    expect(await reply(claude, row)).toMatchObject({ kind: row.kind }),
  );
});
