import { describe, expect, test } from 'vitest';
import { BUILTIN } from '../../src/policy/profiles.ts';
import type { Level } from '../../src/policy/types.ts';
import { bash, HOME, judge, ROOT, write } from '../support/judge.ts';

describe('an agent that writes a file', () => {
  test.each([
    { path: '.claude/settings.json', effect: 'deny' },
    { path: '.claude/settings.local.json', effect: 'deny' },
    { path: '.CLAUDE/Settings.JSON', effect: 'deny' },
    { path: 'src/../.claude/settings.json', effect: 'deny' },
    { path: `${ROOT}/.claude/./hooks/pre-tool-use.sh`, effect: 'deny' },
    { path: '.postern/policy.yaml', effect: 'deny' },
    { path: '.postern/gate.cjs', effect: 'deny' },
    { path: '.postern/manifest.json', effect: 'deny' },
    { path: '.husky/pre-push', effect: 'deny' },
    { path: '.git/hooks/pre-commit', effect: 'deny' },
    { path: '.git/config', effect: 'deny' },
    { path: '.git/postern/audit.jsonl', effect: 'deny' },
    { path: '.git/postern/HALT', effect: 'deny' },
    { path: '.codex/hooks.json', effect: 'deny' },
    { path: '.cursor/mcp.json', effect: 'deny' },
    { path: '.pre-commit-config.yaml', effect: 'deny' },
    { path: '~/.claude/settings.json', effect: 'deny' },
    { path: '~/.gitconfig', effect: 'deny' },
    { path: '/etc/postern/policy.yaml', effect: 'deny' },
    { path: '.claude/agents/code-reviewer.md', effect: 'deny' },
    { path: 'CLAUDE.md', effect: 'ask' },
    { path: '.mcp.json', effect: 'ask' },
    { path: 'docs/CLAUDE.md', effect: 'allow' },
    { path: '.claude/commands/mine.md', effect: 'allow' },
    { path: '.github/workflows/ci.yml', effect: 'allow' },
    { path: 'src/config', effect: 'allow' },
    { path: 'src/hooks/use-cart.ts', effect: 'allow' },
    { path: 'src/settings.json', effect: 'allow' },
    { path: '.gitignore', effect: 'allow' },
  ])('$path -> $effect', ({ path, effect }) => {
    expect(judge(write(path), { tool: 'Write' }).effect).toBe(effect);
  });

  test('goes through a symlink -> deny', () => {
    const links = { [`${ROOT}/dot`]: `${ROOT}/.claude` };
    expect(judge(write('dot/settings.json'), { tool: 'Write', links }).rule).toBe('protected-paths/claude-settings');
  });

  test('reads the settings -> allow', () => {
    expect(judge({ kind: 'read', paths: ['.claude/settings.json'] }, { tool: 'Read' }).effect).toBe('allow');
  });

  test.each([
    { input: { path: '.claude/settings.json', content: '{}' }, tool: 'mcp__fs__write_file', effect: 'deny' },
    { input: { path: '.claude/settings.json' }, tool: 'mcp__fs__read_file', effect: 'allow' },
    {
      input: { files: [{ destination: 'file:///home/dev/work/app/.husky/pre-push' }] },
      tool: 'mcp__fs__move',
      effect: 'deny',
    },
    { input: { text: 'please look at .claude/settings.json today' }, tool: 'mcp__chat__post', effect: 'allow' },
    { input: { path: '.env' }, tool: 'mcp__fs__read_file', effect: 'deny' },
  ])('$tool $input -> $effect', ({ input, tool, effect }) => {
    expect(judge({ kind: 'tool', input }, { tool }).effect).toBe(effect);
  });

  test('paths of the policy are protected too', () => {
    const guards = {
      ...BUILTIN.guards,
      'protected-paths': { ...BUILTIN.guards['protected-paths'], paths: ['infra/**'] },
    };
    const decision = judge(write('infra/main.tf'), { tool: 'Write', policy: { ...BUILTIN, guards } });
    expect(decision).toMatchObject({ effect: 'deny', rule: 'protected-paths/policy-path' });
  });
});

describe('a shell command on governance files', () => {
  test.each([
    'echo {} > .claude/settings.json',
    'echo {} | tee ~/.claude/settings.json',
    'cp /tmp/x .claude/settings.json',
    'mv .claude /tmp/away',
    'rm -rf .claude',
    'rm -rf .git/postern',
    'rm .claude/hooks/*.sh',
    'chmod -x .husky/pre-commit',
    'sed -i s/deny/allow/ .postern/policy.yaml',
    'ln -sf /bin/true .git/hooks/pre-push',
    'cd .claude && echo {} > settings.json',
    'F=.claude/settings.json; echo {} > "$F"',
    'git checkout HEAD~3 -- .claude/settings.json',
    'truncate -s0 .git/postern/audit.jsonl',
    'touch .git/postern/HALT',
    'git stash -- .claude',
    'git mv .postern p',
    'git rm --cached .postern/policy.yaml',
    'tar xf x.tgz -C .claude',
    'unzip -o x.zip -d .postern',
    'cp -r evil/. .claude',
    'git apply --directory=.claude x.patch',
    'echo {} > "$(git rev-parse --show-toplevel)/.claude/settings.json"',
    'cd "$X" && echo {} > .claude/settings.json',
    'echo {} > $CLAUDE_PROJECT_DIR/.postern/policy.yaml',
    'ln -s .claude d; echo {} > d/settings.json',
  ])('%s -> deny', (command) => {
    expect(judge(bash(command)).effect).toBe('deny');
  });

  test.each([
    'cat .claude/settings.json',
    'git diff -- .claude',
    'ls -la .husky .git/hooks',
    'rm -rf dist',
    'cp src/a.ts src/b.ts',
    'grep hooksPath .git/config',
    'git add .claude && git status',
    'cp -r templates/. .github/',
    'cp -r docs src',
    'echo x > $OUT/index.html',
    'cd "$X" && git add . && git commit -m y',
    'tar xzf x.tgz -C vendor',
    'mkdir -p .claude/commands && echo hi > .claude/commands/x.md',
  ])('%s -> allow', (command) => {
    expect(judge(bash(command)).effect).toBe('allow');
  });
});

