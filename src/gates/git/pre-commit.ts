import { govern } from '../../govern/govern.ts';
import type { Call, FileWrite } from '../../policy/call.ts';
import type { Change } from '../../review/diff.ts';
import { readStaged } from '../../review/staged.ts';
import { answerOf, type GateAnswer } from './answer.ts';
import { callOf, gitOf, type Scene } from './scene.ts';

/** Judges what is staged: every changed path, with the lines it gains. */
export async function judgeStaged(scene: Scene): Promise<GateAnswer> {
  const call = commitOf(scene, readStaged(scene.places.gitDir, gitOf(scene)));
  return answerOf(scene.hook, await govern(call, scene.places));
}

/** A commit of this change, as a call. */
export function commitOf(scene: Scene, { paths, files }: Change): Call {
  return callOf(scene, 'git commit', { kind: 'commit', files: [...files, ...withoutText(paths, files)] });
}

function withoutText(paths: readonly string[], files: readonly FileWrite[]): FileWrite[] {
  const told = new Set(files.map((file) => file.path));
  return paths.filter((path) => !told.has(path)).map((path) => ({ path, text: '', partial: true }));
}
