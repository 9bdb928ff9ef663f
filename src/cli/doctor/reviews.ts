import { AuditError } from '../../audit/error.ts';
import { hostKeyPath, keyIdOf, readHostKey } from '../../audit/host-key.ts';
import { newestFirst } from '../../audit/query.ts';
import { printable, shortTime } from '../output.ts';
import { MANY_SKIPS, readRecent } from '../recent.ts';
import { homeOf } from '../repository.ts';
import { type Check, failed, note, ok, type Result } from './check.ts';

/** The key that reviews are sealed with, and how often people went on without a review. */
export const reviews: Check = {
  id: 'reviews',
  async run({ places, context }) {
    const path = hostKeyPath({}, homeOf(context));
    try {
      return [keyState(path, places.stateDir), ...skipped(places.stateDir)];
    } catch (error) {
      // A log that cannot be read is told by the check of the log.
      if (error instanceof AuditError) return [];
      throw error;
    }
  },
};

/** Records that are looked at for a seal. */
const LOOKED_AT = 5000;

function keyState(path: string, stateDir: string): Result {
  const state = readHostKey(path);
  if (state.kind === 'unreadable') return failed(printable(state.problem, 400), `chmod 600 ${printable(path)}`);
  const sealed = lastSealedBy(stateDir);
  if (state.kind === 'missing') {
    if (sealed === null) return ok('no host key yet: the first review or skip makes one');
    return note(
      `The host key ${printable(path)} is gone: verdicts that it sealed no longer count, and the next review makes a new one. Put its public key into review.trusted_keys: npx postern review --key`,
    );
  }
  const { id, publicKey } = state.key;
  if (sealed === null || sealed === id) return ok(`host key ${keyIdOf(publicKey)}`);
  return note(
    `The last sealed record is by another host key (${printable(sealed)}) than this machine's (${id}): verdicts that it sealed no longer count here.`,
  );
}

/** Id of the key that sealed the newest sealed record. */
function lastSealedBy(stateDir: string): string | null {
  let looked = 0;
  for (const { seal } of newestFirst(stateDir)) {
    if (seal !== undefined) return seal.split(':')[0]!;
    if (++looked > LOOKED_AT) break;
  }
  return null;
}

function skipped(stateDir: string): Result[] {
  const { skips } = readRecent(stateDir, Date.now());
  if (skips.length < MANY_SKIPS) return [];
  const named = skips.slice(-5).map(({ time, subject, data = {} }) => {
    const who = printable(String(data['identity'] ?? subject.user), 60);
    return `${shortTime(time)} ${who}: ${printable(String(data['reason'] ?? ''), 80)}`;
  });
  return [note(`${skips.length} reviews were skipped within seven days. The last: ${named.join('; ')}`)];
}
