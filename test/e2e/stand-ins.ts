import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Actions from elsewhere, which act would clone from github.com, each as the one file that stands in for it: plain
 * JavaScript, run by node24. A workflow that uses another one cannot be tried until it has a stand-in here.
 */
const standIns: Readonly<Record<string, string>> = {
  // The committed tree of the repository under test, at the ref asked for.
  'actions/checkout': `
import { execFileSync } from 'node:child_process';
const { GITHUB_WORKSPACE: to, INPUT_REF: ref, E2E_REPOSITORY: from } = process.env;
const git = (...args) => execFileSync('git', ['-C', to, ...args], { stdio: ['ignore', 'inherit', 'inherit'] });
git('init', '--quiet');
git('fetch', '--quiet', '--depth=1', from, ref || 'HEAD');
git('checkout', '--quiet', '--force', 'FETCH_HEAD');
`,
  // Node 24 is the first node on PATH already.
  'actions/setup-node': '',
};

const metadata = (name: string) => `name: stand-in for ${name}
description: Does what the tests need of ${name}.
inputs: { ref: { description: commit }, persist-credentials: { description: unused } }
runs: { using: node24, main: main.js }
`;

/** Every `uses:` of an action from elsewhere in the workflow files of a folder, as `OWNER/NAME@REF`. */
export async function listForeignActions(workflowsFolder: string): Promise<readonly string[]> {
  const names = (await readdir(workflowsFolder)).filter((name) => name.endsWith('.yml'));
  const texts = await Promise.all(names.map((name) => readFile(join(workflowsFolder, name), 'utf8')));
  const uses = texts.flatMap((text) =>
    [...text.matchAll(/^\s*(?:- )?uses: *([^\s#]+)/gm)].map(([, used = '']) => used),
  );
  return [...new Set(uses.filter((used) => !used.startsWith('./')))].sort();
}

/** Writes the stand-ins below `folder`; returns act's flags that put them in the place of the pinned actions. */
export async function buildStandIns(foreign: readonly string[], folder: string): Promise<readonly string[]> {
  const flags: string[] = [];
  for (const used of foreign) {
    const name = used.slice(0, used.indexOf('@'));
    const code = standIns[name];
    if (code === undefined)
      throw new Error(`the workflows use ${used}, for which test/e2e/stand-ins.ts has no stand-in`);
    const place = join(folder, name);
    await mkdir(place, { recursive: true });
    await writeFile(join(place, 'action.yml'), metadata(name));
    await writeFile(join(place, 'main.js'), code);
    await writeFile(join(place, 'package.json'), '{ "type": "module" }\n');
    flags.push('--local-repository', `${used}=${place}`);
  }
  return flags;
}
