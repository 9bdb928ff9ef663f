/** How programs take a password or token on their command line. */
export interface PasswordFlags {
  readonly programs: string;
  /** Flags whose value is the next word or follows `=`. */
  readonly flags?: string;
  /** Flags whose value is glued to them: `-psecret`. */
  readonly glued?: string;
  /** What stands before the password inside the value: `user:`. */
  readonly after?: RegExp;
  /** Without this word the flags mean something else. */
  readonly with?: RegExp;
  /** Which operand is the secret (-1: the last), when the words before it are these. */
  readonly operand?: number;
}

const USER = /^[^:\s]{0,80}:/;

/** The programs of the table, for the scanner to look for before it makes the table. A test holds it equal. */
export const FLAG_PROGRAMS =
  'curl http https xh xhs wget mysql mysqldump mysqladmin mysqlimport mysqlsh mariadb mariadb-dump mysqlcheck mycli mydumper mongo mongosh mongodump mongorestore mongoimport mongoexport mongostat mongotop mongofiles redis-cli sqlplus expdp impdp sqlldr exp imp rman sqlcmd bcp osql isql tsql cqlsh influx clickhouse-client vsql trino presto rabbitmqadmin beeline dbmate cypher-shell etcdctl sshpass plink pscp psftp putty docker podman helm skopeo buildah nerdctl oras crane regctl oc argocd cf ibmcloud cloudctl rancher ldapsearch ldapadd ldapmodify ldapdelete ldappasswd ldapwhoami ldapcompare ldapmodrdn smbclient smbget rpcclient smbmap 7z 7za 7zr rar unrar zip unzip lftp ncftpput ncftpget ncftp openssl keytool jarsigner apksigner security signtool az aws xfreerdp xfreerdp3 wlfreerdp freerdp rdesktop psexec winexe evil-winrm crackmapexec netexec winrm cmdkey wmic runas net htpasswd rabbitmqctl useradd usermod adduser vault cargo snyk ngrok flyctl doppler circleci travis huggingface-cli wandb twine poetry flit hatch conan jfrog svn composer bundle gem dotnet nuget choco wpa_passphrase iwconfig consul firebase reg gpg gpg2';

