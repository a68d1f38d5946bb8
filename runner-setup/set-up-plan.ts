import { ConfigurationError } from '../src/errors.ts';
import { labTools, tools } from '../src/hosts/tools.ts';
import { addComponent, type SourceFormat } from './apt-sources.ts';
import { choosePackage, describeArchive, findComponent, type Release } from './release.ts';

/** A file of apt's package sources. */
export interface SourceFile {
  readonly path: string;
  readonly format: SourceFormat;
  readonly text: string;
}

export interface SourceChange {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  readonly component: string;
  /** Packages that the component is needed for. */
  readonly packages: readonly string[];
}

/** What set-up would change on a machine for good. */
export interface SetUpPlan {
  readonly release: Release;
  /** Names of the tools that are missing. */
  readonly missing: readonly string[];
  readonly packages: readonly string[];
  readonly sourceChanges: readonly SourceChange[];
}

/** From what is missing to what must change. Throws `ConfigurationError` when the archive's entry cannot be found. */
export function planSetUp(missing: readonly string[], release: Release, sources: readonly SourceFile[]): SetUpPlan {
  const packages = listPackages(missing, release);
  const components = Map.groupBy(packages, (name) => findComponent(name, release));
  const sourceChanges: SourceChange[] = [];
  for (const [component, needing] of components) {
    if (component === 'main') continue;
    // A change of the same file before this one is what this one starts from.
    const current = sources.map((source) => ({ ...source, text: latestText(source, sourceChanges) }));
    const change = planSourceChange(component, needing, release, current);
    if (change !== null) sourceChanges.push(change);
  }
  return { release, missing, packages, sourceChanges };
}

/** Sorted, each once. */
export function listPackages(missing: readonly string[], release: Release): readonly string[] {
  const wanted = [...tools, ...labTools].filter(({ name }) => missing.includes(name));
  return [...new Set(wanted.flatMap((tool) => choosePackage(tool.packages, release) ?? []))].sort();
}

function latestText({ path, text }: SourceFile, changes: readonly SourceChange[]): string {
  return changes.findLast((change) => change.path === path)?.after ?? text;
}

/** null when the archive's entry has the component. */
function planSourceChange(
  component: string,
  packages: readonly string[],
  release: Release,
  sources: readonly SourceFile[],
): SourceChange | null {
  const archive = describeArchive(release);
  const additions = sources.map(({ path, format, text }) => ({
    path,
    before: text,
    addition: addComponent(text, format, archive, component),
  }));
  if (additions.some(({ addition }) => addition.kind === 'present')) return null;
  for (const { path, before, addition } of additions) {
    if (addition.kind === 'added') return { path, before, after: addition.text, component, packages };
  }
  throw new ConfigurationError(
    `${packages.join(', ')} is in the component ${component} of ${release.title}, and none of apt's sources ` +
      `(${sources.map(({ path }) => path).join(', ') || 'there are none'}) has an entry of its archive with the component main; ` +
      `add an entry with ${component} to them`,
  );
}
