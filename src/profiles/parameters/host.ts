import type { Parameter } from '../parameter.ts';
import { hostCpuParameters } from './host-cpu.ts';
import { hostIrqParameters } from './host-irq.ts';
import { hostIsolationParameters } from './host-isolation.ts';
import { hostKvmParameters } from './host-kvm.ts';
import { hostMemoryParameters } from './host-memory.ts';
import { hostNicParameters } from './host-nic.ts';
import { hostNicOffloads } from './host-nic-offload.ts';
import { hostNicQueues } from './host-nic-queues.ts';
import { hostSysctls } from './host-sysctl.ts';

/** Everything that can be set on a host while it runs. */
export const hostParameters: readonly Parameter[] = [
  ...[...hostCpuParameters, ...hostIsolationParameters, ...hostMemoryParameters],
  ...[...hostIrqParameters, ...hostKvmParameters, ...hostSysctls],
  ...[...hostNicParameters, ...hostNicQueues, ...hostNicOffloads],
];
