import type { Row } from './row.ts';

const secretVariable =
  /(TOKEN|SECRET|PASSW(OR)?D|API_?KEY|PRIVATE_?KEY|CREDENTIALS?|ACCESS_KEY|_KEY|AUTH|DATABASE_URL|DSN|CONN(ECTION)?_STRING)$/i;

/** Rows about commands that print credentials. */
export const secrets = (): readonly Row[] => [
  {
    id: 'keychain',
    program: [
      'security',
      'secret-tool',
      'keyring',
      'kwallet-query',
      'cmdkey',
      'gnome-keyring',
      'lssecret',
      'pass',
      'gopass',
      'op',
      'bw',
      'lpass',
      'rbw',
      '1password',
      'keepassxc-cli',
      'dashlane',
      'chainbreaker',
      'mimipenguin',
      'laZagne',
      'mimikatz',
    ],
    effect: 'deny',
    when: (view) => {
      const [first = '', second = ''] = view.operands;
      if (view.program === 'security')
        return (
          /^(find-(generic|internet)-password|dump-keychain|export|unlock-keychain|delete-\w+|find-key|set-keychain|add-trusted-cert)$/.test(
            first,
          ) && !/^find-certificate/.test(first)
        );
      if (view.program === 'pass' || view.program === 'gopass')
        return first !== '' && !/^(ls|list|find|search|git|help|version|init)$/.test(first);
      if (view.program === 'op')
        return (
          /^(read|inject)$/.test(first) ||
          (/^(item|document)$/.test(first) && /^(get|delete|edit)$/.test(second)) ||
          (first === 'vault' && second === 'delete') ||
          view.has('--reveal')
        );
      if (/^(bw|rbw|lpass|keepassxc-cli|dashlane)$/.test(view.program))
        return /^(get|show|export|list|password|delete|p|d|dump)$/.test(first);
      if (view.program === 'secret-tool') return /^(lookup|search|clear)$/.test(first);
      if (view.program === 'keyring') return /^(get|del)$/.test(first);
      return view.program !== 'cmdkey' || view.args.some((text) => /list|delete/.test(text));
    },
    why: 'reads passwords from a keychain or password store.',
    instead: 'Ask the person to put what is needed into the environment.',
    hits: [
      'security find-generic-password -w -s acme',
      'security dump-keychain -d',
      'secret-tool lookup service acme',
      'pass show aws',
      'op read op://vault/item/field',
      'op item get x --reveal',
      'bw get password x',
      'keyring get a b',
    ],
    misses: ['security find-certificate -a', 'security list-keychains', 'pass ls', 'op --version'],
  },
  {
    id: 'credential-print',
    program: [
      'gh',
      'git',
      'gcloud',
      'aws',
      'az',
      'vault',
      'kubectl',
      'oc',
      'heroku',
      'doppler',
      'npm',
      'docker',
      'doctl',
      'fly',
      'flyctl',
      'vercel',
      'stripe',
      'chamber',
      'infisical',
      'sops',
      'helm',
      'terraform',
      'tofu',
      'railway',
      'supabase',
      'glab',
      'hub',
      'consul',
      'pulumi',
      'eas',
      'netlify',
      'wrangler',
      'firebase',
      'databricks',
      'snyk',
      'k',
      'ansible-vault',
      'berglas',
      'teller',
      'rails',
      'credstash',
      'git-credential-osxkeychain',
      'git-credential-store',
      'docker-credential-desktop',
      'docker-credential-osxkeychain',
      'confidant',
      'envkey-source',
      'age',
      'gpg',
      'git-crypt',
      'blackbox_cat',
      'kubeseal',
      'ssh-add',
    ],
    effect: 'ask',
    when: (view) => {
      const text = view.operands.join(' ');
      const all = view.args.join(' ');
      switch (view.program) {
        case 'gh':
          return /^auth token\b/.test(text) || (/^auth status\b/.test(text) && view.has('-t', '--show-token'));
        case 'glab':
          return /^(auth status|config get token)/.test(text) && view.has('-t', '--show-token');
        case 'git':
          return /^credential(-\w+)? (fill|get)\b/.test(text) || /^credential fill/.test(text);
        case 'git-credential-osxkeychain':
        case 'git-credential-store':
        case 'docker-credential-desktop':
        case 'docker-credential-osxkeychain':
          return view.operands.includes('get');
        case 'gcloud':
          return /^(auth (print-access-token|print-identity-token|application-default print-access-token)|secrets versions access)/.test(
            text,
          );
        case 'aws':
          // A registry login that goes on to `docker login --password-stdin` is shown to nobody.
          if (/^ecr get-login-password\b/.test(text) && view.forked) return false;
          return (
            (/^(configure (get|export-credentials)|secretsmanager (get-secret-value|batch-get-secret-value)|sts (get-session-token|assume-role\w*)|ecr get-login|iam create-access-key|ssm get-parameters?\b.*)/.test(
              text,
            ) &&
              (!/^ssm/.test(text) || view.has('--with-decryption')) &&
              (!/^configure get/.test(text) || /secret|token|key/.test(text))) ||
            /^kms decrypt/.test(text)
          );
        case 'az':
          return (
            /^(account get-access-token|keyvault (secret|key) (show|download|list)|ad sp (create-for-rbac|credential)|storage account keys list|acr credential show|.* list-keys|.* list-credentials)/.test(
              text,
            ) && !/^keyvault \w+ list/.test(text)
          );
        case 'vault':
          return /^(kv get|read|token create|print token)/.test(text);
        case 'kubectl':
        case 'oc':
        case 'k':
          return (
            (/^get secrets?\b/.test(text) &&
              /(-o|--output)[= ]?\s*(yaml|json|go-template|jsonpath|custom)|-o(yaml|json)/.test(all)) ||
            /^create token/.test(text) ||
            (/^(config view)/.test(text) && view.has('--raw')) ||
            (/^whoami/.test(text) && view.has('-t', '--show-token')) ||
            (/^get\b.*\bsecrets?\//.test(text) && /-o/.test(all))
          );
        case 'heroku':
          return /^config(:get)?\b/.test(text) || /^auth:token/.test(text);
        case 'doppler':
          return /^secrets( get| download)?\b/.test(text) && !view.has('--only-names');
        case 'npm':
          return (
            /^(token (create|list)|config (get|ls|list).*_auth|config get \S*(_authToken|_password))/.test(text) &&
            !/^token list/.test(text)
          );
        case 'docker':
          return false;
        case 'vercel':
          return /^env pull/.test(text);
        case 'chamber':
          return /^(read|export|env)/.test(text);
        case 'infisical':
          return /^(secrets|export)/.test(text);
        case 'sops':
          return view.has('-d', '--decrypt') || /^(decrypt|exec-env)/.test(text);
        case 'ansible-vault':
          return /^(view|decrypt|edit)/.test(text);
        case 'terraform':
        case 'tofu':
          return (
            (/^output\b/.test(text) && view.has('-raw') && /(secret|password|token|key)/i.test(text)) ||
            /^state pull/.test(text)
          );
        case 'pulumi':
          return view.has('--show-secrets');
        case 'fly':
        case 'flyctl':
          return /^(auth token|tokens create)/.test(text);
        case 'railway':
          return /^variables/.test(text);
        case 'supabase':
          return /^(projects api-keys)/.test(text);
        case 'rails':
          return /^credentials:(show|edit)/.test(text);
        case 'credstash':
        case 'berglas':
          return /^(get|getall|access)/.test(text);
        case 'gpg':
          return (
            view.has(
              '--export-secret-keys',
              '--export-secret-subkeys',
              '--delete-secret-keys',
              '--delete-secret-and-public-keys',
            ) ||
            (view.has('-d', '--decrypt') &&
              view.operands.some((name) => /(secret|pass|cred|env|token|key)/i.test(name)))
          );
        case 'consul':
          return /^kv get/.test(text) && /(secret|password|token)/i.test(text);
        case 'doctl':
          return /^auth (token)/.test(text) || /^kubernetes cluster kubeconfig show/.test(text);
        case 'ssh-add':
          return view.has('-D');
        default:
          return false;
      }
    },
    why: 'prints a credential.',
    instead: 'Use the tool itself, which keeps its credential: `gh pr list`.',
    hits: [
      'gh auth token',
      'git credential fill',
      'gcloud auth print-access-token',
      'aws secretsmanager get-secret-value --secret-id x',
      'vault kv get secret/app',
      'kubectl get secret db -o yaml',
      'az account get-access-token',
      'heroku config',
      'aws configure get aws_secret_access_key',
      'sops -d secrets.yaml',
      'gpg --export-secret-keys',
      'kubectl config view --raw',
      'pulumi config --show-secrets',
    ],
    misses: [
      'gh auth status',
      'gh pr list',
      'aws sts get-caller-identity',
      'kubectl get secrets',
      'git config user.email',
      'vault status',
      'npm whoami',
    ],
  },
  {
    id: 'environment-print',
    program: ['printenv', 'echo', 'env'],
    effect: 'ask',
    when: (view) =>
      view.program === 'printenv'
        ? view.operands.some((name) => secretVariable.test(name))
        : view.program === 'echo' &&
          !view.forked &&
          view.outputs.length === 0 &&
          view.operands.some((text) => text.includes('\uE001')),
    why: 'prints a credential from the environment.',
    instead: 'Check that it is set: `test -n "$GITHUB_TOKEN"`.',
    hits: ['printenv GITHUB_TOKEN', 'printenv AWS_SECRET_ACCESS_KEY', 'echo $GITHUB_TOKEN'],
    misses: [
      'printenv PATH',
      'printenv HOME',
      'echo "$PATH"',
      'echo "$NPM_TOKEN" | docker login --password-stdin',
      '[ -n "$GITHUB_TOKEN" ]',
    ],
  },
  {
    id: 'private-key',
    program: ['ssh-keygen', 'openssl', 'age-keygen', 'cosign', 'step', 'wg'],
    effect: 'ask',
    when: (view) =>
      view.program === 'ssh-keygen'
        ? view.has('-y', '-p') ||
          (view.value('-f') !== null && /\.ssh\//.test(view.value('-f') ?? '') && !view.has('-l', '-F', '-R', '-B'))
        : view.program === 'openssl'
          ? /^(rsa|pkey|ec|pkcs12|pkcs8)$/.test(view.args[0] ?? '') &&
            !view.args.some((text) => /^-(pubout|pubin|modulus|check|noout|export)$/.test(text)) &&
            view.args.includes('-in')
          : view.program === 'wg'
            ? view.operands[0] === 'showconf' || (view.operands[0] === 'show' && view.operands.includes('private-key'))
            : false,
    why: 'prints, changes or overwrites a private key.',
    instead: 'Look at the public part: `ssh-keygen -l -f key.pub`.',
    hits: [
      'ssh-keygen -y -f ~/.ssh/id_rsa',
      'openssl rsa -in server.key',
      'ssh-keygen -t rsa -f ~/.ssh/id_rsa',
      'openssl pkcs12 -in a.p12 -nodes',
    ],
    misses: [
      'ssh-keygen -l -f key.pub',
      'openssl rand -hex 16',
      'openssl x509 -in cert.pem -noout -text',
      'ssh-keygen -t ed25519 -f /tmp/k',
    ],
  },
  {
    id: 'memory-dump',
    program: [
      'gcore',
      'procdump',
      'gdb',
      'lldb',
      'strace',
      'ltrace',
      'unshadow',
      'john',
      'hashcat',
      'hydra',
      'responder',
    ],
    effect: 'ask',
    when: (view) =>
      /^(gdb|lldb|strace|ltrace)$/.test(view.program)
        ? view.value('-p', '--pid', '--attach') !== null && view.program !== 'strace'
        : true,
    why: 'reads the memory or passwords of other processes.',
    instead: 'Look at your own process: `ps`.',
    hits: ['gcore 1234', 'gdb -p 1234', 'john hashes.txt', 'unshadow passwd shadow'],
    misses: ['gdb ./app', 'strace ls'],
  },
];
