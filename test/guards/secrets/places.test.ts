import { expect, test } from 'vitest';
import { type ScanOptions, scan } from '../../../src/guards/secrets/scan.ts';
import { fill, seeded } from '../../rules/secrets/template.ts';

const P = '«Hb{a62*6}9tP{a62*6}»';
const K = '«{a62*32}»';
const H = '«{hex*40}»';
const T = '«ghp_{a62*36}»';
const A = '«AKIA{b32*16}»';
const W = '«{b64*40}»';

/** Split tokens, pairs, prose and URLs: a text, its file, and where it is no file the surface. */
type Row = readonly [text: string, path: string, surface?: 'bash' | 'prompt'];

const ROWS: readonly Row[] = [
  [`t = "«ghp_{a62*10}" \\\n    "{a62*26}»"`,'a.py'],
  [`const t = ["«ghp_{a62*10}", "{a62*26}»"].join("")`,'a.js'],
  [`String t = new StringBuilder("«ghp_{a62*10}").append("{a62*26}»").toString();`,'A.java'],
  [`t = "%s%s" % ("«ghp_{a62*10}", "{a62*26}»")`,'a.py'],
  [`t = "{}{}".format("«ghp_{a62*10}", "{a62*26}»")`,'a.py'],
  [`t = f"{'«ghp_{a62*10}'}{'{a62*26}»'}"`,'a.py'],
  [`t := fmt.Sprintf("%s%s", "«ghp_{a62*10}", "{a62*26}»")`,'a.go'],
  [`t := strings.Join([]string{"«ghp_{a62*10}", "{a62*26}»"}, "")`,'a.go'],
  [`let t = concat!("«ghp_{a62*10}", "{a62*26}»");`,'a.rs'],
  [`$t = "«ghp_{a62*10}" . "{a62*26}»";`,'a.php'],
  [`t = "«ghp_{a62*10}" << "{a62*26}»"`,'a.rb'],
  [`t = '«ghp_{a62*10}' ++ '{a62*26}»'`,'a.hs'],
  [`t = "«ghp_{a62*10}" & "{a62*26}»"`,'a.vb'],
  [`t = '«ghp_{a62*10}' || '{a62*26}»'`,'a.sql'],
  [`t = "«ghp_{a62*10}" ~ "{a62*26}»"`,'a.d'],
  [`t = "«ghp_{a62*10}" <> "{a62*26}»"`,'a.ex'],
  [`local t = "«ghp_{a62*10}" .. "{a62*26}»"`,'a.lua'],
  [`paste0("«ghp_{a62*10}", "{a62*26}»")`,'a.R'],
  [`concat("«ghp_{a62*10}", "{a62*26}»")`,'a.xq'],
  [`const t = "«ghp_{a62*10}".concat("{a62*26}»")`,'a.js'],
  [`a="«ghp_{a62*10}"; b="{a62*26}»"; export T="$a$b"`,'','bash'],
  [`A='«ghp_{a62*10}'\nB='{a62*26}»'\ncurl -H "Authorization: token \${A}\${B}"`,'a.sh'],
  [`echo «ghp_{a62*10}""{a62*26}»`,'','bash'],
  [`echo "«ghp_{a62*10}"{a62*26}»`,'','bash'],
  [`const a = "«ghp_{a62*10}";\nconst b = "{a62*26}»";\nconst t = a + b;`,'a.js'],
  [`PREFIX = "«ghp_"\nTOKEN = PREFIX + "{a62*36}»"`,'a.py'],
  [`const parts = {a: "«ghp_{a62*10}", b: "{a62*26}»"}; const t = parts.a + parts.b`,'a.js'],
  [`token: "«ghp_{a62*10}\\\n{a62*26}»"`,'a.js'],
  [`aws_access_key_id=${A}\naws_secret_access_key=${W}`,'credentials'],
  [`{"AccessKeyId": "${A}", "SecretAccessKey": "${W}"}`,'a.json'],
  [`AWS.config.update({accessKeyId: '${A}', secretAccessKey: '${W}'})`,'a.js'],
  [`boto3.client('s3', aws_access_key_id='${A}', aws_secret_access_key='${W}')`,'a.py'],
  [`boto3.Session('${A}', '${W}')`,'a.py'],
  [`new BasicAWSCredentials("${A}", "${W}")`,'A.java'],
  [`credentials.NewStaticCredentials("${A}", "${W}", "")`,'a.go'],
  [`Aws::Credentials.new('${A}', '${W}')`,'a.rb'],
  [`access_key = "${A}"\n  secret_key = "${W}"`,'m.tf'],
  [`aws configure set aws_access_key_id ${A} && aws configure set aws_secret_access_key ${W}`,'','bash'],
  [`AWS_ACCESS_KEY_ID=${A} AWS_SECRET_ACCESS_KEY=${W} aws s3 ls`,'','bash'],
  [`s3cmd --access_key=${A} --secret_key=${W} ls`,'','bash'],
  [`mc alias set m https://h ${A} ${W}`,'','bash'],
  [`${A}:${W}`,'.passwd-s3fs'],
  [`<AccessKeyId>${A}</AccessKeyId><SecretAccessKey>${W}</SecretAccessKey>`,'a.xml'],
  [`my openai key is «sk-proj-{url*74}T3BlbkFJ{url*74}» thanks`,'','prompt'],
  [`use password ${P} for the db`,'','prompt'],
  [`the password: ${P}`,'','prompt'],
  [`creds are dana:${P}`,'','prompt'],
  [`api key = ${K}`,'','prompt'],
  [`here's the token: ${K}`,'','prompt'],
  [`Here is my API key: ${K}. Please deploy`,'','prompt'],
  [`set the secret to ${K} and go`,'','prompt'],
  [`pw: ${P}`,'','prompt'],
  [`PIN/password "${P}"`,'','prompt'],
  [`the db password's ${P}`,'','prompt'],
  [`bearer ${K}`,'','prompt'],
  [`postgresql+psycopg2://app:${P}@db/x`,'a.py'],
  [`jdbc:oracle:thin:app/${P}@//db:1521/x`,'a.properties'],
  [`jdbc:sqlserver://db;user=sa;password=${P};`,'a.properties'],
  [`mongodb://app:${P}@h1,h2/x`,'a.js'],
  [`amqp://guest1:${P}@mq:5672`,'a.js'],
  [`smtp://dana%40acme.io:${P}@smtp.acme.io:587`,'a.env'],
  [`ftp://dana:${P}@ftp.acme.io`,'a.sh'],
  [`ldap://cn=a:${P}@h`,'a.sh'],
  [`redis://default:${P}@h:6379`,'a.ts'],
  [`rediss://:${P}@h`,'a.ts'],
  [`mysql://root:${P}@h/x`,'a.ts'],
  [`sftp://u:${P}@h/x`,'a.ts'],
  [`ssh://u:${P}@h`,'a.ts'],
  [`clickhouse://u:${P}@h`,'a.ts'],
  [`nats://u:${P}@h`,'a.ts'],
  [`https://user:${P}@h/x.git`,'a.ts'],
  [`https://${T}@github.com/a/b`,'a.ts'],
  [`https://x-access-token:${T}@github.com/a/b`,'a.ts'],
  [`https://oauth2:«glpat-{url*20}»@gitlab.com/a/b`,'a.ts'],
  [`git+https://${T}:x-oauth-basic@github.com/a/b.git`,'package.json'],
  [`https://h/x?apikey=${K}`,'a.ts'],
  [`https://h/x?key=${K}`,'a.ts'],
  [`https://h/x?access_token=${H}&a=b`,'a.ts'],
  [`https://h/x?auth=${K}`,'a.ts'],
  [`wss://h/?token=${K}`,'a.ts'],
  [`https://h/x?client_secret=${K}`,'a.ts'],
  [`https://h/x?password=${P}`,'a.ts'],
  [`https://h/x#access_token=${K}`,'a.ts'],
]; // biome-ignore format: a table of rows

const rows = ROWS.map(([template, path, surface]) => {
  const options: ScanOptions = surface ? { surface } : { path };
  return { template, options };
});

test.each(rows)('$template', ({ template, options }) => {
  for (let seed = 1; seed <= 3; seed++) {
    const { text, secrets } = fill(template, seeded(seed * 7919));
    expect(scan(text, options).map(({ start, end }) => text.slice(start, end))).toEqual(secrets);
  }
});
