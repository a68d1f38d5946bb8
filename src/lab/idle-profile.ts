import { ConfigurationError, MeasurementError } from '../errors.ts';
import { markerKey } from '../hosts/boot/build-entry.ts';
import { findHostPlace } from '../hosts/treatment/find-host-place.ts';
import { planChanges } from '../hosts/treatment/plan-changes.ts';
import { listHostSettings, verifyTreatment } from '../hosts/treatment/verify-treatment.ts';
import type { Machine } from '../machines/machine.ts';
import { quoteWord } from '../machines/ssh-quote.ts';
import { buildHostBoot } from '../profiles/boot-settings.ts';
import { catalogue } from '../profiles/catalogue.ts';
import type { HostAction } from '../profiles/host-part.ts';
import type { Profile } from '../profiles/profile.schema.ts';
import type { IdleBoot } from './host-texts.ts';
import { testNic } from './lab.ts';

/** Kernels of the disk, by the names that profiles have for them. */
const flavours: Readonly<Record<string, string>> = { 'debian-6.12': '-amd64', 'debian-6.12-rt': '-rt-amd64' };

/** What the default boot of a host is made of that idles in a profile. Throws `ConfigurationError` for other kernels. */
export function buildIdleBoot({ name, parameters }: Pick<Profile, 'name' | 'parameters'>): IdleBoot {
  const { kernel, words } = buildHostBoot(parameters);
  const flavour = flavours[kernel ?? 'debian-6.12'];
  if (flavour !== undefined) return { flavour, words };
  throw new ConfigurationError(
    `profile ${name} asks for the kernel ${kernel}, hosts of the lab have ${Object.keys(flavours).join(' and ')}`,
  );
}

/** Path of the program on a host that sets, at every boot, what its profile asks of the running host. */
const idleProgram = '/usr/local/sbin/lab-idle';

const idleUnit = `[Unit]
Description=Settings of the profile in which this host idles
Requires=sys-subsystem-net-devices-${testNic}.device
After=sys-subsystem-net-devices-${testNic}.device systemd-sysctl.service
# A boot into another profile brings that profile's settings.
ConditionKernelCommandLine=!${markerKey}

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=${idleProgram}

[Install]
WantedBy=multi-user.target
`;

/** More rounds than any setting needs that comes to be only after another one. */
const mostRounds = 4;

/**
 * Makes a host that has booted as its profile asks idle in it, at once and after every boot to come: that is how it
 * stands there, and no treatment that somebody would have to restore.
 */
export async function settleIntoProfile(machine: Machine, profile: Profile, signal: AbortSignal): Promise<void> {
  const place = await findHostPlace(machine, { name: testNic, namespace: null });
  const settings = listHostSettings(profile.parameters, ['host'], catalogue);
  const actions: HostAction[] = [];
  for (let round = 0; round < mostRounds; round += 1) {
    const changes = await planChanges(machine, settings, place, signal);
    const next = changes.flatMap(({ apply }) => apply);
    if (next.length === 0) break;
    actions.push(...next);
    await installIdleProgram(machine, actions, signal);
  }
}

async function installIdleProgram(machine: Machine, actions: readonly HostAction[], signal: AbortSignal) {
  await machine.writeFile(idleProgram, renderIdleProgram(actions), { mode: 0o755 });
  await machine.writeFile('/etc/systemd/system/lab-idle.service', idleUnit, { mode: 0o644 });
  const commands = ['enable', 'restart'].map((word) => ({ program: 'systemctl', args: ['--quiet', word, 'lab-idle'] }));
  for (const command of commands) await machine.run(command, { timeoutSeconds: 120, signal });
}

/** A shell script that does these things one after the other and stops at the first that fails. */
export function renderIdleProgram(actions: readonly HostAction[]): string {
  const lines = actions.map((action) =>
    action.kind === 'write'
      ? `printf '%s\\n' ${quoteWord(action.text)} >${quoteWord(action.path)}`
      : [action.program, ...action.args].map(quoteWord).join(' '),
  );
  return ['#!/bin/sh', 'set -e', ...lines, ''].join('\n');
}

/** Throws a `MeasurementError` that names what is not as the profile asks. */
export async function demandIdle(machine: Machine, profile: Profile, signal: AbortSignal): Promise<number> {
  const place = await findHostPlace(machine, { name: testNic, namespace: null });
  const checks = await verifyTreatment(machine, profile.parameters, ['host-boot', 'host'], place, { signal });
  const others = checks.filter(({ result }) => result !== 'verified' && result !== 'not-applicable');
  if (others.length === 0) return checks.length;
  const list = others.map(({ parameter, requested, found }) => `${parameter} ${requested}: ${found}`).join('; ');
  throw new MeasurementError(`${machine.name} does not idle in its profile ${profile.name}: ${list}`);
}
