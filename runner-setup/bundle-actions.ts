import { globSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import * as z from 'zod';
import { renderLicences } from './render-licences.ts';

/**
 * CommonJS inside an ESM bundle calls `require`, which ESM does not have. The import has an alias, since bundled code may
 * import `createRequire` itself.
 */
const requireBanner =
  "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);";

/**
 * Bundles every `actions/NAME/{main,post}.ts` below `home` into `folder`, which is emptied first. One call, so that what
 * several actions need is there once, in `chunks/`. Not minified: people read what they run. Same input, same bytes.
 * Returns the actions' names.
 */
export async function bundleActions(home: string, folder: string): Promise<readonly string[]> {
  const sources = globSync('actions/*/{main,post}.ts', { cwd: home }).sort();
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: home,
    entryPoints: Object.fromEntries(sources.map((path) => [path.slice('actions/'.length, -'.ts'.length), path])),
    outdir: folder,
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    // Paths stand in comments of the bundle: those of the checkout, wherever its packages really are.
    preserveSymlinks: true,
    splitting: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    legalComments: 'none',
    banner: { js: requireBanner },
    metafile: true,
    logLevel: 'warning',
  });
  await writeFile(join(folder, 'LICENCES.txt'), renderLicences(await readLicences(home, metafile)));
  return [...new Set(sources.map((path) => path.split('/')[1] ?? ''))];
}

/** Name, version and licence text of every package of which something is in the bundle. */
async function readLicences(home: string, { inputs }: Metafile) {
  const folders = Object.keys(inputs).flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
  return Promise.all([...new Set(folders)].map((folder) => readLicence(join(home, folder))));
}

async function readLicence(folder: string) {
  const { name, version, license } = packageSchema.parse(
    JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')),
  );
  const [file] = globSync('{LICENSE,LICENCE,license,licence,COPYING}*', { cwd: folder }).sort();
  const text = file === undefined ? '' : await readFile(join(folder, file), 'utf8');
  return { name, version, licence: license ?? 'not named', text };
}

/** What we read of a package.json; it says much more. */
const packageSchema = z.object({ name: z.string(), version: z.string(), license: z.string().optional() });
