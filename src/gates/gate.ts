import { main } from './main.ts';

/**
 * The runtime's two ways in. The agent hooks go through the boot line, which calls `start`; git hooks run the file itself.
 * `done` is told which kind of call was served, just before the process ends.
 */
export function start(file: string, args: readonly string[], done: (used: string) => void): void {
  void main(file, args, done);
}

if (require.main === module) void main(__filename, process.argv.slice(2), () => {});
