import type { HostReadings } from '../../profiles/host-part.ts';
import { attention, type DoctorCheck, ok } from './check.ts';
import { fileOf, machineFiles } from './machine-reads.ts';

/** What the machine is: nothing here keeps anybody from measuring, and all of it decides what the figures are worth. */
export function judgeSystem(readings: HostReadings, isEmulatedLab: boolean): readonly DoctorCheck[] {
  const file = (path: string) => fileOf(readings, path);
  const system = /^PRETTY_NAME="?([^"\n]*)/m.exec(file(machineFiles.system) ?? '')?.[1];
  return [
    ok('system', `${system ?? 'an unknown system'}, kernel ${file(machineFiles.release) ?? 'unknown'}`),
    judgeProcessor(readings),
    judgeVirtualisation(readings, isEmulatedLab),
    judgeFrequency(readings),
    ok('memory', describeMemory(readings)),
  ];
}

/** `model name`, `microcode` and `flags` of the first CPU in `/proc/cpuinfo`. */
export function readCpu(readings: HostReadings, key: string): string | null {
  const text = fileOf(readings, machineFiles.cpuinfo) ?? '';
  return new RegExp(`^${key}\\s*: (.*)$`, 'm').exec(text)?.[1]?.trim() ?? null;
}

function judgeProcessor(readings: HostReadings): DoctorCheck {
  const file = (path: string) => fileOf(readings, path);
  const smt = file(machineFiles.smt);
  const threads = smt === '1' ? 'with' : smt === '0' ? 'without' : 'unknown';
  const folder = machineFiles.vulnerabilities.slice(0, -1);
  const states = Object.entries(readings.files).filter(([path]) => path.startsWith(folder));
  const open = states.filter(([, text]) => text.startsWith('Vulnerable')).length;
  const mitigations = open === 0 ? 'all mitigations' : `${open} of ${states.length} weaknesses without mitigation`;
  const microcode = readCpu(readings, 'microcode') ?? 'unknown';
  const model = readCpu(readings, 'model name') ?? 'of an unknown model';
  return ok(
    'processor',
    `CPUs ${file(machineFiles.online) ?? 'unknown'}, ${model}, ${threads} hyper-threads, microcode ${microcode}, ${mitigations}`,
  );
}

/** A machine that is itself a guest is measured together with its host. */
function judgeVirtualisation(readings: HostReadings, isEmulatedLab: boolean): DoctorCheck {
  const vendor = fileOf(readings, machineFiles.vendor) ?? 'unknown maker';
  const product = fileOf(readings, machineFiles.product) ?? 'unknown model';
  const firmware = [fileOf(readings, machineFiles.firmware), fileOf(readings, machineFiles.firmwareDate)]
    .filter((part) => part !== null && part !== '')
    .join(' of ');
  const machine = `${vendor} ${product}${firmware === '' ? '' : `, firmware ${firmware}`}`;
  const isGuest = / hypervisor\b/.test(` ${readCpu(readings, 'flags') ?? ''}`);
  if (!isGuest) return ok('hardware', machine);
  if (isEmulatedLab) return ok('hardware', `${machine}: emulated, as the inventory says`);
  return attention('hardware', `${machine}: a virtual machine, so that its own host is part of every figure`);
}

function judgeFrequency(readings: HostReadings): DoctorCheck {
  const driver = fileOf(readings, machineFiles.frequencyDriver);
  const governor = fileOf(readings, machineFiles.governor);
  const idle = fileOf(readings, machineFiles.idleDriver);
  const clock = fileOf(readings, machineFiles.clocksource) ?? 'unknown';
  const frequency =
    driver === null ? 'no control of the frequency' : `${driver} with governor ${governor ?? 'unknown'}`;
  const states = idle === null || idle === 'none' ? 'no idle states' : `idle states of ${idle}`;
  const found = `${frequency}, ${states}, clock source ${clock}`;
  if (clock === 'tsc' || clock === 'kvm-clock') return ok('frequency', found);
  return attention('frequency', `${found}: every time stamp is slow where the clock is not the processor's own`);
}

function describeMemory(readings: HostReadings): string {
  const text = fileOf(readings, machineFiles.meminfo) ?? '';
  const number = (key: string) => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0);
  const pages = number('HugePages_Total');
  const size = number('Hugepagesize') / 1024;
  const huge =
    pages === 0 ? 'no huge pages set aside' : `${pages} huge pages of ${size} MiB, ${number('HugePages_Free')} free`;
  return `${(number('MemTotal') / 1024 ** 2).toFixed(1)} GiB, ${huge}`;
}
