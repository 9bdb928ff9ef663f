import { readJson } from '../../install/json.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * Why Claude Code would drop a settings file, or hooks in it, without a word (observed with 2.1.329): what is not strict
 * JSON, a wrong type anywhere, or one invalid entry under PreToolUse or PermissionRequest, which takes the whole file along.
 */
export function lintSettings(json: string): string[] {
  const reading = readJson(json);
  if (reading.kind === 'broken') {
    return [`line ${reading.line}, column ${reading.column}: ${reading.problem}, so the client ignores all of it`];
  }
  const value: unknown = JSON.parse(json.replace(/^\uFEFF/, ''));
  return isObject(value)
    ? [...lintPermissions(value), ...lintEnv(value), ...lintHooks(value)]
    : ['it is not an object'];
}

function lintPermissions({ permissions }: Json): string[] {
  if (permissions === undefined) return [];
  if (!isObject(permissions)) return ['`permissions` is not an object'];
  return ['allow', 'ask', 'deny']
    .filter((name) => permissions[name] !== undefined && !isTextList(permissions[name]))
    .map((name) => `\`permissions.${name}\` is not a list of texts`);
}

function lintEnv({ env }: Json): string[] {
  if (env === undefined) return [];
  return isObject(env) && Object.values(env).every((value) => typeof value === 'string')
    ? []
    : ['`env` is not an object of texts'];
}

function lintHooks({ hooks }: Json): string[] {
  if (hooks === undefined) return [];
  if (!isObject(hooks)) return ['`hooks` is not an object'];
  return Object.entries(hooks).flatMap(([event, groups]) => {
    const takesFileAlong = event === 'PreToolUse' || event === 'PermissionRequest';
    const problems = Array.isArray(groups)
      ? groups.flatMap((group, at) => lintGroup(group, `hooks.${event}[${at}]`, takesFileAlong))
      : [`\`hooks.${event}\` is not a list`];
    return problems;
  });
}

function lintGroup(group: unknown, where: string, takesFileAlong: boolean): string[] {
  const matcher = isObject(group) ? matcherProblem(group['matcher'], where) : [];
  if (!takesFileAlong) return matcher;
  if (!isObject(group) || !Array.isArray(group['hooks'])) return [`\`${where}\` has no list of hooks`];
  return [...matcher, ...group['hooks'].flatMap((hook, at) => lintHook(hook, `${where}.hooks[${at}]`))];
}

function matcherProblem(matcher: unknown, where: string): string[] {
  if (matcher === undefined || matcher === '*') return [];
  if (typeof matcher !== 'string') return [`\`${where}.matcher\` is not a text`];
  try {
    new RegExp(matcher);
    return [];
  } catch {
    return [`\`${where}.matcher\` is not a valid pattern, so it never matches`];
  }
}

/** Which text each type of hook needs. */
const HOOK_TYPES: Readonly<Record<string, string>> = {
  command: 'command',
  http: 'url',
  mcp_tool: 'tool',
  prompt: 'prompt',
  agent: 'prompt',
};

function lintHook(hook: unknown, where: string): string[] {
  if (!isObject(hook)) return [`\`${where}\` is not an object`];
  const { type, timeout, onFailure } = hook;
  const needs = HOOK_TYPES[String(type)];
  if (needs === undefined) return [`\`${where}.type\` is not a type that the client knows`];
  return [
    ...(typeof hook[needs] === 'string' ? [] : [`\`${where}.${needs}\` is not a text`]),
    ...(timeout === undefined || (typeof timeout === 'number' && timeout > 0)
      ? []
      : [`\`${where}.timeout\` is not a number of seconds`]),
    ...(onFailure === undefined || onFailure === 'block' || onFailure === 'continue'
      ? []
      : [`\`${where}.onFailure\` is neither "block" nor "continue"`]),
  ];
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTextList(value: unknown): boolean {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}
