// Shows Postern at work on real input: builds it, guards a scratch repository with a bare remote, and drives every gate.
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const cli = resolve('dist/cli.js');
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'postern-demo-')));
const repo = join(folder, 'shop');
const env = {
  PATH: process.env.PATH,
  HOME: join(folder, 'home'),
  LANG: 'C.UTF-8',
  FORCE_COLOR: process.stdout.isTTY ? '1' : '',
};
let failures = 0;

title('Build');
expect(spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' }).status, 0);

title('A repository with a bare remote');
quiet('git', ['init', '-q', '--bare', '-b', 'main', join(folder, 'remote.git')], folder);
quiet('git', ['init', '-q', '-b', 'main', repo], folder);
for (const [key, value] of [
  ['user.name', 'Ada'],
  ['user.email', 'ada@example.test'],
])
  quiet('git', ['config', key, value]);
writeFileSync(join(repo, 'app.js'), 'export const total = (cart) => cart.length;\n');
quiet('git', ['add', '.']);
quiet('git', ['commit', '-qm', 'Count the cart']);
quiet('git', ['remote', 'add', 'origin', join(folder, 'remote.git')]);
quiet('git', ['push', '-q', 'origin', 'main']);
console.log(repo);

title('Install the guard');
show(['init', '--yes'], 0);
quiet('git', ['add', '-A']);
quiet('git', ['commit', '-qm', 'Guard the repository with Postern']);

title('An agent wants to throw uncommitted work away: denied');
appendFileSync(join(repo, 'app.js'), '// work in progress\n');
agent('Bash', { command: 'git reset --hard' }, 'deny');

title('An agent wants to write a credential into a file: denied');
const key = ['AKIA', 'Q3EGRIFHS7XW', 'N2KT'].join(''); // postern:allow aws-access-key-id -- put together here, opens nothing
agent('Write', { file_path: join(repo, 'config.js'), content: `export const awsAccessKeyId = '${key}';\n` }, 'deny');

title('An agent works as it should: silence');
agent('Bash', { command: 'git status && npm test' }, '');

title('A push that touches the guard itself is blocked without a review …');
run('git', ['push', 'origin', 'main'], 1);

title('… and goes through when a person skips the review on the record');
run('git', ['push', 'origin', 'main'], 0, { POSTERN_SKIP_REVIEW: 'first install, read by Ada' });

title('Somebody changed a hook: upgrade shows the drift');
appendFileSync(join(repo, '.claude/hooks/stop.sh'), '# a local addition\n');
show(['upgrade', '--check'], 1);

title('The log proves what happened');
show(['audit', 'tail', '-n', '6'], 0);
show(['audit', 'verify'], 0);

if (readFileSync(join(repo, '.git/postern/audit.jsonl'), 'utf8').includes(key)) failures++;
rmSync(folder, { recursive: true, force: true });
console.log(failures === 0 ? '\nThe demo ran as it should.' : `\n${failures} steps did not do what they should.`);
process.exitCode = failures === 0 ? 0 : 1;

function title(text) {
  console.log(`\n# ${text}`);
}

function quiet(command, args, cwd = repo) {
  const { status, stderr } = spawnSync(command, args, { cwd, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
}

function run(command, args, wanted, over = {}) {
  const words = Object.entries(over).map(([name, value]) => `${name}="${value}" `);
  console.log(`$ ${words.join('')}${command} ${args.join(' ')}`);
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: repo,
    env: { ...env, ...over },
    encoding: 'utf8',
  });
  process.stdout.write(stdout + stderr);
  expect(status, wanted);
}

function show(args, wanted) {
  console.log(`$ npx postern ${args.join(' ')}`);
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd: repo, env, encoding: 'utf8' });
  process.stdout.write(stdout + stderr);
  expect(status, wanted);
}

/** Sends the event that Claude Code would send, through the installed hook. */
function agent(tool, input, wanted) {
  const event = {
    session_id: 'demo',
    cwd: repo,
    hook_event_name: 'PreToolUse',
    tool_name: tool,
    tool_input: input,
    tool_use_id: `demo-${tool}`,
  };
  console.log(`> ${tool} ${input.command ?? input.file_path.slice(repo.length + 1)}`);
  const hook = join(repo, '.claude/hooks/pre-tool-use.sh');
  const { status, stdout } = spawnSync(hook, { cwd: repo, env, input: JSON.stringify(event), encoding: 'utf8' });
  const answer = stdout === '' ? null : JSON.parse(stdout).hookSpecificOutput;
  console.log(answer ? answer.permissionDecisionReason : '(no answer: the call goes on)');
  expect(status, 0);
  expect(answer?.permissionDecision ?? '', wanted);
}

function expect(found, wanted) {
  if (found === wanted) return;
  failures++;
  console.log(`!! expected ${JSON.stringify(wanted)}, got ${JSON.stringify(found)}`);
}
