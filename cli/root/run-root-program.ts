import { ConfigurationError } from '../../src/errors.ts';
import { runsFolder } from '../../src/hosts/root-program.ts';
import type { RootVerb } from '../../src/hosts/root-requests.schema.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import type { Surroundings } from '../surroundings.ts';
import { parseRootArguments } from './parse-root-arguments.ts';
import { rootInventories } from './root-inventory.ts';
import type { RunsRoom } from './runs-room.ts';

type Work = (room: RunsRoom, id: string, surroundings: Surroundings) => Promise<void>;

/** Loaded when asked for: `stop` must be quick, and needs nothing of what measures. */
const works: Readonly<Record<RootVerb, () => Promise<Work>>> = {
  measure: async () => (await import('./measure.ts')).measureAsRoot,
  prepare: async () => (await import('./prepare.ts')).prepareHost,
  provision: async () => (await import('./provision.ts')).provisionGuest,
  hold: async () => (await import('./hold.ts')).holdUntilTold,
  benchmark: async () => (await import('./benchmark.ts')).benchmarkGuest,
  stop: async () => (await import('./stop.ts')).stopRun,
  remove: async () => (await import('./stop.ts')).removeRun,
  forget: async () => {
    const { forgetRun } = await import('./runs-room.ts');
    return async (room, id, { stderr }) => {
      stderr.write((await forgetRun(room, id)) ? `Run ${id} is forgotten.\n` : `There is no run ${id}.\n`);
    };
  },
};

/** Who calls: whom sudo names, and root itself where it names nobody. */
export interface Caller {
  /** Of this process. */
  readonly uid: number;
  /** `SUDO_UID`, which sudo sets and nobody else can. */
  readonly sudoUid: string | undefined;
}

/** One order to the privileged program. Whatever is wrong with it is a `ConfigurationError`, with nothing done. */
export async function runRootProgram(
  args: readonly string[],
  caller: Caller,
  surroundings: Surroundings,
  folders: Pick<RunsRoom, 'parent' | 'inventories'> = { parent: runsFolder, inventories: rootInventories },
): Promise<void> {
  const { verb, id } = parseRootArguments(args);
  if (caller.uid !== 0)
    throw new ConfigurationError('tunegate-root must run as root: `sudo -n tunegate-root` is accepted');
  const work = await works[verb]();
  await work({ machine: createLocalMachine(), ...folders, caller: parseCaller(caller) }, id, surroundings);
}

function parseCaller({ sudoUid }: Caller): number {
  if (sudoUid === undefined || sudoUid === '') return 0;
  if (/^\d{1,10}$/.test(sudoUid)) return Number(sudoUid);
  throw new ConfigurationError('SUDO_UID is no number; it is set by sudo and by nobody else');
}
