import type { Language } from './code-tokens.ts';

/** What a library call does to the machine. */
export type CodeEffect =
  | 'shell'
  | 'argv'
  | 'delete'
  | 'delete-tree'
  | 'open'
  | 'write'
  | 'read'
  | 'move'
  | 'copy'
  | 'mode'
  | 'sql'
  | 'eval';

const always: Readonly<Record<string, CodeEffect>> = {
  system: 'shell',
  popen: 'shell',
  popen2: 'shell',
  popen3: 'shell',
  popen4: 'shell',
  execSync: 'shell',
  execaCommand: 'shell',
  execaCommandSync: 'shell',
  getoutput: 'shell',
  getstatusoutput: 'shell',
  shell_exec: 'shell',
  passthru: 'shell',
  proc_open: 'shell',
  check_output: 'shell',
  check_call: 'shell',
  Popen: 'shell',
  spawnSync: 'shell',
  spawn: 'shell',
  execFile: 'shell',
  execFileSync: 'shell',
  execvp: 'argv',
  execv: 'shell',
  execl: 'argv',
  execlp: 'argv',
  execve: 'shell',
  spawnlp: 'argv',
  capture2: 'shell',
  capture2e: 'shell',
  capture3: 'shell',
  pipeline: 'shell',
  create_subprocess_shell: 'shell',
  create_subprocess_exec: 'argv',
  pcntl_exec: 'shell',
  posix_spawn: 'argv',
  rmtree: 'delete-tree',
  remove_tree: 'delete-tree',
  rmSync: 'delete-tree',
  rmdirSync: 'delete-tree',
  rm_rf: 'delete-tree',
  rm_r: 'delete-tree',
  remove_dir: 'delete-tree',
  remove_entry_secure: 'delete-tree',
  removedirs: 'delete-tree',
  rimraf: 'delete-tree',
  rimrafSync: 'delete-tree',
  removeSync: 'delete-tree',
  emptyDirSync: 'delete-tree',
  emptyDir: 'delete-tree',
  deleteAsync: 'delete-tree',
  deleteSync: 'delete-tree',
  remove_dir_all: 'delete-tree',
  RemoveAll: 'delete-tree',
  unlink: 'delete',
  unlinkSync: 'delete',
  rm_f: 'delete',
  delete_file: 'delete',
  rmdir: 'delete-tree',
  send2trash: 'delete',
  writeFileSync: 'write',
  writeFile: 'write',
  appendFileSync: 'write',
  appendFile: 'write',
  createWriteStream: 'write',
  outputFileSync: 'write',
  outputFile: 'write',
  outputJsonSync: 'write',
  writeJsonSync: 'write',
  writeJson: 'write',
  write_text: 'write',
  write_bytes: 'write',
  file_put_contents: 'write',
  writeTextFileSync: 'write',
  writeTextFile: 'write',
  truncateSync: 'write',
  ftruncate: 'write',
  binwrite: 'write',
  readFileSync: 'read',
  readFile: 'read',
  createReadStream: 'read',
  read_text: 'read',
  read_bytes: 'read',
  file_get_contents: 'read',
  readTextFile: 'read',
  readTextFileSync: 'read',
  readfile: 'read',
  readlines: 'read',
  readJsonSync: 'read',
  binread: 'read',
  loadEnvFile: 'read',
  dotenv_values: 'read',
  fread: 'read',
  renameSync: 'move',
  copyFileSync: 'copy',
  copyFile: 'copy',
  copyfile: 'copy',
  copytree: 'copy',
  cpSync: 'copy',
  copySync: 'copy',
  moveSync: 'move',
  copy2: 'copy',
  symlinkSync: 'copy',
  linkSync: 'copy',
  chmodSync: 'mode',
  chownSync: 'mode',
  lchmod: 'mode',
  utimesSync: 'mode',
  fopen: 'open',
  openSync: 'open',
  executemany: 'sql',
  executescript: 'sql',
  executeRaw: 'sql',
  executeRawUnsafe: 'sql',
  $executeRaw: 'sql',
  $executeRawUnsafe: 'sql',
  $queryRawUnsafe: 'sql',
  mysqli_query: 'sql',
  pg_query: 'sql',
  eval: 'eval',
  Function: 'eval',
  runInThisContext: 'eval',
  runInNewContext: 'eval',
  instance_eval: 'eval',
  class_eval: 'eval',
  loadstring: 'eval',
  execScript: 'eval',
  create_function: 'eval',
};

