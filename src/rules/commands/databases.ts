import type { Row, View } from './row.ts';
import { sqlDanger } from './sql.ts';

const clients = [
  'psql',
  'mysql',
  'mariadb',
  'sqlite3',
  'sqlite',
  'litecli',
  'sqlcmd',
  'mssql-cli',
  'osql',
  'isql',
  'sqlplus',
  'sql',
  'usql',
  'pgcli',
  'mycli',
  'duckdb',
  'clickhouse',
  'clickhouse-client',
  'clickhouse-local',
  'cqlsh',
  'snowsql',
  'snow',
  'bq',
  'cockroach',
  'db2',
  'hive',
  'beeline',
  'presto',
  'trino',
  'impala-shell',
  'spark-sql',
  'athena',
  'turso',
  'wrangler',
  'planetscale',
  'pscale',
  'neonctl',
  'supabase',
  'dbt',
  'databricks',
  'influx',
  'cypher-shell',
  'vsql',
  'tsql',
  'rqlite',
  'libsql',
  'surreal',
  'edgedb',
  'gel',
  'questdb',
  'hasura',
  'heroku',
  'flyctl',
  'fly',
  'az',
  'gcloud',
  'aws',
  'knex',
  'sequelize',
  'prisma',
  'drizzle-kit',
  'rails',
  'ksql',
  'gsql',
  'crate',
  'crash',
  'sqlpackage',
  'dolt',
  'h2',
  'derby',
  'firebird',
  'monetdb',
  'mclient',
  'ogr2ogr',
  'soda',
  'steampipe',
  'osqueryi',
  'rds-data',
  'ysqlsh',
  'ycqlsh',
  'phpmyadmin',
  'wp',
  'drush',
  'doctrine',
  'console',
  'manage.py',
  'django-admin',
  'ysql',
  'Invoke-Sqlcmd',
  'mysqlsh',
  'typeorm',
];
const textOptions = [
  '-c',
  '-e',
  '-q',
  '-Q',
  '--command',
  '--execute',
  '--query',
  '--eval',
  '--sql',
  '-cmd',
  '--cmd',
  '-s',
];

/** Every piece of SQL that a client is given: options, operands, standard input. */
function sqlTexts(view: View): readonly string[] {
  const attached = view.args.flatMap(
    (text) =>
      /^(?:-[ceqQ]|--(?:command|execute|query|eval|sql|cmd|init-command|query_string|sql-text|query-string|query-statement)=)([\s\S]+)$/.exec(
        text,
      )?.[1] ?? [],
  );
  const longOperands = view.operands.filter((text) => /\s/.test(text) || /^\w+$/.test(text) === false);
  return [
    ...view.values(...textOptions),
    ...attached,
    ...longOperands,
    ...view.args.filter((text) => /\s/.test(text)),
    view.stdin?.text ?? '',
  ].filter((text) => /[a-z]{3}/i.test(text));
}

