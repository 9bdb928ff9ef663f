import { alternatives, classEnd } from './glob-syntax.ts';

/**
 * True when the glob matches the whole path, in the manner of gitignore: a glob without `/` matches the base name at any
 * depth, one with `/` matches from the start of the path (`/etc/x` is an absolute path), a trailing `/` means everything
 * below. `*` and `?` stop at `/`, `**` does not; `[a-z]`, `[!a-z]`, `{a,b}` and `\` work as usual. Dots are not special.
 * Takes time proportional to glob length times path length, whatever they hold. `~/` is the caller's to expand.
 */
export function matchGlob(glob: string, path: string, options: { readonly nocase?: boolean } = {}): boolean {
  const cased = options.nocase ? glob.toLowerCase() : glob;
  const subject = options.nocase ? path.toLowerCase() : path;
  const slash = cased.indexOf('/');
  if (slash === -1) return matchWhole(cased, subject.slice(subject.lastIndexOf('/') + 1));
  if (slash === cased.length - 1) return matchWhole(`**/${cased}**`, subject);
  return matchWhole(cased.endsWith('/') ? `${cased}**` : cased, subject);
}

function matchWhole(glob: string, path: string): boolean {
  const special = glob.search(/[*?[{\\]/);
  if (special === -1) return glob === path;
  if (!path.startsWith(glob.slice(0, special)) || !path.endsWith(literalEnd(glob))) return false;
  const parts = path.split('/');
  return alternatives(glob).some((one) => matchParts(one.split('/'), parts));
}

/** What every matching path ends with: most globs are ruled out by their ends, at next to no cost. */
function literalEnd(glob: string): string {
  if (glob.includes('\\')) return '';
  const last = Math.max(glob.lastIndexOf('*'), glob.lastIndexOf('?'), glob.lastIndexOf(']'), glob.lastIndexOf('}'));
  return glob.slice(glob[last + 1] === '/' ? last + 2 : last + 1);
}

/** Two pointers with one place to go back to: the last `**`. */
function matchParts(globs: string[], parts: readonly string[]): boolean {
  if (globs.at(-1) === '**') globs.push('*');
  let g = 0;
  let p = 0;
  let backGlob = -1;
  let backPart = 0;
  while (p < parts.length) {
    if (globs[g] === '**') {
      backGlob = ++g;
      backPart = p;
    } else if (g < globs.length && matchPart(globs[g]!, parts[p]!)) {
      g++;
      p++;
    } else if (backGlob !== -1) {
      g = backGlob;
      p = ++backPart;
    } else return false;
  }
  return g === globs.length;
}

/** The same within one part of the path, where the place to go back to is the last `*`. */
function matchPart(glob: string, part: string): boolean {
  if (part === '') return glob === '';
  let g = 0;
  let p = 0;
  let backGlob = -1;
  let backPart = 0;
  while (p < part.length) {
    const next = glob[g] === '*' ? -1 : stepOver(glob, g, part[p]!);
    if (next > 0) {
      g = next;
      p++;
    } else if (next === -1) {
      backGlob = ++g;
      backPart = p;
    } else if (backGlob !== -1) {
      g = backGlob;
      p = ++backPart;
    } else return false;
  }
  while (glob[g] === '*') g++;
  return g === glob.length;
}

/** Where the glob goes on after its element at `at` took `char`; 0 when it does not take it. */
function stepOver(glob: string, at: number, char: string): number {
  const element = glob[at];
  if (element === '?') return at + 1;
  if (element === '\\') return glob[at + 1] === char ? at + 2 : 0;
  if (element !== '[') return element === char ? at + 1 : 0;
  const end = classEnd(glob, at);
  if (end === -1) return element === char ? at + 1 : 0;
  return inClass(glob.slice(at + 1, end), char) ? end + 1 : 0;
}

function inClass(body: string, char: string): boolean {
  const negated = body[0] === '!' || body[0] === '^';
  for (let at = negated ? 1 : 0; at < body.length; at++) {
    if (body[at + 1] === '-' && at + 2 < body.length) {
      if (body[at]! <= char && char <= body[at + 2]!) return !negated;
      at += 2;
    } else if (body[at] === char) return !negated;
  }
  return negated;
}
