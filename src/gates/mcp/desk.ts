import { randomUUID } from 'node:crypto';
import { redactText } from '../../govern/describe.ts';
import { govern, type Verdict } from '../../govern/govern.ts';
import { outputMask } from '../../govern/mask-output.ts';
import { recordEvents } from '../../govern/record-event.ts';
import type { Call } from '../../policy/call.ts';
import type { Places } from '../../repo/places.ts';

/** Who is on the client's side of this gateway. */
export interface Visitor {
  /** As the client names itself in `initialize`. */
  client: string;
  /** The client's own id of the session where it tells, else the gateway's. */
  sessionId: string;
}

/** One request to a server, as it is judged. */
export interface Asked {
  readonly server: string;
  /** The tool of `tools/call`, or the method. */
  readonly tool: string;
  readonly input: unknown;
  /** What the client says about the call besides: `_meta`. */
  readonly meta: Readonly<Record<string, unknown>>;
}

/** What came back for a call, as the client may see it. */
export interface Seen {
  readonly result: unknown;
  /** The rule of each secret that was masked in it. */
  readonly masked: readonly string[];
}

/** How a call ended. */
export interface Ending {
  readonly ok: boolean;
  readonly error?: string;
  readonly durationMs: number;
  readonly masked: readonly string[];
}

/**
 * The chain that every request to a server passes: `judge` before it is sent, `inspect` on what comes back, `close` when
 * it is over. What guards want to know of the gateway (trust, rates, sessions) goes into the facts in `judge`; what looks
 * at results (injection, sizes) goes into `inspect`, which is the only way from a server's answer to the client.
 */
export class Desk {
  readonly visitor: Visitor;
  readonly #places: Places;

  constructor(places: Places, visitor: Visitor) {
    this.#places = places;
    this.visitor = visitor;
  }

  callOf({ server, tool, input, meta }: Asked): Call {
    const id = meta['claudecode/toolUseId'];
    return {
      id: typeof id === 'string' && id !== '' ? id : randomUUID(),
      gate: 'mcp',
      tool: `mcp__${server}__${tool}`,
      cwd: this.#places.root,
      client: this.visitor.client,
      assurance: 'launch',
      session: { id: this.visitor.sessionId },
      action: { kind: 'tool', input },
    };
  }

  judge(call: Call): Promise<Verdict> {
    return govern(call, { ...this.#places });
  }

  /** The result as the client may see it: texts with their secrets masked; the very same value when nothing was. */
  inspect(call: Call, { facts, state }: Verdict, result: unknown): Seen {
    const mask = outputMask(call, facts, state);
    return mask ? { result: mapTexts(result, mask.mask), masked: mask.rules } : { result, masked: [] };
  }

  /** The input with its secrets masked, for policies that would rather mask than deny. */
  masked(input: unknown, { facts }: Verdict): unknown {
    return mapTexts(input, (text) => redactText(text, facts.knownValues));
  }

  close(call: Call, { ok, error, durationMs, masked }: Ending): void {
    recordEvents(this.#places, [
      {
        kind: 'outcome',
        by: call,
        call: call.id,
        gate: 'mcp',
        session: { id: call.session.id },
        tool: call.tool,
        data: {
          ok,
          durationMs,
          ...(error === undefined ? {} : { error: error.slice(0, 300) }),
          ...(masked.length > 0 ? { masked: masked.length, rules: [...new Set(masked)].join(' ') } : {}),
        },
      },
    ]);
  }
}

/** Every text below a value changed; the very same value when none was. */
function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (typeof value !== 'object' || value === null) return value;
  let changed = false;
  const entries = Object.entries(value).map(([key, part]) => {
    const mapped = mapTexts(part, change);
    changed ||= mapped !== part;
    return [key, mapped] as const;
  });
  if (!changed) return value;
  return Array.isArray(value) ? entries.map(([, part]) => part) : Object.fromEntries(entries);
}
