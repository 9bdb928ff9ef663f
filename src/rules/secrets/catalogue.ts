import { aws } from './aws.ts';
import { github } from './github.ts';
import type { SecretRow } from './row.ts';

/** Every kind of secret, by provider. */
export const CATALOGUE: readonly SecretRow[] = [...aws, ...github];

/** The rows that go by the name a value is assigned to. */
export const NAMED: readonly SecretRow[] = CATALOGUE.filter((row) => row.names !== undefined);
