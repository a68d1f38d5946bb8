import type { HostReadings } from '../../profiles/host-part.ts';
import { attention, type DoctorCheck, missing, ok } from './check.ts';
import { type NicUnderTest, readDriver, readLink, readPciDevice } from './judge-nic.ts';
import { readCpu } from './judge-system.ts';
import { fileOf, machineFiles } from './machine-reads.ts';

/** A machine that was reached, with its interface under test. */
export interface ReachedMachine {
  readonly name: string;
  readonly role: 'host' | 'client' | 'controller';
  readonly nic: NicUnderTest | null;
  readonly readings: HostReadings;
}

/**
 * What no machine can say alone. Both sides of a comparison run on one host, so differences between hosts spoil no
 * verdict; they only keep the figures of one host from being held against those of another.
 */
export function judgePairs(machines: readonly ReachedMachine[]): readonly DoctorCheck[] {
  const hosts = machines.filter(({ role }) => role === 'host');
  return [...judgeWire(machines), ...compareHosts(hosts)];
}

function judgeWire(machines: readonly ReachedMachine[]): readonly DoctorCheck[] {
  const client = machines.find(({ role }) => role === 'client');
  const ends = machines.filter(({ role }) => role !== 'controller');
  const dark = ends.filter(
    ({ nic, readings }) => nic === null || readLink(nic, readings)?.flags.includes('LOWER_UP') !== true,
  );
  if (client === undefined || ends.length < 2) return [missing('wire', 'one of its ends was not reached')];
  const names = dark.map(({ name }) => name).join(', ');
  if (dark.length > 0)
    return [
      attention('wire', `there is no carrier yet at ${names}, so that nobody can say whether the ends see each other`),
    ];
  return [
    ok(
      'wire',
      `${ends.map(({ name }) => name).join(', ')} have a carrier each; that they are on one wire was not tried, since it would take addresses: a run tries it before its first sample`,
    ),
  ];
}

function compareHosts(hosts: readonly ReachedMachine[]): readonly DoctorCheck[] {
  if (hosts.length < 2) return [];
  const entries = Object.entries(sameness).map(([what, read]) => {
    const values = hosts.map((host) => ({ name: host.name, value: read(host) }));
    const same = values.every(({ value }) => value === values[0]?.value);
    if (same) return ok(`same ${what}`, values[0]?.value ?? 'unknown');
    return attention(`same ${what}`, values.map(({ name, value }) => `${name} has ${value}`).join(', '));
  });
  return entries;
}

const sameness: Readonly<Record<string, (host: ReachedMachine) => string>> = {
  'NIC model': ({ nic, readings }) => {
    if (nic === null) return 'none';
    const pci = readPciDevice(nic, readings);
    const driver = readDriver(nic, readings);
    return `${pci.get('vendor') ?? 'no PCI'} ${pci.get('device') ?? 'device'}, driver ${driver.get('driver') ?? 'unknown'}, firmware ${driver.get('firmware-version') ?? 'unknown'}`;
  },
  kernel: ({ readings }) => fileOf(readings, machineFiles.release) ?? 'unknown',
  processor: ({ readings }) => readCpu(readings, 'model name') ?? 'unknown',
  microcode: ({ readings }) => readCpu(readings, 'microcode') ?? 'unknown',
  firmware: ({ readings }) => fileOf(readings, machineFiles.firmware) ?? 'unknown',
};
