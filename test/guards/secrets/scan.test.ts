import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redact } from '../../../src/guards/secrets/redact.ts';
import { MAX_CHARS, type ScanOptions, scan } from '../../../src/guards/secrets/scan.ts';
import { catalogue } from '../../../src/rules/secrets/catalogue.ts';
import { fill, seeded } from '../../rules/secrets/template.ts';

const token = fill('ghp_{a62*36}', seeded(3)).text;
const spans = (text: string, options: ScanOptions = {}) =>
  scan(text, options).map(({ start, end }) => text.slice(start, end));

const SURROUNDINGS: readonly (readonly [string, string])[] = [
  ['', ''], ['"', '"'], ["'", "'"], ['`', '`'], ['(', ')'], ['[', ']'], ['{', '}'], ['<b>', '</b>'], ['x=', '&y=1'], ['x=', ';'],
  ['a,', ',b'], ['x ', '.'], ['x ', '. Next'], ['x: ', '!'], ['x: ', '?'], ['//u:', '@host'], ['"', '\\n"'], ['"a\\n', '\\nb"'], ['\\"', '\\"'],
  ['\t', '\t'], ['\r\n', '\r\n'], ['\u00a0', '\u00a0'], ['“', '”'], ['|', '|'], ['>', '<'], ['\u001b[32m', '\u001b[0m'], ['%22', '%22'],
  ['&quot;', '&quot;'], ['**', '**'], ['_', '_'], ['$(echo ', ')'], ['\u0000', '\u0000'], ['é', 'é'], ['=', '#c'], [':', ':'],
]; // biome-ignore format: a table of pairs

describe('what surrounds a token changes nothing', () => {
  const tokens = catalogue()
    .filter((row) => row.anchors.length > 0 && row.public !== true && row.given !== true)
    .flatMap((row) => row.hits.slice(0, 1).map((hit) => ({ id: row.id, row, hit })))
    .filter(({ hit, row }) => /^«[^»]*»$/.test(hit) && row.near === undefined);

  test.each(tokens)('$id', ({ hit, row }) => {
    const [secret = ''] = fill(hit, seeded(11)).secrets;
    const missed = SURROUNDINGS.filter(([before, after]) => {
      if (row.strict === true && /[_*=]$/.test(before) && before !== 'x=' && before !== '=') return false;
      return !spans(`lead ${before}${secret}${after} tail`).includes(secret);
    });
    expect(missed).toEqual([]);
  });
});

