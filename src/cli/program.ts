import { Command, CommanderError, Option } from 'commander';
import { redact } from '../guards/secrets/redact.ts';
import type { Context, ExitCode } from './context.ts';
import { DONE, EXIT_CODES, FAILED } from './exit-codes.ts';
import { auditing } from './program-audit.ts';
import { VERSION } from './version.ts';

/** A command's module: loaded only when the command runs. */
type Module<Options> = () => Promise<{ run(options: Options, context: Context): Promise<ExitCode> }>;

/** Runs a command's module with the options that were typed and those that are given. */
export type Does = <Options>(load: Module<Options>, given?: Partial<Options>) => (options: Options) => Promise<void>;

export const JSON_HELP = 'print the same facts as JSON';

/** Runs one command line (without `node` and the script) and gives its exit code. */
export async function runProgram(argv: readonly string[], context: Context): Promise<ExitCode> {
  let code: ExitCode = DONE;
  const does =
    <Options>(load: Module<Options>, given: Partial<Options> = {}) =>
    async (options: Options) => {
      code = await (await load()).run({ ...options, ...given }, context);
    };
  try {
    await program(context, does).parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? DONE : FAILED;
    throw error;
  }
}

const DRY_RUN_HELP = 'print the plan and change nothing';

function program(context: Context, does: Does): Command {
  const root = new Command('postern')
    .description('The guarded gate between coding agents and a repository.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.out(text),
      writeErr: (text) => context.say(text),
      getOutHasColors: () => context.color,
      outputError: (text, write) => write(redact(text.replace(/^error: /, 'postern: '))),
    })
    .showHelpAfterError('(see: npx postern --help)')
    .addHelpText(
      'after',
      `\nExit codes:\n${EXIT_CODES.map(({ code, meaning }) => `  ${code}  ${meaning}\n`).join('')}`,
    );
  lifecycle(root, does);
  judging(root, does);
  recovering(root, does);
  scanning(root, does);
  inspecting(root, does);
  serving(root, does);
  return root;
}

function lifecycle(root: Command, does: Does): void {
  root
    .command('init')
    .description('guard this repository: policy, runtime, agent hooks, git hooks')
    .option('-y, --yes', 'take every default, ask nothing')
    .option('--profile <name>', 'policy to start from: solo, team or locked-down')
    .option('--agents', 'install the review agents too')
    .option('--commands', 'install the slash commands too')
    .option('--dry-run', DRY_RUN_HELP)
    .option('--json', JSON_HELP)
    .action(does(() => import('./commands/init.ts')));
  root
    .command('upgrade')
    .description('bring the installed files up to this version; what you changed is asked about, never overwritten')
    .option('--check', 'change nothing; exit 1 when a file drifted or is out of date')
    .option('-y, --yes', 'keep every changed file, ask nothing')
    .option('--force', 'overwrite every changed file')
    .option('--dry-run', DRY_RUN_HELP)
    .option('--json', JSON_HELP)
    .action(does(() => import('./commands/upgrade.ts')));
  root
    .command('uninstall')
    .description('take everything out again; files that you changed and the log stay')
    .option('-y, --yes', 'ask nothing')
    .option('--dry-run', DRY_RUN_HELP)
    .option('--json', JSON_HELP)
    .action(does(() => import('./commands/uninstall.ts')));
  root
    .command('doctor')
    .description('prove that every gate is there, unmodified and reached')
    .option('--fix', 'mend what can be mended safely')
    .option(
      '--client',
      'start the installed client with a model on this machine, and prove that masked results stay masked',
    )
    .option('--json', JSON_HELP)
    .action(does(() => import('./commands/doctor.ts')));
}

