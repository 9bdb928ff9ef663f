import { govern } from '../../govern/govern.ts';
import type { FileWrite } from '../../policy/call.ts';
import { readStaged } from '../../review/staged.ts';
import { answerOf, type GateAnswer } from './answer.ts';
import { callOf, gitOf, type Scene } from './scene.ts';

/** Judges what is staged: every changed path, with the lines it gains. */
export async function judgeStaged(scene: Scene): Promise<GateAnswer> {
  const { paths, files } = readStaged(scene.places.gitDir, gitOf(scene));
  const action = { kind: 'commit', files: [...files, ...withoutText(paths, files)] } as const;
  return answerOf(scene.hook, await govern(callOf(scene, 'git commit', action), scene.places));
}

function withoutText(paths: readonly string[], files: readonly FileWrite[]): FileWrite[] {
  const told = new Set(files.map((file) => file.path));
  return paths.filter((path) => !told.has(path)).map((path) => ({ path, text: '', partial: true }));
}
