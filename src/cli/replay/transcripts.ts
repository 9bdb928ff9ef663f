import { closeSync, existsSync, fstatSync, openSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readLines } from '../../audit/lines.ts';
import { fileSource } from '../../audit/segments.ts';
import { claudeCode } from '../../clients/claude-code.ts';
import { isInside } from '../../repo/files.ts';
import type { Context } from '../context.ts';
import { homeOf } from '../repository.ts';
import type { PastCall, Skipped } from './past-call.ts';

/** Which calls of the transcripts are wanted. */
export interface Wanted {
  /** Milliseconds since 1970. */
  readonly since: number;
  /** Only calls from inside this folder. */
  readonly inside: string | null;
}

/** Ids that are remembered, so that no call counts twice: a session that goes on repeats what it came from. */
const MAX_IDS = 300_000;

/** Calls that wait for their result, which tells whether they were stopped. */
const MAX_WAITING = 200;

/** Folders of Claude Code's transcripts that sessions in `root` or below it write to. */
export function transcriptFolders(root: string, context: Context): string[] {
  const projects = join(context.env['CLAUDE_CONFIG_DIR'] || join(homeOf(context), '.claude'), 'projects');
  const slug = root.replace(/[^A-Za-z0-9]/g, '-');
  if (!existsSync(projects)) return [];
  return readdirSync(projects)
    .filter((name) => name === slug || name.startsWith(`${slug}-`))
    .map((name) => join(projects, name));
}

/** Every `.jsonl` file of a file or folder, subagents' included, oldest first; files that were not touched since are left out. */
export function transcriptFiles(path: string, since: number): string[] {
  const files = statSync(path).isDirectory()
    ? readdirSync(path, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.jsonl'))
        .map((name) => join(path, name))
    : [path];
  return files
    .map((file) => ({ file, time: statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .filter(({ time }) => time >= since)
    .sort((a, b) => a.time - b.time)
    .map(({ file }) => file);
}

/** The tool calls of transcripts, each once, with what became of them. Memory does not grow with the files. */
export function* readTranscripts(
  files: readonly string[],
  wanted: Wanted,
  skipped: Skipped,
): Generator<PastCall, void, void> {
  const seen = new Set<string>();
  for (const file of files) {
    const waiting = new Map<string, PastCall>();
    for (const line of linesOf(file, skipped)) {
      for (const { tool_use_id: id, is_error: failed, content } of parts(line, 'tool_result')) {
        const past = waiting.get(String(id));
        if (!past) continue;
        waiting.delete(String(id));
        yield failed === true && wasStopped(content) ? { ...past, became: 'stopped' } : past;
      }
      for (const use of parts(line, 'tool_use')) {
        const past = callOf(use, line, file, skipped);
        if (!past || !isWanted(past, wanted) || seen.has(past.call.id)) continue;
        if (seen.size >= MAX_IDS) seen.clear();
        seen.add(past.call.id);
        waiting.set(past.call.id, past);
      }
      if (waiting.size > MAX_WAITING) yield* takeOldest(waiting);
    }
    yield* waiting.values();
  }
}

type Json = Readonly<Record<string, unknown>>;

/** Lines that speak of tools, as objects. */
function* linesOf(file: string, skipped: Skipped): Generator<Json, void, void> {
  const fd = openSync(file, 'r');
  try {
    for (const { bytes } of readLines(fileSource(fd, fstatSync(fd).size))) {
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
      if (text.trim() === '') continue;
      const value = parse(text);
      if (value === null) skipped.lines++;
      else yield value;
    }
  } finally {
    closeSync(fd);
  }
}

function parse(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Json) : null;
  } catch {
    return null;
  }
}

function parts(line: Json, type: 'tool_use' | 'tool_result'): Json[] {
  const content = (line['message'] as Json | null | undefined)?.['content'];
  return Array.isArray(content) ? content.filter((part) => part?.type === type) : [];
}

/** The call as the client's hook would tell of it. */
function callOf(use: Json, line: Json, file: string, skipped: Skipped): PastCall | null {
  const { cwd, sessionId, agentId, timestamp } = line;
  try {
    const event = claudeCode.parse({
      hook_event_name: 'PreToolUse',
      session_id: sessionId ?? basename(file, '.jsonl'),
      cwd: cwd ?? '/',
      tool_name: use['name'],
      tool_input: use['input'],
      tool_use_id: use['id'],
      ...(typeof agentId === 'string' ? { agent_id: agentId } : {}),
    });
    return { call: event.call, became: 'allowed', time: typeof timestamp === 'string' ? timestamp : '' };
  } catch {
    skipped.shapes++;
    return null;
  }
}

function isWanted({ call, time }: PastCall, { since, inside }: Wanted): boolean {
  const recent = since === 0 || Date.parse(time) >= since;
  return recent && (inside === null || isInside(inside, call.cwd));
}

/** The words that Postern gives to the model. */
function wasStopped(content: unknown): boolean {
  const text = typeof content === 'string' ? content : JSON.stringify(content ?? '');
  return /(Blocked|Needs the person): [\s\S]*Rule: [a-z-]+\/[\w-]+/.test(text.slice(0, 20_000));
}

function* takeOldest(waiting: Map<string, PastCall>): Generator<PastCall, void, void> {
  const [id, past] = waiting.entries().next().value!;
  waiting.delete(id);
  yield past;
}
