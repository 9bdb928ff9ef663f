import type { Access } from '../policy/reading.ts';

/** One path among a command's words, and what the command does with it. */
export interface WordUse {
  readonly path: string;
  readonly access: Access;
  readonly recursive?: boolean;
}

/** Uses among the words of such a command. */
export function sedFiles(words: readonly string[]): readonly WordUse[] {
  const inPlace =
    words.some((text) => /^-[a-zA-Z]*i/.test(text) && !/^-[ef]/.test(text)) ||
    words.some((text) => text.startsWith('--in-pl'));
  const scripts = words.flatMap((text) =>
    [...text.matchAll(/(?:^|[;\n}/0-9gpI])\s*[wW]\s+([^\s;]+)/g)].map((found) => ({
      path: found[1]!,
      access: 'write' as const,
    })),
  );
  if (!inPlace) return scripts;
  const operands = words.filter(
    (text, at) => !text.startsWith('-') && !/^-(e|f|-expression|-file)$/.test(words[at - 1] ?? ''),
  );
  const given = words.some((text) => /^-[a-zA-Z]*[ef]$|^--(expression|file)/.test(text));
  return [...scripts, ...operands.slice(given ? 0 : 1).map((path) => ({ path, access: 'write' as const }))];
}

/** Files that `git stash push` puts away. */
export function stashed(words: readonly string[]): readonly WordUse[] {
  const at = words.indexOf('push');
  const dashes = words.indexOf('--');
  const from = dashes >= 0 ? dashes : at;
  if (from < 0) return [];
  return words
    .slice(from + 1)
    .filter((text, index, all) => !text.startsWith('-') && !/^(-m|--message)$/.test(all[index - 1] ?? ''))
    .map((path) => ({ path, access: 'write', recursive: true }));
}

/** Uses among the words of such a command. */
export function perlUses(words: readonly string[]): readonly WordUse[] {
  const access = words.some((text) => /^-[a-zA-Z0]*i/.test(text))
    ? 'write'
    : words.some((text) => /^-[a-zA-Z0]*[np]/.test(text))
      ? 'read'
      : null;
  if (access === null) return [];
  return words.flatMap((text, at): readonly WordUse[] =>
    text.startsWith('-') || /^-[a-zA-Z0.]*[eEIM]$/.test(words[at - 1] ?? '') ? [] : [{ path: text, access }],
  );
}

/** Uses among the words of such a command. */
export function findUses(words: readonly string[]): readonly WordUse[] {
  return words.flatMap((text, at): readonly WordUse[] =>
    /^-(fprint|fprintf|fprint0|fls)$/.test(words[at - 1] ?? '') ? [{ path: text, access: 'write' as const }] : [],
  );
}

/** Uses among the words of such a command. */
export function opensslUses(words: readonly string[]): readonly WordUse[] {
  if (/^(x509|req|verify|crl|s_client|version|rand)$/.test(words[0] ?? '') && !words.includes('-key')) return [];
  return words.flatMap((text, at): readonly WordUse[] => {
    const option = words[at - 1] ?? '';
    if (/^-(in|inkey|key|passin)$/.test(option)) return [{ path: text.replace(/^file:/, ''), access: 'read' as const }];
    return /^-(out|keyout)$/.test(option) ? [{ path: text, access: 'write' as const }] : [];
  });
}

