import { ALNUM, classAt } from './boundary.ts';
import { type Candidate, RANK } from './match.ts';
import { type Word, wordsFrom } from './shell-words.ts';
import { isGivenPassword } from './values.ts';

/** How a program takes a password. */
interface PasswordFlag {
  readonly programs: RegExp;
  /** The flag, whole; the value is the next word, or what is glued to it when `glued`. */
  readonly flag: RegExp;
  readonly glued?: boolean;
  /** What stands before the password inside the value: `user:`. */
  readonly after?: RegExp;
  /** Without this subcommand among the words the flag means something else. */
  readonly with?: string;
}

const USER = /^[^:\s]{0,80}:/;

const FLAGS = (): readonly PasswordFlag[] => [
  { programs: /^curl$/, flag: /^(?:-[a-zA-Z]{0,6}u|--user|-U|--proxy-user)$/, after: USER },
  { programs: /^curl$/, flag: /^(?:-u|--user=|--proxy-user=|-U)(?=.)/, glued: true, after: USER },
  { programs: /^https?$/, flag: /^(?:-a|--auth)$/, after: USER },
  {
    programs: /^(?:mysql|mysqldump|mysqladmin|mysqlimport|mysqlsh|mariadb|mariadb-dump|mysqlcheck|mycli)$/,
    flag: /^-p(?=.)/,
    glued: true,
  },
  { programs: /^sshpass$/, flag: /^-p$/ },
  { programs: /^sshpass$/, flag: /^-p(?=.)/, glued: true },
  { programs: /^(?:docker|podman|helm|skopeo|buildah|nerdctl|oras|crane)$/, flag: /^-p$/, with: 'login' },
  { programs: /^(?:docker|podman|helm|skopeo)$/, flag: /^(?:--creds|--src-creds|--dest-creds)$/, after: USER },
  { programs: /^(?:docker|podman|helm|skopeo)$/, flag: /^--(?:src-|dest-)?creds=/, glued: true, after: USER },
  { programs: /^redis-cli$/, flag: /^-a$/ },
  { programs: /^ldap[a-z]{3,8}$/, flag: /^-w$/ },
  { programs: /^(?:sqlcmd|bcp|osql|isql)$/, flag: /^-P$/ },
  { programs: /^(?:sqlcmd|bcp)$/, flag: /^-P(?=.)/, glued: true },
  { programs: /^mongo[a-z]{0,8}$/, flag: /^-p$/ },
  { programs: /^smb(?:client|get)$/, flag: /^-U$/, after: /^[^%\s]{1,80}%/ },
  { programs: /^7z[a-z]?$/, flag: /^-p(?=.)/, glued: true },
  { programs: /^(?:zip|unzip)$/, flag: /^-P$/ },
  { programs: /^(?:cqlsh|influx|vault)$/, flag: /^(?:-p|-password)$/ },
  { programs: /^lftp$/, flag: /^-u$/, after: /^[^,\s]{1,80},/ },
  { programs: /^openssl$/, flag: /^(?:-passin|-passout|-pass|-k)$/, after: /^(?:pass:)?/ },
  { programs: /^az$/, flag: /^-p$/, with: 'login' },
  { programs: /^(?:xfreerdp3?|wlfreerdp)$/, flag: /^\/p:/, glued: true },
  { programs: /^wget$/, flag: /^--(?:http-|ftp-)?password=/, glued: true },
  { programs: /^(?:htpasswd|rabbitmqctl)$/, flag: /^--password$/ },
];

let table: readonly PasswordFlag[] | undefined;

/** Reads a command line whose program stands at `at`; a password given by one of its flags is a secret. */
export function readFlags(text: string, at: number): readonly Candidate[] | null {
  if ((classAt(text, at - 1) & ALNUM) !== 0 || text[at - 1] === '-' || text[at - 1] === '.') return null;
  const words = wordsFrom(text, at);
  const program = words[0]?.text ?? '';
  table ??= FLAGS();
  const rows = table.filter((row) => row.programs.test(program));
  if (rows.length === 0) return null;
  const found = rows.flatMap((row) => passwords(words, row)).concat(positional(program, words));
  return found.map(({ start, end }) => {
    return {
      rule: 'command-password',
      kind: 'password on a command line',
      start,
      end,
      severity: 'high',
      rank: RANK.structure,
    };
  });
}

function passwords(words: readonly Word[], row: PasswordFlag): readonly Word[] {
  if (row.with !== undefined && !words.some(({ text }) => text === row.with)) return [];
  return words.flatMap((word, i) => {
    const flag = row.flag.exec(word.text);
    if (i === 0 || flag === null) return [];
    const value = row.glued === true ? cut(word, flag[0].length) : words[i + 1];
    const head = value === undefined ? null : (row.after ?? /^/).exec(value.text);
    if (value === undefined || head === null) return [];
    const password = unquote(cut(value, head[0].length));
    return isGivenPassword(password.text, head[0].slice(0, -1)) ? [password] : [];
  });
}

/** Programs that take a password by its place: `htpasswd -b file user password`, `rabbitmqctl add_user name password`. */
function positional(program: string, words: readonly Word[]): readonly Word[] {
  const at = { htpasswd: 4, rabbitmqctl: 3 }[program];
  if (at === undefined || !words.some(({ text }) => /^(?:-[a-zA-Z]*b[a-zA-Z]*|add_user|change_password)$/.test(text)))
    return [];
  const word = program === 'htpasswd' ? words.at(-1) : words[at];
  return word !== undefined && isGivenPassword(word.text, '') ? [word] : [];
}

function cut({ text, start, end }: Word, length: number): Word {
  return { text: text.slice(length), start: start + length, end };
}

function unquote(word: Word): Word {
  const quote = word.text[0];
  if ((quote !== '"' && quote !== "'") || word.text.at(-1) !== quote || word.text.length < 2) return word;
  return { text: word.text.slice(1, -1), start: word.start + 1, end: word.end - 1 };
}
