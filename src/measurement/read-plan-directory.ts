import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationError, messageOf } from '../errors.ts';
import { listMeasured } from '../plans/measured-pairs.ts';
import { parsePlan } from '../plans/parse-plan.ts';
import type { Plan } from '../plans/plan.schema.ts';
import { type Request, type RequestedComparison, requestSchema } from '../plans/request.schema.ts';
import type { Profile } from '../profiles/profile.schema.ts';
import { parseResolvedProfile } from '../profiles/resolve-profile.ts';
import { describeProblems } from '../schema-words.ts';
import { type Side, sides } from '../vocabulary.ts';

/** Bytes; a person's file may have as much as one quarter of that. */
const largestFile = 1024 * 1024;

/** One comparison of a plan directory, read and held against what the request says of it. */
export interface ComparisonFiles {
  readonly requested: RequestedComparison;
  readonly plan: Plan;
  readonly profiles: Readonly<Record<Side, Profile>>;
  /** The files as they are. */
  readonly texts: Readonly<Record<'plan' | Side, string>>;
}

/** `request.json` of a plan directory. Throws `ConfigurationError`. */
export async function readRequest(directory: string): Promise<Request> {
  const text = await readText(directory, 'request.json');
  const outcome = requestSchema.safeParse(parseJson(text));
  if (outcome.success) return outcome.data;
  const findings = describeProblems(outcome.error);
  throw new ConfigurationError(`request.json of the plan directory is not what the action plan writes: ${findings}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw new ConfigurationError(`request.json of the plan directory is not JSON (${messageOf(thrown)})`);
  }
}

/** Files of one comparison that is to be measured. Throws `ConfigurationError` before anything is started. */
export async function readComparison(directory: string, request: Request, name: string): Promise<ComparisonFiles> {
  const measured = listMeasured(request);
  const requested = measured.find((comparison) => comparison.name === name);
  if (requested === undefined) {
    const names = measured.map((comparison) => comparison.name).join(', ');
    throw new ConfigurationError(
      `comparison ${name} is not to be measured; accepted is one of request.json: ${names || 'there is none'}`,
    );
  }
  const texts = {
    plan: await readText(directory, join(name, 'plan.yaml')),
    baseline: await readText(directory, join(name, 'baseline.yaml')),
    candidate: await readText(directory, join(name, 'candidate.yaml')),
  };
  const plan = parsePlan(texts.plan, `${name}/plan.yaml`, null);
  const profiles = {
    baseline: await parseResolvedProfile({ text: texts.baseline, fileName: `${name}/baseline.yaml` }),
    candidate: await parseResolvedProfile({ text: texts.candidate, fileName: `${name}/candidate.yaml` }),
  };
  for (const side of sides) refuseOther(requested, side, profiles[side]);
  return { requested, plan, profiles, texts };
}

/** Throws unless the request names the host. */
export function refuseOtherHost(request: Request, host: string): void {
  if (request.hosts.includes(host)) return;
  throw new ConfigurationError(`host ${host} is not among those of request.json: ${request.hosts.join(', ')}`);
}

function refuseOther(requested: RequestedComparison, side: Side, profile: Profile): void {
  const wanted = requested[side]?.sha256;
  if (wanted === profile.sha256) return;
  throw new ConfigurationError(
    `${requested.name}/${side}.yaml has sha256 ${profile.sha256.slice(0, 12)}, but request.json asks for ${wanted?.slice(0, 12)}`,
  );
}

/** A regular file, without following a link: what came as an artifact must not lead elsewhere. */
async function readText(directory: string, name: string): Promise<string> {
  const refuse = (found: string, cause?: unknown) =>
    new ConfigurationError(`${name} of the plan directory ${found}`, { cause });
  try {
    const file = await open(join(directory, name), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const found = await file.stat();
      if (!found.isFile()) throw refuse('is no regular file');
      if (found.size > largestFile) throw refuse(`has ${found.size} bytes, at most ${largestFile} are accepted`);
      return new TextDecoder('utf-8', { fatal: true }).decode(await file.readFile());
    } finally {
      await file.close();
    }
  } catch (thrown) {
    if (thrown instanceof ConfigurationError) throw thrown;
    throw refuse(`cannot be read as text (${messageOf(thrown)})`, thrown);
  }
}
