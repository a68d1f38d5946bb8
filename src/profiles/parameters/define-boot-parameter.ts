import { judgeBoot, readBootLog } from '../boot-log.ts';
import type { BootReadings } from '../boot-readings.ts';
import { defineParameter } from '../define-parameter.ts';
import type { Parameter } from '../parameter.ts';
import type { ParameterValue } from '../profile.schema.ts';
import type { VirtualMachineSettings } from '../virtual-machine-settings.ts';

export interface BootParameter<Value extends ParameterValue>
  extends Pick<
    Parameter<Value>,
    'summary' | 'schema' | 'accepted' | 'versions' | 'effect' | 'risk' | 'source' | 'probe'
  > {
  /** As the kernel calls it. */
  readonly key: string;
  readonly replacedBy?: string;
  readonly changesFacts?: readonly string[];
  /** Words of the command line; absent: `key=value`. */
  readonly words?: (value: Value) => readonly string[];
  /** What else the value means for the machine. */
  readonly settings?: (value: Value) => VirtualMachineSettings;
  /** Files that `find` reads. */
  readonly files?: readonly string[];
  /** What is in force, in the form that `expect` gives; a text in words where it is nothing that could be asked for. */
  readonly find: (readings: BootReadings, value: Value) => string;
  /** Absent: the value itself. */
  readonly expect?: (value: Value) => string;
}

/**
 * A parameter of the guest kernel's command line. `/proc/cmdline` is never its proof: it also shows what the kernel has
 * dropped or never understood.
 */
export function defineBootParameter<Value extends ParameterValue>(boot: BootParameter<Value>): Parameter {
  const {
    key,
    words,
    settings,
    files = [],
    find,
    expect = String,
    replacedBy = null,
    changesFacts = [],
    ...texts
  } = boot;
  return defineParameter<Value>({
    ...texts,
    name: `guest.qemu.boot.${key}`,
    layer: 'guest',
    replacedBy,
    switching: 'deployment',
    changesFacts: ['guest.kernel.cmdline', ...changesFacts],
    misfit: () => null,
    qemu: {
      settings: (value) => ({ ...settings?.(value), kernelArguments: words?.(value) ?? [`${key}=${value}`] }),
      guestReads: { files, commands: [{ program: 'dmesg', args: [] }] },
      read: (value, { guest }) => {
        const log = readBootLog(guest.outputs.dmesg ?? '');
        return judgeBoot(log, find({ log, files: guest.files }, value), expect(value));
      },
    },
  });
}
