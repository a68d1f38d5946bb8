import type { Parameter } from '../parameter.ts';
import { hostBootCpus } from './host-boot-cpus.ts';
import { hostBootIdle } from './host-boot-idle.ts';
import { hostBootKernel } from './host-boot-kernel.ts';
import { hostBootMemory } from './host-boot-memory.ts';
import { hostBootNoise } from './host-boot-noise.ts';

/** What a host's kernel is told when it boots; the symbols of its configuration are in `host-boot-config.ts`. */
export const hostBootParameters: readonly Parameter[] = [
  ...[...hostBootKernel, ...hostBootCpus, ...hostBootMemory],
  ...[...hostBootIdle, ...hostBootNoise],
];
