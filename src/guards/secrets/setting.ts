import type { Surface } from './scan.ts';
import { wordSet } from './word-set.ts';

/** How a text is to be read, from its path and surface. */
export interface Setting {
  readonly surface: Surface;
  /** `code`: unquoted words are expressions. `lines`: NAME=value to the end of the line. `lock`: full of hashes. */
  readonly format: 'code' | 'lines' | 'lock' | 'text';
  readonly path: string;
}

const CODE = wordSet(
  'ts mts cts js mjs cjs tsx jsx vue svelte astro py pyi ipynb go rs rb erb php java kt kts scala groovy gradle cs fs vb c h cc cpp hpp m mm swift dart ex exs erl hs ml clj cljs lua pl pm r jl zig nim sol tf hcl bicep css scss less htm html map flow',
);
const LINES = wordSet('env properties ini cfg conf cnf npmrc pypirc netrc pgpass envrc credentials config');
const LOCK = wordSet(
  'package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml pnpm-lock.yml bun.lock bun.lockb deno.lock cargo.lock go.sum poetry.lock pdm.lock uv.lock pipfile.lock composer.lock gemfile.lock podfile.lock packages.lock.json pubspec.lock mix.lock flake.lock gradle.lockfile verification-metadata.xml package.resolved cartfile.resolved .terraform.lock.hcl conan.lock rebar.lock paket.lock stack.yaml.lock cabal.project.freeze shard.lock chart.lock .package-lock.json',
);

export function settingOf(path: string | undefined, surface: Surface): Setting {
  if (path === undefined || surface === 'diff') return { surface, format: 'text', path: path ?? '' };
  const base = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase();
  const extension = base.slice(base.lastIndexOf('.') + 1);
  const lines = LINES.has(extension) || base.startsWith('.env.');
  return { surface, format: LOCK.has(base) ? 'lock' : lines ? 'lines' : CODE.has(extension) ? 'code' : 'text', path };
}
