import { setTimeout as sleep } from 'node:timers/promises';
import { MeasurementError } from '../errors.ts';
import type { RunState } from '../hosts/run-state.ts';
import type { Machine } from '../machines/machine.ts';
import type { Profile } from '../profiles/profile.schema.ts';
import { powerOn } from './host-process.ts';
import { demandIdle, settleIntoProfile } from './idle-profile.ts';
import type { LabDocument } from './lab.schema.ts';
import { type LabHost, type LabHostName, labHosts } from './lab.ts';
import type { LabRequest } from './lab-state.ts';
import { waitForHost } from './reach-host.ts';

export interface StartRequest extends LabRequest {
  /** In which each host idles. */
  readonly profiles: Readonly<Record<LabHostName, Profile>>;
  /** Told what is going on. */
  readonly say: (text: string) => void;
}

/** A host under emulation needs 20 s on a quiet machine; on a busy one several times that. */
const bootDeadlineSeconds = 300;

/** Switches on what is off and lets it idle in its profile; waits until both answer. Returns how many were off. */
export async function startHosts(request: StartRequest, document: LabDocument, state: RunState): Promise<number> {
  const { machine, folder, signal } = request;
  const isOff = new Map<LabHost, boolean>();
  for (const host of labHosts) {
    isOff.set(host, await powerOn({ machine, folder, qemu: document.qemu, state, signal }, host));
  }
  await Promise.all(
    labHosts.map(async (host) => {
      const waiting = { machine, folder, host, hostKey: document.hostKeys[host.name], signal };
      const connection = await waitForHost({ ...waiting, deadlineSeconds: bootDeadlineSeconds });
      try {
        if (isOff.get(host)) await letIdle(request, host, connection);
      } finally {
        await connection.close();
      }
    }),
  );
  return [...isOff.values()].filter(Boolean).length;
}

async function letIdle(request: StartRequest, { name }: LabHost, connection: Machine): Promise<void> {
  const profile = request.profiles[name];
  const count = await settle(connection, profile, request.signal);
  const what = count === 0 ? 'which asks nothing of the host itself' : `${count} settings of the host are as it asks`;
  request.say(`${name} idles in the profile ${profile.name}: ${what}`);
}

/** On a host that has only just booted a look can come too early: then once more. */
async function settle(connection: Machine, profile: Profile, signal: AbortSignal): Promise<number> {
  await settleIntoProfile(connection, profile, signal);
  try {
    return await demandIdle(connection, profile, signal);
  } catch (thrown) {
    if (!(thrown instanceof MeasurementError)) throw thrown;
    await sleep(5000, undefined, { signal });
    await settleIntoProfile(connection, profile, signal);
    return demandIdle(connection, profile, signal);
  }
}
