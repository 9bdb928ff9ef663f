import type { Row } from './row.ts';

/** Rows about hosted services and publishing. */
export const services = (): readonly Row[] => [
  {
    id: 'github',
    program: ['gh', 'hub', 'glab', 'tea', 'bb', 'berg', 'fj'],
    effect: 'ask',
    when: (view) => {
      const text = view.operands.join(' ');
      if (
        /^(repo|release|secret|variable|cache|codespace|cs|gist|label|issue|run|project|ssh-key|gpg-key|ruleset|environment|workflow|pr|org|token|deploy-key|runner|package|mr|snippet|schedule|cluster|container|milestone|iteration|user|group|board|ci) (delete|remove|rm|archive|disable|delete-asset|purge|field-delete|item-delete|transfer|cancel-all)\b/.test(
          text,
        )
      )
        return true;
      if (
        /^repo (delete|archive|deploy-key delete)/.test(text) ||
        (/^repo edit/.test(text) &&
          view.args.some((one) => /^--(visibility|enable-\w+=false|accept-visibility)/.test(one))) ||
        (/^repo (sync)/.test(text) && view.has('--force')) ||
        /^repo (transfer|rename)/.test(text)
      )
        return true;
      if (/^(pr|mr) merge\b/.test(text))
        return view.has('--admin') || (view.has('-d', '--delete-branch') && view.has('--admin'));
      if (/^(pr|mr) (review|approve)\b/.test(text))
        return view.has('-a', '--approve') || /approve/.test(text.split(' ')[1] ?? '');
      if (/^release (upload)/.test(text)) return view.has('--clobber');
      if (/^(secret|variable) set\b/.test(text)) return true;
      if (/^(ssh-key|gpg-key) add\b/.test(text)) return true;
      if (/^auth (logout|refresh)/.test(text)) return true;
      if (/^gist create\b/.test(text)) return true;
      if (/^(api)\b/.test(text)) {
        const method = (view.value('-X', '--method') ?? '').toUpperCase();
        const attached = view.args.some((one) => /^(-X|--method=)(DELETE|PUT|PATCH)$/i.test(one));
        const path = view.operands.slice(1).join(' ');
        return (
          method === 'DELETE' ||
          attached ||
          /^(PUT|PATCH)$/.test(method) ||
          view.args.some((one) =>
            /mutation\b[\s\S]*\b(delete|archive|remove|transfer|update\w*Protection|mergePullRequest|disable)/i.test(
              one,
            ),
          ) ||
          (method === 'POST' && /(hooks|keys|collaborators|transfer|merges)/.test(path))
        );
      }
      return view.program === 'hub' && /^(delete|release delete)/.test(text);
    },
    why: 'deletes, exposes or overrides something on the code host.',
    instead: 'Look first: `gh repo view`.',
    hits: [
      'gh repo delete acme/app --yes',
      'gh api -X DELETE /repos/acme/app',
      'gh pr merge 12 --admin --squash',
      'gh release delete v1 -y',
      'gh secret set X -b y',
      'gh secret delete X',
      'gh repo edit --visibility public',
      'gh api --method=DELETE repos/a/b',
      'glab repo delete x',
      'gh run delete 1',
      'gh api graphql -f query="mutation { deleteRef(input: {refId: 1}) { clientMutationId } }"',
      'gh gist create notes.md',
      'gh ssh-key add key.pub',
      'gh api repos/a/b/branches/main/protection -X PUT',
      'gh repo archive a/b',
    ],
    misses: [
      'gh pr create --fill',
      'gh issue list --label bug',
      'gh pr view 1',
      'gh release create v1 --notes "removes x"',
      'gh api /repos/acme/app',
      'gh pr merge 12 --squash',
      'gh auth status',
      'gh run list',
      'gh workflow run ci.yml',
    ],
  },
  {
    id: 'hosting',
    program: [
      'vercel',
      'now',
      'netlify',
      'ntl',
      'heroku',
      'fly',
      'flyctl',
      'railway',
      'render',
      'wrangler',
      'firebase',
      'supabase',
      'amplify',
      'surge',
      'expo',
      'eas',
      'pscale',
      'turso',
      'neonctl',
      'neon',
      'convex',
      'appwrite',
      'nhost',
      'clever',
      'scalingo',
      'gigalixir',
      'platform',
      'pantheon',
      'terminus',
      'acli',
      'shopify',
      'stripe',
      'twilio',
      'sentry-cli',
      'datadog-ci',
      'newrelic',
      'launchdarkly',
      'ldcli',
      'algolia',
      'contentful',
      'sanity',
      'prismic',
      'hasura',
      'checkly',
      'posthog',
      'cloudflare',
      'deployctl',
      'koyeb',
      'northflank',
      'zeabur',
      'qovery',
      'porter',
      'dokku',
      'ghost',
      'auth0',
      'clerk',
      'okta',
      'slack',
      'pagerduty',
      'pd',
      'jira',
      'acli-jira',
      'linear',
      'notion',
      'gitpod',
      'coder',
      'circleci',
      'buildkite-agent',
      'travis',
      'jfrog',
      'jf',
      'snyk',
      'sfdx',
      'sf',
      'salesforce',
      'hubspot',
      'hs',
      'zapier',
      'ngrok',
      'mailgun',
      'sendgrid',
      'resend',
      'segment',
      'planetscale',
      'upstash',
      'aiven',
      'avn',
      'confluent',
      'ccloud',
      'temporal',
      'tctl',
      'cockroach',
      'astro',
      'snow',
      'atlas',
      'mongocli',
      'redis-cloud',
      'elastic',
      'ecctl',
      'grafana-cli',
      'grafanactl',
      'aptible',
      'replicate',
      'modal',
      'cdn77',
      'bunny',
      'cloudinary',
      'uploadcare',
      'gitea',
      'tea',
      'devcycle',
      'dc',
    ],
    effect: 'ask',
    when: (view) => {
      const text = view.operands.join(' ');
      const all = view.args.join(' ');
      if (
        /(^| |:)(delete|remove|rm|destroy|purge|terminate|unpublish|uninstall-app|disable|teardown|drop|reset|suspend|wipe|nuke|down|undeploy|cancel|revoke|detach|d1 delete|unset|apps:destroy|pg:reset|pg:kill|pg:copy|pg:promote|addons:destroy|maintenance:on|domains:remove|domains:clear|config:unset|ps:scale \w+=0|releases:rollback|hosting:disable|firestore:delete|database:remove|functions:delete|projects:delete|rollback|delete-\w+|sites:delete|env:unset|delete_\w+|dataset delete|channel:delete|webhook:delete|database:set|auth:import|pipelines:destroy|certs:remove|scale \w*=0|machine stop|volumes destroy|secrets unset|transfer|promote|bulk delete|kv bulk delete|project delete|rename|alias rm)( |$)/.test(
          text.replace(/^(stripe|railway) (listen|logs)/, ''),
        )
      ) {
        return (
          !(/^(wrangler|vercel|netlify)$/.test(view.program) && /^(dev|pages dev|link|list|ls)/.test(text)) &&
          !view.has('--dry-run')
        );
      }
      if (
        /--prod(uction)?\b|--live\b|--target[= ]production/.test(all) &&
        /^(deploy|up|push|publish|alias|promote|submit|update|build)?(\s|$)/.test(text) &&
        !/^(env|logs|ls|list|inspect)/.test(text) &&
        text !== 'build'
      )
        return /^(vercel|netlify|ntl|now|eas|expo|railway|stripe|sst|convex|firebase|deployctl|shopify|cdk)$/.test(
          view.program,
        );
      if (view.program === 'stripe')
        return (/(--live)/.test(all) && !/^(listen|logs|get|list)/.test(text)) || /^(delete|post .*refunds)/.test(text);
      if (view.program === 'wrangler')
        return (
          /^(deploy|publish|versions deploy|secret (put|delete|bulk)|pages deploy|d1 (delete|execute|time-travel restore)|kv:?\s?(key|namespace|bulk)[: ](delete)|r2 (bucket|object) delete|queues delete|rollback|triggers deploy)/.test(
            text,
          ) &&
          !(/^d1 execute/.test(text) && !/(drop|delete|truncate|update)/i.test(all)) &&
          !(/^d1 execute/.test(text) && view.has('--local'))
        );
      if (view.program === 'firebase')
        return /^(deploy|firestore:(delete)|hosting:(disable|clone)|functions:(delete|config:unset)|database:(remove|set|update|import)|projects:delete|apps:delete|auth:import|remoteconfig:rollback)/.test(
          text,
        );
      if (view.program === 'heroku')
        return /^(apps:destroy|pg:(reset|kill|killall|copy|promote|backups:(restore|delete))|run:?\w* .*(drop|reset|rm )|config:(set|unset|edit)|addons:(destroy|detach)|ps:(scale|stop|kill)|maintenance:on|releases:rollback|access:(add|remove)|repo:(reset|purge_cache)|container:(rm|release|push)|domains:(clear|remove)|redis:cli .*flush|keys:(clear|remove|add))/.test(
          text,
        );
      if (view.program === 'fly' || view.program === 'flyctl')
        return /^(apps? (destroy|suspend)|destroy|deploy|scale count 0|scale|machines? (destroy|stop|kill|remove)|m destroy|volumes? (destroy|delete)|secrets (unset|set|import)|postgres (detach|failover)|pg |ips release|certs remove|orgs (delete|remove)|suspend|redis (destroy|reset)|storage destroy|wireguard remove|tokens (revoke|create)|mpg destroy)/.test(
          text,
        );
      if (view.program === 'surge')
        return !view.has('--version') && view.operands[0] !== 'list' && view.operands[0] !== 'whoami';
      if (view.program === 'eas' || view.program === 'expo')
        return /^(submit|publish|update|channel:delete|branch:delete|build:cancel|secret:delete|project:delete|update:(delete|republish|roll-back\S*)|credentials)/.test(
          text,
        );
      if (view.program === 'sentry-cli')
        return /^(releases delete|releases files .* delete|monitors delete)/.test(text);
      if (view.program === 'shopify')
        return /^(theme (push|delete|publish)|app (deploy|release)|hydrogen deploy)/.test(text);
      if (view.program === 'sf' || view.program === 'sfdx')
        return (
          /(org delete|force:org:delete|data delete|force:data:\w+:delete|data:delete|project deploy start|force:source:(deploy|delete)|apex run|project delete)/.test(
            text,
          ) && !view.has('--dry-run')
        );
      if (view.program === 'jf' || view.program === 'jfrog')
        return /(rt (del|delete)|repo-delete|rdel|build-discard)/.test(text);
      if (/^(supabase)$/.test(view.program))
        return (
          /^(db (push|reset)|functions (deploy|delete)|projects delete|secrets (set|unset)|migration (repair|squash)|branches delete|storage rm|postgres-config (update|delete)|ssl-enforcement update|network-)/.test(
            text,
          ) && !view.has('--local', '--dry-run')
        );
      return false;
    },
    why: 'deletes, changes or deploys something on a hosted service.',
    instead: 'Look first: `vercel ls`.',
    hits: [
      'vercel remove acme --yes',
      'vercel deploy --prod',
      'netlify sites:delete x',
      'heroku apps:destroy --app x --confirm x',
      'heroku pg:reset DATABASE --confirm x',
      'fly apps destroy x',
      'flyctl volumes destroy v1',
      'railway down',
      'wrangler delete',
      'wrangler deploy',
      'firebase firestore:delete --all-collections',
      'firebase deploy',
      'supabase projects delete x',
      'stripe customers delete cus_1 --live',
      'wrangler kv:namespace delete --binding x',
      'heroku config:unset X',
      'netlify deploy --prod',
      'sentry-cli releases delete v1',
      'vercel rm x -y',
      'wrangler d1 execute db --remote --command "DROP TABLE x"',
      'eas submit',
    ],
    misses: [
      'vercel ls',
      'vercel dev',
      'netlify dev',
      'heroku logs --tail',
      'fly status',
      'wrangler dev',
      'firebase emulators:start',
      'supabase start',
      'stripe listen --forward-to localhost:3000',
      'vercel build',
      'heroku ps',
      'netlify build',
      'railway logs',
    ],
  },
  {
    id: 'publish',
    program: [
      'npm',
      'pnpm',
      'yarn',
      'bun',
      'cargo',
      'twine',
      'poetry',
      'uv',
      'flit',
      'hatch',
      'pdm',
      'maturin',
      'gem',
      'rake',
      'mvn',
      'mvnw',
      './mvnw',
      'gradle',
      'gradlew',
      'dotnet',
      'nuget',
      'lerna',
      'nx',
      'changeset',
      'changesets',
      'semantic-release',
      'release-it',
      'np',
      'auto',
      'goreleaser',
      'jsr',
      'deno',
      'vsce',
      'ovsx',
      'pod',
      'dart',
      'flutter',
      'pub',
      'mix',
      'hex',
      'cabal',
      'stack',
      'luarocks',
      'cpan-upload',
      'sbt',
      'clj',
      'clojure',
      'ko',
      'lein',
      'conan',
      'vcpkg',
      'helm',
      'gox',
      'fastlane',
      'xcrun',
      'altool',
      'snapcraft',
      'brew',
      'conda',
      'anaconda',
      'wasm-pack',
      'elm',
      'bit',
      'rush',
      'beachball',
      'cross-publish',
      'opam',
      'nimble',
      'shards',
      'publish',
      'pypi',
      'setup.py',
      'python',
      'python3',
      'web-ext',
      'chrome-webstore-upload',
      'amo',
      'electron-builder',
      'electron-forge',
      'tauri',
      'msstore',
      'charmcraft',
      'apm',
      'raco',
      'composer',
      'cargo-release',
      'cargo-publish',
      'knope',
      'turbo',
      'composer',
      'typst',
      'gh-pages',
      'mkdocs',
      'zenodo',
      'ghp-import',
      'huggingface-cli',
      'hf',
      'ollama',
    ],
    effect: 'ask',
    when: (view) => {
      if (
        view.args.some((text) =>
          /^(--dry-run|-n|--dryrun|--dry|-DdryRun(=true)?|--snapshot|--skip=publish|--no-publish|--skip-publish|--publish=never|--help|-h|--simulate|--list|--check)$/.test(
            text,
          ),
        ) &&
        !(view.program === 'npm' && view.args.includes('-n'))
      )
        return false;
      const text = view.operands.join(' ');
      const [first = '', second = ''] = view.operands;
      switch (view.program) {
        case 'npm':
        case 'pnpm':
          return (
            /^(publish|unpublish|deprecate|undeprecate|dist-tag (add|rm|set)|access (public|restricted|grant|revoke|set)|owner (add|rm|remove|del)|token (create|revoke|delete)|team (destroy|rm|add|create)|org (rm|set)|hook (add|rm|update)|profile (set|disable-2fa|enable-2fa)|stage publish|-r publish|pub|adduser|add-user|logout)\b/.test(
              text,
            ) ||
            (/^(publish|unpublish)$/.test(second) && first === 'recursive') ||
            /^(run )?(release|publish|deploy:prod\w*)$/.test(text)
          );
        case 'yarn':
          return (
            /^(publish|npm (publish|tag (add|remove)|logout|deprecate)|workspaces foreach .*\bnpm publish|tag (add|remove)|owner (add|remove)|unpublish|workspace \S+ (npm )?publish)\b/.test(
              text,
            ) || /^(run )?(release|publish)$/.test(text)
          );
        case 'bun':
          return /^(publish|pm publish)\b/.test(text);
        case 'cargo':
          return (
            /^(publish|yank|owner|release|logout|login)\b/.test(text) &&
            !(first === 'owner' && view.has('-l', '--list')) &&
            !(first === 'release' && !view.has('-x', '--execute') && !/publish/.test(text))
          );
        case 'twine':
          return first === 'upload' || first === 'register';
        case 'poetry':
        case 'uv':
        case 'flit':
        case 'hatch':
        case 'pdm':
        case 'maturin':
        case 'dart':
        case 'flutter':
        case 'pub':
        case 'jsr':
        case 'deno':
        case 'vsce':
        case 'ovsx':
        case 'web-ext':
        case 'wasm-pack':
        case 'elm':
        case 'nimble':
        case 'beachball':
        case 'rush':
        case 'changeset':
        case 'changesets':
        case 'lerna':
        case 'electron-forge':
        case 'conda':
        case 'apm':
        case 'raco':
        case 'bit':
        case 'sbt':
        case 'knope':
        case 'publish':
        case 'shards':
          return (
            (/(^| )(publish|unpublish|upload|pub publish|pub lish|lish|yank|publishSigned|sonatypeRelease|sonatypeBundleRelease|delete|release)( |$)/.test(
              text,
            ) &&
              !/^(version|run|build|tool|pip) /.test(text) &&
              !(first === 'release' && view.program === 'lerna')) ||
            (view.program === 'web-ext' && first === 'sign')
          );
        case 'gem':
          return /^(push|yank|owner|signin)\b/.test(text);
        case 'rake':
          return /^(release|gem:push)/.test(text);
        case 'mvn':
        case 'mvnw':
        case './mvnw':
          return view.operands.some((one) =>
            /^(deploy|release:(perform|prepare)|site:deploy|site-deploy|nexus-staging:\w+|deploy:deploy(-file)?|central-publishing:publish)$/.test(
              one,
            ),
          );
        case 'gradle':
        case 'gradlew':
          return view.operands.some((one) =>
            /(^|:)(publish(?!ToMavenLocal)\w*|uploadArchives|bintrayUpload|closeAndReleaseRepository|publishPlugins|release|artifactoryPublish|publishToSonatype)$/.test(
              one,
            ),
          );
        case 'dotnet':
        case 'nuget':
          return /^(nuget )?(push|delete|unlist)\b/.test(text);
        case 'nx':
          return /^(release|run .*:(publish|deploy)|publish)/.test(text) && !/^release (version|changelog)/.test(text);
        case 'semantic-release':
        case 'np':
        case 'release-it':
        case 'gh-pages':
        case 'ghp-import':
        case 'cpan-upload':
        case 'altool':
        case 'chrome-webstore-upload':
        case 'amo':
        case 'cargo-publish':
        case 'cargo-release':
          return true;
        case 'auto':
          return /^(shipit|release|publish|canary|next)/.test(text);
        case 'goreleaser':
          return first === 'release' || first === 'publish';
        case 'pod':
          return /^(trunk|repo) (push|delete|deprecate|add-owner|remove-owner)/.test(text) || first === 'push';
        case 'mix':
          return /^hex\.(publish|retire|owner)/.test(text);
        case 'cabal':
        case 'stack':
        case 'luarocks':
        case 'conan':
        case 'anaconda':
        case 'snapcraft':
        case 'charmcraft':
        case 'opam':
          return (
            /^(upload|publish|release|close|remove (-r|\S+ -r)|push)\b/.test(text) &&
            (view.program !== 'conan' || first === 'upload')
          );
        case 'lein':
        case 'clj':
        case 'clojure':
          return /^(deploy|release)/.test(text) || view.args.some((one) => /^-[XT]:?\w*deploy/.test(one));
        case 'ko':
          return (
            /^(build|publish|apply|create|resolve)\b/.test(text) &&
            !view.has('-L', '--local') &&
            !/--push=false/.test(view.args.join(' '))
          );
        case 'helm':
          return first === 'push';
        case 'fastlane':
          return (
            /(release|deliver|pilot|supply|upload_to|beta|deploy|nuke|match nuke|production)/.test(text) &&
            !/^(test|tests|lint|scan|snapshot)/.test(text)
          );
        case 'xcrun':
          return /altool|notarytool submit/.test(text) && (view.args.includes('--upload-app') || /submit/.test(text));
        case 'python':
        case 'python3':
        case 'setup.py':
          return (
            /(^|\/)setup\.py .*(upload|register)\b/.test(text) ||
            (view.program === 'setup.py' && /upload|register/.test(text)) ||
            (view.args[0] === '-m' &&
              /^(twine upload|flit publish|poetry publish|hatch publish|uv publish)/.test(view.args.slice(1).join(' ')))
          );
        case 'mkdocs':
          return first === 'gh-deploy';
        case 'huggingface-cli':
        case 'hf':
          return /^(upload|upload-large-folder|repo(s)? (delete|create|move)|repo-files delete)/.test(text);
        case 'ollama':
          return first === 'push' || first === 'rm';
        case 'electron-builder':
          return (
            view.values('-p', '--publish').some((one) => /always|onTag/.test(one)) ||
            view.args.some((one) => /^--publish=(always|onTag)/.test(one))
          );
        case 'vcpkg':
        case 'brew':
        case 'composer':
        case 'turbo':
          return /(^| )(publish|release)$/.test(text) && view.program === 'turbo';
        default:
          return false;
      }
    },
    why: 'publishes or withdraws a package for everyone.',
    instead: 'See what would be published: `npm publish --dry-run`.',
    hits: [
      'npm publish',
      'npm publish --access public',
      'pnpm publish --no-git-checks',
      'pnpm -r publish',
      'yarn npm publish',
      'twine upload dist/*',
      'npm unpublish acme --force',
      'npm deprecate acme "x"',
      'cargo publish',
      'cargo yank --version 1.0.0',
      'ko build ./cmd/app',
      'clojure -X:deploy',
      'gem push x.gem',
      'mvn deploy',
      './gradlew publish',
      'poetry publish --build',
      'uv publish',
      'dotnet nuget push x.nupkg',
      'npx lerna publish',
      'vsce publish',
      'python -m twine upload dist/*',
      'npx semantic-release',
      'pod trunk push',
      'goreleaser release',
      'flutter pub publish',
      'npm dist-tag add a@1 latest',
      'npx changeset publish',
      'mix hex.publish',
      'npm owner add x',
      'deno publish',
      'jsr publish',
      'bun publish',
    ],
    misses: [
      'npm publish --dry-run',
      'cargo publish --dry-run',
      'npm version patch',
      'npm pack',
      'poetry build',
      'npx changeset',
      'twine check dist/*',
      './gradlew publishToMavenLocal',
      'npm run build',
      'goreleaser release --snapshot',
      'mvn package',
      'npm dist-tag ls',
      'dotnet publish -c Release',
      'cargo package',
    ],
  },
  {
    id: 'package-cache',
    program: [
      'npm',
      'pnpm',
      'yarn',
      'conda',
      'mamba',
      'pipenv',
      'poetry',
      'pyenv',
      'nvm',
      'rbenv',
      'rustup',
      'sdk',
      'asdf',
      'mise',
      'volta',
      'fnm',
      'opam',
      'ghcup',
      'pip',
      'pip3',
      'flutter',
      'gem',
      'uv',
      'cpanm',
    ],
    effect: 'ask',
    when: (view) => {
      const text = view.operands.join(' ');
      if (/^(conda|mamba)$/.test(view.program))
        return /^(env remove|remove|uninstall)/.test(text) && (view.has('--all') || /env remove/.test(text));
      if (view.program === 'rustup') return /^(self uninstall|toolchain (uninstall|remove))/.test(text);
      if (view.program === 'gem') return (first(text) === 'uninstall' && view.has('-a', '--all')) || text === 'cleanup';
      if (/^(pip|pip3)$/.test(view.program)) return first(text) === 'uninstall' && view.text.includes('freeze');
      if (view.program === 'ghcup') return text === 'nuke';
      return false;
    },
    why: 'removes a whole tool chain or environment.',
    instead: 'List it first: `conda env list`.',
    hits: ['conda env remove -n prod', 'rustup self uninstall', 'ghcup nuke'],
    misses: ['conda env list', 'npm cache clean --force', 'pip uninstall -y requests', 'rustup update'],
  },
  {
    id: 'remote-backup',
    program: [
      'restic',
      'borg',
      'borgmatic',
      'duplicity',
      'kopia',
      'rdiff-backup',
      'tmutil',
      'timeshift',
      'snapper',
      'bacula',
      'veeamconfig',
      'pgbackrest',
      'barman',
      'wal-g',
      'wal-e',
      'duplicacy',
      'rsnapshot',
      'velero',
      'bup',
      'vssadmin',
      'wbadmin',
    ],
    effect: 'ask',
    when: (view) =>
      /(^| )(forget|prune|delete|purge|remove-\w+|remove-older-than|remove-all-but-n-full|cleanup|key remove|snapshot delete|stanza-delete|expire|--delete|delete-all|delete everything|wipe|disable|deletelocalsnapshots|thinlocalsnapshots|resize)( |$)/.test(
        `${view.operands.join(' ')} ${view.args.filter((text) => text.startsWith('--delete')).join(' ')}`,
      ) && !view.has('--dry-run', '-n'),
    why: 'deletes backups.',
    instead: 'List them first: `restic snapshots`.',
    hits: [
      'restic forget --prune --keep-last 1',
      'borg delete repo::x',
      'borg prune --keep-daily 1',
      'tmutil delete x',
      'kopia snapshot delete x',
      'vssadmin delete shadows /all',
      'wal-g delete everything FORCE',
    ],
    misses: ['restic snapshots', 'borg list', 'restic backup src', 'borg prune --dry-run'],
  },
];

function first(text: string): string {
  return text.split(' ')[0] ?? '';
}
