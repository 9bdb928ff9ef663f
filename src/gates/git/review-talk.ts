import { writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import type { PushReviewed } from '../../govern/review-push.ts';
import type { ReviewFinding } from '../../policy/push-review.ts';
import type { GateAnswer } from './answer.ts';

/** Findings that a terminal is shown; the file has all. */
const SHOWN = 20;

/** Runs a review with a line on the terminal that says who reviews and for how long. */
export async function withProgress<T>(
  act: (onSecond: (reviewer: string, seconds: number) => void) => Promise<T>,
): Promise<T> {
  if (!isatty(2)) return act(() => {});
  const show = (line: string) => writeSync(2, `\r\x1b[K${line}`);
  try {
    show('postern: reviewing …');
    return await act((reviewer, seconds) =>
      show(`postern: ${reviewer} is reviewing, ${seconds} s (Ctrl-C stops it) …`),
    );
  } finally {
    show('');
  }
}

/** The gate's answer with what the review found, the worst first. */
export function withFindings(answer: GateAnswer, { findings, review, known }: PushReviewed): GateAnswer {
  if (known && review.kind === 'covered')
    return { ...answer, stderr: `postern: this diff was reviewed before; it is covered.\n${answer.stderr}` };
  const lines = findings.slice(0, SHOWN).map(findingText).join('');
  const rest = findings.length > SHOWN ? `  … and ${findings.length - SHOWN} more in last-review.json\n` : '';
  const passed = review.kind === 'covered' ? `postern: reviewed, nothing holds it back${count(findings)}.\n` : '';
  return { ...answer, stderr: `${plain(lines)}${rest}${passed}${answer.stderr}` };
}

/** One finding as a few lines for people. */
export function findingText({ severity, file, line, title, why, fix }: ReviewFinding): string {
  return `${severity} ${file}${line > 0 ? `:${line}` : ''}: ${title}\n   ${why}\n   Fix: ${fix}\n`;
}

function count(findings: readonly ReviewFinding[]): string {
  return findings.length === 0 ? '' : ` (${findings.length} remarks above)`;
}

function plain(text: string): string {
  return text.replace(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/g, '?');
}