function judging(root: Command, does: Does): void {
  root
    .command('check')
    .description('judge a shell command as the agent hook would; nothing is run or recorded')
    .usage('[--json] -- <command...>')
    .argument('<command...>', 'one quoted shell line, or its words')
    .option('--json', JSON_HELP)
    .passThroughOptions()
    .action((words: string[], options) => does(() => import('./commands/check.ts'), { words })(options));
  root
    .command('explain')
    .description('show how that judgement comes about, step by step')
    .usage('[--json] -- <command...>')
    .argument('<command...>', 'one quoted shell line, or its words')
    .option('--json', JSON_HELP)
    .passThroughOptions()
    .action((words: string[], options) => does(() => import('./commands/explain.ts'), { words })(options));
  root
    .command('replay')
    .description('run the policy over past calls: what it would stop and newly let through; nothing is run or recorded')
    .option('--transcripts [path]', 'over Claude Code transcripts: this repository’s own, or a file or folder')
    .option('--audit', 'over the log')
    .option('--since <time>', 'no further back than 7d, 12h, or a date')
    .option('--json', JSON_HELP)
    .action(does(() => import('./commands/replay.ts')));
  root
    .command('review')
    .description('have what the next push would send reviewed; a push of the same diff needs no other review')
    .option('--base <commit>', 'review everything since that commit instead')
    .option('--json', JSON_HELP)
    .option('--again', 'ask reviewers although this diff has a verdict; for people only')
    .option('--key', 'print this machine’s public key, for review.trusted_keys, and review nothing')
    .action(does(() => import('./commands/review.ts')));
  root
    .command('verify-push')
    .description('check pushed commits elsewhere: their secrets, and a sealed verdict or skip for what needs a review')
    .option('--range <A..B>', 'A..B for a ref that moves, A...B for a pull request; HEAD against the default branch')
    .option('--policy <commit>', 'the commit whose policy judges; where the range starts')
    .option('--json', JSON_HELP)
    .action(does(() => import('./commands/verify-push.ts')));
  root
    .command('freeze')
    .description('stop every tool call of every agent in this repository, at once')
    .requiredOption('--reason <text>', 'why; agents and the log are told')
    .action(does(() => import('./commands/freeze.ts')));
  root
    .command('unfreeze')
    .description('let agents go on; for people only')
    .requiredOption('--reason <text>', 'why; the log is told')
    .action(does(() => import('./commands/unfreeze.ts')));
}

function recovering(root: Command, does: Does): void {
  root
    .command('allow-once <call>')
    .description('let one stopped call through, once; typed by a person at a terminal')
    .action((record: string, options) => does(() => import('./commands/allow-once.ts'), { record })(options));
  root
    .command('undo [id]')
    .description('bring back uncommitted work that was kept before git would have discarded it')
    .option('--list', 'list what is kept')
    .option('--json', JSON_HELP)
    .action((id: string | undefined, options) =>
      does(() => import('./commands/undo.ts'), id === undefined ? {} : { id })(options),
    );
}

function scanning(root: Command, does: Does): void {
  root
    .command('scan [path]')
    .description('look for secrets in files, in what is staged, or in commits; exit 1 when there are any')
    .option('--staged', 'what the next commit would add')
    .option('--range <A..B>', 'what the commits of a range add')
    .option('--history', 'what any commit of any branch adds')
    .option('--baseline', 'write .postern/secrets-baseline.json: what is there now is known from then on')
    .option('--json', JSON_HELP)
    .addOption(new Option('--sarif', 'print SARIF 2.1.0').conflicts(['json', 'baseline']))
    .action((path: string | undefined, options) => does(() => import('./commands/scan.ts'), { path })(options));
}

function inspecting(root: Command, does: Does): void {
  root
    .command('status')
    .description('what is guarded, how strictly, and what happened lately')
    .option('--json', JSON_HELP)
    .action(does(() => import('./commands/status.ts')));
  const policy = root.command('policy').description('look at the policy in force');
  policy
    .command('lint')
    .description('list every problem of the policy files with file, line and column')
    .option('--json', JSON_HELP)
    .action(does(() => import('./commands/policy.ts'), { action: 'lint' }));
  policy
    .command('show')
    .description('print the policy')
    .option('--effective', 'every value with the layer that it comes from')
    .option('--json', JSON_HELP)
    .action(does(() => import('./commands/policy.ts'), { action: 'show' }));
  auditing(root, does);
}

function serving(root: Command, does: Does): void {
  root
    .command('serve')
    .description('stand between an agent client and its MCP servers: the gateway, on stdin and stdout')
    .option('--check', 'start each server of .postern/registry.yaml, list its tools, and exit')
    .action(does(() => import('./commands/serve.ts')));
}
