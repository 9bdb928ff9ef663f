import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Keys that tests make do not land in the home of whoever runs them. */
const env = { XDG_STATE_HOME: mkdtempSync(join(tmpdir(), 'postern-state-')) };

export default defineConfig({
  test: {
    env,
    include: ['test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 300_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
