/** What every program needs and nobody keeps secrets in. */
const PLAIN = ['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'LC_ALL', 'TZ', 'TERM', 'TMPDIR', 'SYSTEMROOT'];

type Env = Readonly<Record<string, string | undefined>>;

/** A variable that the registry names is not set. */
class Unset extends Error {
  constructor(name: string) {
    super(`cannot be started: the variable ${name}, which the registry names, is not set`);
  }
}

/** A text of the registry with its `${VAR}` and `${VAR:-else}` filled in. Throws when one is not set; names no value. */
export function fillIn(text: string, env: Env): string {
  return text.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g, (_, name: string, other?: string) => {
    const value = env[name] || other;
    if (value === undefined) throw new Unset(name);
    return value;
  });
}

/** All values filled in. */
export function fillAll(texts: Readonly<Record<string, string>>, env: Env): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, fillIn(text, env)]));
}

/** A server's whole environment: the plain variables and what the registry lists, nothing else. */
export function serverEnv(listed: Readonly<Record<string, string>>, env: Env): Record<string, string> {
  const plain = PLAIN.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]));
  return { ...Object.fromEntries(plain), ...fillAll(listed, env) };
}
