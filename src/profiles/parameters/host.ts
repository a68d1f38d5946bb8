import * as z from 'zod';
import { defineParameter } from '../define-parameter.ts';

export const hostGovernor = defineParameter<string>({
  name: 'host.cpu.governor',
  layer: 'host',
  summary: 'Governor of the processor frequency of the host.',
  schema: z.enum(['performance', 'powersave', 'schedutil', 'ondemand', 'conservative']),
  accepted: 'performance, powersave, schedutil, ondemand or conservative',
  versions: 'every Linux; which ones there are depends on the driver (intel_pstate: performance and powersave)',
  replacedBy: null,
  switching: 'deployment',
  effect: { latency: 'better', bandwidth: 'better', jitter: 'better' },
  risk: 'Costs power; a machine that runs hot is throttled later on, which shows as drift.',
  source: 'Linux Documentation/admin-guide/pm/cpufreq.rst; takes the place of CPU_FREQ=n of the thesis, table 3.1',
  changesFacts: ['host.cpu.governor'],
  misfit: () => null,
  probe: '/sys/devices/system/cpu/cpufreq/policy*/scaling_governor',
});
