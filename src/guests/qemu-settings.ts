import { CommandError, MeasurementError } from '../errors.ts';
import { type GuestWords, parseGuestWords, tellFacts } from '../images/initramfs-init.ts';
import { inNamespace, type Machine } from '../machines/machine.ts';
import { nameCommand } from '../profiles/name-command.ts';
import { buildGuestCommands, buildVirtualMachineCommands } from '../profiles/virtual-machine-checks.ts';
import type { GuestRequest } from './guest.ts';
import { withGuestChannel } from './guest-channel.ts';
import type { ReadableVirtualMachine } from './qemu-readings.ts';
import { readThreads } from './qemu-threads.ts';

/** The guest's interface. */
const guestDevice = 'eth0';

type Request = Pick<GuestRequest, 'profile' | 'layers' | 'signal'>;

/** Whether anything was set there. */
export interface AppliedSettings {
  readonly onHost: boolean;
  readonly inside: boolean;
}

/** Sets what QEMU's arguments cannot: threads and link on the host, then what is set inside. */
export async function applyVirtualMachineSettings(
  machine: Machine,
  running: ReadableVirtualMachine,
  request: Request,
): Promise<AppliedSettings> {
  const onHost = await applyOnHost(machine, running, request);
  const inside = await applyInside(machine, running, request);
  return { onHost, inside };
}

/** Repeated while threads appear, since one that was started between the list and the command has inherited nothing. */
async function applyOnHost(machine: Machine, running: ReadableVirtualMachine, { profile, layers, signal }: Request) {
  const { pid, device, namespace } = running;
  const reached = new Set<number>();
  for (;;) {
    const threads = await readThreads(machine, running);
    if (threads.every(({ id }) => reached.has(id))) return reached.size > 0;
    const commands = buildVirtualMachineCommands(profile.parameters, layers, { pid, threads, device });
    if (commands.length === 0) return false;
    for (const command of commands) {
      try {
        await machine.run(inNamespace(namespace, command), { timeoutSeconds: 10, signal });
      } catch (thrown) {
        if (!(thrown instanceof CommandError) || !threadIsGone.test(thrown.failure.stderr)) throw thrown;
      }
    }
    for (const { id } of threads) reached.add(id);
  }
}

/** What taskset and chrt say of a worker of QEMU's that ended meanwhile: it needs no setting. */
const threadIsGone = /No such process/;

async function applyInside(
  machine: Machine,
  { channel: socket }: ReadableVirtualMachine,
  { profile, layers, signal }: Request,
) {
  const commands = buildGuestCommands(profile.parameters, layers, { device: guestDevice });
  if (commands.length === 0) return false;
  await withGuestChannel(machine, socket, signal, async (channel) => {
    for (const command of commands) {
      const { exitCode, stderr } = await channel.run(command, { timeoutSeconds: 20 });
      if (exitCode !== 0) {
        throw new MeasurementError(`in the guest \`${nameCommand(command)}\` ended with ${exitCode}: ${stderr.trim()}`);
      }
    }
  });
  return true;
}

/** What the guest tells of itself now. */
export async function askForFacts(machine: Machine, socket: string, signal: AbortSignal): Promise<GuestWords> {
  const tell = { program: 'sh', args: ['-c', tellFacts] };
  const { exitCode, stdout, stderr } = await withGuestChannel(machine, socket, signal, (channel) =>
    channel.run(tell, { timeoutSeconds: 20 }),
  );
  if (exitCode === 0) return parseGuestWords(stdout);
  throw new MeasurementError(`the guest could not tell its facts: ${stderr.trim()}`);
}
