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

/** Alternatives that one glob may expand to. */
const MAX_ALTERNATIVES = 64;
const MAX_LENGTH = 1000;

/** What makes a glob useless or unclear, as a clause about it; `null` when nothing does. */
export function globProblem(glob: string): string | null {
  return PROBLEMS.find(([, test]) => test(glob))?.[0] ?? null;
}

const PROBLEMS: readonly (readonly [problem: string, test: (glob: string) => boolean])[] = [
  ['is empty', (glob) => glob === ''],
  [`is longer than ${MAX_LENGTH} characters`, (glob) => glob.length > MAX_LENGTH],
  ['starts with `!`: negation is not supported, use an `allow` list or a rule', (glob) => glob.startsWith('!')],
  [
    'starts with a variable, which is not expanded: write `~/` for the home folder',
    (glob) => /^\$\{?HOME\b/.test(glob),
  ],
  ['names another user’s home: write an absolute path', (glob) => /^~[^/]/.test(glob)],
  ['ends with a lone `\\`', (glob) => /(?:^|[^\\])(?:\\\\)*\\$/.test(glob)],
  ['has a `[` without `]`, or nothing between them', hasOpenClass],
  ['has a range whose end comes before its start', hasBackwardRange],
  ['has a `{` without `}`, or the other way round', hasUnevenBraces],
  [`stands for more than ${MAX_ALTERNATIVES} alternatives`, (glob) => alternatives(glob).length > MAX_ALTERNATIVES],
  ['can never match: paths hold no `.`, `..` or empty parts', hasDeadPart],
];

function matchWhole(glob: string, path: string): boolean {
  if (!/[*?[{\\]/.test(glob)) return glob === path;
  const parts = path.split('/');
  return alternatives(glob).some((one) => matchParts(one.split('/'), parts));
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

/** Index of the `]` that closes the class opened at `at`; -1 when there is none. A `]` in first place is a member. */
function classEnd(glob: string, at: number): number {
  const first = at + (glob[at + 1] === '!' || glob[at + 1] === '^' ? 2 : 1);
  const end = glob.indexOf(']', first + 1);
  const slash = glob.indexOf('/', first);
  return slash !== -1 && slash < end ? -1 : end;
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

/** The glob with its braces written out; stops just past the limit, so that hostile globs stay cheap. */
function alternatives(glob: string): string[] {
  if (!glob.includes('{')) return [glob];
  const done: string[] = [];
  const waiting = [glob];
  for (let steps = 0; waiting.length > 0 && steps < 4 * MAX_ALTERNATIVES; steps++) {
    const next = waiting.pop()!;
    const group = firstGroup(next);
    if (group === null) done.push(next);
    else for (const one of group.choices) waiting.push(next.slice(0, group.start) + one + next.slice(group.end));
    if (done.length > MAX_ALTERNATIVES) break;
  }
  return waiting.length > 0 ? [...done, ...waiting.slice(0, MAX_ALTERNATIVES + 1)] : done;
}

/** The first `{a,b}` that is closed, with its choices; nested groups stay in them. */
function firstGroup(glob: string): { start: number; end: number; choices: string[] } | null {
  let depth = 0;
  let start = -1;
  let from = 0;
  const choices: string[] = [];
  for (let at = 0; at < glob.length; at++) {
    const char = glob[at];
    if (char === '\\') at++;
    else if (char === '{') {
      if (depth++ === 0) from = (start = at) + 1;
    } else if (char === ',' && depth === 1) {
      choices.push(glob.slice(from, at));
      from = at + 1;
    } else if (char === '}' && depth > 0 && --depth === 0) {
      return { start, end: at + 1, choices: [...choices, glob.slice(from, at)] };
    }
  }
  return null;
}

function hasOpenClass(glob: string): boolean {
  return classStarts(glob).some((at) => classEnd(glob, at) === -1);
}

function hasBackwardRange(glob: string): boolean {
  return classStarts(glob).some((at) => {
    const ranges = glob.slice(at + 1, classEnd(glob, at)).match(/[^]-[^]/g) ?? [];
    return ranges.some((range) => range[0]! > range[2]!);
  });
}

function classStarts(glob: string): number[] {
  const starts: number[] = [];
  for (let at = 0; at < glob.length; at++) {
    if (glob[at] === '\\') at++;
    else if (glob[at] === '[') {
      starts.push(at);
      at = Math.max(at, classEnd(glob, at));
    }
  }
  return starts;
}

function hasUnevenBraces(glob: string): boolean {
  let depth = 0;
  for (let at = 0; at < glob.length; at++) {
    if (glob[at] === '\\') at++;
    else if (glob[at] === '{') depth++;
    else if (glob[at] === '}' && --depth < 0) return true;
  }
  return depth !== 0;
}

function hasDeadPart(glob: string): boolean {
  return alternatives(glob).some((one) =>
    one.split('/').some((part, at, all) => {
      const edge = (at === 0 && all.length > 1) || (at === all.length - 1 && at > 0);
      return part === '.' || part === '..' || (part === '' && !edge);
    }),
  );
}
