import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { homeFolder } from '../repo/home.ts';

/** Where programs keep a person's credentials, below the home folder. */
const FILES = [
  '.aws/credentials', '.netrc', '_netrc', '.npmrc', '.pypirc', '.yarnrc.yml', '.docker/config.json', '.config/gh/hosts.yml',
  '.config/glab-cli/config.yml', '.config/hub', '.git-credentials', '.config/git/credentials', '.pgpass', '.my.cnf', '.kube/config',
  '.cargo/credentials.toml', '.cargo/credentials', '.gem/credentials', '.terraform.d/credentials.tfrc.json', '.vault-token', '.s3cfg',
  '.boto', '.config/gcloud/application_default_credentials.json', '.config/rclone/rclone.conf', '.config/pip/pip.conf', '.m2/settings.xml',
  '.gradle/gradle.properties', '.nuget/NuGet/NuGet.Config', '.composer/auth.json', '.config/composer/auth.json', '.snowsql/config', '.databrickscfg',
]; // biome-ignore format: a list of names

/** A home folder's files, as messages show them: those that can be there by what stands at the folder's top. */
export function credentialFiles(): string[] {
  const top = namesIn(homeFolder());
  return FILES.filter((name) => top?.has(name.slice(0, `${name}/`.indexOf('/'))) ?? true).map((name) => `~/${name}`);
}

function namesIn(folder: string): ReadonlySet<string> | null {
  try {
    return new Set(readdirSync(folder));
  } catch {
    return null;
  }
}

/** Where such a file, or one of the repository, lies. */
export function placeOf(file: string, root: string): string {
  return file.startsWith('~/') ? join(homeFolder(), file.slice(2)) : join(root, file);
}
