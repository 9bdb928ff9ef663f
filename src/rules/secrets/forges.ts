import type { SecretRow } from './row.ts';

export const forges: readonly SecretRow[] = [
  { id: 'gitlab-pat', kind: 'GitLab personal access token', anchors: ['glpat-'], pattern: /glpat-(?:[A-Za-z0-9_-]{27,300}\.[0-9a-z]{2}(?:\.[0-9a-z]{2})?[0-9a-z]{7}|[A-Za-z0-9_-]{20,60})/y, severity: 'critical', revoke: 'https://gitlab.com/-/user_settings/personal_access_tokens', hits: ['GITLAB_TOKEN=«glpat-{url*20}»', '«glpat-{url*27}.01.{a36*9}»'] },
  { id: 'gitlab-token', kind: 'GitLab token', anchors: ['glptt-', 'gldt-', 'glrt-', 'glrtr-', 'glcbt-', 'glft-', 'glimt-', 'glagent-', 'gloas-', 'glsoat-', 'glffct-', 'glwt-'], pattern: /gl(?:ptt|dt|rtr?|cbt|ft|imt|agent|oas|soat|ffct|wt)-[A-Za-z0-9_.-]{20,300}/y, hits: ['«gldt-{url*20}»', '«glptt-{hex*40}»', 'CI_JOB_TOKEN=«glcbt-64_{url*20}»', 'token = "«glrt-{url*20}»"'] },
  { id: 'gitlab-runner-registration', kind: 'GitLab runner registration token', anchors: ['GR1348941'], pattern: /GR1348941[A-Za-z0-9_-]{20}/y, hits: ['--registration-token «GR1348941{url*20}»'] },
  { id: 'bitbucket-app-password', kind: 'Bitbucket app password', anchors: ['ATBB'], pattern: /ATBB[A-Za-z0-9]{24,32}[A-Za-z0-9]{0,8}/y, hits: ['BITBUCKET_APP_PASSWORD=«ATBB{a62*32}»'] },
  { id: 'atlassian-token', kind: 'Atlassian API token', anchors: ['ATATT3', 'ATCTT3', 'ATSTT3'], pattern: /AT[ACS]TT3[A-Za-z0-9_=-]{60,300}/y, check: 'atlassian-crc', hits: ['JIRA_API_TOKEN=«ATATT3xFfGF0{url*170}={HEX*8}»'] },
  { id: 'trello-token', kind: 'Trello token', anchors: ['ATTA'], pattern: /ATTA[0-9a-f]{64}[0-9A-F]{8}/y, hits: ['TRELLO_TOKEN=«ATTA{hex*64}{HEX*8}»'] },
  { id: 'sourcegraph-token', kind: 'Sourcegraph token', anchors: ['sgp_', 'slk_', 'sgd_'], pattern: /(?:sgp_(?:[0-9a-f]{16}_|local_)?[0-9a-f]{40}|slk_[0-9a-f]{64}|sgd_[0-9a-f]{64})/y, hits: ['SRC_ACCESS_TOKEN=«sgp_{hex*40}»', '«sgp_{hex*16}_{hex*40}»'] },
  { id: 'gitea-token', kind: 'Gitea token', anchors: [], names: [['gitea'], ['forgejo'], ['codeberg']], pattern: /[0-9a-f]{40}/y, hits: ['GITEA_TOKEN=«{hex*40}»'] },
  { id: 'gitee-token', kind: 'Gitee token', anchors: [], names: [['gitee']], pattern: /[0-9a-f]{32}/y, hits: ['GITEE_TOKEN=«{hex*32}»'] },
  { id: 'github-client-secret', kind: 'GitHub OAuth client secret', anchors: [], names: [['github', 'secret'], ['githubtoken'], ['ghtoken']], pattern: /[0-9a-f]{40}/y, hits: ['GITHUB_CLIENT_SECRET=«{hex*40}»'] },
];
