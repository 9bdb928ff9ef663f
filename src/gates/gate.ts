import { main } from './main.ts';

/** The runtime's way in, for the boot line and for the file run as a program. `done` is told what kind of call was served. */
export function start(file: string, args: readonly string[], done: (used: string) => void): void {
  void main(file, args, done);
}
