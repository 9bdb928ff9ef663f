import * as z from 'zod/mini';

/** What a server may be called: short, and without what joins names (`__` in tools, `+` in resources). */
const NAME = /^[a-z][a-z0-9-]{0,31}$/;
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

const word = (what: string) => z.string().check(z.minLength(1), z.maxLength(4096), z.describe(what));
const seconds = (what: string) => z.exactOptional(z.int().check(z.minimum(1), z.maximum(86_400), z.describe(what)));

const shared = {
  timeout_seconds: seconds('How long one call may take: 300 where nothing is said.'),
  start_timeout_seconds: seconds('How long the start and a list may take: 20 where nothing is said.'),
};

const stdio = z.strictObject({
  command: word('Program to start; relative to the repository when it has a slash.'),
  args: z.exactOptional(z.array(z.string()).check(z.describe('Arguments; `${VAR}` takes a value over.'))),
  env: z.exactOptional(
    z
      .record(z.string().check(z.regex(VARIABLE, 'is no name of a variable')), z.string())
      .check(z.describe('The environment of the server besides PATH, HOME and the like; `${VAR}` takes a value over.')),
  ),
  cwd: z.exactOptional(word('Folder to start in, relative to the repository: its top where nothing is said.')),
  ...shared,
});

const http = z.strictObject({
  url: z.string().check(z.regex(/^https?:\/\/\S+$/, 'is no http(s) address'), z.describe('Streamable HTTP.')),
  headers: z.exactOptional(
    z.record(z.string(), z.string()).check(z.describe('Headers of each request; `${VAR}` takes a value over.')),
  ),
  ...shared,
});

/** `.postern/registry.yaml`: the servers that the gateway starts. */
export const registrySchema = z.strictObject({
  version: z.literal(1),
  servers: z.record(
    z.string().check(z.regex(NAME, 'is no name of a server: lower-case letters, digits and `-`, at most 32')),
    z.unknown(),
  ),
});

/** One server: a program, or an address. */
export const serverSchemas = { stdio, http } as const;

export type StdioEntry = z.infer<typeof stdio>;
export type HttpEntry = z.infer<typeof http>;
