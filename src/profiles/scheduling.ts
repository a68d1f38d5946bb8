/** Scheduling policies as `/proc/PID/stat` numbers them (sched(7)). */
const policies = ['OTHER', 'FIFO', 'RR', 'BATCH', undefined, 'IDLE', 'DEADLINE'];

/** Number of SCHED_FIFO. */
export const fifo = 1;

/** `netserver FIFO 20`, `CPU 0/KVM OTHER`. */
export function describeScheduling(task: {
  readonly name: string;
  readonly policy: number;
  readonly priority: number;
}): string {
  const { name, policy, priority } = task;
  return `${name} ${policies[policy] ?? `policy ${policy}`}${priority > 0 ? ` ${priority}` : ''}`;
}
