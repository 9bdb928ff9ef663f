import type { Manifest } from '../install/manifest.ts';
import { type Choice, type Kind, PROFILES, type Profile } from '../install/payload.ts';
import { UserError } from './context.ts';

/** The options of `init` that say what is installed. */
export interface ChoiceOptions {
  readonly profile?: string;
  readonly agents?: boolean;
  readonly commands?: boolean;
}

/** What the command line asks for, else what is installed, else the defaults. */
export function givenChoice({ profile, agents, commands }: ChoiceOptions, manifest: Manifest | null): Choice {
  return {
    profile: profile === undefined || manifest ? (manifest?.profile ?? 'team') : profileOf(profile),
    agents: agents ?? manifest?.agents ?? false,
    commands: commands ?? manifest?.commands ?? false,
  };
}

/** Optional kinds that the command line names. */
export function askedKinds({ agents, commands }: ChoiceOptions): Kind[] {
  return [...(agents ? (['agent'] as const) : []), ...(commands ? (['command'] as const) : [])];
}

/** The policy is the person's once it is there: another profile is a line in it. */
export function profileHint({ profile }: ChoiceOptions, manifest: Manifest | null): string {
  if (profile === undefined || manifest === null || profileOf(profile) === manifest.profile) return '';
  return `The policy is yours and stays: write \`extends: ${profile}\` into .postern/policy.yaml.\n`;
}

function profileOf(name: string): Profile {
  const profile = PROFILES.find((one) => one === name);
  if (profile) return profile;
  throw new UserError(`There is no profile \`${name}\`.`, `Take one of: ${PROFILES.join(', ')}`);
}
