import { describe, expect, test } from 'vitest';
import { type ScanOptions, scan } from '../../../src/guards/secrets/scan.ts';
import { fill, seeded } from '../../rules/secrets/template.ts';

interface Row extends ScanOptions {
  readonly text: string;
}

const P = '«Hb{a62*6}9tP{a62*6}»';
const found = (text: string, options: ScanOptions) =>
  scan(text, options).map(({ start, end }) => text.slice(start, end));

describe('a password is found wherever it is given', () => {
  const rows: Row[] = [
    { text: `DB_PASSWORD=${P}` },
    { text: `export DB_PASSWORD=${P} && ./run`, surface: 'bash' },
    { text: `password: ${P}\nhost: db`, path: 'config/app.yml' },
    { text: `  password: "${P}"`, path: 'a.yaml' },
    { text: `{"password":"${P}","user":"x"}`, path: 'a.json' },
    { text: `{\\"password\\":\\"${P}\\",\\"user\\":\\"x\\"}` },
    { text: `const password = '${P}';`, path: 'a.ts' },
    { text: `const password: string = "${P}";`, path: 'a.ts' },
    { text: `String dbPassword = "${P}";`, path: 'A.java' },
    { text: `password := "${P}"`, path: 'a.go' },
    { text: `'password' => '${P}',`, path: 'a.php' },
    { text: `define('DB_PASSWORD', '${P}');`, path: 'wp-config.php' },
    { text: `$cfg['password'] = '${P}';`, path: 'a.php' },
    { text: `os.environ["DB_PASSWORD"] = "${P}"`, path: 'a.py' },
    { text: `os.environ.setdefault('DB_PASSWORD', '${P}')`, path: 'a.py' },
    { text: `process.env.DB_PASSWORD = '${P}';`, path: 'a.js' },
    { text: `const pw = process.env.DB_PASSWORD || '${P}';`, path: 'a.js' },
    { text: `password: process.env.DB_PASSWORD ?? "${P}",`, path: 'a.ts' },
    { text: `PASSWORD = os.environ.get("DB_PASSWORD", "${P}")`, path: 'a.py' },
    { text: `password: \${DB_PASSWORD:-${P}}`, path: 'docker-compose.yml' },
    { text: `spring.datasource.password=${P}`, path: 'application.properties' },
    { text: `<password>${P}</password>`, path: 'settings.xml' },
    { text: `<add key="DbPassword" value="${P}" />`, path: 'web.config' },
    { text: `<property name="password" value="${P}"/>`, path: 'beans.xml' },
    { text: `<string name="db_password">${P}</string>`, path: 'strings.xml' },
    { text: `<key>DbPassword</key>\n\t<string>${P}</string>`, path: 'Info.plist' },
    { text: `env:\n  - name: DB_PASSWORD\n    value: "${P}"`, path: 'k8s.yaml' },
    { text: `{"name":"DB_PASSWORD","value":"${P}"}`, path: 'task.json' },
    { text: `"Server=db;Database=x;User Id=sa;Password=${P};Encrypt=true"`, path: 'appsettings.json' },
    { text: `jdbc:postgresql://db:5432/x?user=u&password=${P}&ssl=true` },
    { text: `psql "host=db user=app password=${P} dbname=x"`, surface: 'bash' },
    { text: `ENV DB_PASSWORD ${P}`, path: 'Dockerfile' },
    { text: `ENV DB_PASSWORD=${P}`, path: 'Dockerfile' },
    { text: `ARG DB_PASSWORD=${P}`, path: 'Dockerfile' },
    { text: `variable "db_password" {\n  default = "${P}"\n}`, path: 'vars.tf' },
    { text: `ALTER USER app WITH PASSWORD '${P}';`, path: 'a.sql' },
    { text: `CREATE USER 'app'@'%' IDENTIFIED BY '${P}';`, path: 'a.sql' },
    { text: `machine api.acme.io login dana password ${P}`, path: '.netrc' },
    { text: `machine api.acme.io\n  login dana\n  password ${P}\n`, path: 'home/.netrc' },
    { text: `db.acme.io:5432:ledger:app:${P}\n`, path: '.pgpass' },
    { text: `requirepass ${P}`, path: 'redis.conf' },
    { text: `psql postgres://app:${P}@db.acme.io/x`, surface: 'bash' },
    { text: `mongodb+srv://app:${P}@cluster0.ab1cd.mongodb.net/x`, path: 'a.js' },
    { text: `redis://:${P}@cache.acme.io:6379/0` },
    { text: `amqps://svc:${P}@mq.acme.io/vhost` },
    { text: `git clone https://dana:${P}@git.acme.io/x.git`, surface: 'bash' },
    { text: `curl -u admin:${P} https://api.acme.io`, surface: 'bash' },
    { text: `curl -sSL --user "admin:${P}" https://api.acme.io`, surface: 'bash' },
    { text: `curl -uadmin:${P} https://api.acme.io`, surface: 'bash' },
    { text: `mysql -h db -u root -p${P} ledger`, surface: 'bash' },
    { text: `mysqldump --password=${P} ledger > x.sql`, surface: 'bash' },
    { text: `MYSQL_PWD=${P} mysql -u root`, surface: 'bash' },
    { text: `docker login -u acme -p ${P} registry.acme.io`, surface: 'bash' },
    { text: `echo ${P} | docker login -u acme --password-stdin`, surface: 'bash' },
    { text: `echo '${P}' | sudo -S systemctl restart x`, surface: 'bash' },
    { text: `echo "dana:${P}" | sudo chpasswd`, surface: 'bash' },
    { text: `sshpass -p${P} ssh ops@host`, surface: 'bash' },
    { text: `redis-cli -h cache -a ${P} ping`, surface: 'bash' },
    { text: `ldapsearch -x -D cn=admin -w ${P} -b dc=acme`, surface: 'bash' },
    { text: `sqlcmd -S db -U sa -P '${P}' -Q 'select 1'`, surface: 'bash' },
    { text: `openssl pkcs12 -in a.p12 -passin pass:${P}`, surface: 'bash' },
    { text: `zip -P ${P} out.zip a`, surface: 'bash' },
    { text: `7z x a.7z -p${P}`, surface: 'bash' },
    { text: `gpg --batch --passphrase ${P} -d a.gpg`, surface: 'bash' },
    { text: `smbclient //fs/share -U 'dana%${P}'`, surface: 'bash' },
    { text: `htpasswd -bc .htpasswd dana ${P}`, surface: 'bash' },
    { text: `keytool -genkey -storepass ${P} -keypass changeit`, surface: 'bash' },
    { text: `mongosh "mongodb://h/x" -u app -p ${P}`, surface: 'bash' },
    { text: `az login -u dana -p ${P}`, surface: 'bash' },
    { text: `kubectl create secret generic x --from-literal=db-password='${P}'`, surface: 'bash' },
    { text: `helm upgrade x ./c --set postgresql.auth.password=${P}`, surface: 'bash' },
    { text: `aws secretsmanager create-secret --name x --secret-string '{"password":"${P}"}'`, surface: 'bash' },
    { text: `aws ssm put-parameter --name /db/password --type SecureString --value ${P}`, surface: 'bash' },
    { text: `gh secret set DB_PASSWORD --body "${P}"`, surface: 'bash' },
    { text: `vault kv put secret/db password=${P}`, surface: 'bash' },
    { text: `heroku config:set DB_PASSWORD=${P}`, surface: 'bash' },
    { text: `setx DB_PASSWORD "${P}"`, surface: 'bash' },
    { text: `$env:DB_PASSWORD = "${P}"`, surface: 'bash' },
    { text: `set -x DB_PASSWORD ${P}`, surface: 'bash' },
    { text: `ConvertTo-SecureString "${P}" -AsPlainText -Force`, surface: 'bash' },
    { text: `net use Z: \\\\fs\\share /user:dana ${P}`, surface: 'bash' },
    { text: `the admin password is ${P}, use it`, surface: 'prompt' },
    { text: `user: dana / password: ${P}`, surface: 'prompt' },
    { text: `log in with dana and the password \`${P}\``, surface: 'prompt' },
    { text: `Authorization: Basic «ZGFuYTpIYm45ZHRQNkp6VmpVZWs=»` },
    { text: `curl -H "Authorization: Bearer «{hex*40}»" https://api.acme.io`, surface: 'bash' },
    { text: `curl -H 'X-Api-Key: «{a62*32}»' https://api.acme.io`, surface: 'bash' },
    { text: `headers: { Authorization: 'Token «{hex*40}»' }`, path: 'a.ts' },
    { text: `fetch(url, { headers: { 'Authorization': \`Bearer «{a62*40}»\` } })`, path: 'a.ts' },
    { text: `Cookie: theme=dark; session=«{a62*32}»; lang=en` },
    { text: `Set-Cookie: connect.sid=«s%3A{a62*32}.{a62*43}»; Path=/; HttpOnly` },
    { text: `curl -b "sessionid=«{a36*32}»" https://acme.io`, surface: 'bash' },
    { text: `{"auths":{"ghcr.io":{"auth":"«ZGFuYTpIYm45ZHRQNkp6VmpVZWs=»"}}}`, path: '.docker/config.json' },
    { text: `api_key = "«{a62*32}»"`, path: 'a.toml' },
    { text: `apiKey: '«{hex*32}»',`, path: 'a.ts' },
    { text: `api.setApiKey("«{hex*40}»");`, path: 'A.java' },
    { text: `client = Client(api_key="«{a62*40}»", timeout=3)`, path: 'a.py' },
    { text: `JWT_SECRET=«{hex*64}»` },
    { text: `jwt.sign(payload, '«{a62*32}»')`, path: 'a.js' },
    { text: `app.use(session({ secret: '«{a62*24}»' }))`, path: 'a.js' },
    { text: `SECRET_KEY_BASE=«{hex*128}»` },
    { text: `https://api.acme.io/v1?api_key=«{hex*32}»&q=x` },
    { text: `https://api.acme.io/v1?access_token=«{a62*40}»#top` },
    { text: `encryption_key: «{b64*43}=»`, path: 'a.yml' },
    { text: `ENCRYPTION_KEY=«{hex*64}»` },
    { text: `CLIENT_SECRET: «{uuid}»` },
    { text: `--api-key «{a62*32}» --verbose`, surface: 'bash' },
    { text: `mytool --token=«{hex*40}»`, surface: 'bash' },
    { text: `accessToken=«{a62*64}»` },
    { text: `"refresh_token": "«{url*80}»"`, path: 'a.json' },
    { text: `deployer_private_key = "«{hex*64}»"`, path: 'a.toml' },
  ];
  test.each(rows)('$text', ({ text: template, ...options }) => {
    for (let seed = 1; seed <= 3; seed++) {
      const { text, secrets } = fill(template, seeded(seed * 104729));
      expect(found(text, options)).toEqual(secrets);
    }
  });
});

