import { splitBlank } from './word.ts';

const network = new Set(
  (
    'curl wget fetch http https httpie xh aria2c lynx w3m links ftp tftp nc ncat netcat socat telnet dig host nslookup ssh scp sftp aws gsutil az gh ' +
    'Invoke-WebRequest iwr Invoke-RestMethod irm hurl curlie wget2 axel rclone ipfs'
  ).split(' '),
);
const decoders = new Set(
  'base64 base32 basenc gbase64 xxd openssl gpg gunzip gzip zcat bzip2 bunzip2 bzcat xz unxz xzcat zstd zstdcat unzstd lz4 lzma uudecode rev tr od hexdump printf awk sed perl python python3 node ruby php uncompress brotli age sops ccrypt unzip tar 7z rot13 dd strings jq yq'.split(
    ' ',
  ),
);

/** What a text came through on its way to being run. */
export type Origin = 'download' | 'decoded' | 'setup' | 'other';

/** Sorts the commands that made a text: downloads first, then decoders; `setup` when all print shell set-up code. */
export function originOf(from: readonly string[]): Origin {
  const programs = from.map((text) => splitBlank(text)[0] ?? '').map((name) => name.slice(name.lastIndexOf('/') + 1));
  if (programs.some((name) => network.has(name))) return 'download';
  if (from.length > 0 && from.every((text, at) => isSetup(programs[at]!, text))) return 'setup';
  if (programs.some((name) => decoders.has(name))) return 'decoded';
  return 'other';
}

const setup =
  /\b(init|env|hook|shellenv|completions?|complete|activate|dircolors|docker-env|podman-env|export|shell|alias|setup|use|-s|--sh|--shell|--eval|stage2|vars|path|show-env|local-env|config-env)\b|^(ssh-agent|keychain|dircolors|resize|lesspipe|gpg-agent|locale|register-python-argcomplete|fzf|atuin|thefuck|brew|direnv|starship|zoxide|tset)\b|completion/;

function isSetup(program: string, text: string): boolean {
  return !network.has(program) && !decoders.has(program) && program !== 'cat' && program !== 'echo' && setup.test(text);
}
