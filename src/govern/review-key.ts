import { homedir, userInfo } from 'node:os';
import { ensureHostKey, type HostKey, hostKeyPath } from '../audit/host-key.ts';

/** Who asks for the key: the environment counts for a person alone. */
export interface KeyAsker {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Agent client id, or `person`. */
  readonly client: string;
  /** Home folder of the account, where the system's own word does not do. */
  readonly accountHome?: string | undefined;
}

/**
 * The key that verdicts and skips are sealed with, made at first use. An agent's HOME is not heard: there could lie a key of its own. It
 * always lies in the folder that is on the lists of blocked and protected paths.
 */
export function sealingKey({ env, client, accountHome }: KeyAsker): HostKey {
  const home = client === 'person' ? env['HOME'] || homedir() : (accountHome ?? userInfo().homedir);
  return ensureHostKey(hostKeyPath({}, home));
}
