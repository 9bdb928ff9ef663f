/**
 * Canonical JSON (RFC 8785): no spaces, keys sorted by UTF-16 code units, numbers and strings as ECMAScript writes them.
 * Fields that are `undefined` are left out. The value holds only JSON types, finite numbers and well-formed strings.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const object = value as Record<string, unknown>;
  let text = '';
  for (const key of Object.keys(object).sort()) {
    if (object[key] === undefined) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(object[key])}`;
  }
  return `{${text}}`;
}
