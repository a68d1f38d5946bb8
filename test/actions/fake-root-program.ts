import { chmod, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { streamPlainly } from '../../src/github/stream-plainly.ts';
import { createRootProgram } from '../../src/hosts/root-program.ts';
import type { PostStep, RootStep, StateName } from '../../src/hosts/root-step.ts';

/** A step's world in a temporary folder, with a shell script in the place of the privileged program. */
export async function createFakeWorld(verbs: Readonly<Record<string, string>>) {
  const base = await mkdtemp(join(tmpdir(), 'root-step-'));
  const runsFolder = join(base, 'runs');
  const temporaryFolder = join(base, 'temp');
  await mkdir(runsFolder);
  await mkdir(temporaryFolder);
  const path = join(base, 'program');
  await writeFile(path, buildScript(base, runsFolder, verbs));
  await chmod(path, 0o755);
  const program = createRootProgram(0, { TUNEGATE_ROOT_PROGRAM: path });
  const state = new Map<StateName, string>();
  const outputs = new Map<string, string>();
  const uploads: { name: string; folder: string }[] = [];
  const said = { text: '' };
  const cancellation = new AbortController();
  const uploadFolder = async (name: string, folder: string) => {
    uploads.push({ name, folder });
  };
  const step: RootStep = {
    ...{ program, runsFolder, temporaryFolder },
    openOutput: () =>
      streamPlainly({
        write: (text) => {
          said.text += text;
        },
      }),
    saveState: (name, value) => state.set(name, value),
    setOutput: (name, value) => outputs.set(name, value),
    signal: cancellation.signal,
  };
  const post: PostStep = {
    ...{ program, runsFolder, temporaryFolder, uploadFolder },
    readState: (name) => state.get(name) ?? '',
  };
  const environment = { runId: 4711, attempt: 2 };
  const readCalls = async () =>
    (await readFile(join(base, 'calls'), 'utf8').catch(() => '')).split('\n').filter(Boolean);
  const readDocument = async (): Promise<unknown> => JSON.parse(await readFile(join(base, 'document'), 'utf8'));
  const world = { ...step, environment, uploadFolder, fetchPlan: () => Promise.reject(new Error('not asked for')) };
  return { ...{ base, world, post, state, outputs, uploads, said, cancellation, readCalls, readDocument } };
}

/** Each verb is shell text that finds its folder in $run and, if it is to read it, the document in $base/document. */
function buildScript(base: string, runsFolder: string, verbs: Readonly<Record<string, string>>): string {
  const cases = Object.entries(verbs).map(([verb, text]) => `${verb})\n${text}\n;;`);
  return `#!/bin/sh
base='${base}'
folder='${runsFolder}'/"$2"
run="$folder/run"
echo "$1 $2" >>"$base/calls"
case $1 in
measure | prepare | provision | benchmark) mkdir -p "$run/logs"; cat >"$base/document" ;;
esac
case $1 in
${cases.join('\n')}
esac
`;
}
