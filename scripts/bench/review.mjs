import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILES = Number(process.env.POSTERN_BENCH_FILES ?? 50_000);
const COMMITS = 500;

/** What the push gate adds to `git push`, without a reviewer: pushes of 1 and of 500 commits, in a small and in a large repository. */
export default function review({ env, folder, rounds, measure, print }) {
  const git = (cwd, args, options = {}) =>
    execFileSync('git', args, {
      cwd,
      env,
      stdio: ['pipe', 'pipe', 'pipe'],
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      ...options,
    }).trim();

  /** A guarded repository with a bare remote that has its first commit; `one` and `many` are ahead of that. */
  function repository(name, files) {
    const [root, remote] = [join(folder, name), join(folder, `${name}.git`)];
    git(folder, ['init', '-q', '--bare', '-b', 'main', remote]);
    git(folder, ['init', '-q', '-b', 'main', root]);
    for (const [key, value] of [
      ['user.name', 'Bench'],
      ['user.email', 'bench@example.org'],
      ['gc.auto', '0'],
    ])
      git(root, ['config', key, value]);
    git(root, ['remote', 'add', 'origin', remote]);
    git(root, ['fast-import', '--quiet'], { input: history(files) });
    git(root, ['reset', '-q', '--hard', 'main']);
    for (const hook of ['pre-push']) {
      copyFileSync(join('husky', hook), join(root, '.git/hooks', hook));
      chmodSync(join(root, '.git/hooks', hook), 0o755);
    }
    git(root, ['push', '-q', '--no-verify', 'origin', 'main']);
    return { root, remote };
  }

  /** A first commit of many files, and two branches upon it. */
  function history(files) {
    const out = [];
    const commit = (branch, from, message) => {
      out.push(
        `commit refs/heads/${branch}`,
        'committer Bench <bench@example.org> 1700000000 +0000',
        `data ${message.length}`,
        message,
      );
      if (from) out.push(`from ${from}`);
    };
    const file = (path, text) => out.push(`M 100644 inline ${path}`, `data ${Buffer.byteLength(text)}`, text);
    commit('main', '', 'First');
    for (let at = 0; at < files; at++) file(`src/d${at % 250}/f${at}.ts`, `export const f${at} = ${at};\n`);
    file('.postern/policy.yaml', 'version: 1\nextends: team\ncommits: { mark: false }\n');
    file('.postern/gate.cjs', readFileSync('dist/gate.cjs', 'utf8'));
    commit('one', 'refs/heads/main', 'One');
    file('src/new.ts', 'export const one = 1;\n');
    for (let at = 0; at < COMMITS; at++) {
      commit('many', at === 0 ? 'refs/heads/main' : '', `Many ${at}`);
      file(`src/d${at % 250}/new${at}.ts`, `export const n${at} = ${at};\n`);
    }
    return `${out.join('\n')}\n`;
  }

  const small = repository('small', 200);
  const large = repository('large', FILES);
  const push =
    ({ root, remote }, branch, args) =>
    () => {
      spawnSync('git', ['push', '-q', ...args, 'origin', `${branch}:refs/heads/pushed`], { cwd: root, env });
      git(remote, ['update-ref', '-d', 'refs/heads/pushed']);
      spawnSync('git', ['update-ref', '-d', 'refs/remotes/origin/pushed'], { cwd: root, env });
    };
  for (const branch of ['one', 'many']) {
    const cases = {
      'node -e 0': () => spawnSync(process.execPath, ['-e', '0'], { env }),
      'no hook': push(large, branch, ['--no-verify']),
      'push gate': push(large, branch, []),
      'no hook, 200 files': push(small, branch, ['--no-verify']),
      'push gate, 200 files': push(small, branch, []),
    };
    const commits = branch === 'one' ? '1 commit' : `${COMMITS} commits`;
    print(`git push of ${commits}, ${FILES} files`, measure(cases, Math.min(rounds, 15)), 'no hook');
    console.log(`  git is started ${startedGits(large, branch)} times by the gate\n`);
  }

  /** Counts the programs that the gate starts, by a `git` that notes each start. */
  function startedGits({ root, remote }, branch) {
    const [bin, log] = [join(folder, 'counting'), join(folder, 'started')];
    mkdirSync(bin, { recursive: true });
    const real = execFileSync('sh', ['-c', 'command -v git'], { env, encoding: 'utf8' }).trim();
    writeFileSync(join(bin, 'git'), `#!/bin/sh\necho x >>'${log}'\nexec '${real}' "$@"\n`, { mode: 0o755 });
    writeFileSync(log, '');
    const head = git(root, ['rev-parse', branch]);
    const line = `refs/heads/${branch} ${head} refs/heads/pushed ${'0'.repeat(40)}\n`;
    const counting = { ...env, PATH: `${bin}:${env.PATH}` };
    const { status, stderr } = spawnSync(process.execPath, ['.postern/gate.cjs', 'git', 'pre-push', 'origin', remote], {
      cwd: root,
      env: counting,
      input: line,
      encoding: 'utf8',
    });
    if (status !== 10) throw new Error(`the gate ended with ${status}: ${stderr}`);
    return readFileSync(log, 'utf8').trim().split('\n').length;
  }
}
