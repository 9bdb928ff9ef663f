import { lintSource } from '@secretlint/core';
import manifest from '@secretlint/core/package.json' with { type: 'json' };
import { creator as preset } from '@secretlint/secretlint-rule-preset-recommend';

/** The library that JavaScript projects use, set up as it is recommended. */
export interface Peer {
  readonly version: string;
  readonly lint: (text: string, path: string) => Promise<{ start: number; end: number }[]>;
}

export const secretlint: Peer = { version: manifest.version, lint };

async function lint(content: string, filePath: string): Promise<{ start: number; end: number }[]> {
  const { messages } = await lintSource({
    source: { content, filePath, ext: filePath.slice(filePath.lastIndexOf('.')), contentType: 'text' },
    options: { config: { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: preset }] } },
  });
  return messages.map(({ range: [start, end] }) => ({ start, end }));
}
