import { OWN_KEY } from './hooks-place.ts';
import { type InstalledFile, MANIFEST_PATH, type Manifest, printManifest } from './manifest.ts';
import type { Shipped } from './payload.ts';
import { planBlocks } from './plan-blocks.ts';
import { type Answers, type FilePlan, planFile } from './plan-file.ts';
import { planSettings } from './plan-settings.ts';
import type { Situation } from './situation.ts';
import { isMarked } from './state.ts';
import type { Step } from './step.ts';

/**
 * Every step that brings the repository to what `situation` asks for. Their order lets an installation that was broken
 * off be finished by running it again: files first, then what calls them, then the manifest.
 */
export function planInstall(situation: Situation, answers: Answers = new Map()): Step[] {
  const files = situation.payload.files.map((file) => planFile(file, situation, answers.get(file.path)));
  const blocks = planBlocks(situation, answers);
  const settings = planSettings(situation);
  const gone = retired(situation).map((entry) => planRetired(entry, situation, answers));
  const manifest: Manifest = {
    version: 1,
    postern: situation.payload.version,
    profile: situation.choice.profile,
    agents: situation.choice.agents,
    commands: situation.choice.commands,
    files: [...files, ...gone].flatMap(({ entry }) => entry ?? []),
    blocks: blocks.flatMap(({ entry }) => entry ?? []),
    settings: settings.entry,
  };
  return [
    ...files.map(({ step }) => step),
    ...passHooks(situation),
    ...hooksConfig(situation),
    ...blocks.map(({ step }) => step),
    ...gone.flatMap(({ step }) => step ?? []),
    settings.step,
    manifestStep(printManifest(manifest), situation),
  ];
}

/** Installed files that this version no longer ships. */
function retired({ manifest, payload }: Situation): readonly InstalledFile[] {
  const shipped = new Set(payload.files.map(({ path }) => path));
  return (manifest?.files ?? []).filter(({ path }) => !shipped.has(path));
}

function planRetired(entry: InstalledFile, { found }: Situation, answers: Answers): Partial<FilePlan> {
  const { path } = entry;
  const file = found(path);
  if (file.kind === 'missing') return {};
  const unmodified = file.kind === 'file' && file.sha256 === entry.sha256;
  if (!unmodified)
    return { entry, step: { label: 'drift', path, note: 'no longer shipped; kept, because it was changed', acts: [] } };
  if (answers.get(path)?.kind !== 'delete')
    return { entry, step: { label: 'offer', path, note: 'no longer shipped; can be deleted', acts: [] } };
  return { step: { label: 'remove', path, note: 'no longer shipped', acts: [{ kind: 'remove', path }] } };
}

function passHooks({ hooks, found, payload }: Situation): Step[] {
  return hooks.passOn.map((name): Step => {
    const file: Shipped = { kind: 'pass-hook', path: `hooks:${name}`, mode: 0o755, text: payload.passHook };
    const there = found(file.path);
    if (there.kind === 'file' && there.text === file.text) return { label: 'same', path: file.path, acts: [] };
    if (there.kind !== 'missing' && !(there.kind === 'file' && isMarked(there.text))) {
      return { label: 'keep', path: file.path, note: 'it was there before Postern', acts: [] };
    }
    const { path, text, mode } = file;
    return { label: 'create', path, note: 'passes on to your own hook', acts: [{ kind: 'write', path, text, mode }] };
  });
}

function hooksConfig({ hooks }: Situation): Step[] {
  if (hooks.config.length === 0) return [];
  const value = hooks.config.find(([key]) => key === OWN_KEY)?.[1];
  const acts = hooks.config.map(([key, value]) => ({ kind: 'config', key, value }) as const);
  return [{ label: 'set', path: 'core.hooksPath', note: `to ${value}, in .git/config`, acts }];
}

function manifestStep(text: string, { found }: Situation): Step {
  const path = MANIFEST_PATH;
  const file = found(path);
  if (file.kind === 'file' && file.text === text) return { label: 'same', path, acts: [] };
  const label = file.kind === 'missing' ? 'create' : 'update';
  return { label, path, acts: [{ kind: 'write', path, text, mode: 0o644 }] };
}
