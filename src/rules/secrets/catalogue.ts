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
import { infrastructure } from './infrastructure.ts';
import { keys } from './keys.ts';
import { leads } from './leads.ts';
import { mail } from './mail.ts';
import { messaging } from './messaging.ts';
import { monitoring } from './monitoring.ts';
import { payments } from './payments.ts';
import { products } from './products.ts';
import { registries } from './registries.ts';
import type { SecretRow } from './row.ts';
import { saas } from './saas.ts';

/** The tables by provider; each is made when one of its anchors is first seen. */
export const PROVIDERS = {
  azure,
  google,
  cloud,
  github,
  forges,
  registries,
  payments,
  messaging,
  mail,
  ai,
  databases,
  monitoring,
  ci,
  identity,
  saas,
  keys,
  aws,
  leads,
  infrastructure,
  products,
} as const;

export type Provider = keyof typeof PROVIDERS;

const made = new Map<Provider, readonly SecretRow[]>();

/** The rows of a provider. */
export function rowsOf(provider: Provider): readonly SecretRow[] {
  const known = made.get(provider);
  if (known !== undefined) return known;
  const rows = PROVIDERS[provider]();
  made.set(provider, rows);
  return rows;
}

/** Every kind of secret. */
export function catalogue(): readonly SecretRow[] {
  return (Object.keys(PROVIDERS) as Provider[]).flatMap(rowsOf);
}
