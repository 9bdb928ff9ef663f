import { elements, type Span, spanAt, splice } from './json-spans.ts';
import { joinUri } from './names.ts';
import type { Server } from './server.ts';

/** An answer whose resources are named so that the client can ask for them: what is read, and what results point to. */
export function withResourceNames({ name: server }: Pick<Server, 'name'>, text: string): string {
  if (!text.includes('"uri"')) return text;
  const listed = ['content', 'contents', 'messages'].flatMap((key) => {
    const at = spanAt(text, ['result', key]);
    return at ? elements(text, at) : [];
  });
  const uris = listed.flatMap((one) => [one, ...at(text, ['content'], one)]).flatMap((one) => urisOf(text, one));
  return splice(
    text,
    uris.map((span) => [span, JSON.stringify(joinUri({ server, name: JSON.parse(text.slice(span.start, span.end)) }))]),
  );
}

function urisOf(text: string, within: Span): Span[] {
  return [...at(text, ['uri'], within), ...at(text, ['resource', 'uri'], within)].filter(
    ({ start }) => text[start] === '"',
  );
}

function at(text: string, path: readonly string[], within: Span): Span[] {
  const span = spanAt(text, path, within);
  return span ? [span] : [];
}
