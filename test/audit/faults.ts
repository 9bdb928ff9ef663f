import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readAll } from '../../src/audit/query.ts';
import { verify } from '../../src/audit/verify.ts';

/** What a run of kills showed: every list but `acknowledged` is empty where nothing is wrong. */
export interface Faults {
  readonly acknowledged: number;
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  readonly broken: readonly string[];
}

/**
 * Kills writers of one log at random moments, `kills` of them and `together` at a time, while segments are closed every few records. A
 * writer prints each record's number once it was acknowledged; whatever it printed must be in the log, once, and the chain must hold.
 */
export async function injectFaults(
  writer: string,
  dir: string,
  { kills = 100, together = 3, checkEvery = 100 } = {},
): Promise<Faults> {
  const acknowledged = new Set<string>();
  const broken: string[] = [];
  for (let done = 0; done < kills; done += together) {
    const names = Array.from({ length: Math.min(together, kills - done) }, (_, at) => `k${done + at}`);
    await Promise.all(
      names.map((name) =>
        killed(spawn(process.execPath, [writer, dir, name, '100000', '', '20000']), name, acknowledged),
      ),
    );
    if (done % checkEvery < together) {
      const verdict = verify(dir);
      // A record cut short by the last kill is mended by the next append.
      if (verdict.kind !== 'intact' && !(verdict.kind === 'broken' && verdict.what === 'torn'))
        broken.push(JSON.stringify(verdict));
    }
  }
  const seen = new Map<string, number>();
  for (const { call = '', kind } of readAll(dir)) if (kind === 'decision') seen.set(call, (seen.get(call) ?? 0) + 1);
  return {
    acknowledged: acknowledged.size,
    lost: [...acknowledged].filter((call) => !seen.has(call)),
    doubled: [...seen].filter(([, count]) => count > 1).map(([call]) => call),
    broken,
  };
}

async function killed(child: ChildProcess, name: string, acknowledged: Set<string>): Promise<void> {
  let count = 0;
  let output = '';
  child.stdout!.on('data', (text) => {
    output += text;
    if (count++ === 0) setTimeout(() => child.kill('SIGKILL'), Math.random() * 12);
  });
  await once(child, 'close');
  const lines = output.split('\n').length - 1;
  for (let index = 1; index <= lines; index++) acknowledged.add(`${name}-${index}`);
}
