/** Alternatives that one glob may expand to. */
export const MAX_ALTERNATIVES = 64;

/** Index of the `]` that closes the class opened at `at`; -1 when there is none. A `]` in first place is a member. */
export function classEnd(glob: string, at: number): number {
  const first = at + (glob[at + 1] === '!' || glob[at + 1] === '^' ? 2 : 1);
  const end = glob.indexOf(']', first + 1);
  const slash = glob.indexOf('/', first);
  return slash !== -1 && slash < end ? -1 : end;
}

/** The glob with its braces written out; stops just past the limit, so that hostile globs stay cheap. */
export function alternatives(glob: string): string[] {
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
      if (depth++ > 0) continue;
      start = at;
      from = at + 1;
    } else if (char === ',' && depth === 1) {
      choices.push(glob.slice(from, at));
      from = at + 1;
    } else if (char === '}' && depth > 0 && --depth === 0) {
      return { start, end: at + 1, choices: [...choices, glob.slice(from, at)] };
    }
  }
  return null;
}
