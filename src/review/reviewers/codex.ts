import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Reviewed, Reviewer } from './reviewer.ts';

/**
 * Codex. `codex exec` sends the schema as strict structured output and writes the last message to a file; `codex review` exits 0 whatever it
 * finds and prints prose, so it is not used (observed with 0.169.0).
 */
export const codex: Reviewer = {
  name: 'codex',
  family: 'codex',
  async review({ prompt, schema, folder, run }) {
    const [schemaFile, answerFile] = [join(folder, 'schema.json'), join(folder, 'answer.json')];
    writeFileSync(schemaFile, schema);
    const out = ['--json', '--output-schema', schemaFile, '-o', answerFile];
    const safe = ['-s', 'read-only', '--ephemeral', '--skip-git-repo-check'];
    const alone = WITHOUT.flatMap((setting) => ['-c', setting]);
    const ran = await run(['codex', 'exec', ...out, ...safe, ...alone, '-'], { input: prompt });
    const raw = `${ran.stdout}\n${ran.stderr}`;
    const failure = failureIn(ran.stdout);
    if (failure !== null) return { kind: 'failed', problem: failure, raw };
    if (ran.kind === 'failed') return { kind: 'failed', problem: ran.problem, raw };
    return answer(answerFile, raw);
  },
};

/**
 * What a reviewer does not need and a diff could talk it into: a shell, other agents, the web, instructions of a project. Settings that a
 * version does not know do nothing; flags that it does not know would end it.
 */
const WITHOUT = [
  ...['shell_tool', 'unified_exec', 'multi_agent', 'goals', 'hooks', 'apps'].map((name) => `features.${name}=false`),
  'web_search="disabled"',
  'project_doc_max_bytes=0',
];

/**
 * A turn that failed says so in an event of its own, whatever the exit code. Other `error` items are warnings, and so is a stream that
 * broke off and was taken up again.
 */
function failureIn(stdout: string): string | null {
  const isFailure = (line: string) =>
    /^\{"type":"(turn\.failed|error)"/.test(line) && !/^\{"type":"error","message":"Reconnecting/.test(line);
  const line = stdout.split('\n').find(isFailure);
  return line === undefined ? null : `it reported an error: ${line.slice(0, 300)}`;
}

function answer(file: string, raw: string): Reviewed {
  try {
    return { kind: 'answered', text: readFileSync(file, 'utf8'), raw };
  } catch {
    return { kind: 'failed', problem: 'it answered nothing', raw };
  }
}
