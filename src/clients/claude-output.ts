/** Where in a tool's result stands what the model reads. `*` is every element, `**` every string below, `''` the result itself. */
const TEXTS: readonly (readonly [tool: RegExp, places: readonly string[]])[] = [
  [/^(?:Bash|Monitor|BashOutput|TaskOutput|PowerShell)$/, ['stdout', 'stderr', 'output', 'task.output', '']],
  [/^Read$/, ['file.content', 'file.cells.**']],
  [/^NotebookRead$/, ['**']],
  [/^Grep$/, ['content']],
  [/^WebFetch$/, ['result']],
  [/^WebSearch$/, ['results.*', 'results.*.content.*.title']],
  [/^(?:Agent|Task)$/, ['content.*.text']],
  [/^mcp__/, ['', '*.text', '*.resource.text', 'content.*.text', 'content.*.resource.text', 'structuredContent.**', 'content', 'result']],
  [/^ReadMcpResourceTool$/, ['contents.*.text']],
]; // biome-ignore format: a table of rows

/**
 * A tool's result with each text that the model reads replaced by what `change` makes of it, in the tool's own shape. Ids, paths,
 * pictures and whatever else a tool returns stay as they are. The very same value when nothing was changed.
 */
export function mapResult(tool: string, result: unknown, change: (text: string) => string): unknown {
  const row = TEXTS.find(([name]) => name.test(tool));
  if (!row || isImage(result)) return result;
  return row[1].reduce((value, place) => mapAt(value, place === '' ? [] : place.split('.'), change), result);
}

/** Bash tells a picture by a field; its standard output is then a data URI. */
function isImage(result: unknown): boolean {
  return typeof result === 'object' && result !== null && 'isImage' in result && result.isImage === true;
}

function mapAt(value: unknown, [step, ...rest]: readonly string[], change: (text: string) => string): unknown {
  if (step === undefined || step === '**') return mapStrings(value, change, step === '**' ? MAX_DEPTH : 0);
  if (typeof value !== 'object' || value === null || Array.isArray(value) !== (step === '*')) return value;
  return mapEntries(value, (part, key) => (step === '*' || key === step ? mapAt(part, rest, change) : part));
}

const MAX_DEPTH = 32;

function mapStrings(value: unknown, change: (text: string) => string, depth: number): unknown {
  if (typeof value === 'string') return change(value);
  if (typeof value !== 'object' || value === null || depth === 0) return value;
  return mapEntries(value, (part) => mapStrings(part, change, depth - 1));
}

/** The same object when every part stays. */
function mapEntries(value: object, map: (part: unknown, key: string) => unknown): unknown {
  let changed = false;
  const entries = Object.entries(value).map(([key, part]) => {
    const mapped = map(part, key);
    changed ||= mapped !== part;
    return [key, mapped] as const;
  });
  if (!changed) return value;
  return Array.isArray(value) ? entries.map(([, part]) => part) : Object.fromEntries(entries);
}
