/** The person's home folder, as `os.homedir()` tells it. Loads `node:os` only where the environment does not say. */
export function homeFolder(): string {
  const stated = process.platform === 'win32' ? undefined : process.env['HOME'];
  return stated || process.getBuiltinModule('node:os').homedir();
}
