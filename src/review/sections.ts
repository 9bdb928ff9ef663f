import type { Entry } from './entries.ts';

/** The text of one file's change, as git prints it. */
export interface Section {
  /** As the reviewer is told the file and names it in findings: on one line, quoted like C where it holds odd bytes. */
  readonly name: string;
  readonly rawPath: string;
  /** From `diff --git` on, up to the next file. */
  readonly text: string;
  /** True when git shows no lines of it. */
  readonly binary: boolean;
}

/**
 * Cuts a patch without renames into its files. Each entry stands for one section in the same order, or for two where the
 * file changes its type (a file becomes a symbolic link). Throws when patch and entries do not belong together.
 */
export function cutSections(patch: string, entries: readonly Entry[]): Section[] {
  const texts = patch.split(/(?<=^|\n)(?=diff --(?:git|cc|combined) )/).filter((text) => text.startsWith('diff --'));
  const owners = entries.flatMap((entry) => (changesType(entry) ? [entry, entry] : [entry]));
  if (texts.length !== owners.length) {
    throw new Error(`git printed a diff of ${texts.length} files where it listed ${owners.length}`);
  }
  return texts.map((text, at) => {
    const { rawPath } = owners[at]!;
    return { name: shownName(rawPath), rawPath, text, binary: /^Binary files .* differ$/m.test(headOf(text)) };
  });
}

/** What stands above the first hunk. */
export function headOf(text: string): string {
  const at = text.indexOf('\n@@');
  return at === -1 ? text : text.slice(0, at + 1);
}

/** File, symbolic link and submodule are different types; a file's mode is not. */
function changesType({ change }: Entry): boolean {
  const [oldMode = '', newMode = '', third = ''] = change.split(' ');
  if (third.length === 6) return false;
  const [before, after] = [oldMode.slice(0, 3), newMode.slice(0, 3)];
  return before !== after && before !== '000' && after !== '000';
}

/** A name given as one character for each byte, as people read it. */
export function shownName(rawPath: string): string {
  const text = Buffer.from(rawPath, 'latin1').toString('utf8');
  if (!/[\p{Cc}\p{Cf}\u2028\u2029\ufffd"\\]/u.test(text)) return text;
  const quoted = rawPath.replace(/[^ !#-[\]-~]/g, (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`);
  return `"${quoted}"`;
}
