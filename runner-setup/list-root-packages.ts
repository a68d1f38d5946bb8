import * as z from 'zod';

const packageSchema = z.object({
  dependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
});

/** What we read of package-lock.json, version 3: folder of each package (empty: the project) to what it depends on. */
const lockSchema = z.object({ packages: z.record(z.string(), packageSchema) });

/** Clients of GitHub and pictures: nothing that runs as root loads them, so they do not come along. */
const notForRoot = /^(@actions|@octokit|vega)/;

/**
 * Folders of the npm packages that the privileged program may load, below the project, sorted: what the project depends
 * on with all that this depends on in turn, and Node itself.
 *
 * @param lockText of package-lock.json
 */
export function listRootPackages(lockText: string): readonly string[] {
  const { packages } = lockSchema.parse(JSON.parse(lockText));
  const project = packages[''];
  if (project === undefined) throw new Error('package-lock.json does not name the project');
  const wanted = Object.keys(project.dependencies).filter((name) => !notForRoot.test(name));
  const found = new Set(['node_modules/node']);
  const open = wanted.map((name) => ({ name, from: '' }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const folder = findPackage(Object.keys(packages), next.name, next.from);
    const entry = folder === null ? undefined : packages[folder];
    if (folder === null || entry === undefined || found.has(folder)) continue;
    found.add(folder);
    const names = [...Object.keys(entry.dependencies), ...Object.keys(entry.optionalDependencies)];
    open.push(...names.map((name) => ({ name, from: folder })));
  }
  return [...found].sort();
}

/** As Node looks for it: in the node_modules of the package itself, then of each one around it. */
function findPackage(folders: readonly string[], name: string, from: string): string | null {
  const around = `/${from}`.split('/node_modules/').slice(1);
  for (let depth = around.length; depth >= 0; depth -= 1) {
    const candidate = [...around.slice(0, depth), name].map((part) => `node_modules/${part}`).join('/');
    if (folders.includes(candidate)) return candidate;
  }
  return null;
}
