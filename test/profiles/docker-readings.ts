import type { DockerReadings } from '../../src/profiles/docker-part.ts';

/** Lines as `/proc/PID/status` has them, between others. */
export function buildProcessStatus(cpusAllowed: string): string {
  return `Name:\tnetserver\nState:\tS (sleeping)\nCpus_allowed:\t3\nCpus_allowed_list:\t${cpusAllowed}\nMems_allowed_list:\t0\n`;
}

/** A container that was started without any of the parameters: what the kernel and the daemon then say. */
export function createReadings(overrides: Partial<DockerReadings> = {}): DockerReadings {
  return {
    processStatus: buildProcessStatus('0-3'),
    cgroup: { cpuQuota: null, memoryLimitBytes: null },
    link: { name: 'eth0', mac: '02:42:c6:12:00:03', addresses: ['198.18.0.3'] },
    endpoint: { mac: '02:42:c6:12:00:03', address: '198.18.0.3' },
    features: 'Features for eth0:\n',
    queueLength: 1000,
    sysctls: {},
    processes: [{ name: 'netserver', priority: 0, policy: 0 }],
    limits: 'Limit                     Soft Limit           Hard Limit           Units     \n',
    terminal: { standardOutput: 'pipe:[4711]', daemon: false },
    ...overrides,
  };
}
