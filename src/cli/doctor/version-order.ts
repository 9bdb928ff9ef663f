/** True when dotted version `version` is at least `least`; parts that are no numbers count as 0. */
export function isAtLeast(version: string, least: string): boolean {
  const [have, want] = [parts(version), parts(least)];
  const differs = want.findIndex((part, at) => (have[at] ?? 0) !== part);
  return differs === -1 || (have[differs] ?? 0) > want[differs]!;
}

function parts(version: string): number[] {
  return version.split('.').map((part) => Number.parseInt(part, 10) || 0);
}
