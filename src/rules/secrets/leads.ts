import type { SecretRow } from './row.ts';

/** Places that say "a password follows" without a name that could be read as an assignment. */
export const leads = (): readonly SecretRow[] => [
  {
    id: 'sql-password',
    kind: 'password in SQL',
    anchors: ['IDENTIFIED ', 'identified '],
    given: true,
    pattern: () =>
      /(?:IDENTIFIED|identified) (?:(?:WITH|with) \w{1,40} )?(?:BY|by) (?:(?:PASSWORD|password) )?['"]([^'"\s]{6,128})['"]/dy,
    hits: ["CREATE USER 'app'@'%' IDENTIFIED BY '«Hb{a62*6}9t{a62*6}»';"],
    misses: ["IDENTIFIED BY 'password'"],
  },
  {
    id: 'powershell-password',
    kind: 'password in a script',
    anchors: ['ConvertTo-SecureString '],
    given: true,
    pattern: () => /ConvertTo-SecureString (?:-String )?["']([^"'\n]{6,128})["']/dy,
    hits: ['ConvertTo-SecureString "«Hb{a62*6}9t{a62*6}»" -AsPlainText -Force'],
    misses: ['ConvertTo-SecureString "$env:PASS" -AsPlainText'],
  },
  {
    id: 'piped-password',
    kind: 'password piped into a program',
    anchors: ['echo ', 'printf '],
    given: true,
    pattern: () =>
      /(?:echo|printf) (?:-n )?(?:["']%s(?:\\n)?["'] )?["']?(?:[\w.-]{1,40}:)?([^\s"'|:]{6,128})["']? {0,2}\| {0,2}(?:sudo (?:-S|chpasswd|passwd|docker|cryptsetup)|docker|podman|helm|oras|nerdctl|skopeo|crane|chpasswd|passwd|kinit|su |gh auth|gh secret|glab auth|cryptsetup|argocd|gpg|openssl|vault|npm login|smbpasswd|kubeseal|wrangler secret|firebase functions:secrets|gcloud secrets|fly secrets)/dy,
    hits: [
      'echo «Hb{a62*6}9t{a62*6}» | docker login -u acme --password-stdin',
      "printf '%s' '«Hb{a62*6}9t{a62*6}»' | sudo -S id",
    ],
    misses: ['echo "$PASSWORD" | docker login --password-stdin', 'echo password | sudo -S id'],
  },
  {
    id: 'here-string-password',
    kind: 'password in a here-string',
    anchors: ['<<<'],
    given: true,
    near: ['sudo', 'passwd', 'docker', 'kinit', 'login', 'secret'],
    pattern: () => /<<< {0,2}["']?(?:[\w.-]{1,40}:)?([^\s"'|:\\][^\s"'|:]{5,127})["']?/dy,
    hits: ['sudo -S id <<< "«Hb{a62*6}9t{a62*6}»"'],
    misses: ['sudo -S id <<< "$PASSWORD"'],
  },
  {
    id: 'parameter-store-secret',
    kind: 'secret in a parameter store call',
    anchors: ['SecureString '],
    given: true,
    pattern: () =>
      /SecureString (?:--(?:overwrite|key-id|tier|region|profile)[ =]?[\w./-]{0,60} ){0,4}--value[ =]["']?([^\s"']{8,400})/dy,
    hits: ['aws ssm put-parameter --name /db/password --type SecureString --value «Hb{a62*6}9t{a62*6}»'],
  },
  {
    id: 'ci-secret-value',
    kind: 'secret value on a command line',
    anchors: ['gh secret set ', 'variables create '],
    given: true,
    pattern: () =>
      /(?:gh secret set|variables create) [A-Za-z0-9_]{1,60} (?:--?[a-z-]{1,20}[ =][\w./-]{1,60} ){0,3}(?:--body|-b|--value)[ =]["']?([^\s"']{8,400})/dy,
    hits: ['gh secret set DB_PASSWORD --body "«Hb{a62*6}9t{a62*6}»"'],
  },
  {
    id: 'share-password',
    kind: 'password on a command line',
    anchors: ['net use '],
    given: true,
    pattern: () => /net use [^\s]{1,3} ?[^\s]{0,120} \/user:[^\s]{1,80} ([^\s"'/]{6,128})/dy,
    hits: ['net use Z: \\\\fs\\share /user:dana «Hb{a62*6}9t{a62*6}»'],
  },
  {
    id: 'jwt-signing-secret',
    kind: 'token signing secret',
    anchors: ['jwt.sign(', 'jwt.verify(', 'jwt.encode(', 'jwt.decode('],
    given: true,
    pattern: () =>
      /jwt\.(?:sign|verify|encode|decode)\((?:\{[^{}]{0,200}\}|[\w.]{1,60}), {0,2}["'`]([^"'`\s]{8,200})["'`]/dy,
    hits: ["jwt.sign(payload, '«{a62*32}»')", "jwt.verify(token, '«{a62*32}»', cb)"],
    misses: ["jwt.sign(payload, 'secret')"],
  },
  {
    id: 'hmac-secret',
    kind: 'HMAC key',
    anchors: ['createHmac(', 'hmac.new('],
    given: true,
    pattern: () => /(?:createHmac\(["'][\w-]{2,20}["'], {0,2}|hmac\.new\(b?)["']([^"'\s]{12,200})["']/dy,
    hits: ["createHmac('sha256', '«{a62*32}»')"],
    misses: ["createHmac('sha256', 'secret')"],
  },
  {
    id: 'pgpass-password',
    kind: 'password in a pgpass line',
    anchors: [':5432:', ':5433:', ':*:'],
    given: true,
    pattern: () => /:(?:543[23]|\*):[\w*.-]{1,63}:[\w*.-]{1,63}:([^\s:"'/]{6,128})/dy,
    hits: ['db.acme.io:5432:ledger:app:«Hb{a62*6}9t{a62*6}»'],
  },
  {
    id: 'expect-password',
    kind: 'password in an expect script',
    anchors: ['send "', 'send -- "'],
    given: true,
    near: ['assword'],
    pattern: () => /send (?:-- )?"([^"\\\s]{6,64})\\[rn]"/dy,
    hits: ['expect "Password:"\nsend "«Hb{a62*6}9t{a62*6}»\\r"'],
  },
];
