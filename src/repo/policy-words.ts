/** `a`, `b` or `c`. */
export function oneOf(values: readonly unknown[]): string {
  const quoted = values.map((value) => `\`${value}\``);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
}

/** `, did you mean …?` when one of the words is close enough to have been meant, else nothing. */
export function didYouMean(written: string, words: readonly string[]): string {
  const near = words
    .map((word) => ({ word, steps: distance(written.toLowerCase(), word.toLowerCase()) }))
    .filter(({ word, steps }) => steps <= Math.max(1, Math.floor(word.length / 3)))
    .sort((a, b) => a.steps - b.steps)[0];
  return near ? `, did you mean \`${near.word}\`?` : '';
}

/** Levenshtein distance; words longer than a key could be are simply far. */
function distance(a: string, b: string): number {
  if (a.length > 64) return Number.POSITIVE_INFINITY;
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [i, char] of [...a].entries()) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      next.push(Math.min(row[j + 1]! + 1, next[j]! + 1, row[j]! + (char === b[j] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}

/** Why a guard has no such rule, where its rules are known. */
export function ruleIdProblem(id: string, guard: string, findings: readonly string[]): string | null {
  const [prefix, rule] = id.includes('/') ? (id.split('/') as [string, string]) : [guard, id];
  if (prefix !== guard) return `\`${id}\` is not a rule of \`${guard}\``;
  const known = findings.filter((one) => one.startsWith(`${guard}/`)).map((one) => one.slice(guard.length + 1));
  return known.length === 0 || known.includes(rule)
    ? null
    : `\`${guard}\` has no rule \`${rule}\`${didYouMean(rule, known)}`;
}
