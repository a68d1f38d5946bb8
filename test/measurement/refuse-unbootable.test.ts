import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../src/errors.ts';
import type { Machine } from '../../src/machines/machine.ts';
import { refuseUnbootable } from '../../src/measurement/refuse-unbootable.ts';
import { idleMachine } from '../machines/idle-machine.ts';

/** A machine without a boot loader: no file of it, and none of its programs. */
const bare: Machine = {
  ...idleMachine,
  name: 'tuned',
  run: async () => ({ exitCode: 1, signal: null, timedOut: false, stdout: '', stderr: '', seconds: 0 }),
  readFile: async () => null,
};
const refuse = (parameters: Record<string, string>) =>
  refuseUnbootable(bare, [{ parameters }], new AbortController().signal);

describe('a host that is to be booted into the sides', () => {
  it('is refused where it could not come back by itself, with what it lacks', async () => {
    const refusal = refuse({ 'host-boot.isolcpus': '1' });
    await expect(refusal).rejects.toThrow(ConfigurationError);
    await expect(refuse({})).rejects.toThrow(
      /^tuned cannot be booted into the sides of this run: grub: .*; accepted is also --layers without host-boot$/,
    );
  });

  it('is not asked about boots that make no sense', async () => {
    await expect(refuse({ 'host-boot.hugepages.page-size': '2MiB' })).rejects.toThrow('hugepages.memory is missing');
  });
});
