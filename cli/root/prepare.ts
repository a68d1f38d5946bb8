import { rename, writeFile } from 'node:fs/promises';
import { closeAfter } from '../../src/close-after.ts';
import { ConfigurationError, lastLines, MeasurementError } from '../../src/errors.ts';
import { bootInto } from '../../src/hosts/boot/boot-into.ts';
import { readHostLimits } from '../../src/hosts/read-host-limits.ts';
import { type PrepareRequest, prepareRequestSchema } from '../../src/hosts/root-requests.schema.ts';
import { applyTreatment } from '../../src/hosts/treatment/apply-treatment.ts';
import { verifyTreatment } from '../../src/hosts/treatment/verify-treatment.ts';
import { buildHostBoot } from '../../src/profiles/boot-settings.ts';
import { refuseMisfits } from '../../src/profiles/checks.ts';
import type { Profile } from '../../src/profiles/profile.schema.ts';
import { parseResolvedProfile } from '../../src/profiles/resolve-profile.ts';
import type { Check } from '../../src/results/journal.schema.ts';
import { isUnproven } from '../../src/results/unproven.ts';
import type { Surroundings } from '../surroundings.ts';
import { openPreparedHost, type PreparedHost } from './prepared-host.ts';
import { readDocument } from './read-document.ts';
import { noteBoot, notePreparation } from './run-notes.ts';
import { createRun, type RunsRoom } from './runs-room.ts';
import { takeBackForgotten } from './take-back.ts';

/**
 * `prepare ID`: brings a host into the state that the layers of a profile ask for, and proves it. So it stays until
 * `remove ID`. What the probes found is in `checks.json` of the run's folder, also when they found something else.
 */
export async function prepareHost(room: RunsRoom, id: string, surroundings: Surroundings): Promise<void> {
  const request = await readDocument(surroundings.stdin, prepareRequestSchema);
  const profile = await parseResolvedProfile({ text: request.profile, fileName: 'profile' });
  const { checks: checksFile } = await createRun(room, id, process.pid);
  await takeBackForgotten(room, id, request.host, surroundings);
  const host = await openPreparedHost(room, request.host, surroundings.signal);
  const checks = await closeAfter(host.close, async () => {
    await host.lock();
    await notePreparation(room, id, request);
    return bringInto({ room, id, request, profile, host }, surroundings);
  });
  await writeFile(`${checksFile}.new`, `${JSON.stringify(checks)}\n`);
  await rename(`${checksFile}.new`, checksFile);
  refuseMismatch(checks, host.machine.name);
  surroundings.stdout.write(`${checksFile}\n`);
}

interface Preparation {
  readonly room: RunsRoom;
  readonly id: string;
  readonly request: PrepareRequest;
  readonly profile: Profile;
  readonly host: PreparedHost;
}

async function bringInto(preparation: Preparation, surroundings: Surroundings): Promise<readonly Check[]> {
  const { id, request, profile, host } = preparation;
  const { layers } = request;
  const { signal } = surroundings;
  // Before anything is changed: a boot takes minutes, and its end is too late to hear of a CPU that there is not.
  const limits = await readHostLimits(host.machine);
  refuseMisfits(profile, layers, limits);
  if (layers.includes('host-boot')) await boot(preparation, surroundings);
  const place = await host.findPlace();
  if (layers.includes('host')) {
    const known = layers.includes('host-boot') ? {} : { limits };
    const treatment = { profile, layers, place, now: new Date(), run: id, ...known };
    await applyTreatment(host.machine, host.folder, treatment, { signal });
  }
  return verifyTreatment(host.machine, profile.parameters, layers, place, { signal });
}

async function boot({ room, id, profile, host }: Preparation, { stderr, signal }: Surroundings): Promise<void> {
  const { bootable, machine } = host;
  if (bootable === null) {
    throw new ConfigurationError(
      'the layer host-boot asks for a boot, and a runner cannot boot the machine that it runs on; accepted is a host of an inventory that is prepared from another machine, its controller',
    );
  }
  const asked = buildHostBoot(profile.parameters);
  await noteBoot(room, id);
  const say = (sentence: string) => stderr.write(`${sentence}\n`);
  const { entry, log } = await bootInto(bootable, asked, { signal, say });
  if (entry === 'asked') return;
  throw new MeasurementError(
    `${machine.name} fell back to its usual entry when it was to boot into profile ${profile.name}${log === null ? '' : `; its last lines: ${lastLines(log, 5)}`}`,
  );
}

/** A host that is not as asked must not be measured. */
function refuseMismatch(checks: readonly Check[], name: string): void {
  const wrong = checks.filter(isUnproven);
  if (wrong.length === 0) return;
  const words = wrong.map(({ parameter, requested, found }) => `${parameter}: asked ${requested}, found ${found}`);
  throw new MeasurementError(
    `${wrong.length} of ${checks.length} settings of ${name} are not proven: ${words.join('; ')}`,
  );
}
