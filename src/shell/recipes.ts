import { locate } from './paths.ts';
import { subScope } from './scope.ts';
import type { Frame } from './trail.ts';
import { runText } from './walk.ts';
import { isKnown, UNKNOWN, type Word } from './word.ts';

/** Follows the recipes of a Makefile or package.json that the line itself wrote or pipes in. */
export function runRecipes(program: string, words: readonly Word[], frame: Frame): void {
  const inner = { ...frame, scope: subScope(frame.scope), stdin: null };
  if (/^(make|gmake|just)$/.test(program)) {
    for (const text of makefiles(words, frame)) for (const line of recipeLines(text)) runText(line, inner);
  } else if (/^(npm|pnpm|yarn|bun)$/.test(program)) {
    const text = written('package.json', frame);
    const name = words.slice(1).find((part) => !/^(run|run-script|-.*)$/.test(part.text))?.text ?? '';
    if (text) for (const line of packageScripts(text, name)) runText(line, inner);
  }
}

function written(path: string, frame: Frame): string | null {
  const text = frame.scope.files.get(locate(path, frame.scope.cwd).path)?.text ?? null;
  return text !== null && isKnown(text) ? text : null;
}

function makefiles(words: readonly Word[], frame: Frame): readonly string[] {
  const at = words.findIndex((part) => /^(-f|--file|--makefile)$/.test(part.text));
  const named = at > 0 ? (words[at + 1]?.text ?? '') : '';
  if (named === '-' || named === '/dev/stdin')
    return frame.stdin && isKnown(frame.stdin.text) ? [frame.stdin.text] : [];
  const paths = named ? [named] : ['Makefile', 'makefile', 'GNUmakefile', 'justfile'];
  return paths.flatMap((path) => written(path, frame) ?? []);
}

function recipeLines(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const recipe = /^\t[@+-]*(.+)$|^[^\t:#=]+:[^=;]*;[@+-]*(.+)$|^ {2,}(.+)$/.exec(line);
    return recipe
      ? [(recipe[1] ?? recipe[2] ?? recipe[3] ?? '').replaceAll('$$', '$').replace(/\$\(\w+\)/g, UNKNOWN)]
      : [];
  });
}

function packageScripts(text: string, name: string): readonly string[] {
  try {
    const scripts: unknown = (JSON.parse(text) as { scripts?: unknown }).scripts;
    const table = (scripts ?? {}) as Readonly<Record<string, unknown>>;
    return [`pre${name}`, name, `post${name}`].flatMap((key) =>
      typeof table[key] === 'string' ? [table[key] as string] : [],
    );
  } catch {
    return [];
  }
}
