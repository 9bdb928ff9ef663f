import { expect, test } from 'vitest';
import { credentialValues } from '../../../src/guards/secrets/credential-values.ts';
import { fill, seeded } from '../../rules/secrets/template.ts';

const basic = Buffer.from('dana:Hb9tPqLm2xKd').toString('base64');

/** A file of a person's, with the values that must be remembered. */
const FILES: readonly (readonly [path: string, text: string, more?: readonly string[]])[] = [
  ['~/.aws/credentials', '[default]\naws_access_key_id = «AKIA{b32*16}»\naws_secret_access_key = «{b64*40}»\n'],
  ['~/.netrc', 'machine api.acme.io\n  login dana\n  password «Hb{a62*6}9tP{a62*6}»\n'],
  ['~/.npmrc', '//registry.npmjs.org/:_authToken=«npm_{a62*36}»\nregistry=https://registry.npmjs.org/\n'],
  ['~/.npmrc', '//npm.acme.io/:_authToken=«{uuid}»\n'],
  ['~/.docker/config.json', `{"auths":{"ghcr.io":{"auth":"«${basic}»"}},"credsStore":"desktop"}`, ['Hb9tPqLm2xKd']],
  ['~/.config/gh/hosts.yml', 'github.com:\n    user: dana\n    oauth_token: «gho_{a62*36}»\n    git_protocol: https\n'],
  ['~/.pypirc', '[pypi]\nusername = __token__\npassword = «pypi-AgEIcHlwaS5vcmc{url*100}»\n'],
  ['~/.pgpass', 'db.acme.io:5432:ledger:app:«{low*6}-{low*4}7{low*4}»\n'],
  ['~/.git-credentials', 'https://dana:«ghp_{a62*36}»@github.com\n'],
  ['~/.my.cnf', '[client]\nuser=dana\npassword="«Hb{a62*6}9tP{a62*6}»"\n'],
  ['~/.vault-token', '«hvs.{url*95}»\n'],
  ['~/.cargo/credentials.toml', '[registry]\ntoken = "«cio{a62*32}»"\n'],
  ['~/.aws/credentials', '[default]\naws_access_key_id = YOUR_KEY\naws_secret_access_key = <secret>\n'],
  ['~/.docker/config.json', '{"auths":{},"credsStore":"desktop"}'],
  ['~/.npmrc', '//registry.npmjs.org/:_authToken=${NPM_TOKEN}\nsave-exact=true\n'],
]; // biome-ignore format: a table of files

test.each(FILES.map(([path, template, more = []]) => ({ path, template, more })))(
  '$path: $template',
  ({ path, template, more }) => {
    for (let seed = 1; seed <= 3; seed++) {
      const { text, secrets } = fill(template, seeded(seed * 31));
      const values = credentialValues(text, path).map(({ value }) => value);
      expect(values.sort()).toEqual([...secrets, ...more].sort());
    }
  },
);
