import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ConfigurationError } from '../src/errors.ts';
import { type Deployment, deploymentSchema } from '../src/guests/deployment.schema.ts';
import { suggestName } from '../src/nearest-name.ts';
import { parsePlan } from '../src/plans/parse-plan.ts';
import type { Plan } from '../src/plans/plan.schema.ts';
import type { Profile } from '../src/profiles/profile.schema.ts';
import { type NamedText, parseResolvedProfile, resolveProfile } from '../src/profiles/resolve-profile.ts';
import { parseYamlDocument } from '../src/yaml-document.ts';
import { isMissing, readText } from './read-text.ts';

type Kind = 'plan' | 'profile';

/** Shipped files, below `home`. */
const folders: Readonly<Record<Kind, string>> = { plan: 'runner-setup/plans', profile: 'runner-setup/profiles' };

/** Files of a plan directory are named after their role; what they are called stands in them. */
const roleNames = ['plan', 'baseline', 'candidate'];

/** `reference` is the name of a shipped plan, or the path of one: with a slash or with the ending `.yaml`. */
export async function loadPlan(reference: string, home: string): Promise<Plan> {
  const { text, fileName } = await (isPath(reference)
    ? readText(reference, reference)
    : readShipped('plan', reference, home));
  return parsePlan(text, fileName, hasRoleName(reference) ? null : nameOf(reference));
}

/**
 * The same for profiles. What a profile given by its path extends is looked for beside it first, then among those
 * that are shipped.
 */
export async function loadProfile(reference: string, home: string): Promise<Profile> {
  if (!isPath(reference)) return resolveProfile(reference, (name) => readShipped('profile', name, home));
  if (hasRoleName(reference)) return parseResolvedProfile(await readText(reference, reference));
  const own = nameOf(reference);
  return resolveProfile(own, async (name) => {
    if (name === own) return readText(reference, reference);
    const beside = join(dirname(reference), `${name}.yaml`);
    return (await exists(beside)) ? readText(beside, beside) : readShipped('profile', name, home);
  });
}

function isPath(reference: string): boolean {
  return reference.includes('/') || reference.endsWith('.yaml');
}

function hasRoleName(reference: string): boolean {
  return isPath(reference) && roleNames.includes(nameOf(reference));
}

function nameOf(reference: string): string {
  return isPath(reference) ? basename(reference, '.yaml') : reference;
}

async function readShipped(kind: Kind, name: string, home: string): Promise<NamedText> {
  const folder = folders[kind];
  const names = (await readdir(join(home, folder)))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => basename(file, '.yaml'))
    .sort();
  // Only a name that was listed becomes a path.
  if (!names.includes(name)) {
    const accepted = `accepted are ${names.join(', ')} or the path of a file`;
    throw new ConfigurationError(`there is no ${kind} "${name}"${suggestName(name, names)}, ${accepted}`);
  }
  return readText(join(home, folder, `${name}.yaml`), `${folder}/${name}.yaml`);
}

/** What a run in progress says of its guest; JSON is YAML too. */
export async function loadDeployment(path: string): Promise<Deployment> {
  const accepted = 'deployment.json is accepted, which is in the folder of a run while its guest runs';
  const { text, fileName } = await readText(path, path, accepted);
  return parseYamlDocument(text, fileName, deploymentSchema).value;
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    // Any other trouble is told by the reading that follows.
    return !isMissing(error);
  }
}
