import { ConfigurationError } from '../errors.ts';
import type { Machine } from '../machines/machine.ts';

/** Debian 12's. Nothing older has been tried with the options that we pass. */
const oldest = { major: 7, minor: 2 } as const;

/** Version of the installed QEMU, `7.2.22`; throws a `ConfigurationError` when there is none or it is too old. */
export async function readQemuVersion(machine: Machine): Promise<string> {
  const command = { program: 'qemu-system-x86_64', args: ['--version'] };
  const { stdout, stderr } = await machine.run(command, { timeoutSeconds: 10, allowFailure: true });
  return parseQemuVersion(stdout + stderr);
}

/** Reads `QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18+b3)`. */
export function parseQemuVersion(output: string): string {
  const [, version, major, minor] = /^QEMU emulator version ((\d+)\.(\d+)\S*)/m.exec(output) ?? [];
  if (version === undefined) {
    throw new ConfigurationError('guest kind qemu needs qemu-system-x86_64, which does not run here');
  }
  const isOlder = Number(major) < oldest.major || (Number(major) === oldest.major && Number(minor) < oldest.minor);
  if (!isOlder) return version;
  throw new ConfigurationError(`QEMU is ${version}, but ${oldest.major}.${oldest.minor} or newer is needed`);
}
