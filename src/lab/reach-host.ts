import { setTimeout as sleep } from 'node:timers/promises';
import { lastLines, MeasurementError, messageOf } from '../errors.ts';
import type { Machine } from '../machines/machine.ts';
import { createSshMachine, type SshMachine } from '../machines/ssh.ts';
import { defaultSshTiming, type SshTarget } from '../machines/ssh-target.ts';
import { findHostProcess } from './host-process.ts';
import { hostFiles, type LabHost, labNetwork } from './lab.ts';

/** How a host of the lab is reached: from the lab's namespace, with the lab's own key. */
export function buildHostTarget(host: LabHost, hostKey: string, folder: string): SshTarget {
  const { namespace } = labNetwork;
  return { host: host.address, port: 22, user: 'root', identityFile: identityFile(folder), hostKey, namespace };
}

/** Private key of a lab that runs. */
export function identityFile(folder: string): string {
  return `${folder}/identity`;
}

export interface Waiting {
  readonly machine: Machine;
  readonly folder: string;
  readonly host: LabHost;
  readonly hostKey: string;
  readonly deadlineSeconds: number;
  readonly signal: AbortSignal;
}

/** Waits until a host answers over ssh and has come all the way up. Whoever gets the connection closes it. */
export async function waitForHost(waiting: Waiting): Promise<SshMachine> {
  const { machine, folder, host, hostKey, deadlineSeconds, signal } = waiting;
  const deadline = performance.now() + deadlineSeconds * 1000;
  const target = buildHostTarget(host, hostKey, folder);
  for (;;) {
    signal.throwIfAborted();
    // Until sshd listens a try fails at once, or after the time that nobody answers.
    const connection = createSshMachine(host.name, target, { ...defaultSshTiming, connectSeconds: 5 });
    try {
      await demandBooted(connection, signal);
      return connection;
    } catch (thrown) {
      await connection.close().catch(() => {});
      signal.throwIfAborted();
      const off = (await findHostProcess(machine, folder, host.name)) === null;
      if (!off && performance.now() < deadline) {
        await sleep(500);
        continue;
      }
      throw await explainSilence(waiting, off ? 'it has switched itself off' : messageOf(thrown));
    }
  }
}

/** `running`, or `degraded` where some unit failed; while systemd is still starting units a host is not what it will be. */
async function demandBooted(connection: Machine, signal: AbortSignal): Promise<void> {
  const command = { program: 'systemctl', args: ['is-system-running', '--wait'] };
  const { stdout } = await connection.run(command, { timeoutSeconds: 60, signal, allowFailure: true });
  const state = stdout.trim();
  if (state !== 'running' && state !== 'degraded') throw new MeasurementError(`systemd says ${state || 'nothing'}`);
}

async function explainSilence({ machine, folder, host, deadlineSeconds }: Waiting, reason: string) {
  const console = lastLines((await machine.readFile(hostFiles(folder, host.name).console)) ?? '', 3);
  return new MeasurementError(
    `the emulated host ${host.name} did not answer within ${deadlineSeconds} s (${reason}); its console's last lines: ${console || 'there are none'}`,
  );
}
