import type { Action, Call, FileWrite } from '../policy/call.ts';
import { modelMessage, personMessage } from '../policy/message.ts';
import { mapResult } from './claude-output.ts';
import {
  type Client,
  type ClientEvent,
  type NativeAnswer,
  object,
  ShapeError,
  SILENCE,
  text,
  textOr,
} from './event.ts';

type Input = Readonly<Record<string, unknown>>;

/** Claude Code's command hooks. Shapes and failure modes as observed with 2.1.329. */
export const claudeCode: Client = {
  id: 'claude-code',
  parse,
  answer(call, decision) {
    if (decision.effect === 'allow') return SILENCE;
    if (call.action.kind === 'prompt') return { stdout: '', stderr: `${modelMessage(decision)}\n`, code: 2 };
    return json({
      hookSpecificOutput: {
        hookEventName: 'PreToolUse',
        permissionDecision: decision.effect === 'ask' ? 'ask' : 'deny',
        permissionDecisionReason: modelMessage(decision),
      },
      systemMessage: personMessage(decision),
    });
  },
  tell(event, notice) {
    if (event.kind !== 'session-start')
      return json({ decision: 'block', reason: notice.model, systemMessage: notice.person });
    const context = { hookEventName: 'SessionStart', additionalContext: notice.model };
    return json({ hookSpecificOutput: context, systemMessage: notice.person });
  },
  mapResult: (call, result, change) => mapResult(call.tool, result, change),
  replace(result, { model, person }) {
    const told = model === undefined ? {} : { decision: 'block', reason: model };
    const output = { hookEventName: 'PostToolUse', updatedToolOutput: result };
    return json({ ...told, hookSpecificOutput: output, systemMessage: person });
  },
  refuse: (message) => ({ stdout: '', stderr: `${message}\n`, code: 2 }),
};

function json(value: unknown): NativeAnswer {
  return { stdout: JSON.stringify(value), stderr: '', code: 0 };
}

function parse(input: unknown): ClientEvent {
  const event = object(input, 'input');
  const name = text(event, 'hook_event_name');
  switch (name) {
    case 'PreToolUse':
      return { kind: 'call', call: toolCall(event) };
    case 'UserPromptSubmit':
      return { kind: 'call', call: base(event, name, promptAction(text(event, 'prompt'))) };
    case 'PostToolUse':
    case 'PostToolUseFailure':
      return {
        kind: 'outcome',
        call: toolCall(event),
        ok: name === 'PostToolUse',
        error: textOr(event, 'error', ''),
        durationMs: typeof event['duration_ms'] === 'number' ? event['duration_ms'] : null,
        result: event['tool_response'],
      };
    case 'SessionStart':
      return { kind: 'session-start', call: base(event, name, NOTHING), source: textOr(event, 'source', '') };
    case 'Stop':
    case 'SubagentStop':
      return { kind: 'stop', call: base(event, name, NOTHING) };
    case 'ConfigChange':
      return {
        kind: 'config-change',
        call: base(event, name, NOTHING),
        source: textOr(event, 'source', ''),
        file: textOr(event, 'file_path', ''),
      };
    default:
      throw new ShapeError(`the event \`${name.slice(0, 60)}\` is not known`);
  }
}

const NOTHING: Action = { kind: 'prompt', text: '', mentions: [] };

function base(event: Input, tool: string, action: Action): Call {
  const agent = event['agent_id'];
  const mode = event['permission_mode'];
  const sessionId = text(event, 'session_id');
  return {
    id: textOr(event, 'tool_use_id', textOr(event, 'prompt_id', sessionId)),
    gate: 'hook',
    tool,
    cwd: text(event, 'cwd'),
    client: 'claude-code',
    ...(typeof agent === 'string' ? { agent } : {}),
    assurance: 'hook',
    session: {
      id: typeof agent === 'string' ? `${sessionId}/${agent}` : sessionId,
      ...(typeof agent === 'string' ? { parent: sessionId } : {}),
      ...(typeof mode === 'string' ? { mode } : {}),
    },
    action,
  };
}

function promptAction(prompt: string): Action {
  const mentions = [...prompt.matchAll(/(?:^|\s)@(?:"([^"\n]+)"|([^\s"]+))/g)].map(
    (match) => match[1] ?? match[2] ?? '',
  );
  return {
    kind: 'prompt',
    text: prompt,
    mentions: mentions.flatMap((path) => [path, path.replace(/[.,;:!?)]+$/, '')]),
  };
}

function toolCall(event: Input): Call {
  const tool = text(event, 'tool_name');
  return base(event, tool, toolAction(tool, object(event['tool_input'], 'tool_input')));
}

/** Every tool of the client that runs a command, touches a file or leaves the machine; all others are opaque tools. */
function toolAction(tool: string, input: Input): Action {
  switch (tool) {
    case 'Bash':
    case 'Monitor':
      return { kind: 'bash', command: text(input, 'command') };
    case 'Read':
      return { kind: 'read', paths: [text(input, 'file_path')] };
    case 'NotebookRead':
      return { kind: 'read', paths: [text(input, 'notebook_path')] };
    case 'Grep':
    case 'Glob':
    case 'LS':
      return {
        kind: 'read',
        paths: [textOr(input, 'path', '.'), ...(tool === 'Glob' ? [text(input, 'pattern')] : [])],
      };
    case 'Write':
      return {
        kind: 'write',
        files: [{ path: text(input, 'file_path'), text: text(input, 'content'), partial: false }],
      };
    case 'Edit':
      return { kind: 'write', files: [edit(text(input, 'file_path'), input)] };
    case 'MultiEdit':
      return {
        kind: 'write',
        files: list(input['edits']).map((one) => edit(text(input, 'file_path'), object(one, 'edit'))),
      };
    case 'NotebookEdit':
      return {
        kind: 'write',
        files: [{ path: text(input, 'notebook_path'), text: textOr(input, 'new_source', ''), partial: true }],
      };
    case 'WebFetch':
      return { kind: 'fetch', url: text(input, 'url'), body: textOr(input, 'prompt', '') };
    case 'WebSearch':
      return { kind: 'fetch', url: '', body: textOr(input, 'query', '') };
    default:
      return { kind: 'tool', input };
  }
}

function edit(path: string, input: Input): FileWrite {
  const everywhere = input['replace_all'] === true ? { everywhere: true } : {};
  return { path, text: text(input, 'new_string'), partial: true, removed: text(input, 'old_string'), ...everywhere };
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new ShapeError('`edits` is not a list');
  return value;
}
