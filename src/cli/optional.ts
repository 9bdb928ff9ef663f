import { UserError } from './context.ts';

/** Loads a package that only some commands need and that is not installed with Postern. */
export async function optional<T>(load: () => Promise<T>, ...packages: readonly string[]): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    const with_ = packages.map((name) => `-p ${name}`).join(' ');
    throw new UserError(
      `This needs ${packages.join(' and ')}, which is not installed with Postern.`,
      `Install it beside Postern (npm install --save-dev ${packages.join(' ')}), or run: npx -p postern ${with_} postern …`,
    );
  }
}
