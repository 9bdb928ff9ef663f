import { printable } from '../output.ts';
import { failed, type Result } from './check.ts';

/** A hook that did not answer its canary as it must, and what it said instead. */
export interface Silence {
  readonly name: string;
  readonly complaint: string;
}

/** One result for all hooks that complain of the same. */
export function byComplaint(silences: readonly Silence[]): Result[] {
  const complaints = new Set(silences.map(({ complaint }) => complaint));
  return [...complaints].map((complaint) => {
    const names = silences.filter((one) => one.complaint === complaint).map(({ name }) => name);
    const mend = complaint.includes('audit log') ? 'Mend the log first, as `log` below says.' : 'npx postern upgrade';
    return failed(`No proof of ${names.join(', ')}: ${printable(complaint, 300)}`, mend);
  });
}
