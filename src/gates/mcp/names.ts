/** Tools and prompts are named `<server>__<name>`: a server's name holds no `_`. */
const TOOL_JOINT = '__';
/** Resources are named `<server>+<uri>`, which is a URI again: a server's name is a beginning of a scheme. */
const URI_JOINT = '+';

export interface Target {
  readonly server: string;
  /** The name as the server knows it. */
  readonly name: string;
}

export function joinName({ server, name }: Target): string {
  return `${server}${TOOL_JOINT}${name}`;
}

export function joinUri({ server, name }: Target): string {
  return `${server}${URI_JOINT}${name}`;
}

/** `null` when the name names no server. */
export function splitName(name: unknown): Target | null {
  return split(name, TOOL_JOINT);
}

export function splitUri(uri: unknown): Target | null {
  return split(uri, URI_JOINT);
}

function split(text: unknown, joint: string): Target | null {
  if (typeof text !== 'string') return null;
  const at = text.indexOf(joint);
  return at < 1 ? null : { server: text.slice(0, at), name: text.slice(at + joint.length) };
}
