import type { FileWrite, RefUpdate } from '../policy/call.ts';
import type { AskGit } from '../repo/ask-git.ts';
import { SHORT_ID_CHARS } from './added.ts';
import { readObjects } from './objects.ts';

/** Messages of commits and annotated tags, as texts that a push sends: they leave the machine with it. */
export function pushedMessages(commits: readonly string[], updates: readonly RefUpdate[], ask: AskGit): FileWrite[] {
  const tags = updates.filter(({ localSha }) => !/^0+$/.test(localSha) && !commits.includes(localSha));
  const objects = readObjects([...commits, ...tags.map(({ localSha }) => localSha)], ask, ['commit', 'tag']);
  const text = (id: string) => messageOf(objects.get(id)?.bytes.toString('utf8') ?? '');
  return [
    ...commits.map((id) => message('the commit message', text(id), id.slice(0, SHORT_ID_CHARS))),
    ...tags
      .filter(({ localSha }) => objects.get(localSha)?.type === 'tag')
      .map(({ localRef, localSha }) => message(`the message of ${localRef}`, text(localSha))),
  ];
}

function message(path: string, text: string, commit?: string): FileWrite {
  return { path, text, partial: true, ...(commit === undefined ? {} : { commit }) };
}

/** What stands below the header of a commit or a tag. */
function messageOf(text: string): string {
  const end = text.indexOf('\n\n');
  return end === -1 ? '' : text.slice(end + 2);
}
