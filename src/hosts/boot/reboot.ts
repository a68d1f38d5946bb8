import { MeasurementError, messageOf } from '../../errors.ts';
import type { Machine } from '../../machines/machine.ts';
import { flush, forgetAsked } from './boot-files.ts';
import type { BootableHost, BootOptions, BootOutcome } from './bootable-host.ts';
import { entryId, markerKey } from './build-entry.ts';
import { type ConsolePlace, cleanConsole, markConsole, readConsole } from './console-log.ts';
import { cyclePower } from './power.ts';
import { readBootId, type WaitOptions, waitForBoot, waitUntilSettled } from './wait-for-boot.ts';

/** Where a host was when it was told to go. */
export interface Departure {
  /** Boot that ran; null: the host did not answer, so any boot is a new one. */
  readonly bootId: string | null;
  readonly console: ConsolePlace | null;
}

/** Everything before the reboot itself: a failure here leaves the host running. */
export async function prepareReboot(
  { machine, controller, console }: BootableHost,
  { signal }: BootOptions,
  bootId?: null,
): Promise<Departure> {
  const place = await markConsole(controller, console);
  if (bootId === null) return { bootId, console: place };
  await flush(machine);
  return { bootId: await readBootId(machine, signal), console: place };
}

/** Reboots, and waits until a host answers that has booted; `marker` is that of the entry that was asked for. */
export async function reboot(
  host: BootableHost,
  marker: string | null,
  departure: Departure,
  options: BootOptions,
): Promise<BootOutcome> {
  const { machine } = host;
  const { signal } = options;
  const start = performance.now();
  // Its end cuts the connection, sooner or later than the command ends; whether it reboots shows below.
  const trouble = await machine.run({ program: 'systemctl', args: ['reboot'] }, { timeoutSeconds: 30, signal }).then(
    () => [],
    (thrown: unknown) => [messageOf(thrown)],
  );
  const answer = await waitForBoot(machine, departure.bootId, waitOptions(options));
  if (answer.bootId === null) await bringBack(host, departure, [...trouble, answer.trouble], options);
  if (!(await waitUntilSettled(machine, signal))) {
    const again = await waitForBoot(machine, null, waitOptions(options));
    if (again.bootId === null) await bringBack(host, departure, ['it went away again', again.trouble], options);
  }
  const { marker: found, bootId, log } = await settle(host, marker, departure, options);
  const seconds = (performance.now() - start) / 1000;
  return { bootId, entry: found !== null && found === marker ? 'asked' : 'default', seconds, log };
}

/** Also a default entry may fail to come up once; a host that stays away twice has trouble of its own. */
const mostCycles = 2;

/** Power off and on, and the same wait again, at most twice. Throws a `MeasurementError` when the host stays away all the same. */
export async function bringBack(
  { machine, controller, power }: BootableHost,
  departure: Departure,
  troubles: readonly string[],
  options: BootOptions,
): Promise<void> {
  const { deadlineSeconds } = waitOptions(options);
  const tried = [`waited ${deadlineSeconds} s for it (${troubles.join('; ')})`];
  if (power === null) tried.push('the inventory names no commands for its power');
  for (let cycle = 0; power !== null && cycle < mostCycles; cycle += 1) {
    options.say?.(`${machine.name} did not answer for ${deadlineSeconds} s, its power is cycled`);
    tried.push(await cyclePower(controller, power, options.signal));
    const answer = await waitForBoot(machine, departure.bootId, waitOptions(options));
    if (answer.bootId !== null) return;
    tried.push(`waited ${deadlineSeconds} s again (${answer.trouble})`);
  }
  const log = await readConsole(controller, departure.console);
  const words = log === null ? 'nothing of its console is known' : `its console ends with: ${lastLine(log)}`;
  throw new MeasurementError(`${machine.name} does not come up: ${tried.join(', ')}; ${words}`);
}

const lastLine = (log: string) => cleanConsole(log, 5).replaceAll('\n', ' / ');

/** A host that answers from a new boot: which one it is, with what we put into GRUB's files taken away. */
export async function settle(
  { machine, controller }: BootableHost,
  asked: string | null,
  departure: Departure,
  { signal, say }: BootOptions,
) {
  await waitUntilSettled(machine, signal);
  const [bootId, marker] = [await readBootId(machine, signal), await readMarker(machine)];
  await forgetAsked(machine);
  if (marker !== null && marker !== asked && asked !== 'any') {
    throw new MeasurementError(
      `${machine.name} came up in the entry ${entryId(marker)}, which this run did not ask for`,
    );
  }
  say?.(`${machine.name} is up in ${marker === null ? 'its default entry' : `the entry ${entryId(marker)}`}`);
  const log = (await readConsole(controller, departure.console)) ?? (await readKernelMessages(machine, signal));
  return { bootId, marker, log };
}

/** null: the running boot is none that Tunegate asked for. */
export async function readMarker(machine: Machine): Promise<string | null> {
  const words = ((await machine.readFile('/proc/cmdline')) ?? '').trim().split(/\s+/);
  const word = words.findLast((each) => each.startsWith(`${markerKey}=`));
  return word?.slice(markerKey.length + 1) ?? null;
}

async function readKernelMessages(machine: Machine, signal?: AbortSignal): Promise<string | null> {
  const read = { program: 'dmesg', args: [] };
  const { stdout } = await machine.run(read, { timeoutSeconds: 20, allowFailure: true, signal });
  return cleanConsole(stdout, 100) || null;
}

/** A server takes minutes to test its memory; twice that and more. */
const usualDeadlineSeconds = 600;

export function waitOptions({ deadlineSeconds = usualDeadlineSeconds, signal }: BootOptions): WaitOptions {
  return { deadlineSeconds, signal };
}
