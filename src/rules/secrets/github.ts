import type { SecretRow } from './row.ts';

const revoke = 'https://github.com/settings/tokens';

export const github = (): readonly SecretRow[] => [
  {
    id: 'github-pat',
    kind: 'GitHub personal access token',
    anchors: ['ghp_'],
    pattern: () => /ghp_[A-Za-z0-9]{36,251}/y,
    check: 'crc-base62',
    severity: 'critical',
    revoke,
    hits: ['GITHUB_TOKEN=«ghp_{a62*36}»'],
    misses: ['ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'],
  },
  {
    id: 'github-fine-grained-pat',
    kind: 'GitHub fine-grained personal access token',
    anchors: ['github_pat_'],
    pattern: () => /github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}/y,
    severity: 'critical',
    revoke,
    hits: ['GH_PAT: «github_pat_{A36*22}_{a62*59}»'],
  },
  {
    id: 'github-oauth',
    kind: 'GitHub OAuth token',
    anchors: ['gho_'],
    pattern: () => /gho_[A-Za-z0-9]{36,251}/y,
    check: 'crc-base62',
    revoke,
    hits: ['https://dana:«gho_{a62*36}»@github.com/acme/api.git'],
  },
  {
    id: 'github-app',
    kind: 'GitHub App token',
    anchors: ['ghs_', 'ghu_'],
    pattern: () => /gh[su]_[A-Za-z0-9]{36,251}/y,
    check: 'crc-base62',
    revoke,
    hits: ['«ghs_{a62*36}»', "token: '«ghu_{a62*36}»'"],
  },
  {
    id: 'github-refresh',
    kind: 'GitHub App refresh token',
    anchors: ['ghr_'],
    pattern: () => /ghr_[A-Za-z0-9]{36,251}/y,
    check: 'crc-base62',
    revoke,
    hits: ['«ghr_{a62*76}»'],
  },
];
