import { spawnSync } from 'node:child_process';

/** `init --yes` in a fresh repository. */
export default function init({ env, rounds, guardedRepo, measure, print }) {
  let count = 0;
  const cases = {
    'node -e 0': () => spawnSync(process.execPath, ['-e', '0'], { env }),
    'init --yes': () => guardedRepo(`init${count++}`),
  };
  print('init --yes in a fresh repository', measure(cases, Math.min(rounds, 8)), 'node -e 0');
}
