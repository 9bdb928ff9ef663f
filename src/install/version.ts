/** True when version `one` comes after `other`. A pre-release counts as its release. */
export function isNewer(one: string, other: string): boolean {
  const [left, right] = [numbers(one), numbers(other)];
  const at = left.findIndex((value, index) => value !== right[index]);
  return at >= 0 && left[at]! > (right[at] ?? 0);
}

function numbers(version: string): number[] {
  return version.split(/[-+]/)[0]!.split('.').map(Number);
}
