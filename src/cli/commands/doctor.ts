import type { Context, ExitCode } from '../context.ts';
import type { Check, Checkup, Result } from '../doctor/check.ts';
import { CHECKS } from '../doctor/index.ts';
import { maskedOutputs } from '../doctor/masked-outputs.ts';
import { DONE, FOUND } from '../exit-codes.ts';
import { count, paints, printJson } from '../output.ts';
import { guardedRepository } from '../repository.ts';
import { VERSION } from '../version.ts';

export interface DoctorOptions {
  readonly fix?: boolean;
  /** Starts the installed client too. */
  readonly client?: boolean;
  readonly json?: boolean;
}

/** What one check found. */
interface Report {
  readonly id: string;
  readonly results: readonly Result[];
}

/** Proves every gate; `--fix` mends what is safe and proves again. Exit 1 when something failed. */
export async function run(options: DoctorOptions, context: Context): Promise<ExitCode> {
  const checkup = { places: guardedRepository(context), context };
  const checks = options.client ? [...CHECKS, maskedOutputs] : CHECKS;
  const tell = (report: Report) => options.json || context.out(asText(report, context));
  const { reports, mended } = options.fix
    ? await mend(checks, checkup)
    : { reports: await examine(checks, checkup, tell), mended: [] };
  if (options.fix) for (const report of reports) tell(report);
  if (options.json) printJson(context, asJson(reports, mended));
  else context.say(summary(failures(reports).length, mended));
  return failures(reports).length === 0 ? DONE : FOUND;
}

async function examine(
  checks: readonly Check[],
  checkup: Checkup,
  tell: (report: Report) => void = () => {},
): Promise<Report[]> {
  const reports: Report[] = [];
  for (const { id, run } of checks) {
    const report = { id, results: await run(checkup) };
    tell(report);
    reports.push(report);
  }
  return reports;
}

/** One mend may bring to light what another one can mend: looks again until nothing is left, or nothing helps. */
const MAX_ROUNDS = 3;

async function mend(checks: readonly Check[], checkup: Checkup): Promise<{ reports: Report[]; mended: string[] }> {
  const mended = new Set<string>();
  for (let round = 1; ; round++) {
    const reports = await examine(checks, checkup);
    const fixable = failures(reports).filter(({ fix }) => fix);
    if (fixable.length === 0 || round === MAX_ROUNDS) return { reports, mended: [...mended] };
    for (const { text, fix } of fixable) {
      await fix?.();
      mended.add(text);
    }
  }
}

function failures(reports: readonly Report[]) {
  return reports.flatMap(({ results }) => results).filter((result) => result.kind === 'failed');
}

function summary(broken: number, mended: readonly string[]): string {
  const lines = mended.map((text) => `mended: ${text}\n`).join('');
  return `${lines}${broken === 0 ? 'Every gate answers.' : `${count(broken, 'thing')} to mend.`}\n`;
}

function asText({ id, results }: Report, context: Context): string {
  const { green, yellow, red } = paints(context);
  const words = { ok: green('ok    '), note: yellow('note  '), failed: red('failed') };
  const line = (result: Result) => {
    const mend = result.kind === 'failed' ? `        mend: ${result.mend}\n` : '';
    return `${words[result.kind]}  ${id}: ${result.text}\n${mend}`;
  };
  return results.map(line).join('');
}

function asJson(reports: readonly Report[], mended: readonly string[]) {
  const bare = ({ kind, text, ...rest }: Result) => ('mend' in rest ? { kind, text, mend: rest.mend } : { kind, text });
  return {
    ok: failures(reports).length === 0,
    version: VERSION,
    mended,
    checks: reports.map(({ id, results }) => ({ id, results: results.map(bare) })),
  };
}
