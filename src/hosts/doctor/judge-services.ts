import type { HostReadings } from '../../profiles/host-part.ts';
import { attention, type DoctorCheck, ok } from './check.ts';
import { fileOf, machineCommands, machineFiles, outputOf, watchedDaemons } from './machine-reads.ts';

type Daemon = (typeof watchedDaemons)[keyof typeof watchedDaemons];

/** What each would do to a run, and what to do about it. */
const disturbances: Partial<Record<Daemon, string>> = {
  firewalld: 'it may drop the test traffic; keep the NIC under test out of its zones',
  irqbalance:
    'it moves interrupts while a test runs and undoes host.irq parameters; `systemctl disable --now irqbalance`',
  tuned: 'it sets what profiles set, and at its own time; `systemctl disable --now tuned`',
  thermald: 'it lowers the frequency by its own rules',
  'power-profiles-daemon': 'it sets governors and limits of its own; `systemctl disable --now power-profiles-daemon`',
};

const clocks: readonly Daemon[] = ['chronyd', 'ntpd', 'systemd-timesyncd'];

/** Daemons and firewalls that would change what a run has set, or drop what it sends. */
export function judgeServices(readings: HostReadings): readonly DoctorCheck[] {
  const running = listDaemons(readings);
  const disturbing = running.flatMap((name) => {
    const what = disturbances[name];
    return what === undefined ? [] : [attention(name, `it runs: ${what}`)];
  });
  const firewall = /^ENABLED=yes/m.test(fileOf(readings, machineFiles.firewall) ?? '')
    ? [attention('ufw', 'it is on and may drop the test traffic; allow everything on the NIC under test')]
    : [];
  const found = [...disturbing, ...firewall];
  const names = ['firewalld', 'ufw', 'irqbalance', 'tuned', 'thermald', 'power-profiles-daemon'];
  return found.length > 0 ? found : [ok('services', `none of ${names.join(', ')} is at work`)];
}

/** Where the time comes from, and how far it is from the clock of whoever asks. */
export function judgeClock(readings: HostReadings, offset: ClockOffset | null): readonly DoctorCheck[] {
  const source = listDaemons(readings).find((name) => clocks.includes(name));
  const synchronised = outputOf(readings, machineCommands.synchronised) === 'yes';
  const kept =
    source === undefined && !synchronised ? 'nothing sets the clock' : `set by ${source ?? 'an unknown program'}`;
  const state = synchronised || source === undefined ? kept : `${kept}, which has not found the time yet`;
  if (offset === null) return [ok('clock', `the clock of this machine: ${state}`)];
  const { seconds, uncertaintySeconds } = offset;
  const distance = `${Math.abs(seconds).toFixed(3)} s ${seconds < 0 ? 'behind' : 'ahead of'} this machine (± ${uncertaintySeconds.toFixed(3)} s)`;
  const far = Math.abs(seconds) - uncertaintySeconds > mostOffsetSeconds;
  if (far) return [attention('clock', `${distance}, ${state}: lines of logs cannot be put in order`)];
  return [ok('clock', `${distance}, ${state}`)];
}

/** Samples are timed by one clock each; only logs of several machines are read side by side. */
const mostOffsetSeconds = 1;

export interface ClockOffset {
  /** The machine's clock minus that of whoever asks, seconds. */
  readonly seconds: number;
  /** Half of the time between question and answer, seconds. */
  readonly uncertaintySeconds: number;
}

function listDaemons(readings: HostReadings): readonly Daemon[] {
  const found = outputOf(readings, machineCommands.daemons).split('\n');
  return Object.entries(watchedDaemons).flatMap(([comm, name]) => (found.includes(comm) ? [name] : []));
}
