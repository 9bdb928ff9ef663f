import { HOOK_ENTRIES, type HookEntry, hookCommand, hookGroup } from '../clients/claude-settings.ts';
import { type JsonNode, readJson } from './json.ts';
import { insertChild, member, removeChild, replaceNode } from './json-edit.ts';

export type SettingsMerge =
  | { readonly kind: 'ok'; readonly text: string }
  | { readonly kind: 'broken'; readonly problem: string; readonly line: number; readonly column: number };

/** The settings with every entry of ours in them; all else stays as it was, to the byte. `null` stands for no file. */
export function mergeSettings(text: string | null): SettingsMerge {
  const problem = settingsProblem(text ?? '{}\n');
  if (problem) return problem;
  return { kind: 'ok', text: HOOK_ENTRIES.reduce(withEntry, text ?? '{}\n') };
}

/** `hooks` and the event lists in it that are there and empty: taking our entries out again must leave these. */
export function emptyContainers(text: string | null): string[] {
  const reading = readJson(text ?? '{}');
  const hooks = reading.kind === 'ok' ? member(reading.root, 'hooks')?.value : undefined;
  if (hooks?.kind !== 'object') return [];
  if (hooks.members.length === 0) return ['hooks'];
  return hooks.members.filter(({ value }) => value.kind === 'array' && value.items.length === 0).map(({ key }) => key);
}

/** The settings without our entries, and without lists that they leave empty unless `keptEmpty` names them. */
export function removeEntries(text: string, keptEmpty: readonly string[] = []): string {
  if (settingsProblem(text)) return text;
  const without = HOOK_ENTRIES.reduce((now, entry) => withoutEntry(now, entry, keptEmpty), text);
  const root = parsed(without);
  const hooks = member(root, 'hooks')?.value;
  const spare =
    text !== without && hooks?.kind === 'object' && hooks.members.length === 0 && !keptEmpty.includes('hooks');
  return spare ? removeMember(without, root, 'hooks', 1) : without;
}

/** True when settings are nothing but an empty object. */
export function isEmptySettings(text: string): boolean {
  return /^\uFEFF?\s*\{\s*\}\s*$/.test(text);
}

/** Why entries cannot be put into this text. */
function settingsProblem(text: string): Exclude<SettingsMerge, { kind: 'ok' }> | null {
  const reading = readJson(text);
  if (reading.kind === 'broken') return reading;
  const at = (node: JsonNode, problem: string) => {
    const before = text.slice(0, node.start).split(/\r\n|\n/);
    return { kind: 'broken', problem, line: before.length, column: before.at(-1)!.length + 1 } as const;
  };
  if (reading.root.kind !== 'object') return at(reading.root, 'it is not an object');
  const hooks = member(reading.root, 'hooks')?.value;
  if (hooks === undefined) return null;
  if (hooks.kind !== 'object') return at(hooks, '`hooks` is not an object');
  const odd = HOOK_ENTRIES.map(({ event }) => member(hooks, event)).find((one) => one && one.value.kind !== 'array');
  return odd ? at(odd.value, `\`hooks.${odd.key}\` is not a list`) : null;
}

function withEntry(text: string, entry: HookEntry): string {
  const root = parsed(text);
  const hooks = member(root, 'hooks')?.value;
  const group = hookGroup(entry);
  if (hooks === undefined) return insertChild(text, root, 1, { [entry.event]: [group] }, 'hooks');
  const groups = member(hooks, entry.event)?.value;
  if (groups === undefined) return insertChild(text, hooks, 2, [group], entry.event);
  const items = groups.kind === 'array' ? groups.items : [];
  if (items.some((item) => compact(text, item) === JSON.stringify(group))) return text;
  const changed = items.find((item) => ourHooks(text, item, entry).own);
  return changed ? replaceNode(text, changed, 3, group) : insertChild(text, groups, 3, group);
}

function withoutEntry(text: string, entry: HookEntry, keptEmpty: readonly string[]): string {
  const hooks = member(parsed(text), 'hooks')?.value;
  const groups = hooks && member(hooks, entry.event)?.value;
  if (hooks === undefined || groups?.kind !== 'array') return text;
  const index = groups.items.findIndex((item) => ourHooks(text, item, entry).at >= 0);
  if (index < 0) return text;
  const { own, at } = ourHooks(text, groups.items[index]!, entry);
  if (!own)
    return withoutEntry(removeChild(text, member(groups.items[index]!, 'hooks')!.value, at, 5), entry, keptEmpty);
  const lone = groups.items.length === 1 && !keptEmpty.includes(entry.event);
  const without = lone ? removeMember(text, hooks, entry.event, 2) : removeChild(text, groups, index, 3);
  return withoutEntry(without, entry, keptEmpty);
}

/** Where our command stands in a group, -1 when it does not; `own` when the group holds nothing else. */
function ourHooks(text: string, group: JsonNode, entry: HookEntry): { own: boolean; at: number } {
  const hooks = member(group, 'hooks')?.value;
  if (hooks?.kind !== 'array') return { own: false, at: -1 };
  const at = hooks.items.findIndex((hook) => {
    const command = member(hook, 'command')?.value;
    return command !== undefined && compact(text, command) === JSON.stringify(hookCommand(entry));
  });
  return { own: at >= 0 && hooks.items.length === 1, at };
}

function removeMember(text: string, object: JsonNode, key: string, depth: number): string {
  const index = object.kind === 'object' ? object.members.findIndex((one) => one.key === key) : -1;
  return index < 0 ? text : removeChild(text, object, index, depth);
}

/** A node's value, as compact JSON. */
function compact(text: string, node: JsonNode): string {
  return JSON.stringify(JSON.parse(text.slice(node.start, node.end)));
}

function parsed(text: string): JsonNode {
  const reading = readJson(text);
  if (reading.kind === 'broken') throw new Error(`settings became unreadable: ${reading.problem}`);
  return reading.root;
}
