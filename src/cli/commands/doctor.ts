import type { Context, ExitCode } from '../context.ts';
import type { Checkup, Result } from '../doctor/check.ts';
import { CHECKS } from '../doctor/index.ts';
import { DONE, FOUND } from '../exit-codes.ts';
import { count, paints, printJson } from '../output.ts';
import { guardedRepository } from '../repository.ts';
import { VERSION } from '../version.ts';

export interface DoctorOptions {
  readonly fix?: boolean;
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
  const mended = options.fix ? await mend(checkup) : [];
  if (!options.json) for (const text of mended) context.say(`mended: ${text}\n`);
  const reports = await examine(checkup, options.json ? () => {} : (report) => context.out(asText(report, context)));
  const broken = reports.flatMap(({ results }) => results.filter(({ kind }) => kind === 'failed')).length;
  if (options.json) printJson(context, asJson(reports, mended));
  else context.say(broken === 0 ? 'Every gate answers.\n' : `${count(broken, 'thing')} to mend.\n`);
  return broken === 0 ? DONE : FOUND;
}

async function examine(checkup: Checkup, tell: (report: Report) => void): Promise<Report[]> {
  const reports: Report[] = [];
  for (const { id, run } of CHECKS) {
    const report = { id, results: await run(checkup) };
    tell(report);
    reports.push(report);
  }
  return reports;
}

/** One mend may be what another needs, so each check is mended before the next one looks. */
async function mend(checkup: Checkup): Promise<string[]> {
  const mended: string[] = [];
  for (const { run } of CHECKS) {
    for (const result of await run(checkup)) {
      if (result.kind !== 'failed' || !result.fix) continue;
      await result.fix();
      mended.push(result.text);
    }
  }
  return mended;
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
  const passed = reports.every(({ results }) => results.every(({ kind }) => kind !== 'failed'));
  return {
    ok: passed,
    version: VERSION,
    mended,
    checks: reports.map(({ id, results }) => ({ id, results: results.map(bare) })),
  };
}
