/** Kernels of Debian that virtual machines can have by name; `-rt` are the PREEMPT_RT ones. */
export const debianKernelNames = ['debian-6.1', 'debian-6.1-rt', 'debian-6.12', 'debian-6.12-rt'] as const;

export type DebianKernelName = (typeof debianKernelNames)[number];

export function isDebianKernelName(name: string): name is DebianKernelName {
  return debianKernelNames.some((known) => known === name);
}
