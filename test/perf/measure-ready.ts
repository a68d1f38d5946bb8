import { rm } from 'node:fs/promises';
import { lastLines } from '../../src/errors.ts';
import { buildConnectCommand, controlPort } from '../../src/guests/wait-ready.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import { type Command, inNamespace, type Machine } from '../../src/machines/machine.ts';
import { embeddedTopology } from '../../src/networks/embedded.ts';
import { computeMedian } from '../../src/statistics/quantile.ts';
import type { GuestKind } from '../../src/vocabulary.ts';
import type { PerfRow } from './perf-row.ts';
import { withDriver } from './with-guest.ts';

const starts: Readonly<Record<'docker' | 'qemu', number>> = { docker: 15, qemu: 9 };
const machine = createLocalMachine();
const { hostNamespace, clientNamespace, bridge } = embeddedTopology;

/**
 * From the start of a guest until its control port answers: our start, and the very command that it ran, by hand, in
 * turn. Both are asked by the same client, whose ARP requests are repeated after 50 ms and not after a second.
 */
export async function measureReady(signal: AbortSignal): Promise<readonly PerfRow[]> {
  return [await compareStarts('docker', signal), await compareStarts('qemu', signal)];
}

async function compareStarts(kind: 'docker' | 'qemu', signal: AbortSignal): Promise<PerfRow> {
  const ours: number[] = [];
  const bare: number[] = [];
  let started: Command | null = null;
  const watching: Machine = {
    ...machine,
    start: (command, options) => {
      if (isGuest(kind, command)) started = command;
      return machine.start(command, options);
    },
  };
  const use: Parameters<typeof withDriver>[2] = async (driver, request) => {
    for (let round = 0; round < starts[kind]; round += 1) {
      const guest = await driver.launch(request);
      ours.push(guest.readySeconds);
      await guest.stop();
      if (started === null) throw new Error(`no command of ${kind} was seen`);
      bare.push(await startByHand(kind, started, guest.address, request.logFile));
    }
  };
  await withDriver(kind, signal, use, watching);
  const [our, plain] = [computeMedian(ours), computeMedian(bare)];
  const what = kind === 'docker' ? 'container ready / docker run' : 'virtual machine ready / qemu-system-x86_64';
  const details = `${our.toFixed(3)} s / ${plain.toFixed(3)} s`;
  return { what, value: our / plain, goal: 1.1, unit: '', n: starts[kind], details };
}

function isGuest(kind: GuestKind, { args }: Command): boolean {
  return kind === 'qemu' ? args.includes('qemu-system-x86_64') : args.includes('--cidfile');
}

/** Seconds until the control port answers; nothing is done meanwhile but asking. */
async function startByHand(
  kind: 'docker' | 'qemu',
  command: Command,
  address: string,
  logFile: string,
): Promise<number> {
  const { before, after } = kind === 'qemu' ? await placeTap(command) : await placeContainer(command);
  await before();
  const begin = performance.now();
  const guest = await machine.start(command, { logFile });
  const connect = buildConnectCommand(clientNamespace, address, controlPort);
  const words = connect.args.slice(2);
  const ask = { program: 'sh', args: ['-c', 'until "$@"; do sleep 0.01; done', 'ask', ...words] };
  try {
    await machine.run(inNamespace(clientNamespace, ask), { timeoutSeconds: 30 });
    return (performance.now() - begin) / 1000;
  } catch (thrown) {
    const said = lastLines((await machine.readFile(logFile)) ?? '', 5);
    throw new Error(`the guest that was started by hand is not ready; its last lines: ${said}`, { cause: thrown });
  } finally {
    await guest.stop(2);
    await after();
  }
}

/** A tap on the bridge, as the guest's command names it. */
async function placeTap({ args }: Command) {
  const tap = /ifname=([^,]+)/.exec(args.join(' '))?.[1] ?? '';
  const ip = (...words: string[]) =>
    machine.run({ program: 'ip', args: ['-n', hostNamespace, ...words] }, { timeoutSeconds: 5 });
  const before = async () => {
    await ip('tuntap', 'add', 'dev', tap, 'mode', 'tap');
    await ip('link', 'set', 'dev', tap, 'master', bridge, 'up');
  };
  const after = async () => {
    await ip('link', 'delete', 'dev', tap);
  };
  return { before, after };
}

/** The daemon refuses an id file that is there already. */
async function placeContainer({ program, args }: Command) {
  const host = args.slice(0, args.indexOf('run'));
  const name = args[args.indexOf('--name') + 1] ?? '';
  const idFile = args[args.indexOf('--cidfile') + 1] ?? '';
  const after = async () => {
    await machine.run({ program, args: [...host, 'rm', '--force', name] }, { timeoutSeconds: 20 });
    await rm(idFile, { force: true });
  };
  return { before: () => rm(idFile, { force: true }), after };
}
