import { ai } from './ai.ts';
import { aws } from './aws.ts';
import { azure } from './azure.ts';
import { ci } from './ci.ts';
import { cloud } from './cloud.ts';
import { databases } from './databases.ts';
import { forges } from './forges.ts';
import { github } from './github.ts';
import { google } from './google.ts';
import { identity } from './identity.ts';
import { keys } from './keys.ts';
import { leads } from './leads.ts';
import { mail } from './mail.ts';
import { messaging } from './messaging.ts';
import { monitoring } from './monitoring.ts';
import { payments } from './payments.ts';
import { registries } from './registries.ts';
import type { SecretRow } from './row.ts';
import { saas } from './saas.ts';

/** Every kind of secret, by provider. */
export const CATALOGUE: readonly SecretRow[] = [
  ...azure,
  ...google,
  ...cloud,
  ...github,
  ...forges,
  ...registries,
  ...payments,
  ...messaging,
  ...mail,
  ...ai,
  ...databases,
  ...monitoring,
  ...ci,
  ...identity,
  ...saas,
  ...keys,
  ...aws,
  ...leads,
];

/** The rows that go by the name a value is assigned to. */
export const NAMED: readonly SecretRow[] = CATALOGUE.filter((row) => row.names !== undefined);
