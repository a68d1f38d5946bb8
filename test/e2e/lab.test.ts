import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { labFolders } from '../../src/lab/lab.ts';
import { readLab } from '../../src/lab/lab-state.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import { runTunegate } from '../run-tunegate.ts';
import { tune } from './changes.ts';
import { allJobs, expectJobs, readCheck, readReport, resultOf } from './findings.ts';
import { createRig, onPull, type Rig } from './rig.ts';

const home = fileURLToPath(new URL('../..', import.meta.url));
const machine = createLocalMachine();

/** Hosts of the lab that are measured, one after the other; fewer where somebody else uses the others. */
const hosts = (process.env.E2E_LAB_HOSTS ?? 'stock,tuned').split(',');

/** One boot a side: too few for a verdict, and enough to see that the hosts are booted and proven. */
const bootPlan = `name: quick
description: As little as shows that hosts are booted.
layers: [host-boot]
guests: [docker]
attachments: [bridge]
tests: [tcp_rr]
deployments: 1
samples: 1
seconds: 1
`;

const before = tune({ 'host-boot.transparent_hugepage': 'madvise' });
const change = tune({ 'host-boot.transparent_hugepage': 'never' });

const { signal } = new AbortController();
let rig: Rig;
let folder: string;
/** Whether the lab is ours to take down. */
let isOurs = false;

beforeAll(async () => {
  isOurs = (await readLab(machine, labFolders.state)) === null;
  const answer = await runTunegate(signal, 'lab', 'up', '--yes', '--json');
  const { inventory } = z.object({ inventory: z.string() }).parse(JSON.parse(answer));
  folder = await mkdtemp(join(tmpdir(), 'tunegate-lab-e2e-'));
  await mkdir(join(folder, 'etc'), { mode: 0o755 });
  // As the owner of a lab does it on the controller, in /etc/tunegate.
  await writeFile(join(folder, 'etc', 'lab.yaml'), await readFile(inventory), { mode: 0o600 });
  rig = await createRig({ ...before, 'runner-setup/plans/quick.yaml': bootPlan });
}, 1_800_000);

afterAll(async () => {
  await rig?.close();
  if (folder !== undefined) await rm(folder, { recursive: true });
  if (isOurs) await runTunegate(signal, 'lab', 'down');
}, 300_000);

it('a pull request that changes a boot parameter has every host boot in turn, and gets one comment about them', async () => {
  const pull = await rig.openPull(change, { title: 'No huge pages for anybody' });
  const run = await rig.run({
    ...onPull('opened', pull),
    variables: { TUNEGATE_HOSTS: hosts.join(','), TUNEGATE_INVENTORY: 'lab' },
    environment: { TUNEGATE_ROOT_PROGRAM: await writeProgram() },
  });
  const ids = ['plan', 'announce', ...hosts.map(() => 'measure'), 'report', 'gate'];
  expectJobs(run, ids);
  const report = readReport(rig, pull);
  process.stdout.write(`${run.log}\n${report}\n`);
  const measuring = allJobs.filter((job) => job !== 'gate');
  for (const job of measuring) expect(resultOf(run, job), run.log).toMatch(/^success( success)*$/);
  for (const host of hosts) expect(report).toContain(host);
  expect(report).toMatch(/tcp_rr docker.*bridge/);
  expect(report).toContain('host-boot.transparent_hugepage');
  expect(run.log).toMatch(/booting the host into the candidate, boot \d of the run/);
  expect(run.log.match(/booting the host back into its usual entry/g)).toHaveLength(hosts.length);
  // One boot a side can show no regression, and a gate that can never close is not passed for that.
  expect(run.log).toContain('this gate can never close: every primary cell needs at least 4 fresh starts per side');
  expect(resultOf(run, 'gate')).toBe('failure');
  expect(readCheck(rig, pull.headSha)).toMatchObject({ status: 'completed', conclusion: 'failure' });
  expect(rig.server.violations).toEqual([]);
}, 3_600_000);

/** The privileged program with the inventory of the lab. */
async function writeProgram(): Promise<string> {
  const program = join(folder, 'tunegate-root');
  const main = `'${process.execPath}' '${home}test/cli/root/other-folders.ts' /var/lib/tunegate-runs '${folder}/etc'`;
  await writeFile(program, `#!/bin/sh\nexec ${main} "$@"\n`);
  await chmod(program, 0o755);
  return program;
}