describe('blocked paths', () => {
  test.each([
    { path: '.env', effect: 'deny' },
    { path: 'packages/api/.env.production', effect: 'deny' },
    { path: '.env.example', effect: 'allow' },
    { path: `${HOME}/.ssh/id_ed25519`, effect: 'deny' },
    { path: `${HOME}/.ssh/id_ed25519.pub`, effect: 'allow' },
    { path: '~/.aws/credentials', effect: 'deny' },
    { path: 'src/env.ts', effect: 'allow' },
  ])('reading $path -> $effect', ({ path, effect }) => {
    expect(judge({ kind: 'read', paths: [path] }, { tool: 'Read' }).effect).toBe(effect);
  });

  test.each([
    { command: 'cat .env', effect: 'deny' },
    { command: 'cat .env*', effect: 'deny' },
    { command: 'cat $DIR/.env', effect: 'deny' },
    { command: 'cat "$(git rev-parse --show-toplevel)/.env"', effect: 'deny' },
    { command: 'cd "$X"; cat .env', effect: 'deny' },
    { command: 'cat $DIR/.env.example', effect: 'allow' },
    { command: 'cat $DIR/package.json', effect: 'allow' },
    { command: 'git rm --cached .env', effect: 'allow' },
    { command: 'tar xzf x.tgz -C ~/.local', effect: 'allow' },
    { command: 'docker run --rm -v "$PWD":/w alpine cat /w/.env', effect: 'deny' },
    { command: 'docker run --rm -v "$PWD":/w alpine cat /w/package.json', effect: 'allow' },
    { command: 'cat ./.e*', effect: 'deny' },
    { command: 'cat < .env', effect: 'deny' },
    { command: 'cp .env /tmp/x', effect: 'deny' },
    { command: 'cat .env.example', effect: 'allow' },
    { command: 'echo "put it in .env"', effect: 'allow' },
    { command: 'ls -la', effect: 'allow' },
    { command: 'cat *', effect: 'allow' },
  ])('$command -> $effect', ({ command, effect }) => {
    expect(judge(bash(command)).effect).toBe(effect);
  });

  test('a prompt that mentions a blocked file -> deny', () => {
    expect(
      judge({ kind: 'prompt', text: 'look at @.env', mentions: ['.env'] }, { tool: 'UserPromptSubmit' }).effect,
    ).toBe('deny');
  });

  test('a person at the git gate may commit what agents may not touch', () => {
    const action = {
      kind: 'commit' as const,
      files: [{ path: '.postern/policy.yaml', text: 'version: 1', partial: true }],
    };
    expect(judge(action, { tool: 'git commit', client: 'person' }).effect).toBe('allow');
  });
});

describe('autonomy', () => {
  const at = (level: Level, ceiling: Level = 'L3') => ({ ...BUILTIN, autonomy: { level, ceiling } });

  test.each([
    { level: 'L0' as const, tool: 'Read', action: { kind: 'read' as const, paths: ['a.ts'] }, effect: 'allow' },
    { level: 'L0' as const, tool: 'Write', action: write('a.ts'), effect: 'deny' },
    { level: 'L0' as const, tool: 'Bash', action: bash('git status'), effect: 'allow' },
    { level: 'L0' as const, tool: 'Bash', action: bash('touch a'), effect: 'deny' },
    { level: 'L0' as const, tool: 'mcp__new__thing', action: { kind: 'tool' as const, input: {} }, effect: 'deny' },
    { level: 'L1' as const, tool: 'Write', action: write('a.ts'), effect: 'ask' },
    { level: 'L1' as const, tool: 'mcp__new__thing', action: { kind: 'tool' as const, input: {} }, effect: 'ask' },
    { level: 'L2' as const, tool: 'Write', action: write('a.ts'), effect: 'allow' },
    { level: 'L3' as const, tool: 'Bash', action: bash('npm test'), effect: 'allow' },
  ])('$level $tool $action -> $effect', ({ level, tool, action, effect }) => {
    expect(judge(action, { tool, policy: at(level) }).effect).toBe(effect);
  });

  test('the ceiling holds whatever the level says', () => {
    expect(judge(write('a.ts'), { tool: 'Write', policy: at('L3', 'L1') }).effect).toBe('ask');
  });
});