/** Uses among the words of such a command. */
export function tarUses(words: readonly string[]): readonly WordUse[] {
  const mode =
    words.find(
      (text, at) =>
        (at === 0 && /^[a-zA-Z]+$/.test(text)) ||
        /^-[a-zA-Z]*[xctruA]/.test(text) ||
        /^--(extract|get|create|list|append|update)$/.test(text),
    ) ?? '';
  const extracts = /x/.test(mode) || mode === '--extract' || mode === '--get';
  const lists = /^-?[a-zA-Z]*t/.test(mode) && !extracts && !/c/.test(mode);
  const folder =
    valueAfter(words, /^(-[a-zA-Z]*C|--directory|--cd)$/) ??
    words.find((text) => text.startsWith('--directory='))?.slice(12) ??
    null;
  const archiveAt = words.findIndex(
    (text, at) => (at === 0 && /^[a-zA-Z]*f[a-zA-Z]*$/.test(text)) || /^-[a-zA-Z]*f$/.test(text) || text === '--file',
  );
  const archive = archiveAt >= 0 ? words[archiveAt + 1] : undefined;
  const members = words.filter(
    (text, at) =>
      at !== archiveAt + 1 &&
      at > 0 &&
      !text.startsWith('-') &&
      !/^(-[a-zA-Z]*[CTXf]|--directory|--exclude|--files-from|--file)$/.test(words[at - 1] ?? ''),
  );
  const inFolder = (path: string) => (folder && !path.startsWith('/') ? `${folder}/${path}` : path);
  if (lists) return [];
  if (extracts) {
    const targets =
      members.length > 0 ? members.map((path) => ({ path: inFolder(path), access: 'write' as const })) : [];
    return [
      ...targets,
      ...(folder && members.length === 0 ? [{ path: folder, access: 'write' as const, recursive: true }] : []),
    ];
  }
  return [
    ...members.map((path) => ({ path: inFolder(path), access: 'read' as const, recursive: true })),
    ...(archive && archive !== '-' ? [{ path: archive, access: 'write' as const }] : []),
  ];
}

/** Uses among the words of such a command. */
export function unzipUses(words: readonly string[]): readonly WordUse[] {
  if (words.some((text) => /^-[a-zA-Z]*[lptvZ]/.test(text))) return [];
  const folder = valueAfter(words, /^-d$/);
  const members = words
    .filter((text, at) => !text.startsWith('-') && words[at - 1] !== '-d' && words[at - 1] !== '-x')
    .slice(1);
  const targets = members.map((path) => ({ path: folder ? `${folder}/${path}` : path, access: 'write' as const }));
  return targets.length > 0 ? targets : folder ? [{ path: folder, access: 'write', recursive: true }] : [];
}

function valueAfter(words: readonly string[], option: RegExp): string | null {
  const at = words.findIndex((text) => option.test(text));
  return at >= 0 ? (words[at + 1] ?? null) : null;
}

/** Uses among the words of such a command. */
export function curlUses(words: readonly string[]): readonly WordUse[] {
  return words.flatMap((text, at): readonly WordUse[] => {
    const option = words[at - 1] ?? '';
    const data = /^(-[a-zA-Z]*[dF]|--data(-binary|-raw|-ascii|-urlencode)?|--form|--json|-H|--header)$/.test(option)
      ? text
      : (/^(?:-[dF]|--(?:data(?:-binary|-ascii|-urlencode)?|form|json)=)([\s\S]+)$/.exec(text)?.[1] ?? null);
    const file = data === null ? null : /^(?:[\w.[\]-]*=?)?[@<]([^;,]+)/.exec(data);
    const url = /^file:\/\/(\/[^?#]+)/.exec(text);
    if (url) return [{ path: url[1]!, access: 'read' as const }];
    return file && file[1] !== '-' ? [{ path: file[1]!, access: 'read' as const }] : [];
  });
}

/** Uses among the words of such a command. */
export function gitShow(words: readonly string[]): readonly WordUse[] {
  return words.flatMap((text): readonly WordUse[] => {
    const found = /^[^-/:][^:]*:(.+)$|^:(?:\d:)?([^:].*)$/.exec(text);
    return found ? [{ path: found[1] ?? found[2]!, access: 'read' as const }] : [];
  });
}

/** Files that `put x` sends, among options or typed commands. */
export function putFiles(words: readonly string[]): readonly WordUse[] {
  return words.flatMap((text) =>
    [...text.matchAll(/(?:^|[;\n])\s*-?m?(?:put|reput|mirror -R)\s+(?:-\w+\s+)*([^;\n]+)/g)].flatMap((found) =>
      found[1]!
        .trim()
        .split(/\s+/)
        .map((path) => ({ path, access: 'read' as const })),
    ),
  );
}
