import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { govern } from '../../govern/govern.ts';
import type { FileWrite } from '../../policy/call.ts';
import { type AskGit, emptyTree } from '../../repo/ask-git.ts';
import { stagedChange } from '../../review/diff.ts';
import { answerOf, type GateAnswer } from './answer.ts';
import { callOf, gitOf, type Scene } from './scene.ts';

/** Judges what is staged: every changed path, with the lines it gains. */
export async function judgeStaged(scene: Scene): Promise<GateAnswer> {
  const ask = gitOf(scene);
  const { paths, files } = stagedChange([headOf(ask), ...mergedHeads(scene.places.gitDir)], ask);
  const action = { kind: 'commit', files: [...files, ...withoutText(paths, files)] } as const;
  return answerOf(scene.hook, await govern(callOf(scene, 'git commit', action), scene.places));
}

/** The commit that the new one stands on; before the first one, the empty tree. */
function headOf(ask: AskGit): string {
  const head = ask(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'], { also: [1, 128] }).trim();
  return head || emptyTree(ask(['hash-object', '-t', 'tree', '--stdin'], { input: '' }).trim());
}

/** The other parents of a merge that is being concluded: what comes from them is not this commit's doing. */
function mergedHeads(gitDir: string): string[] {
  try {
    return readFileSync(join(gitDir, 'MERGE_HEAD'), 'utf8').split('\n').filter(Boolean);
  } catch {
    return [];
  }
}

function withoutText(paths: readonly string[], files: readonly FileWrite[]): FileWrite[] {
  const told = new Set(files.map((file) => file.path));
  return paths.filter((path) => !told.has(path)).map((path) => ({ path, text: '', partial: true }));
}
