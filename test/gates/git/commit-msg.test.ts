import { describe, expect, test } from 'vitest';
import { messageIn } from '../../../src/gates/git/commit-msg.ts';
import { AGENT, type Env, fakeToken, GuardedRepo } from './guarded-repo.ts';

const SIGNED = 'Add a login\n\nCo-authored-by: Claude <noreply@anthropic.com>\n';
const SCISSORS = '# ------------------------ >8 ------------------------\n';

interface Row {
  readonly commits: string;
  readonly message: string;
  readonly env?: Env;
  readonly code: 10 | 1 | 2;
  readonly says?: string;
}

const ROWS: Row[] = [
  { commits: 'attribution: allow', message: SIGNED, code: 10 },
  { commits: 'attribution: deny', message: SIGNED, code: 1, says: 'Co-authored-by: Claude' },
  { commits: 'attribution: deny', message: SIGNED, env: AGENT, code: 1, says: 'attribution/ai-attribution' },
  { commits: 'attribution: deny', message: 'Add a login\n', env: AGENT, code: 10 },
  { commits: 'attribution: deny', message: `Add a login\n# ${SIGNED.split('\n')[2]}\n`, code: 10 },
  { commits: 'attribution: deny', message: `Add a login\n${SCISSORS}${SIGNED}`, code: 10 },
  { commits: 'attribution: deny', message: SIGNED.replaceAll('\n', '\r\n'), code: 1 },
  { commits: 'attribution: require', message: SIGNED, env: AGENT, code: 10 },
  { commits: 'attribution: require', message: 'Add a login\n', env: AGENT, code: 1, says: 'Assisted-by: Claude Code' },
  { commits: 'attribution: require', message: 'Add a login\n', code: 10 },
  { commits: 'conventional: true', message: 'feat(login)!: keep the session\n', code: 10 },
  { commits: 'conventional: true', message: '# a comment\n\nfix: x\n', code: 10 },
  { commits: 'conventional: true', message: 'Keep the session\n', code: 1, says: 'type(scope): subject' },
  { commits: 'conventional: true', message: "Merge branch 'topic'\n", code: 10 },
  { commits: 'conventional: true', message: 'Revert "feat: x"\n', code: 10 },
  { commits: 'conventional: true', message: 'fixup! whatever\n', code: 10 },
  { commits: 'conventional: true', message: '\n# nothing\n', code: 10 },
  { commits: 'conventional: false', message: 'Keep the session\n', code: 10 },
  { commits: 'attribution: allow', message: `Use ${fakeToken()}\n`, code: 1, says: 'the commit message' },
];

test.each(ROWS)('$commits: $message -> $code', async ({ commits, message, env = {}, code, says = '' }) => {
  const repo = new GuardedRepo(`commits: { ${commits} }\n`);
  repo.write('.git/COMMIT_EDITMSG', message);
  const answer = await repo.gate('commit-msg', ['.git/COMMIT_EDITMSG'], { env });
  expect(answer).toMatchObject({ code });
  expect(answer.stderr).toContain(says);
});

test.each([
  { broken: 'no file named', args: [] },
  { broken: 'a file that is not there', args: ['.git/NOTHING'] },
  { broken: 'a folder', args: ['.git'] },
])('$broken -> 2', async ({ args }) => {
  expect(await new GuardedRepo().gate('commit-msg', args)).toMatchObject({ code: 2 });
});

test('the comment character of the repository counts', async () => {
  const repo = new GuardedRepo('commits: { conventional: true }\n');
  repo.git('config', 'core.commentChar', ';');
  repo.write('.git/MSG', '; not the subject\nfeat: x\n');
  expect(await repo.gate('commit-msg', ['.git/MSG'])).toMatchObject({ code: 10 });
});

describe('messageIn', () => {
  test.each([
    { text: 'a\n# b\nc', mark: '#', is: 'a\nc' },
    { text: 'a\n#5 is fixed\n; b', mark: ';', is: 'a\n#5 is fixed' },
    { text: `a\n${SCISSORS}b`, mark: '#', is: 'a' },
    { text: 'a\n#5 is fixed\n; Please enter\n', mark: 'auto', is: 'a\n#5 is fixed\n' },
    { text: 'a\n', mark: 'auto', is: 'a\n' },
    { text: 'a\n// b', mark: '//', is: 'a' },
  ])('$text with $mark', ({ text, mark, is }) => expect(messageIn(text, mark)).toBe(is));
});