describe('clean text', () => {
  const clean: (ScanOptions & { text: string })[] = [
    { text: 'DB_PASSWORD=${DB_PASSWORD}' }, { text: 'token: ${{ secrets.NPM_TOKEN }}' }, { text: 'password: changeme' },
    { text: 'const token = process.env.GITHUB_TOKEN;', path: 'a.ts' }, { text: 'password = os.environ["DB_PASSWORD"]', path: 'a.py' },
    { text: 'PASSWORD=$(op read op://x/y/z)', surface: 'bash' }, { text: 'api_key: <your-api-key>' }, { text: 'secret: xxxxxxxxxxxxxxxxxxxx' },
    { text: 'postgres://user:password@localhost:5432/db' }, { text: 'postgres://postgres:postgres@db/app' }, { text: 'redis://:${PASS}@cache:6379' },
    { text: `sha512-${'Ab1/'.repeat(21)}==` }, { text: `"integrity": "sha512-${'aB3d'.repeat(21)}=="`, path: 'package-lock.json' },
    { text: `uses: actions/checkout@${'62182a9a8c78f20b5fbf'}dccf494db0774382ba11` }, { text: 'id: 6642ed88-2f26-42fd-9416-ff286592c29b' },
    { text: 'password_hash varchar(255)' }, { text: 'const tokenKind = TokenKind.OpenBrace2;', path: 'a.ts' }, { text: 'resetPasswordUrl: "/auth/reset/v2"' },
    { text: '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A\n-----END PUBLIC KEY-----' },
    { text: '-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----' }, { text: 'curl -H "Authorization: Bearer $TOKEN" https://x.io', surface: 'bash' },
    { text: 'mysql -u root -p"$MYSQL_PASSWORD" db', surface: 'bash' }, { text: 'mkdir -p build/out1 && docker run -p 8080:80 nginx', surface: 'bash' },
    { text: 'curl -u "$USER:$PASS" https://x.io', surface: 'bash' }, { text: 'placeholder="Enter your password"' }, { text: 'password must be at least 8 characters' },
    { text: 'const secret = text3.slice(start2, stop);', path: 'a.cjs' }, { text: 'sshpass: [after2(0, "-p -f -d -P")],', path: 'a.js' },
    { text: String.raw`leads: 'echo \n<<<\nSecureString \ngh secret set'` },
    { text: 'cacheKey: "user:42:profile:v3"' }, { text: 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ' }, { text: '' }, { text: '\u0000\u0000' },
  ]; // biome-ignore format: a table of lines
  test.each(clean)('$text', ({ text, ...options }) => expect(spans(text, options)).toEqual([]));
});

describe('a diff', () => {
  const head = 'diff --git a/x b/x\n--- a/x\n+++ b/x\n';
  test.each([
    { name: 'an added line counts', text: `${head}@@ -1 +1,2 @@\n a\n+t=${token}\n`, found: [token] },
    { name: 'a removed line does not', text: `${head}@@ -1,2 +1 @@\n a\n-t=${token}\n`, found: [] },
    { name: 'a context line does not', text: `${head}@@ -1,2 +1,3 @@\n t=${token}\n a\n+b\n`, found: [] },
    {
      name: 'an added line that begins with ++ counts',
      text: `${head}@@ -0,0 +1 @@\n+++ t=${token}\n`,
      found: [token],
    },
    { name: 'a file name does not', text: `--- a/x\n+++ b/${token}\n@@ -1 +1 @@\n-a\n+b\n`, found: [] },
    { name: 'CRLF is no matter', text: `${head}@@ -0,0 +1 @@\r\n+t=${token}\r\n`, found: [token] },
    { name: 'a missing last line end is no matter', text: `${head}@@ -0,0 +1 @@\n+t=${token}`, found: [token] },
    { name: 'lines are counted in the diff', text: `${head}@@ -0,0 +1 @@\n+${token}`, found: [token], line: 5 },
  ])('$name', ({ text, found, line }) => {
    expect(spans(text, { surface: 'diff' })).toEqual(found);
    if (line !== undefined) expect(scan(text, { surface: 'diff' })[0]?.line).toBe(line);
  });
});

describe('bad input', () => {
  test('one line of ten million characters is read to its end', () => {
    expect(spans(`${'abc def '.repeat(1_250_000)}${token}`)).toEqual([token]);
  });
  test('what lies beyond the budget is reported, not passed', () => {
    const found = scan(' '.repeat(MAX_CHARS + 10));
    expect(found.map(({ rule }) => rule)).toEqual(['unscanned']);
  });
  test('base64 inside base64 stops at three levels', () => {
    const wrap = (text: string, n: number): string =>
      n === 0 ? text : wrap(Buffer.from(text).toString('base64'), n - 1);
    expect(scan(wrap(token, 3))).toHaveLength(1);
    expect(scan(wrap(token, 5))).toHaveLength(0);
  });
  test('text that unfolds again and again stays within the budget', () => {
    const text = Buffer.from(Buffer.from('password = '.repeat(100_000)).toString('base64')).toString('base64');
    expect(scan(text).length).toBeLessThanOrEqual(1);
  });
  test.each([
    'password=',
    'pscale_oauth_',
    'a://b:',
    '"a"+',
    "'AKIA' ",
    'eyJa.',
    'curl -u ',
    '-----BEGIN PRIVATE KEY-----\n',
    '%41',
    'cookie: a=b; ',
  ])('many of %j are no trouble', (piece) => expect(scan(piece.repeat(Math.ceil(200_000 / piece.length)))).toEqual([]));
});

describe('laws', () => {
  const rows = catalogue().filter((row) => row.public !== true);
  const texts = fc
    .tuple(fc.constantFrom(...rows), fc.integer(), fc.string(), fc.string())
    .map(([row, seed, before, after]) => `${before}\n${fill(row.hits[0]!, seeded(seed)).text}\n${after}`);

  test('redacted text holds no secret', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(scan(redact(text))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
  test('scanning never throws and spans lie inside the text, in order', () => {
    fc.assert(
      fc.property(fc.oneof(texts, fc.string({ unit: 'binary', maxLength: 400 })), (text) => {
        let last = 0;
        for (const { start, end, line } of scan(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(line).toBe(text.slice(0, start).split('\n').length);
          last = end;
        }
      }),
      { numRuns: 500 },
    );
  });
  test('redact marks the rule, and the fingerprint when there is one', () => {
    expect(redact(`t=${token};`)).toBe('t=[secret:github-pat];');
    expect(redact(`t=${token};`, (secret) => String(secret.length))).toBe('t=[secret:github-pat:40];');
  });
});
