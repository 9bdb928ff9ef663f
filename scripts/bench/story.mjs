/** The HTML report of 100,000 records, whole process, and the query of one session among them. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export default function story({ cli, env, folder, guardedRepo, measure, print, runTypeScript }) {
  const repo = guardedRepo('story');
  runTypeScript('fill-log', [join(repo, '.git/postern'), '100000']);
  const run = (...args) => {
    const { status, stderr } = spawnSync(process.execPath, [cli, 'audit', ...args], {
      cwd: repo,
      env,
      encoding: 'utf8',
      maxBuffer: 1e8,
    });
    if (status !== 0) throw new Error(stderr);
  };
  const cases = {
    'node -e 0': () => spawnSync(process.execPath, ['-e', '0'], { env }),
    'audit report --html': () => run('report', '--html', join(folder, 'report.html')),
    'audit query --session': () => run('query', '--json', '--session', 'session-77'),
    'audit summary': () => run('summary'),
  };
  print('100,000 records', measure(cases, 5), 'node -e 0');
}
