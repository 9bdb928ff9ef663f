import type { SecretRow } from './row.ts';

export const registries: readonly SecretRow[] = [
  { id: 'npm-token', kind: 'npm access token', anchors: ['npm_'], pattern: /npm_[A-Za-z0-9]{36}/y, check: 'crc-base62', severity: 'critical', revoke: 'https://www.npmjs.com/settings/~/tokens', hits: ['//registry.npmjs.org/:_authToken=«npm_{a62*36}»', 'NPM_TOKEN=«npm_{a62*36}»'] },
  { id: 'npmrc-auth', kind: 'npm registry credential', anchors: [], names: [['authtoken'], ['npm', 'auth'], ['npmtoken'], ['nodeauthtoken']], pattern: /(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|NpmToken\.[0-9a-f-]{36})/y, hits: ['//nexus.acme.io/:_authToken=«{uuid}»', '//nexus.acme.io/:_authToken=«NpmToken.{uuid}»'] },
  { id: 'pypi-token', kind: 'PyPI API token', anchors: ['pypi-AgE'], pattern: /pypi-AgE[A-Za-z0-9_-]{50,1000}/y, severity: 'critical', revoke: 'https://pypi.org/manage/account/token/', hits: ['password = «pypi-AgEIcHlwaS5vcmc{url*150}»'] },
  { id: 'rubygems-key', kind: 'RubyGems API key', anchors: ['rubygems_'], pattern: /rubygems_[0-9a-f]{48}/y, severity: 'critical', revoke: 'https://rubygems.org/profile/api_keys', hits: [':rubygems_api_key: «rubygems_{hex*48}»'] },
  { id: 'crates-io-token', kind: 'crates.io token', anchors: ['cio'], pattern: /cio[A-Za-z0-9]{32}/y, entropy: 3.8, strict: true, severity: 'critical', hits: ['token = "«cio{a62*32}»"'] },
  { id: 'nuget-key', kind: 'NuGet API key', anchors: ['oy2'], pattern: /oy2[a-z0-9]{43}/y, entropy: 3.5, strict: true, severity: 'critical', hits: ['NUGET_API_KEY=«oy2{a36*43}»'] },
  { id: 'docker-token', kind: 'Docker Hub access token', anchors: ['dckr_pat_', 'dckr_oat_'], pattern: /dckr_(?:pat_[A-Za-z0-9_-]{27}|oat_[A-Za-z0-9_-]{32})/y, severity: 'critical', revoke: 'https://app.docker.com/settings/personal-access-tokens', hits: ['docker login -u acme -p «dckr_pat_{url*27}»', '«dckr_oat_{url*32}»'] },
  { id: 'jfrog-key', kind: 'JFrog API key', anchors: ['AKCp'], pattern: /AKCp[A-Za-z0-9]{60,75}/y, hits: ['X-JFrog-Art-Api: «AKCp{a62*69}»'] },
  { id: 'jfrog-reference-token', kind: 'JFrog reference token', anchors: ['cmVmdGtu'], pattern: /cmVmdGtuOj[A-Za-z0-9]{50,70}/y, hits: ['JFROG_TOKEN=«cmVmdGtuOj{a62*54}»'] },
  { id: 'clojars-token', kind: 'Clojars deploy token', anchors: ['CLOJARS_'], pattern: /CLOJARS_[0-9a-f]{60}/y, hits: ['CLOJARS_PASSWORD=«CLOJARS_{hex*60}»'] },
  { id: 'packagist-token', kind: 'Packagist token', anchors: ['packagist_'], pattern: /packagist_[ou][ru]t_[0-9a-f]{68}/y, hits: ['«packagist_out_{hex*68}»'] },
  { id: 'hugging-face-token', kind: 'Hugging Face token', anchors: ['hf_', 'api_org_'], pattern: /(?:hf_|api_org_)[A-Za-z0-9]{34,38}/y, entropy: 3.5, strict: true, revoke: 'https://huggingface.co/settings/tokens', hits: ['HF_TOKEN=«hf_{a62*34}»', '«api_org_{a62*34}»'] },
  { id: 'open-vsx-token', kind: 'Open VSX token', anchors: ['ovsxp_', 'ovsxat_'], pattern: /ovsxa?[pt]_[A-Za-z0-9-]{36,64}/y, hits: ['OVSX_PAT=«ovsxp_{uuid}»'] },
  { id: 'hex-pm-key', kind: 'Hex.pm API key', anchors: [], names: [['hexapikey'], ['hexpm']], pattern: /[0-9a-f]{32}/y, hits: ['HEX_API_KEY=«{hex*32}»'] },
  { id: 'cloudsmith-key', kind: 'Cloudsmith API key', anchors: [], names: [['cloudsmith']], pattern: /(?:[0-9a-f]{40}|csa_[A-Za-z0-9]{40})/y, hits: ['CLOUDSMITH_API_KEY=«{hex*40}»'] },
  { id: 'gemfury-token', kind: 'Gemfury token', anchors: [], names: [['gemfury'], ['furytoken'], ['furyauth']], pattern: /(?:[A-Za-z0-9]{20}|[A-Za-z0-9]{4,12}-[A-Za-z0-9]{20})/y, hits: ['GEMFURY_TOKEN=«{a62*20}»'] },
  { id: 'anaconda-token', kind: 'Anaconda.org token', anchors: [], names: [['anaconda']], pattern: /(?:an-)?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/y, hits: ['ANACONDA_TOKEN=«{uuid}»'] },
  { id: 'chocolatey-key', kind: 'Chocolatey API key', anchors: [], names: [['choco']], pattern: /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/y, hits: ['CHOCO_API_KEY=«{uuid}»'] },
  { id: 'jsr-token', kind: 'JSR token', anchors: ['jsrp_', 'jsrd_'], pattern: /jsr[pd]_[A-Za-z0-9]{40,64}/y, hits: ['«jsrp_{a62*60}»'] },
];
