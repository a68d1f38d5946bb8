import { cp, mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { bundleActions } from '../../runner-setup/bundle-actions.ts';
import { renderLicences } from '../../runner-setup/render-licences.ts';

const home = fileURLToPath(new URL('../..', import.meta.url));

/** Files and their text below a folder. */
async function readTree(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return new Map(
    await Promise.all(
      paths.sort().map(async (path) => [path.slice(folder.length + 1), await readFile(path, 'utf8')] as const),
    ),
  );
}

it('the same sources give the same bytes, in any folder, whatever was there before', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tunegate-bundle-'));
  const elsewhere = join(folder, 'home');
  for (const part of ['actions', 'src', 'reports', 'package.json']) {
    await cp(join(home, part), join(elsewhere, part), { recursive: true, filter: (path) => !path.endsWith('/dist') });
  }
  await symlink(join(home, 'node_modules'), join(elsewhere, 'node_modules'));
  const [first, second] = [join(folder, 'first'), join(elsewhere, 'actions/dist')];
  await bundleActions(home, first);
  await writeFile(join(first, 'left-behind.js'), '');
  await bundleActions(home, first);
  await bundleActions(elsewhere, second);
  const tree = await readTree(first);
  expect(tree.size).toBeGreaterThan(8);
  expect([...tree.keys()]).not.toContain('left-behind.js');
  // Compared name by name first: a difference of megabytes is hard to read.
  const other = await readTree(second);
  expect([...other.keys()]).toEqual([...tree.keys()]);
  expect([...tree.keys()].filter((name) => tree.get(name) !== other.get(name))).toEqual([]);
});

it('licences are sorted, each once, and one without a text is named', () => {
  const zebra = { name: 'zebra', version: '1.0.0', licence: 'MIT', text: 'Do as\r\nyou like.\n\n' };
  const ant = { name: 'ant', version: '2.1.0', licence: 'ISC', text: '' };
  expect(renderLicences([zebra, ant, zebra])).toBe(`Packages of which something is in this folder, and their licences.

ant 2.1.0 (ISC)
---------------
comes without a text

zebra 1.0.0 (MIT)
-----------------
Do as
you like.
`);
});
