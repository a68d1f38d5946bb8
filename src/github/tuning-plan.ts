import { ConfigurationError, messageOf } from '../errors.ts';
import { suggestName } from '../nearest-name.ts';
import { parsePlan } from '../plans/parse-plan.ts';
import type { FoundPlan } from '../plans/plan-directory.ts';
import type { FileReader } from './repository-files.ts';
import type { TuningFolder } from './tuning-files.ts';

/** The folder of plans where a pull request began, as it leaves it, and as the default branch has it now. */
export interface PlanFolders {
  readonly base: TuningFolder;
  readonly head: TuningFolder;
  readonly tip: TuningFolder;
}

/**
 * The plan to measure by: that of the pull request where it changes it, so that both sides are measured alike, else that
 * of the default branch. A plan that is not in order comes with the sentence that says why.
 */
export async function findPlan(
  reader: FileReader,
  folders: PlanFolders,
  { name, deployments }: { readonly name: string; readonly deployments: number | null },
): Promise<{ readonly found: FoundPlan; readonly problems: readonly string[] }> {
  const changed = folders.base.files.get(name)?.sha !== folders.head.files.get(name)?.sha;
  const source = changed ? 'pull-request' : 'default-branch';
  const files = changed ? folders.head.files : folders.tip.files;
  let text = '';
  try {
    const entry = files.get(name);
    if (entry === undefined) throw new ConfigurationError(describeMissing(name, [...files.keys()], changed));
    const file = await reader.readText(entry);
    text = file.text;
    const plan = parsePlan(text, file.fileName, name);
    const asked = deployments === null ? plan : { ...plan, deployments };
    return { found: { name, plan: asked, text, source }, problems: [] };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return { found: { name, plan: null, text, source }, problems: [messageOf(error)] };
  }
}

/** One sentence for each other plan that the head has new or changed and that is not in order. */
export async function checkChangedPlans(
  reader: FileReader,
  { base, head }: Pick<PlanFolders, 'base' | 'head'>,
  except: string,
): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const [name, entry] of head.files) {
    if (name === except || base.files.get(name)?.sha === entry.sha) continue;
    try {
      const { text, fileName } = await reader.readText(entry);
      parsePlan(text, fileName, name);
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      problems.push(messageOf(error));
    }
  }
  return problems;
}

function describeMissing(name: string, names: readonly string[], changed: boolean): string {
  if (changed) return `the plan "${name}", by which is measured, is deleted, a plan of this name is accepted`;
  const accepted = names.length === 0 ? 'there are none' : `accepted are ${names.toSorted().slice(0, 20).join(', ')}`;
  return `there is no plan "${name}"${suggestName(name, names)}, ${accepted}`;
}
