import type { Reviewed, Reviewer } from './reviewer.ts';

/** Claude Code without tools, settings or a session on disk; the answer is its structured output (observed with 2.1.329). */
export const claude: Reviewer = {
  name: 'claude',
  family: 'claude-code',
  async review({ prompt, schema, run }) {
    const bare = ['--tools', '', '--setting-sources', '', '--strict-mcp-config', '--no-session-persistence'];
    const ran = await run(['claude', '-p', '--output-format', 'json', '--json-schema', schema, ...bare], {
      input: prompt,
    });
    const raw = `${ran.stdout}\n${ran.stderr}`;
    const result = resultIn(ran.stdout);
    if (result?.['is_error'] === true)
      return { kind: 'failed', problem: `it reported an error: ${shown(result)}`, raw };
    if (ran.kind === 'failed') return { kind: 'failed', problem: ran.problem, raw };
    return structured(result, raw);
  },
};

function structured(result: Record<string, unknown> | null, raw: string): Reviewed {
  if (result === null) return { kind: 'failed', problem: 'its answer is no JSON', raw };
  if (result['subtype'] !== 'success')
    return { kind: 'failed', problem: `it ended with ${String(result['subtype'])}`, raw };
  if (result['structured_output'] === undefined)
    return { kind: 'failed', problem: 'its answer does not follow the schema', raw };
  return { kind: 'answered', text: JSON.stringify(result['structured_output']), raw };
}

function resultIn(stdout: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(stdout);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function shown({ result, subtype }: Record<string, unknown>): string {
  return String(result || subtype).slice(0, 300);
}
