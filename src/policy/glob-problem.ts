import { alternatives, classEnd, MAX_ALTERNATIVES } from './glob-syntax.ts';

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

function hasOpenClass(glob: string): boolean {
  return classStarts(glob).some((at) => classEnd(glob, at) === -1);
}

function hasBackwardRange(glob: string): boolean {
  return classStarts(glob).some((at) => {
    const ranges = glob.slice(at + 1, classEnd(glob, at)).match(/.-./gs) ?? [];
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
