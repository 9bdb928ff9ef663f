import type { Reviewer } from './reviewer.ts';

/** Any program: it gets `{prompt, diff, schema}` as JSON on its standard input and prints findings as JSON. */
export function commandReviewer(words: readonly string[]): Reviewer {
  return {
    name: 'command',
    family: '',
    async review({ prompt, diff, schema, run }) {
      if (words.length === 0) return { kind: 'failed', problem: 'review.command names no program', raw: '' };
      const ran = await run(words, { input: JSON.stringify({ prompt, diff, schema: JSON.parse(schema) }) });
      const raw = `${ran.stdout}\n${ran.stderr}`;
      return ran.kind === 'failed'
        ? { kind: 'failed', problem: ran.problem, raw }
        : { kind: 'answered', text: ran.stdout, raw };
    },
  };
}