/** Table of programs; several rows may speak of one. */
export const FLAG_TABLE = (): readonly PasswordFlags[] => [
  { programs: 'curl', flags: '-u --user -U --proxy-user', after: USER },
  { programs: 'curl', glued: '-u -U', after: USER },
  { programs: 'curl', flags: '--cert -E --proxy-cert', after: /^[^:\s]{1,200}\.\w{1,5}:/ },
  { programs: 'curl', flags: '--pass --oauth2-bearer --proxy-pass' },
  { programs: 'http https xh xhs', flags: '-a --auth', after: /^(?:[^:\s]{1,80}:)?/ },
  { programs: 'wget', flags: '--password --http-password --ftp-password --proxy-password' },
  { programs: 'mysql mysqldump mysqladmin mysqlimport mysqlsh mariadb mariadb-dump mysqlcheck mycli mydumper', glued: '-p' },
  { programs: 'mysqladmin', with: /^password$/, operand: -1 },
  { programs: 'mongo mongosh mongodump mongorestore mongoimport mongoexport mongostat mongotop mongofiles', flags: '-p --password' },
  { programs: 'redis-cli', flags: '-a --pass' },
  { programs: 'redis-cli', with: /^(?:AUTH|auth|requirepass)$/, operand: -1 },
  { programs: 'sqlplus expdp impdp sqlldr exp imp rman', operand: 0, after: /^[\w.$#]{1,40}\// },
  { programs: 'sqlcmd bcp osql isql tsql', flags: '-P' },
  { programs: 'sqlcmd bcp osql isql tsql', glued: '-P' },
  { programs: 'cqlsh influx clickhouse-client vsql trino presto rabbitmqadmin beeline dbmate cypher-shell', flags: '-p -password --password' },
  { programs: 'etcdctl', flags: '--user --password', after: /^(?:[^:\s]{1,80}:)?/ },
  { programs: 'sshpass', flags: '-p' },
  { programs: 'sshpass', glued: '-p' },
  { programs: 'plink pscp psftp putty', flags: '-pw' },
  { programs: 'docker podman helm skopeo buildah nerdctl oras crane regctl oc argocd cf ibmcloud cloudctl rancher', flags: '-p', with: /^login$/ },
  { programs: 'docker podman helm skopeo buildah oras crane', flags: '--creds --src-creds --dest-creds', after: USER },
  { programs: 'ldapsearch ldapadd ldapmodify ldapdelete ldappasswd ldapwhoami ldapcompare ldapmodrdn', flags: '-w -s -a', after: /^(?!sub$|one$|base$)/ },
  { programs: 'smbclient smbget rpcclient smbmap', flags: '-U', after: /^[^%\s]{1,80}%/ },
  { programs: 'smbclient', operand: 1, after: /^(?![^%]{1,80}%)/ },
  { programs: '7z 7za 7zr rar unrar', glued: '-p -hp' },
  { programs: 'zip unzip', flags: '-P' },
  { programs: 'zip unzip', glued: '-P' },
  { programs: 'lftp', flags: '-u', after: /^[^,\s]{1,80},/ },
  { programs: 'ncftpput ncftpget ncftp', flags: '-p' },
  { programs: 'openssl', flags: '-passin -passout -pass -k', after: /^(?:pass:)?/ },
  { programs: 'keytool jarsigner', flags: '-storepass -keypass -srcstorepass -deststorepass -srckeypass -destkeypass' },
  { programs: 'apksigner', flags: '--ks-pass --key-pass', after: /^pass:/ },
  { programs: 'security', flags: '-p -w -P', with: /^(?:unlock-keychain|create-keychain|set-keychain-password|add-generic-password|add-internet-password|import|export)$/ },
  { programs: 'signtool', flags: '/p -p' },
  { programs: 'az', flags: '-p --password --admin-password', with: /^(?:login|create|update|reset)$/ },
  { programs: 'az', flags: '--value', with: /^secret$/ },
  { programs: 'aws', flags: '--value', with: /^SecureString$/ },
  { programs: 'aws', flags: '--secret-string', with: /^secretsmanager$/ },
  { programs: 'xfreerdp xfreerdp3 wlfreerdp freerdp', glued: '/p:' },
  { programs: 'rdesktop psexec winexe evil-winrm crackmapexec netexec', flags: '-p' },
  { programs: 'winrm cmdkey wmic', glued: '-p: /pass: /password:' },
  { programs: 'runas', with: /^\/user:/, operand: -1 },
  { programs: 'net', with: /^user$/, operand: 2 },
  { programs: 'net', with: /^use$/, operand: -1 },
  { programs: 'htpasswd', with: /^-[a-zA-Z]*b[a-zA-Z]*$/, operand: -1 },
  { programs: 'htpasswd rabbitmqctl', flags: '--password' },
  { programs: 'rabbitmqctl', with: /^(?:add_user|change_password)$/, operand: 2 },
  { programs: 'useradd usermod adduser', flags: '-p --password' },
  { programs: 'vault', flags: '-password' },
  { programs: 'vault cargo snyk ngrok flyctl doppler circleci travis huggingface-cli wandb', with: /^(?:login|auth|authtoken|add-authtoken|setup)$/, operand: -1, after: /^(?:[a-z]{1,12}=)?/ },
  { programs: 'twine poetry flit hatch conan jfrog svn', flags: '-p --password' },
  { programs: 'poetry', with: /^pypi-token\./, operand: 2 },
  { programs: 'poetry composer', with: /^http-basic\./, operand: 3 },
  { programs: 'bundle', with: /^config$/, operand: -1, after: USER },
  { programs: 'gem dotnet nuget choco', flags: '--key -k --api-key -ApiKey', with: /^push$/ },
  { programs: 'wpa_passphrase', operand: 1 },
  { programs: 'iwconfig', with: /^key$/, operand: -1, after: /^s:/ },
  { programs: 'consul etcdctl', with: /passw|secret|token/i, operand: -1 },
  { programs: 'firebase', with: /^functions:config:set$/, operand: -1, after: /^[\w.]{1,60}=/ },
  { programs: 'reg', flags: '/d', with: /passw|secret|token|api_?key/i },
  { programs: 'gpg gpg2', flags: '--passphrase' },
]; // biome-ignore format: a table of rows
