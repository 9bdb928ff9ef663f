/**
 * Paths that usually hold credentials, kept from agents in every profile. Names are narrow on purpose: certificates,
 * public keys and test material are read every day, and a guard that cries wolf is switched off. Literal names and globs
 * with a literal start or end are ruled out at once, so rows have one where they can.
 */
export const BLOCKED_PATHS: readonly string[] = [
  '.env',
  '.env.*',
  // Private keys. `*.pem` alone is more often a certificate, so only names that speak of a key count.
  '{key,privkey*,*-key,*_key,*.key,*private*,*keypair*}.pem',
  '~/{*,.*/*,Desktop/*,Documents/*,Downloads/*}.pem',
  '*.key',
  '*.p12',
  '*.pfx',
  '*.jks',
  '*.ppk',
  '*.kdbx',
  '*.keystore',
  'id_{rsa,dsa,ecdsa,ed25519,ecdsa_sk,ed25519_sk}',
  '~/.ssh/**',
  '~/.gnupg/**',
  '/etc/ssh/ssh_host_*_key',
  // Logins of tools, wherever their file lies.
  '.netrc',
  '_netrc',
  '.pgpass',
  '.git-credentials',
  '.htpasswd',
  '.vault-token',
  '.dockercfg',
  'service-account*.json',
  'client_secret*.json',
  '~/{.npmrc,.yarnrc.yml,.pypirc,.my.cnf,.s3cfg,.boto,.terraformrc}',
  '~/.aws/{credentials,cli/cache/**,sso/cache/**}',
  '~/.azure/**',
  '~/.config/gcloud/**',
  '~/.oci/*.pem',
  '~/.kube/config',
  '~/.docker/config.json',
  '~/.config/containers/auth.json',
  '~/.config/{gh/hosts.yml,hub,glab-cli/config.yml,doctl/config.yaml,rclone/rclone.conf,op/**,sops/age/**}',
  '~/.{cargo/credentials,cargo/credentials.toml,gem/credentials,terraform.d/credentials.tfrc.json,fly/config.yml}',
  '~/.{claude/.credentials.json,codex/auth.json,gemini/oauth_creds.json}',
  // Keyrings, password stores and browsers.
  '~/{.password-store,.local/share/keyrings,Library/Keychains}/**',
  '~/{.config,Library/Application Support}/{google-chrome,chromium,Google/Chrome,BraveSoftware,Microsoft Edge,microsoft-edge}/**/{Login Data*,Cookies*,Web Data*}',
  '~/{.mozilla/firefox,Library/Application Support/Firefox}/**/{logins.json,key4.db,cookies.sqlite}',
  // The machine's own secrets, other processes' environments, and Postern's keys.
  '/etc/{shadow,shadow-,gshadow,gshadow-}',
  '/proc/*/environ',
  '/{run,var/run}/secrets/**',
  '~/.local/state/postern/**',
];

/** Exceptions from `BLOCKED_PATHS`: examples, public halves, and keys that only tests use. */
export const ALLOWED_PATHS: readonly string[] = [
  '.env.{example,sample,template,dist,defaults,schema}',
  '.env.*.{example,sample,template,dist}',
  '*.pub',
  '*public*.{pem,key}',
  '{pub,*.pub,*_pub,*-pub}.{pem,key}',
  'debug.keystore',
  '~/.ssh/{config,known_hosts,known_hosts.old}',
  '**/{node_modules,fixtures,__fixtures__,testdata,test,tests}/**/*.{pem,key,p12,pfx,jks,keystore}',
];
