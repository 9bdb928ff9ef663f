import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { knownFindings } from '../../src/cli/known-findings.ts';

const GUARDS = ['secrets', 'dangerous-commands', 'blocked-paths'];

const coded = readdirSync('src/guards', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .flatMap((name) => {
    const guard = GUARDS.find((one) => name === `${one}.ts` || name.startsWith(`${one}/`));
    const rules = [...readFileSync(join('src/guards', name), 'utf8').matchAll(/\brule: '([a-z0-9-]+)'/g)];
    return guard ? rules.map((match) => `${guard}/${match[1]}`) : [];
  });

test.each(coded)('a policy may name %s', (finding) => expect(knownFindings()).toContain(finding));

test('no finding is listed twice', () => expect(knownFindings()).toHaveLength(new Set(knownFindings()).size));
