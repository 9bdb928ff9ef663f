import { posix } from 'node:path';
import type { Target, Zone } from '../../rules/commands/row.ts';
import { locate } from '../../shell/paths.ts';

/** Folders that the zones are measured from. */
export interface Ground {
  readonly cwd: string;
  readonly home: string;
  readonly root: string;
}

const regenerable =
  /^(node_modules|bower_components|jspm_packages|dist|build|_build|out|output|target|\.next|\.nuxt|\.output|\.svelte-kit|\.astro|\.turbo|\.parcel-cache|\.cache|\.vite|\.rollup\.cache|\.webpack|\.angular|\.expo|\.vercel|\.netlify|\.serverless|\.wrangler|\.docusaurus|coverage|\.nyc_output|htmlcov|__pycache__|\.pytest_cache|\.mypy_cache|\.ruff_cache|\.tox|\.nox|\.venv|venv|\.eggs|.+\.egg-info|\.gradle|\.dart_tool|\.build|DerivedData|Pods|\.terraform|\.terragrunt-cache|\.bundle|\.sass-cache|\.eslintcache|\.stylelintcache|package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|poetry\.lock|Cargo\.lock|Gemfile\.lock|composer\.lock|uv\.lock|.*\.tsbuildinfo|tmp|temp|\.tmp|\.temp|logs?|test-results|playwright-report|storybook-static|site|public\/build|bin\/Debug|obj|cmake-build-.*|CMakeFiles|\.stack-work|dist-newstyle|elm-stuff|zig-cache|zig-out|\.zig-cache|_site|\.jekyll-cache|\.hypothesis|\.ipynb_checkpoints|\.DS_Store|junit\.xml|\.scannerwork|\.metals|\.bloop|target-.*|wheels|sdist|pip-wheel-metadata|generated|__generated__|__snapshots__|\.swc|\.husky\/_)$/;
const junkFile =
  /\.(log|tmp|temp|pyc|pyo|o|obj|a|so|class|swp|swo|orig|rej|bak|tgz|tar\.gz|gz|zip|out|pid|cache|map|gcda|gcno|prof|coverage|lcov|vsix|whl|egg|d\.ts\.map|tsbuildinfo|snap\.new|stackdump|dSYM|hprof|trace)$/i;
const temp = /^(\/private)?(\/tmp|\/var\/tmp|\/var\/folders|\/dev\/shm)(\/|$)/;
const cache =
  /^(\.cache|\.npm|\.yarn|\.pnpm-store|\.bun\/install|\.cargo\/(registry|git)|\.gradle\/(caches|daemon)|\.m2\/repository|\.ivy2|\.nuget\/packages|\.local\/share\/(Trash|pnpm)|Library\/(Caches|Logs|Developer\/Xcode\/DerivedData)|\.Trash|go\/pkg|\.rustup\/(tmp|downloads)|\.composer\/cache|\.pub-cache|\.electron|\.node-gyp|\.terraform\.d\/plugin-cache|\.ccache|\.expo|\.android\/(cache|build-cache))(\/|$)/;
const system =
  /^\/(bin|boot|dev|etc|lib|lib32|lib64|lost\+found|media|mnt|opt|proc|root|run|sbin|snap|srv|sys|usr|var|home|Users|System|Library|Applications|Volumes|private|nix|cores|[A-Za-z]:)(\/|$)/;

/** Places one word of a command as a path. */
export function placeTarget(text: string, glob: boolean, ground: Ground): Target {
  const at = locate(text, ground.cwd || '\0');
  const isGlob = glob || /[*?]/.test(text);
  const found = { text, glob: isGlob, partial: at.partial };
  if (at.partial && at.path === '/') return { ...found, path: '/', zone: text.startsWith('/') ? 'root' : 'unknown' };
  return { ...found, path: at.path, zone: zoneOf(at.path, isGlob, at.partial, ground) };
}

function zoneOf(path: string, glob: boolean, partial: boolean, ground: Ground): Zone {
  const wild = glob ? path.search(/[*?[{]/) : -1;
  if (wild < 0) return plainZone(path, partial, ground);
  const folder = path.slice(0, path.lastIndexOf('/', wild)) || '/';
  const name = path.slice(path.lastIndexOf('/') + 1);
  const inner = plainZone(folder, true, ground);
  const isWithinRepo = inner === 'inside' || inner === 'above';
  if (isWithinRepo && folder.startsWith(ground.root)) {
    if (junkFile.test(name) || regenerable.test(name.replace(/\*/g, 'x')) || regenerable.test(name))
      return 'regenerable';
    if (
      path
        .slice(wild)
        .split('/')
        .slice(1)
        .some((step) => regenerable.test(step))
    )
      return 'regenerable';
    if (/[^*?.]/.test(name) && inner === 'above') return 'inside';
  }
  return inner;
}

/** `open` says that the path is only the beginning of what is meant. */
function plainZone(path: string, open: boolean, ground: Ground): Zone {
  if (path === '/') return 'root';
  if (/^\/dev\//.test(path) && !temp.test(path)) return 'device';
  if (ground.root !== '' && !ground.root.startsWith(`${path}/`) && path !== ground.root && path !== ground.cwd) {
    const inside = path.startsWith(`${ground.root}/`) ? path.slice(ground.root.length + 1) : null;
    if (inside !== null) return insideZone(inside, ground.cwd.startsWith(`${path}/`));
  }
  if (temp.test(path))
    return /^(\/private)?(\/tmp|\/var\/tmp|\/var\/folders|\/dev\/shm)$/.test(path) && !open ? 'system' : 'temp';
  if (open && path === ground.cwd && path.startsWith(`${ground.root}/`)) {
    const inside = insideZone(path.slice(ground.root.length + 1), false);
    if (inside === 'regenerable') return inside;
  }
  if (path === ground.home) return 'home';
  if (/^\/(home|Users)$/.test(path)) return 'system';
  if (
    path === ground.root ||
    path === ground.cwd ||
    `${ground.root}/`.startsWith(`${path}/`) ||
    `${ground.cwd}/`.startsWith(`${path}/`)
  )
    return 'above';
  if (path.startsWith(`${ground.home}/`)) return homeZone(path.slice(ground.home.length + 1), path);
  if (system.test(path)) return 'system';
  return regenerable.test(posix.basename(path)) ? 'regenerable' : 'outside';
}

function insideZone(inside: string, holdsCwd: boolean): Zone {
  const steps = inside.split('/');
  if (steps.includes('.git')) return 'git';
  if (
    steps.some((step, at) => regenerable.test(step) || regenerable.test(`${steps[at - 1]}/${step}`)) ||
    junkFile.test(inside)
  )
    return 'regenerable';
  return holdsCwd ? 'above' : 'inside';
}

function homeZone(rest: string, path: string): Zone {
  if (cache.test(rest)) return 'cache';
  if (rest.includes('/.git/') || rest.endsWith('/.git')) return 'git';
  return rest.includes('/') && regenerable.test(posix.basename(path)) ? 'regenerable' : 'in-home';
}
