// Runs every test of the project: builds, then vitest and bats. The last line is the plain total over both.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const scratch = mkdtempSync(join(tmpdir(), 'postern-test-'));
const bin = (name) => join('node_modules', '.bin', name);
const run = (command, args, options = {}) => spawnSync(command, args, { stdio: 'inherit', ...options });

const filters = process.argv.slice(2);
if (run(process.execPath, ['scripts/build.mjs']).status !== 0) {
  console.log('0 passed, 1 failed');
  process.exit(1);
}
const totals = [vitest(), ...(filters.length === 0 ? [bats()] : [])];
rmSync(scratch, { recursive: true, force: true });
const passed = totals.reduce((sum, total) => sum + total.passed, 0);
const failed = totals.reduce((sum, total) => sum + total.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

/** A runner that ends badly without saying which test failed counts as one failure. */
function vitest() {
  const report = join(scratch, 'vitest.json');
  const { status } = run(bin('vitest'), [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile=${report}`,
    ...filters,
  ]);
  try {
    const { numPassedTests, numFailedTests, success } = JSON.parse(readFileSync(report, 'utf8'));
    return { passed: numPassedTests, failed: Math.max(numFailedTests, success && status === 0 ? 0 : 1) };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

function bats() {
  const files = readdirSync('test/hooks')
    .filter((name) => name.endsWith('.bats'))
    .map((name) => join('test/hooks', name));
  const { status, stdout } = run('bash', ['node_modules/bats/bin/bats', '--tap', ...files], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  process.stdout.write(stdout);
  const count = (mark) => stdout.split('\n').filter((line) => line.startsWith(mark)).length;
  return { passed: count('ok '), failed: Math.max(count('not ok '), status === 0 ? 0 : 1) };
}
