import type { Machine } from '../machines/machine.ts';

/**
 * `docker run` arguments without which no container starts where the kernel has AppArmor and the machine lacks the
 * program that loads Docker's profile (Debian's package apparmor, which docker.io only recommends). None elsewhere: what
 * Docker does by default is what is measured.
 */
export async function findConfinement(machine: Machine): Promise<readonly string[]> {
  if ((await machine.readFile('/sys/module/apparmor/parameters/enabled'))?.trim() !== 'Y') return [];
  const lookUp = 'PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"; command -v apparmor_parser';
  const find = { program: 'sh', args: ['-c', lookUp] };
  const { exitCode } = await machine.run(find, { timeoutSeconds: 10, allowFailure: true });
  return exitCode === 0 ? [] : ['--security-opt', 'apparmor=unconfined'];
}