const mongoDanger =
  /\.(drop|dropDatabase|dropUser|dropAllUsers\w*|dropIndexes|dropCollection|remove\(\s*\{?\s*\}?\s*[),]|deleteMany\(\s*\{\s*\}|deleteMany\(\s*\)|updateMany\(\s*\{\s*\}|shutdownServer|renameCollection)\b|\.remove\(\s*(\{\s*\})?\s*\)|\.deleteMany\(\s*(\{\s*\})?\s*[,)]|\.updateMany\(\s*\{\s*\}|dropDatabase|\bdrop\(\)/;
const redisDanger =
  /^(flushall|flushdb|shutdown|debug|del|unlink|config|acl|slaveof|replicaof|failover|cluster|swapdb|migrate|restore|script|function|module|eval|evalsha|save|client|bgrewriteaof)$/i;

/** Rows about databases, through their own clients and through frameworks. */
export const databases = (): readonly Row[] => [
  {
    id: 'sql-destroy',
    program: clients,
    effect: 'ask',
    when: (view) => view.operands[0] !== ':memory:' && sqlTexts(view).some((text) => sqlDanger(text) !== null),
    why: 'drops, empties or rewrites data in a database.',
    instead: 'Look at what it would change: `psql -c "SELECT count(*) FROM users"`.',
    hits: [
      "psql -c 'DROP TABLE users'",
      "echo 'DROP DATABASE prod' | psql",
      "sqlite3 data/app.db 'drop table users'",
      'mysql -e "TRUNCATE orders"',
      "mysql -uroot prod -e 'DELETE FROM users'",
      "psql <<< 'DELETE FROM users;'",
      "cqlsh -e 'DROP KEYSPACE prod'",
      'psql -c "UPDATE users SET admin = true"',
      'sqlcmd -Q "DROP DATABASE x"',
      'psql <<EOF\nTRUNCATE users CASCADE;\nEOF',
      'clickhouse-client --query "DROP TABLE x"',
      "psql -c 'SELECT 1; DROP TABLE x'",
      'duckdb app.db "DROP TABLE t"',
      "bq query 'DELETE FROM d.t WHERE true'",
      'psql -c "ALTER TABLE users DROP COLUMN email"',
      'node -e "db.query(\'DROP TABLE users\')"',
      "docker exec db psql -c 'DROP TABLE users'",
      "npx prisma db execute --stdin <<< 'DROP TABLE x'",
    ],
    misses: [
      "psql -c 'SELECT count(*) FROM users'",
      'psql -c "SELECT * FROM drops WHERE truncated = false"',
      'psql -l',
      'psql -c "INSERT INTO log VALUES (\'DROP TABLE x\')"',
      'psql -c "DELETE FROM users WHERE id = 4"',
      'psql -c "UPDATE users SET name = \'x\' WHERE id = 1"',
      'sqlite3 app.db .schema',
      "sqlite3 :memory: 'create table t(a); drop table t'",
      'psql -f migrations/001.sql',
    ],
  },
  {
    id: 'database-drop',
    program: [
      'dropdb',
      'dropuser',
      'mysqladmin',
      'pg_resetwal',
      'pg_dropcluster',
      'pg_ctl',
      'initdb',
      'mysql_install_db',
      'influx',
      'cockroach',
      'nodetool',
      'rabbitmqctl',
      'kafka-topics',
      'kafka-topics.sh',
      'kafka-delete-records',
      'curator',
      'curator_cli',
      'zkCli.sh',
      'couchbase-cli',
      'riak-admin',
      'pulsar-admin',
      'nats',
      'rabbitmqadmin',
      'kcat',
      'rpk',
      'pg_rewind',
      'etcdctl',
      'consul',
      'vault',
      'arangosh',
      'kafka-consumer-groups',
      'kafka-configs',
      'zookeeper-shell',
      'elasticsearch-node',
      'sqlpackage',
      'pscale',
      'turso',
      'neonctl',
      'aerospike',
      'memcflush',
      'memcrm',
    ],
    effect: 'ask',
    when: (view) => {
      const text = view.operands.join(' ');
      if (/^(dropdb|dropuser|pg_resetwal|pg_dropcluster|memcflush|memcrm)$/.test(view.program))
        return view.operands.length > 0;
      if (/^(kafka|zookeeper)/.test(view.program))
        return view.has('--delete', '--delete-topic', '--reset-offsets') || view.program === 'kafka-delete-records';
      return /(^| )(drop|delete|del|rm|rmr|deleteall|reset|force_reset|purge_queue|purge|delete_queue|delete_vhost|decommission|removenode|stop|shutdown|destroy|destroy-all|bucket-delete|bucket-flush|trim-prefix|delete-volumes|disable|delete_user|stop_app|flush|drop_partition|edit|revoke|seal|unmap)( |$)/.test(
        text.replace(/^kv /, ''),
      );
    },
    why: 'drops a database, user, queue or key store, or stops its server.',
    instead: 'Look first: `psql -l`.',
    hits: [
      'dropuser app',
      'dropdb prod',
      'mysqladmin drop prod',
      'mysqladmin -u root -f drop prod',
      'rabbitmqctl force_reset',
      'kafka-topics --delete --topic x',
      'etcdctl del "" --prefix',
      'influx delete --bucket x',
      'vault kv delete secret/x',
      'turso db destroy x',
      'consul kv delete -recurse x',
    ],
    misses: [
      'mysqladmin status',
      'kafka-topics --list',
      'etcdctl get x',
      'vault status',
      'createdb test',
      'pg_dump app',
    ],
  },
  {
    id: 'database-restore',
    program: [
      'pg_restore',
      'mongorestore',
      'mysqlimport',
      'pg_basebackup',
      'redis-cli',
      'sqlite3',
      'arangorestore',
      'neo4j-admin',
      'influxd',
      'cbrestore',
    ],
    effect: 'ask',
    when: (view) =>
      /^(pg_restore)$/.test(view.program)
        ? view.has('-c', '--clean')
        : view.program === 'mongorestore'
          ? view.has('--drop')
          : view.program === 'mysqlimport'
            ? view.has('--delete', '--replace', '-d', '-r')
            : view.program === 'sqlite3'
              ? view.operands.some((text) => /^\.(restore)\b/.test(text))
              : view.program === 'neo4j-admin'
                ? view.args.includes('--overwrite-destination') ||
                  view.args.includes('--force') ||
                  /^(database )?(delete|drop)\b/.test(view.operands.join(' '))
                : false,
    why: 'replaces the data that is there.',
    instead: 'Restore into a fresh database: `createdb restored`.',
    hits: [
      'pg_restore --clean -d prod dump',
      'mongorestore --drop dump',
      'pg_restore -c -d app x',
      'sqlite3 app.db ".restore old.db"',
      'neo4j-admin database delete app',
    ],
    misses: ['pg_restore -l dump', 'pg_dump app', 'mongodump'],
  },
  {
    id: 'redis',
    program: ['redis-cli', 'valkey-cli', 'keydb-cli', 'dragonfly-cli', 'iredis'],
    effect: 'ask',
    when: (view) => {
      const words = view.operands.length > 0 ? view.operands : (view.stdin?.text ?? '').trim().split(/\s+/);
      const [first = '', second = ''] = words;
      const lines = (view.stdin?.text ?? '').split('\n');
      if (lines.some((one) => /^\s*(flushall|flushdb|shutdown|debug)\b/i.test(one))) return true;
      if (view.values('--eval').length > 0 || view.has('--pipe')) return view.has('--eval');
      if (!redisDanger.test(first)) return /\b(flushall|flushdb)\b/i.test(words.join(' '));
      if (/^(config|acl|client|cluster|script|function|module)$/i.test(first))
        return !/^(get|list|info|nodes|slots|whoami|cat|getname|id|help|getuser|users|shards|exists|stats|dump|log|myid)$/i.test(
          second,
        );
      return !(/^(del|unlink)$/i.test(first) && words.length === 2 && !/[*?\0]/.test(second) && second !== '');
    },
    why: 'empties or reconfigures a key store.',
    instead: 'Look first: `redis-cli --scan --pattern "user:*"`.',
    hits: [
      'redis-cli FLUSHALL',
      'redis-cli -h prod -n 0 flushdb',
      'echo flushall | redis-cli',
      'redis-cli config set dir /tmp',
      'redis-cli shutdown nosave',
      'redis-cli eval "return redis.call(\'flushall\')" 0',
      'redis-cli --scan | xargs redis-cli del',
      'redis-cli -a x debug segfault',
    ],
    misses: [
      'redis-cli get x',
      'redis-cli --scan --pattern "user:*"',
      'redis-cli ping',
      'redis-cli info',
      'redis-cli config get maxmemory',
      'redis-cli del session:1',
      'redis-cli set k v',
    ],
  },
  {
    id: 'memcached',
    program: ['nc', 'ncat', 'telnet'],
    effect: 'ask',
    when: (view) => /\b(flush_all|shutdown|FLUSHALL|FLUSHDB)\b/i.test(view.stdin?.text ?? ''),
    why: 'empties a cache server.',
    instead: 'Look first: `redis-cli info`.',
    hits: ['echo flush_all | nc localhost 11211', 'echo FLUSHALL | nc localhost 6379'],
    misses: ['echo stats | nc localhost 11211'],
  },
  {
    id: 'mongo',
    program: ['mongosh', 'mongo', 'mongocli', 'atlas', 'couchdb'],
    effect: 'ask',
    when: (view) =>
      [...view.args, view.stdin?.text ?? ''].some((text) => mongoDanger.test(text)) ||
      (/^(atlas|mongocli)$/.test(view.program) &&
        view.operands.some((text) => /^(delete|terminate|pause|rm)$/.test(text))),
    why: 'drops or empties collections.',
    instead: 'Look first: `mongosh --eval "db.users.countDocuments()"`.',
    hits: [
      "mongosh --eval 'db.dropDatabase()'",
      "mongo prod --eval 'db.users.remove({})'",
      'mongosh --eval "db.users.deleteMany({})"',
      'echo "db.users.drop()" | mongosh',
      'atlas clusters delete x',
    ],
    misses: [
      'mongosh --eval "db.users.countDocuments()"',
      "mongosh --eval 'db.users.find()'",
      "mongosh --eval 'db.users.deleteOne({_id: 1})'",
    ],
  },
  {
    id: 'migration-reset',
    program: [
      'prisma',
      'knex',
      'sequelize',
      'sequelize-cli',
      'typeorm',
      'typeorm-ts-node-commonjs',
      'typeorm-ts-node-esm',
      'drizzle-kit',
      'mikro-orm',
      'node-pg-migrate',
      'db-migrate',
      'alembic',
      'flask',
      'liquibase',
      'flyway',
      'dbmate',
      'goose',
      'migrate',
      'atlas',
      'sqitch',
      'supabase',
      'hasura',
      'ef',
      'dotnet-ef',
      'diesel',
      'sqlx',
      'sea-orm-cli',
      'refinery',
      'aerich',
      'piccolo',
      'tern',
      'rambler',
      'umzug',
      'graphile-migrate',
      'migrate-mongo',
      'convex',
      'pgroll',
      'skeema',
      'gh-ost',
      'phinx',
      'doctrine',
      'doctrine-migrations',
      'marten',
      'yoyo',
      'medusa',
      'strapi',
      'payload',
      'bytebase',
      'ecto',
      'mix',
      'soda',
      'buffalo',
      'ace',
      'cake',
      'craft',
      'spark',
      'drush',
      'wp',
      'meteor',
      'magento',
      'bin/magento',
      'n98-magerun2',
      'edgedb',
      'dbt',
      'directus',
      'keystone',
      'wasp',
      'blitz',
      'redwood',
      'rw',
    ],
    effect: 'ask',
    when: (view) => {
      const text = view.operands.join(' ');
      const all = view.args.join(' ');
      if (
        /(^| )(migrate[ :]reset|migrate:fresh|migrate:refresh|db:drop|db:wipe|db:reset|db:seed:replant|db:schema:load|db\/restore|schema:drop|schema:fresh|db:migrate:undo:all|migrate:rollback|migrate:down|migration:revert|migration:down|migration:fresh|db:seed:undo:all|db:truncate\S*|database:drop|database:reset|doctrine:(schema|database):drop|migrations:migrate first|drop-all|dropAll|down-to \S+|reset-to \S+|drop-all-sql|rollback(-count|-to-date|-one-update|-toDate|-to|Count|ToDate|OneUpdate)?|clean|down|drop|revert|redo|reset|downgrade|fresh|undo|teardown|wipe|db (reset|drop|clean|wipe)|site-empty|sql-drop|sql:drop|ecto\.(drop|reset|rollback)|db clean|database drop|schema:drop)( |$)/.test(
          text.replace(/^(mix|flask db|alembic) /, ''),
        )
      ) {
        if (view.program === 'wp') return /^(db (reset|drop|clean)|site empty|site delete)/.test(text);
        if (view.program === 'mix') return /(ecto\.(drop|reset|rollback))/.test(text);
        if (view.program === 'dbt') return !/^clean$/.test(text);
        if (view.program === 'flask') return /^(db (downgrade|drop)|drop|reset)/.test(text);
        if (view.program === 'supabase' || view.program === 'convex' || view.program === 'directus')
          return /(reset|drop|down)/.test(text) && !/status/.test(text);
        return !/(--dry-run|--pretend|--sql\b)/.test(all);
      }
      if (view.program === 'hasura') return view.args.some((one) => /^--down/.test(one)) || /metadata clear/.test(text);
      if (view.program === 'convex') return text.startsWith('import') && view.has('--replace', '--replace-all');
      if (view.program === 'tern')
        return view.values('--destination', '-d').some((one) => /^-?\d+$/.test(one) && Number(one) <= 0);
      if (view.program === 'prisma') return /^db push/.test(text) && view.has('--force-reset', '--accept-data-loss');
      if (view.program === 'drizzle-kit') return text === 'push' && view.has('--force');
      if (view.program === 'supabase')
        return /^(projects delete|branches delete|functions delete|secrets unset)/.test(text);
      if (view.program === 'wp')
        return (
          /^(db (reset|drop|clean|query)|site empty|plugin delete|user delete|post delete)/.test(text) &&
          !/query/.test(text)
        );
      return false;
    },
    why: 'resets, rolls back or drops the database of the application.',
    instead: 'See where the migrations stand: `npx prisma migrate status`.',
    hits: [
      'npx prisma migrate reset --force',
      'prisma db push --force-reset',
      'knex migrate:rollback --all',
      'npx sequelize db:drop',
      'typeorm schema:drop',
      'alembic downgrade base',
      'flask db downgrade',
      'liquibase drop-all',
      'flyway clean',
      'dbmate drop',
      'supabase db reset --linked',
      'diesel database reset',
      'sqlx database drop',
      'mix ecto.drop',
      'npx drizzle-kit drop',
      'dotnet-ef database drop',
      'wp db reset --yes',
      'goose reset',
      'goose down-to 0',
      'hasura migrate apply --down all',
      'pnpm prisma migrate reset -f',
      'yarn prisma migrate reset',
      'migrate -path db -database x drop -f',
    ],
    misses: [
      'npx prisma migrate dev',
      'prisma generate',
      'alembic upgrade head',
      'knex migrate:latest',
      'npx prisma migrate status',
      'flyway info',
      'supabase start',
      'npx prisma db push',
      'mix ecto.migrate',
    ],
  },
  {
    id: 'framework-reset',
    program: [
      'python',
      'python3',
      'php',
      'rails',
      'rake',
      'bin/rails',
      'dotnet',
      'manage.py',
      'django-admin',
      'artisan',
      'sail',
      'console',
      'bundle',
      'npm',
      'pnpm',
      'yarn',
      'node',
      'bun',
      'deno',
      'mvn',
      'mvnw',
      'gradle',
      'gradlew',
      'symfony',
      'sf',
      'adonis',
      'please',
      'composer',
      'bake',
      'lando',
      'ddev',
      'ember',
    ],
    effect: 'ask',
    when: (view) => {
      const text = view.operands
        .join(' ')
        .replace(/^(\S*\/)?(manage\.py|artisan|bin\/console|bin\/rails|ace|spark) /, '')
        .replace(/^(php |artisan |console |run )/, '');
      if (/^(npm|pnpm|yarn|bun|node|deno)$/.test(view.program))
        return /^(run )?(db:(drop|reset|wipe|nuke|fresh|truncate|destroy|clean|purge)|(migrate|database|prisma|sequelize|typeorm|drizzle)[:-](reset|drop|fresh|wipe)|reset[:-]db|drop[:-]db|schema:drop|ace (db:wipe|migration:(reset|fresh|refresh|rollback)))/.test(
          view.operands.join(' '),
        );
      if (/^(mvnw?|gradlew?)$/.test(view.program))
        return view.operands.some((one) =>
          /(flyway:?clean|liquibase:dropAll|flywayClean|dropAll|liquibase:rollback)/i.test(one),
        );
      if (view.program === 'dotnet')
        return /^ef (database drop|migrations remove)/.test(text) || /^ef database update 0/.test(text);
      if (/manage\.py/.test(view.text) && text === 'dbshell') return (view.stdin?.from.length ?? 0) > 0;
      if (/^(python3?|manage\.py|django-admin)$/.test(view.program))
        return (
          /^(flush|reset_db|migrate \S+ zero|drop_\w+|clear_\w*db|clean_db|reset_schema|delete_\w+|truncate_\w+|remove_stale_contenttypes)\b/.test(
            text,
          ) && /manage\.py|django-admin/.test(view.text)
        );
      return (
        /(^| )(db:(drop|reset|wipe|purge|fresh|truncate\w*|rollback|migrate:(reset|down|redo)|schema:load|drop:_unsafe|structure:load|environment:set)(:\w+)?|migrate:(fresh|refresh|reset|rollback)|doctrine:(database:drop|schema:drop|fixtures:load|migrations:migrate first|query:(sql|dql) .*(drop|delete|truncate))|schema:drop|queue:(clear|flush|forget)|horizon:clear|key:generate --force|destroy|model:prune|passport:purge|tenants:delete)( |$)/i.test(
          text,
        ) && !view.has('--pretend', '--dump-sql')
      );
    },
    why: 'resets, rolls back or drops the database of the application.',
    instead: 'See where the migrations stand: `php artisan migrate:status`.',
    hits: [
      'python manage.py flush --noinput',
      'python3 manage.py reset_db',
      'php artisan migrate:fresh --seed',
      'rails db:drop',
      'bundle exec rake db:reset',
      'dotnet ef database drop --force',
      'php bin/console doctrine:schema:drop --force',
      './manage.py flush',
      'bin/rails db:drop:all',
      'npm run db:reset',
      'python manage.py migrate app zero',
      'mvn flyway:clean',
      'php artisan db:wipe',
      'rails db:migrate:reset',
      'RAILS_ENV=production rails db:rollback',
    ],
    misses: [
      'python manage.py makemigrations',
      'python manage.py migrate',
      'rails db:migrate',
      'php artisan migrate',
      'php artisan test',
      'dotnet ef migrations add x',
      'npm run db:migrate',
      'php artisan migrate:status',
      'bundle exec rspec',
    ],
  },
  {
    id: 'framework-code',
    program: [
      'rails',
      'rake',
      'php',
      'python',
      'python3',
      'manage.py',
      'django-admin',
      'artisan',
      'bundle',
      'bin/rails',
      'wp',
      'drush',
      'tinker',
    ],
    effect: 'ask',
    when: (view) =>
      /(?:\b(?:delete_all|destroy_all|drop_table|drop_database|drop_schema|truncate_tables?|objects\.all\(\)\.delete\(\)|objects\.all\(\)\._raw_delete|dropIfExists|dropAllTables|drop_all\(\)|update_all|execute\(['"]\s*(?:DROP|TRUNCATE|DELETE FROM \w+['"]))|(?:::|->)(?:truncate\(\)|query\(\)->delete\(\)|delete\(\)))/i.test(
        [...view.args, view.stdin?.text ?? ''].join('\n'),
      ),
    why: 'deletes all rows or tables through the application.',
    instead: 'Count first: `rails runner "puts User.count"`.',
    hits: [
      "rails runner 'User.delete_all'",
      'rails runner "User.destroy_all"',
      "python manage.py shell -c 'from a.models import U; U.objects.all().delete()'",
      "php artisan tinker --execute 'User::truncate()'",
      'php artisan tinker --execute \'DB::table("users")->truncate()\'',
      'python -c "from app import db; db.drop_all()"',
    ],
    misses: ['rails runner "puts User.count"', "python manage.py shell -c 'print(1)'"],
  },
  {
    id: 'warehouse-delete',
    program: [
      'bq',
      'snow',
      'snowsql',
      'databricks',
      'dbt',
      'dvc',
      'airflow',
      'dagster',
      'prefect',
      'mlflow',
      'wandb',
      'kaggle',
      'huggingface-cli',
      'hf',
      'hdfs',
      'hadoop',
      'hbase',
      'druid',
      'pinot-admin',
      'dvc-gc',
      'lakectl',
      'delta',
      'meltano',
    ],
    effect: 'ask',
    when: (view) => {
      const text = view.operands.join(' ');
      if (view.program === 'hdfs' || view.program === 'hadoop')
        return view.args.some((one) => /^-(rm|rmr|rmdir|expunge|format|deleteSnapshot)$/.test(one));
      return (
        /(^| )(rm|delete|drop|destroy|gc|purge|reset|db (reset|clean|downgrade)|delete-\w+|remove|repo delete|clear|tasks clear|dags delete)( |$)/.test(
          text,
        ) && !view.has('--dry_run', '-n')
      );
    },
    why: 'deletes data sets, tables or runs.',
    instead: 'Look first: `bq ls`.',
    hits: [
      'bq rm -r -f prod_dataset',
      'airflow db reset -y',
      'hdfs dfs -rm -r /data',
      'databricks fs rm -r dbfs:/x',
      'dvc gc -w',
      'huggingface-cli repo delete x',
      'bq rm -t d.t',
    ],
    misses: ['bq ls', 'dbt run', 'hdfs dfs -ls /', 'airflow dags list', 'bq query "SELECT 1"'],
  },
];
