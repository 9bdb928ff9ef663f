import type { SecretRow } from './row.ts';

export const keys: readonly SecretRow[] = [
  { id: 'age-identity', kind: 'age identity', anchors: ['AGE-SECRET-KEY-1', 'AGE-PLUGIN-'], pattern: /AGE-(?:SECRET-KEY-1|PLUGIN-[A-Z0-9]{1,16}-1)[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58,200}/y, check: 'bech32', severity: 'critical', hits: ['SOPS_AGE_KEY=«AGE-SECRET-KEY-1{bech*58}»'] },
  { id: 'putty-private-key', kind: 'PuTTY private key', anchors: ['Private-Lines: '], pattern: /Private-Lines: \d{1,3}(?:\\n|\r?\n)([A-Za-z0-9+\/=]{40,80}(?:(?:\\n|\r?\n)[A-Za-z0-9+\/=]{1,64}){0,60})/y, severity: 'critical', hits: ['PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 1\n«{b64*48}»'] },
  { id: 'wireguard-key', kind: 'WireGuard key', anchors: [], names: [['privatekey'], ['presharedkey'], ['wgkey'], ['wireguard']], pattern: /[A-Za-z0-9+\/]{42}[AEIMQUYcgkosw048]=/y, severity: 'critical', hits: ['PrivateKey = «{b64*42}A=»'] },
  { id: 'jwk-private-part', kind: 'private JSON web key', anchors: ['"d":"', '"d": "'], pattern: /"d": ?"([A-Za-z0-9_-]{40,700})/y, near: ['"kty"'], severity: 'critical', hits: ['{"kty":"EC","crv":"P-256","x":"AA","y":"BB","d":"«{url*43}»"}'] },
  { id: 'minisign-secret-key', kind: 'minisign secret key', anchors: ['RWRT'], pattern: /RWRT[A-Za-z0-9+\/]{200,220}={0,2}/y, strict: true, hits: ['«RWRT{b64*206}==»'] },
  { id: 'nostr-secret-key', kind: 'Nostr secret key', anchors: ['nsec1'], pattern: /nsec1[qpzry9x8gf2tvdw0s3jn54khce6mua7l]{58}/y, check: 'bech32', strict: true, hits: ['«nsec1{bechl*58}»'] },
  { id: 'nats-seed', kind: 'NATS seed', anchors: [], names: [['nats'], ['nkey'], ['seed']], pattern: /S[AUXNOC][A-Z2-7]{56}/y, hits: ['NATS_SEED=«SUA{b32*55}»'] },
  { id: 'laravel-app-key', kind: 'application key', anchors: [], names: [['appkey']], pattern: /base64:[A-Za-z0-9+\/]{43}=/y, hits: ['APP_KEY=«base64:{b64*43}=»'] },
  { id: 'rails-master-key', kind: 'Rails master key', anchors: [], names: [['railsmasterkey'], ['railskey']], pattern: /[0-9a-f]{32}/y, hits: ['RAILS_MASTER_KEY=«{hex*32}»'] },
  { id: 'fernet-key', kind: 'Fernet key', anchors: [], names: [['fernet']], pattern: /[A-Za-z0-9_-]{43}=/y, hits: ['AIRFLOW__CORE__FERNET_KEY=«{url*43}=»'] },
  { id: 'dotenv-vault-key', kind: 'dotenv key', anchors: [], names: [['dotenvkey'], ['dotenvprivate']], pattern: /(?:dotenv:\/\/:key_[0-9a-f]{64}|[0-9a-f]{64})/y, hits: ['DOTENV_PRIVATE_KEY_PRODUCTION="«{hex*64}»"'] },
  { id: 'kubeconfig-key', kind: 'Kubernetes client key', anchors: [], names: [['clientkeydata']], pattern: /LS0tLS1CRUdJTi[A-Za-z0-9+\/]{100,8000}={0,2}/y, severity: 'critical', hits: ['    client-key-data: «LS0tLS1CRUdJTiBQUklWQVRFIEtFWS{b64*400}»'] },
  { id: 'kubernetes-bootstrap-token', kind: 'kubeadm token', anchors: ['--token '], pattern: /--token ([a-z0-9]{6}\.[a-z0-9]{16})/y, hits: ['kubeadm join 10.0.0.1:6443 --token «{a36*6}.{a36*16}»'] },
];
