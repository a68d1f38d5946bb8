import { describe, it } from 'vitest';
import { examineMachine, type MachineReport } from '../src/hosts/examine-machine.ts';
import { labFolders } from '../src/lab/lab.ts';
import { readLab } from '../src/lab/lab-state.ts';
import { createLocalMachine } from '../src/machines/local.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** Why a suite cannot run on this machine; the reporter prints it. */
    skipReason?: string;
  }
}

/** Names that must not be missing, from `TUNEGATE_REQUIRE=root,docker`: there a skip becomes a failure. */
const required = (process.env.TUNEGATE_REQUIRE ?? '').split(',').filter(Boolean);

/**
 * A suite that needs the named things of the machine: a facility (`root`, `namespaces`), a tool (`netperf`), a guest
 * kind (`docker`), or the emulated hosts (`lab`). Whether they are there is tried out, not guessed. Where one is missing
 * the suite is skipped by name and reason, or fails where it is required.
 */
export function describeWith(names: readonly string[], title: string, body: () => void): void {
  const lacks = listLacks(report, names);
  const skipReason = lacks.map(({ name, reason }) => `${name} is missing (${reason})`).join(', ');
  if (lacks.length === 0) {
    describe(title, body);
  } else if (lacks.some(({ name }) => required.includes(name))) {
    it(title, () => {
      throw new Error(`TUNEGATE_REQUIRE=${required.join(',')}, but ${skipReason}`);
    });
  } else {
    describe.skip(title, { meta: { skipReason } }, body);
  }
}

const report = await examineMachine(createLocalMachine());

export interface Lack {
  readonly name: string;
  readonly reason: string;
}

/** Those of the named things that the machine does not have. */
export function listLacks(machine: MachineReport, names: readonly string[]): readonly Lack[] {
  return names.flatMap((name) => {
    const reason = explainLack(machine, name);
    return reason === null ? [] : [{ name, reason }];
  });
}

/** Programs that tests alone need: no measurement wants them, so set-up does not install them. */
const programsOfTests = ['sudo', 'visudo', 'git', 'ssh', 'sshd', 'ss'];
const absent: readonly string[] = await listAbsent(programsOfTests);

async function listAbsent(programs: readonly string[]): Promise<readonly string[]> {
  const find = {
    program: 'sh',
    args: ['-c', 'for name; do command -v "$name" >&2 || echo "$name"; done', 'sh', ...programs],
  };
  const { stdout } = await createLocalMachine().run(find, { timeoutSeconds: 5 });
  return stdout.split('\n').filter(Boolean);
}

/** Only root can have brought it up, and nobody else can look. */
const labIsUp = (await readLab(createLocalMachine(), labFolders.state).catch(() => null)) !== null;

/** A guest kind first: of the two things called docker, the kind needs the tool. */
function explainLack({ capabilities, facilities, tools }: MachineReport, name: string): string | null {
  if (name === 'lab') return labIsUp ? null : 'the lab is not up: `tunegate lab up`';
  if (programsOfTests.includes(name)) return absent.includes(name) ? 'it is not installed' : null;
  const guest = capabilities.find((entry) => entry.kind === 'guest' && entry.name === name);
  if (guest !== undefined) return guest.reason;
  const facility = facilities.find((entry) => entry.name === name);
  if (facility !== undefined) return facility.available ? null : facility.found;
  const tool = tools.find((entry) => entry.name === name);
  if (tool !== undefined) return tool.problem;
  throw new Error(`a test requires ${name}, which is no guest kind, facility or tool that Tunegate knows`);
}
