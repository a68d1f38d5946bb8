import { ConfigurationError } from '../errors.ts';
import { isRootOf } from '../hosts/privileges.ts';
import { createRunState, type RunState } from '../hosts/run-state.ts';
import type { Command, Machine } from '../machines/machine.ts';
import { createNamespace } from '../networks/embedded.ts';
import { ensureHostDisk, type HostDisk } from './build-host-disk.ts';
import { type BuildPlace, ensureBaseImage, ensureQemu } from './build-image.ts';
import { buildIdleBoot } from './idle-profile.ts';
import { labSchema } from './lab.schema.ts';
import { hostFiles, labHosts, labNetwork } from './lab.ts';
import { labFile, readLab, removeLab, whileLabLocked } from './lab-state.ts';
import { buildNetworkCommands } from './network-commands.ts';
import { buildOverlayCommand } from './qemu-command.ts';
import { identityFile } from './reach-host.ts';
import { renderInventory } from './render-inventory.ts';
import { type StartRequest, startHosts } from './start-hosts.ts';

export interface UpRequest extends StartRequest {
  readonly cache: string;
  /** How this program is started, for the power commands in the inventory. */
  readonly tunegate: Command;
  readonly show: (text: string) => void;
}

export interface UpResult {
  readonly inventory: string;
  /** false: the lab was up before. */
  readonly started: boolean;
}

/** Brings both hosts up, whatever there is so far; takes everything down again when that fails. */
export async function bringUp(request: UpRequest): Promise<UpResult> {
  const { machine, folder } = request;
  await demandMachine(machine);
  return whileLabLocked(request, async () => {
    const inventory = inventoryFile(folder);
    const running = await readLab(machine, folder);
    if (running !== null) {
      const { document, state } = running;
      const started = await startHosts(request, document, state);
      return { inventory, started: started > 0 };
    }
    const removed = await removeLab(machine, folder);
    if (removed.length > 0) request.say(`removed what an earlier lab left behind: ${removed.join(', ')}`);
    const state = await createRunState(machine, folder, 'lab');
    try {
      await buildLab(request, state);
    } catch (thrown) {
      await removeLab(machine, folder);
      throw thrown;
    }
    return { inventory, started: true };
  });
}

export function inventoryFile(folder: string): string {
  return `${folder}/inventory.yaml`;
}

async function demandMachine(machine: Machine): Promise<void> {
  if (!(await isRootOf(machine))) {
    throw new ConfigurationError(
      'the lab makes network namespaces and taps, and only root may do that; run it with sudo',
    );
  }
  const tun = { program: 'test', args: ['-c', '/dev/net/tun'] };
  if ((await machine.run(tun, { timeoutSeconds: 5, allowFailure: true })).exitCode === 0) return;
  throw new ConfigurationError(
    'the wires of the emulated hosts are taps, and /dev/net/tun is missing; a kernel with CONFIG_TUN is needed (`modprobe tun`)',
  );
}

async function buildLab(request: UpRequest, state: RunState): Promise<void> {
  const { machine, folder, cache, tunegate, say, show, signal } = request;
  const place: BuildPlace = { machine, cache, state, say, show, signal };
  // Disks and keys of the hosts are in there.
  await machine.run({ program: 'chmod', args: ['700', folder] }, { timeoutSeconds: 5 });
  const qemu = await ensureQemu(place);
  const base = await ensureBaseImage(place);
  const disks = await prepareBoth(request, place, qemu, base);
  await removeOldImages(machine, cache, [qemu, base.folder, ...disks.map((disk) => disk.folder)]);
  const run = ({ program, args }: Command) => machine.run({ program, args }, { timeoutSeconds: 10, signal });
  for (const { host, disk } of disks) {
    await run(buildOverlayCommand(qemu, disk, 'qcow2', hostFiles(folder, host.name).disk));
  }
  await run({ program: 'install', args: ['-m', '600', base.identity, identityFile(folder)] });
  for (const name of [labNetwork.namespace, labNetwork.clientNamespace]) await createNamespace(machine, state, name);
  for (const command of buildNetworkCommands()) await run(command);
  const hostKeys = Object.fromEntries(disks.map(({ host, hostKey }) => [host.name, hostKey]));
  const document = labSchema.parse({ schema: 'tunegate.lab/1', qemu, hostKeys });
  say('starting the emulated hosts');
  await startHosts(request, document, state);
  await machine.writeFile(inventoryFile(folder), renderInventory(document, folder, tunegate), { mode: 0o600 });
  await machine.writeFile(labFile(folder), `${JSON.stringify(document)}\n`, { mode: 0o600 });
}

/** Both at once: each waits for its own processor most of the time. One that fails does not leave the other unwatched. */
async function prepareBoth(
  { profiles }: UpRequest,
  place: BuildPlace,
  qemu: string,
  base: Parameters<typeof ensureHostDisk>[0]['base'],
): Promise<readonly HostDisk[]> {
  const outcomes = await Promise.allSettled(
    labHosts.map((host) => ensureHostDisk({ place, qemu, base, host, boot: buildIdleBoot(profiles[host.name]) })),
  );
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
}

/** Images of earlier recipes; nobody uses them, since no lab is up. */
async function removeOldImages(machine: Machine, cache: string, used: readonly string[]): Promise<void> {
  const keep = used.flatMap((path) => ['!', '-path', path]);
  const args = [cache, '-mindepth', '1', '-maxdepth', '1', ...keep, '-exec', 'rm', '-rf', '{}', '+'];
  await machine.run({ program: 'find', args }, { timeoutSeconds: 120 });
}
