import type { SecretRow } from './row.ts';

export const identity: readonly SecretRow[] = [
  { id: 'okta-token', kind: 'Okta API token', anchors: [], names: [['okta'], ['ssws']], pattern: /00[A-Za-z0-9_-]{40}/y, hits: ['okta.client.token=«00{url*40}»'] },
  { id: 'okta-ssws', kind: 'Okta API token', anchors: ['SSWS '], pattern: /SSWS (00[A-Za-z0-9_-]{40})/y, hits: ['Authorization: SSWS «00{url*40}»'] },
  { id: 'auth0-secret', kind: 'Auth0 client secret', anchors: [], names: [['auth0']], pattern: /[A-Za-z0-9_-]{64}/y, hits: ['AUTH0_CLIENT_SECRET=«{url*64}»'] },
  { id: 'stytch-secret', kind: 'Stytch secret', anchors: ['secret-live-', 'secret-test-'], pattern: /secret-(?:live|test)-[A-Za-z0-9_-]{35}=/y, hits: ['STYTCH_SECRET=«secret-live-{url*35}=»'] },
  { id: 'duo-secret', kind: 'Duo secret key', anchors: [], names: [['duo', 'secret'], ['duo', 'skey']], pattern: /[A-Za-z0-9]{40}/y, hits: ['DUO_SECRET_KEY=«{a62*40}»'] },
  { id: 'tailscale-key', kind: 'Tailscale key', anchors: ['tskey-'], pattern: /tskey-(?:auth|api|client|scim|webhook)-[A-Za-z0-9]{8,20}-[A-Za-z0-9]{16,48}/y, revoke: 'https://login.tailscale.com/admin/settings/keys', hits: ['TS_AUTHKEY=«tskey-auth-k{a62*11}CNTRL-{a62*32}»'] },
  { id: 'ngrok-token', kind: 'ngrok token', anchors: [], names: [['ngrok']], pattern: /[A-Za-z0-9]{24,30}_[A-Za-z0-9]{20,26}/y, hits: ['NGROK_AUTHTOKEN=«{a62*27}_{a62*21}»'] },
  { id: 'cloudflare-tunnel-token', kind: 'Cloudflare Tunnel token', anchors: ['eyJhIjoi'], pattern: /eyJhIjoi[A-Za-z0-9+\/_-]{100,240}={0,2}/y, hits: ['cloudflared service install «eyJhIjoi{b64*170}»'] },
  { id: 'teleport-token', kind: 'LDAP or password file entry', anchors: ['{CLEAR}'], pattern: /\{CLEAR\}([A-Za-z0-9!@#$%^&*_+=.-]{8,64})/y, hits: ['userPassword: {CLEAR}«{a62*16}»'] },
  { id: 'adobe-secret', kind: 'Adobe client secret', anchors: ['p8e-'], pattern: /p8e-[A-Za-z0-9_-]{32}/y, strict: true, hits: ['ADOBE_CLIENT_SECRET=«p8e-{url*32}»'] },
  { id: 'salesforce-token', kind: 'Salesforce session token', anchors: ['00D'], pattern: /00D[A-Za-z0-9]{12,15}![A-Za-z0-9._]{80,120}/y, strict: true, hits: ['SF_ACCESS_TOKEN=«00D{a62*12}!{a62*96}»'] },
  { id: 'salesforce-secret', kind: 'Salesforce consumer secret', anchors: [], names: [['salesforce', 'secret'], ['sfdc', 'secret']], pattern: /[0-9A-F]{64}/y, hits: ['SALESFORCE_CLIENT_SECRET=«{HEX*64}»'] },
  { id: 'amazon-lwa-secret', kind: 'Login with Amazon secret', anchors: ['amzn1.oa2-cs.v1.'], pattern: /amzn1\.oa2-cs\.v1\.[0-9a-f]{64}/y, hits: ['«amzn1.oa2-cs.v1.{hex*64}»'] },
  { id: 'amazon-lwa-token', kind: 'Login with Amazon token', anchors: ['Atzr|', 'Atza|'], pattern: /Atz[ra]\|[A-Za-z0-9_-]{80,500}/y, hits: ['«Atzr|{url*300}»'] },
  { id: 'keycloak-secret', kind: 'Keycloak client secret', anchors: [], names: [['keycloak', 'secret'], ['kcadmin']], pattern: /(?:[A-Za-z0-9]{32}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})/y, hits: ['KEYCLOAK_CLIENT_SECRET=«{a62*32}»'] },
  { id: 'jumpcloud-key', kind: 'JumpCloud key', anchors: [], names: [['jumpcloud']], pattern: /(?:jca_[A-Za-z0-9]{36}|[0-9a-f]{40})/y, hits: ['JUMPCLOUD_API_KEY=«{hex*40}»'] },
  { id: 'apple-app-password', kind: 'Apple app-specific password', anchors: [], names: [['apple', 'pass'], ['appspecificpassword'], ['altoolpassword'], ['notarize', 'pass']], pattern: /[a-z]{4}-[a-z]{4}-[a-z]{4}-[a-z]{4}/y, hits: ['APPLE_APP_SPECIFIC_PASSWORD=«{low*4}-{low*4}-{low*4}-{low*4}»'] },
  { id: 'gmail-app-password', kind: 'Google app password', anchors: [], names: [['gmail', 'pass'], ['googleapppassword'], ['gmailapp'], ['smtp', 'pass'], ['mail', 'pass'], ['email', 'pass']], pattern: /(?:[a-z]{16}|[a-z]{4} [a-z]{4} [a-z]{4} [a-z]{4})/y, entropy: 3.1, hits: ['GMAIL_APP_PASSWORD=«{low*16}»'] },
  { id: 'service-uuid-secret', kind: 'client secret', anchors: [], names: [['clientsecret']], pattern: /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/y, hits: ['client_secret=«{uuid}»'] },
];
