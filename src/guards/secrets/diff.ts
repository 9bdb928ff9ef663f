/**
 * A unified diff in which everything but the added text is blanked out, position by position. Hunk headers are counted,
 * so that an added line that begins with `++` is not taken for a file header.
 */
export function addedOnly(diff: string): string {
  const out: string[] = [];
  let added = 0;
  let kept = 0;
  for (let at = 0; at < diff.length; ) {
    const next = diff.indexOf('\n', at);
    const end = next < 0 ? diff.length : next;
    const first = diff.charCodeAt(at);
    if (added + kept > 0 && (first === 43 || first === 45 || first === 32 || end === at || first === 92)) {
      if (first === 43) added--;
      else if (first === 45) kept--;
      else if (first !== 92) {
        added--;
        kept--;
      }
      out.push(first === 43 ? ' ' + diff.slice(at + 1, end) : blank(end - at));
    } else {
      const hunk = first === 64 ? HUNK.exec(diff.slice(at, Math.min(end, at + 80))) : null;
      if (hunk !== null) {
        kept = Number(hunk[1] ?? 1);
        added = Number(hunk[2] ?? 1);
      }
      const loose = hunk === null && first === 43 && !diff.startsWith('+++ ', at) && added + kept <= 0;
      out.push(loose ? ' ' + diff.slice(at + 1, end) : blank(end - at));
    }
    if (next >= 0) out.push('\n');
    at = end + 1;
  }
  return out.join('');
}

const HUNK = /^@@ -\d{1,9}(?:,(\d{1,9}))? \+\d{1,9}(?:,(\d{1,9}))? @@/;

function blank(length: number): string {
  return ' '.repeat(length);
}
