import * as z from 'zod';
import { defineParameter } from '../define-parameter.ts';
import { readKibibytes } from '../guest-memory.ts';
import { formatMemorySize } from '../memory-size.ts';
import { onOff } from '../on-off.ts';
import type { QemuHostReadings } from '../qemu-part.ts';
import type { Reading } from '../reading.ts';
import { isOlder } from '../version.ts';

type Lock = 'on' | 'on-fault' | 'off';

const lock: z.ZodType<Lock> = z.union([
  z.enum(['on', 'on-fault', 'off']),
  onOff.transform((value) => (value ? 'on' : 'off')),
]);

/** Which has `-overcommit mem-lock=on-fault` first. */
const onFaultVersion = '10.0';

export const qemuMemoryLock = defineParameter<Lock>({
  name: 'guest.qemu.memory.lock',
  layer: 'guest',
  summary: "Whether all of QEMU's memory, the guest's included, is locked, so that none of it is ever paged out.",
  schema: lock,
  accepted: 'on, off or on-fault; on-fault locks what was touched only',
  versions:
    '-overcommit mem-lock=on since QEMU 3.0; the -realtime mlock=on of the thesis is gone since 6.0; on-fault since 10.0',
  replacedBy: null,
  switching: 'deployment',
  effect: { latency: 'better', bandwidth: 'none', jitter: 'better' },
  risk:
    'Needs CAP_IPC_LOCK or a limit on locked memory that is large enough, else QEMU does not start. The emulator is ' +
    'locked too, with some 100 MiB more.',
  source: 'QEMU system emulation manual, -overcommit; mlockall(2); proc(5), VmLck',
  changesFacts: [],
  misfit: (value, { qemu }) =>
    value === 'on-fault' && qemu !== null && isOlder(qemu, onFaultVersion)
      ? `QEMU here is ${qemu}, on-fault needs ${onFaultVersion} or newer; accepted are on and off`
      : null,
  probe: '/proc/PID/status, VmLck against VmRSS and HugetlbPages',
  qemu: {
    settings: (value) => ({ memory: { lock: value } }),
    read: (value, { host }) => readLock(value, host),
  },
});

/**
 * `VmLck` counts what may not be paged out once it is there, so that it is large before anything is: on-fault looks like
 * on but for what is resident. Huge pages are never paged out and are in neither figure.
 */
function readLock(requested: Lock, { processStatus, memoryBytes }: QemuHostReadings): Reading {
  const locked = readKibibytes(processStatus, 'VmLck');
  const resident = readKibibytes(processStatus, 'VmRSS');
  const huge = readKibibytes(processStatus, 'HugetlbPages') ?? 0;
  if (locked === null || resident === null) return { found: 'no lines VmLck and VmRSS', inForce: false };
  const covered = locked > 0 && locked + huge >= memoryBytes;
  const there = resident + huge >= memoryBytes;
  const state = locked === 0 ? 'off' : !covered ? 'in part' : there ? 'on' : 'on-fault';
  return {
    found: `${state}: VmLck ${locked / 1024} kB, VmRSS + HugetlbPages ${(resident + huge) / 1024} kB of a guest of ${formatMemorySize(memoryBytes)}`,
    // Once a guest has touched all of its memory, on-fault and on are the same.
    inForce: state === requested || (requested === 'on-fault' && state === 'on'),
  };
}