describe('an encoded or split secret is found as it stands', () => {
  const ghp = () => fill('ghp_{a62*36}', seeded(5)).text;
  const encoded: { how: string; make: (token: string) => string; inside?: boolean }[] = [
    { how: 'base64', make: (t) => `blob: «${Buffer.from(t).toString('base64')}»` },
    {
      how: 'base64 of an assignment',
      make: (t) => `data:\n  env: «${Buffer.from(`TOKEN=${t}\n`).toString('base64')}»`,
    },
    {
      how: 'base64 three times',
      make: (t) => `x: "«${[1, 2, 3].reduce((text) => Buffer.from(text).toString('base64'), t)}»"`,
    },
    { how: 'hex', make: (t) => `bytes.fromhex("«${Buffer.from(t).toString('hex')}»")` },
    { how: 'percent encoding', make: (t) => `https://x.io/?q=«${t.replace(/_/g, '%5F')}»&y=1` },
    {
      how: 'percent encoding throughout',
      make: (t) => `q=«${[...t].map((c) => `%${c.charCodeAt(0).toString(16)}`).join('')}»&y`,
    },
    { how: 'HTML entities', make: (t) => `<b>«${t.replace(/_/g, '&#95;')}»</b>` },
    { how: 'hex escapes', make: (t) => `"«${[...t].map((c) => `\\x${c.charCodeAt(0).toString(16)}`).join('')}»"` },
    {
      how: 'unicode escapes',
      make: (t) => `"«${[...t].map((c) => `\\u00${c.charCodeAt(0).toString(16)}`).join('')}»"`,
    },
    {
      how: 'octal escapes',
      make: (t) => `$'«${[...t].map((c) => `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`).join('')}»'`,
    },
    { how: 'zero-width characters', make: (t) => `token «${t.slice(0, 9)}\u200b${t.slice(9)}»` },
    { how: 'soft hyphens', make: (t) => `«${t.slice(0, 2)}\u00ad${t.slice(2)}»` },
    { how: 'markdown escapes', make: (t) => `Use «${t.replace('_', '\\_')}» here` },
    { how: 'concatenation', make: (t) => `const t = '«${t.slice(0, 10)}' + '${t.slice(10)}»';` },
    {
      how: 'concatenation over lines',
      make: (t) => `const t = "«${t.slice(0, 10)}" +\n  "${t.slice(10, 20)}" +\n  "${t.slice(20)}»";`,
    },
    { how: 'PHP concatenation', make: (t) => `$t = '«${t.slice(0, 10)}' . '${t.slice(10)}»';` },
    { how: 'adjacent strings', make: (t) => `t = ("«${t.slice(0, 10)}"\n     "${t.slice(10)}»")` },
    { how: 'a split prefix', make: (t) => `const t = '«gh' + 'p_' + '${t.slice(4)}»';` },
    { how: 'a joined list', make: (t) => `['«ghp_', '${t.slice(4, 20)}', '${t.slice(20)}»'].join('')` },
    {
      how: 'a template of two variables',
      make: (t) => `const a = '«ghp_';\nconst b = '${t.slice(4)}»';\nuse(\`\${a}\${b}\`);`,
    },
    { how: 'a sum of two variables', make: (t) => `a = "«ghp_"\nb = "${t.slice(4)}»"\nuse(a + b)` },
    { how: 'shell variables', make: (t) => `A=«ghp_; B=${t.slice(4)}»; curl -H "token: $A$B"` },
    { how: 'shell quotes', make: (t) => `export T="«${t.slice(0, 8)}"'${t.slice(8, 20)}'${t.slice(20)}»` },
    { how: 'a line continuation', make: (t) => `export T=«${t.slice(0, 8)}\\\n${t.slice(8)}»` },
    {
      how: 'UTF-16 in base64',
      make: (t) => `powershell -enc «${Buffer.from(`$t = '${t}'`, 'utf16le').toString('base64')}»`,
    },
    { how: 'character codes', make: (t) => `String.fromCharCode(«${[...t].map((c) => c.charCodeAt(0)).join(', ')}»)` },
    { how: 'hex codes', make: (t) => `bytes([«${[...t].map((c) => `0x${c.charCodeAt(0).toString(16)}`).join(',')}»])` },
    {
      how: 'an escape far out on a long line',
      make: (t) => `%41${'a '.repeat(1012)}«${t.replace('_', '%5F')}» ${'b '.repeat(2000)}`,
    },
    { how: 'printf words', make: (t) => `printf '%s%s' «ghp_ ${t.slice(4)}» > x` },
  ];
  test.each(encoded)('$how', ({ make }) => {
    const { text, secrets } = fill(make(ghp()), seeded(1));
    const all = secrets.join('');
    const hits = scan(text, { surface: 'bash' });
    expect(hits.map(({ start, end }) => text.slice(start, end))).toEqual([all]);
  });
});