/** Short names that mean something only on certain owners. */
const owned: readonly (readonly [RegExp, CodeEffect])[] = [
  [/(^|\.)(subprocess|sp)\.(run|call)$/, 'shell'],
  [
    /(^|\)?\.)(child_process|cp|childProcess|shell|shelljs|execa|Open3|IO|Runtime|os|process|Kernel|Bun|Deno)\.(exec|execute|run|spawn|popen|Command|\$)$/,
    'shell',
  ],
  [/^\)\.exec$/, 'shell'],
  [/^(execa|execSync|shelljs|\$)$/, 'shell'],
  [
    /(^|\.)(os|fs|fsp|fsPromises|promises|File|Deno|fse|FileUtils|Dir|shutil|path|p|filesystem)\.(remove|rm|delete|removeSync|unlink|safe_unlink)$/,
    'delete',
  ],
  [
    /(^|\.)(fs|fsp|fsPromises|promises|Deno|fse|FileUtils|Dir)\.(rm|remove|delete|rmdir|remove_entry|rmtree)$/,
    'delete-tree',
  ],
  [/(^|\.)(File|io|IO|codecs|os|Path|Pathname|fs|fsp|promises|gzip|Deno)\.(open|new)$|^open$|^\)\.open$/, 'open'],
  [
    /(^|\.)(File|IO|Pathname|Bun)\.(write|atomic_write)$|(^|\.)(os|fs|fsp|promises|File)\.truncate$|^truncate$/,
    'write',
  ],
  [/(^|\.)(File|IO|Pathname|Bun)\.(read|readlines|foreach|file|lines)$|^io\.lines$|^slurp$|^readLines$|^file$/, 'read'],
  [
    /(^|\.)(os|fs|fsp|promises|File|FileUtils|shutil|fse|Deno)\.(rename|move|mv|replace)$|^\)\.(rename|replace)$|^rename$/,
    'move',
  ],
  [
    /(^|\.)(shutil|FileUtils|fs|fsp|promises|fse|os)\.(copy|cp|cp_r|symlink|link|ln_s|ln_sf|ln)$|^\)\.symlink_to$/,
    'copy',
  ],
  [/(^|\.)(os|fs|fsp|promises|File|FileUtils|Deno)\.(chmod|chown|utime|lchown|chmod_R)$|^chmod$|^\)\.chmod$/, 'mode'],
  [
    /(^|\.)(\w*(cur|cursor|conn|connection|db|client|pool|engine|session|knex|sequelize|prisma|c|con|database|sql|pg|DB|dbh|pdo|ActiveRecord|Base))\.(execute|query|raw|exec|run|statement|unprepared|do|prepare|command)$|^\)\.(execute|query|raw|run|do)$/,
    'sql',
  ],
];

/** Effect of the call of this dotted name, `null` when it is none that matters. */
export function effectOf(name: string, language?: Language): CodeEffect | null {
  const last = name.slice(name.lastIndexOf('.') + 1);
  if (Object.hasOwn(always, last)) return always[last]!;
  if (last === 'exec' && name === 'exec') return language === 'python' ? 'eval' : 'shell';
  if (language === 'lua' && name === 'load') return 'eval';
  if (language === 'r' && (name === 'unlink' || name === 'file.remove')) return 'delete-tree';
  if (name === 'System.cmd' || name === 'Process.run') return 'shell';
  if (language === 'other' && (name === 'rm' || name === 'File.rm')) return 'delete-tree';
  for (const [pattern, effect] of owned) if (pattern.test(name)) return effect;
  return null;
}
