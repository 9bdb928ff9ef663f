import type { Places } from '../repo/places.ts';
import { main } from './main.ts';

/**
 * The runtime's way in, for the boot line and for the file run as a program. `done` is told what kind of call was served;
 * `places` is the repository that the file lies in, where it has been found already.
 */
export function start(
  file: string,
  args: readonly string[],
  done: (used: string) => void,
  places?: Places | null,
): void {
  void main(file, args, done, places);
}
