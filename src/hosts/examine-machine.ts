import { createLocalMachine } from '../machines/local.ts';
import type { Machine } from '../machines/machine.ts';
import { type Facility, readFacilities } from './facilities.ts';
import { machineFolders } from './folders.ts';
import { type Capability, judgeCapabilities } from './judge-capabilities.ts';
import { isHeld, nameOwner, parseOwner } from './lock-owner.ts';
import { stateFile } from './run-state.ts';
import { readTools, type ToolReading } from './tools.ts';

/** What a machine has, what it can therefore do, and what is going on there. */
export interface MachineReport {
  readonly machine: string;
  readonly system: {
    readonly name: string | null;
    readonly kernel: string | null;
    readonly processor: string | null;
    /** Those this process may use. */
    readonly cpus: number;
    readonly memoryKibibytes: number | null;
  };
  readonly tools: readonly ToolReading[];
  readonly facilities: readonly Facility[];
  readonly capabilities: readonly Capability[];
  /** Sentences about things that are there and are left alone or taken care of. */
  readonly notices: readonly string[];
}

/** Looks at a machine and tries things out; leaves nothing behind and changes nothing. */
export async function examineMachine(machine: Machine): Promise<MachineReport> {
  const [system, tools, facilities, notices] = await Promise.all([
    readSystem(machine),
    readTools(machine),
    readFacilities(machine),
    readNotices(machine),
  ]);
  const capabilities = judgeCapabilities(tools, facilities);
  return { machine: machine.name, system, tools, facilities, capabilities, notices };
}

async function readSystem(machine: Machine): Promise<MachineReport['system']> {
  const read = async (path: string, pattern: RegExp) => pattern.exec((await machine.readFile(path)) ?? '')?.[1] ?? null;
  const { stdout } = await machine.run({ program: 'nproc', args: [] }, { timeoutSeconds: 30 });
  const memory = await read('/proc/meminfo', /^MemTotal:\s+(\d+)/m);
  return {
    name: await read('/etc/os-release', /^PRETTY_NAME="?([^"\n]*)/m),
    kernel: await read('/proc/sys/kernel/osrelease', /(\S+)/),
    processor: await read('/proc/cpuinfo', /^model name\s*: (.*)$/m),
    cpus: Number(stdout),
    memoryKibibytes: memory === null ? null : Number(memory),
  };
}

async function readNotices(machine: Machine): Promise<readonly string[]> {
  const notices = [...(await describeDaemons(machine)), await describeRun(machine)];
  return notices.filter((notice) => notice !== null);
}

async function describeDaemons(machine: Machine): Promise<readonly string[]> {
  const find = { program: 'sh', args: ['-c', 'grep -slx dockerd /proc/[0-9]*/comm'] };
  const { stdout } = await machine.run(find, { timeoutSeconds: 30, allowFailure: true });
  const pids = [...stdout.matchAll(/^\/proc\/(\d+)\/comm$/gm)].flatMap(([, pid]) => pid ?? []);
  const commandLines = await Promise.all(pids.map((pid) => machine.readFile(`/proc/${pid}/cmdline`)));
  return pids
    .filter((_, index) => commandLines[index]?.includes(`${machineFolders.state}/`) === false)
    .map((pid) => `a dockerd runs here (process ${pid}); it is not touched, measuring uses a private one`);
}

async function describeRun(machine: Machine): Promise<string | null> {
  const file = `${machineFolders.state}/lock`;
  const lock = await machine.readFile(file);
  const owner = lock === null ? null : parseOwner(lock);
  if (owner !== null && (await isHeld(machine, file, owner, createLocalMachine()))) {
    return `${nameOwner(owner)} is measuring here right now`;
  }
  const state = await machine.readFile(stateFile(machineFolders.state));
  return state === null ? null : 'an earlier run ended without cleaning up; the next run removes what it left';
}
