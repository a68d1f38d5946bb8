import { MeasurementError } from '../errors.ts';
import type { GuestRequest } from '../guests/guest.ts';
import { controlPort } from '../guests/wait-ready.ts';
import { readBootId } from '../hosts/run-state.ts';
import type { Machine } from '../machines/machine.ts';
import type { Check } from '../results/journal.schema.ts';
import type { GuestKind } from '../vocabulary.ts';
import { describeDeployment } from './deployment-file.ts';
import type { HeldGuest } from './held-guest.schema.ts';
import type { PreparedMachine } from './prepare-machine.ts';
import { describeMismatch, readyDeadlineSeconds } from './run-deployment.ts';

export interface HoldRequest extends Pick<GuestRequest, 'attachment' | 'profile' | 'layers' | 'logFile' | 'signal'> {
  readonly machine: Machine;
  readonly guest: GuestKind;
  /** Id of the run that holds the guest. */
  readonly id: string;
}

export interface Holding {
  readonly held: HeldGuest;
  readonly checks: readonly Check[];
  hasEnded(): boolean;
  /** Ends and removes the guest. Idempotent. */
  stop(): Promise<void>;
}

/**
 * One fresh start of a guest whose settings are in force, left running.
 *
 * @throws MeasurementError that shows request and reading of a setting that is not, with the guest gone again
 */
export async function holdGuest(request: HoldRequest, prepared: PreparedMachine): Promise<Holding> {
  const { machine, attachment, profile, layers, logFile, signal } = request;
  const driver = prepared.drivers.get(request.guest);
  if (driver === undefined) throw new MeasurementError(`no driver for guest kind ${request.guest}`);
  const common = { id: 'd001', attachment, profile, layers };
  const guest = await driver.launch({ ...common, logFile, deadlineSeconds: readyDeadlineSeconds, signal });
  try {
    const facts = await guest.collectFacts();
    const checks = await guest.probe(profile.parameters, layers);
    const mismatch = describeMismatch(checks);
    if (mismatch !== null) throw new MeasurementError(mismatch);
    const bootId = await readBootId(machine);
    const deployment = await describeDeployment({ ...common, machine, bootId, guest });
    if (deployment === null) throw new MeasurementError('the guest ended by itself as soon as it had started');
    const held: HeldGuest = {
      schema: 'tunegate.held/1',
      deployment: { ...deployment, held: { id: request.id, controlPort } },
      ...(guest.dataPort === undefined ? {} : { dataPort: guest.dataPort }),
      accelerator: guest.accelerator,
      readySeconds: guest.readySeconds,
      watched: guest.watched ?? null,
      facts,
      versions: { ...prepared.versions },
    };
    return { held, checks, hasEnded: () => guest.hasEnded(), stop: () => guest.stop() };
  } catch (thrown) {
    await guest.stop();
    throw thrown;
  }
}
