import { labFolders } from '../../src/lab/lab.ts';
import { readLab } from '../../src/lab/lab-state.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import { runTunegate } from '../run-tunegate.ts';
import { compareSnapshots } from '../soak/compare-snapshots.ts';
import { takeSnapshot } from '../system/machine-snapshot.ts';

const machine = createLocalMachine();

/** Brings the lab up for all files of tests, and looks whether taking it down leaves nothing; one that was up stays. */
export default async function bringUp(): Promise<() => Promise<void>> {
  if ((await readLab(machine, labFolders.state)) !== null) return async () => {};
  const before = await takeLabSnapshot();
  const { signal } = new AbortController();
  await runTunegate(signal, 'lab', 'up', '--yes');
  return async () => {
    await runTunegate(signal, 'lab', 'down');
    const left = compareSnapshots(before, await takeLabSnapshot());
    if (left.length > 0) throw new Error(`after \`tunegate lab down\` the machine is another: ${left.join('; ')}`);
  };
}

/** What the machine has of a lab, beside everything that a run could leave. */
async function takeLabSnapshot(): Promise<Record<string, string[]>> {
  const read = async (program: string, ...args: string[]) => {
    const { stdout } = await machine.run({ program, args }, { timeoutSeconds: 20, allowFailure: true });
    return stdout.split('\n').filter(Boolean).sort();
  };
  return {
    ...(await takeSnapshot()),
    labFiles: await read('find', labFolders.state),
    labProcesses: (await read('ps', '-e', '-o', 'args=')).filter((line) => line.includes('-name tunegate-lab-')),
  };
}
