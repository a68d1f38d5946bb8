import { MeasurementError } from '../../errors.ts';
import { judgeBoot, readBootLog, readKernelLog } from '../boot-log.ts';
import type { BootReadings } from '../boot-readings.ts';
import { defineParameter } from '../define-parameter.ts';
import type { HostBootSettings, HostReadings } from '../host-part.ts';
import { nameCommand } from '../name-command.ts';
import type { Parameter } from '../parameter.ts';
import type { ParameterCommand } from '../parameter-command.ts';
import type { ParameterValue } from '../profile.schema.ts';
import type { Reading } from '../reading.ts';

/** What tells of a boot parameter of a host. */
export interface HostBootReadings extends BootReadings {
  readonly files: HostReadings['files'];
  readonly outputs: HostReadings['outputs'];
}

type Texts =
  | 'summary'
  | 'schema'
  | 'accepted'
  | 'versions'
  | 'replacedBy'
  | 'effect'
  | 'risk'
  | 'source'
  | 'changesFacts'
  | 'misfit'
  | 'probe';

export interface HostBootParameter<Value extends ParameterValue>
  extends Pick<Parameter<Value>, Exclude<Texts, 'replacedBy' | 'changesFacts' | 'misfit'>>,
    Partial<Pick<Parameter<Value>, 'replacedBy' | 'changesFacts' | 'misfit'>> {
  /** Behind `host-boot.`; as the kernel calls it, where it has one word for it. */
  readonly key: string;
  /** What it means for the next boot; absent: the word `key=value`; null: nothing, it can only be asked for. */
  readonly boot?: ((value: Value) => HostBootSettings) | null;
  /** Words that others may have set it by; absent: the key. */
  readonly bootKeys?: readonly string[];
  /** Files that `find` reads. */
  readonly files?: readonly string[];
  readonly commands?: readonly ParameterCommand[];
  /** What `find` says rests on the kernel's log, so a log without its beginning proves nothing. */
  readonly fromLog?: boolean;
  /** What is in force, in the form that `expect` gives; a text in words where it is nothing that could be asked for. */
  readonly find: (readings: HostBootReadings, value: Value) => string | Reading;
  /** Absent: the value itself. */
  readonly expect?: (value: Value, readings: HostBootReadings) => string;
}

/**
 * A parameter of the host's kernel or of its command line. `/proc/cmdline` is never its proof: it also shows what the
 * kernel has dropped or never understood.
 */
export function defineHostBoot<Value extends ParameterValue>(entry: HostBootParameter<Value>): Parameter {
  const { key, boot, bootKeys, files = [], commands = [], fromLog, find, expect, changesFacts = [], ...texts } = entry;
  const build = boot === undefined ? (value: Value) => ({ words: [`${key}=${value}`] }) : boot;
  return defineParameter<Value>({
    replacedBy: null,
    // Another kernel shows there as well, by its file.
    changesFacts: ['host.kernel.cmdline', ...changesFacts],
    misfit: () => null,
    ...texts,
    name: `host-boot.${key}`,
    layer: 'host-boot',
    switching: 'boot',
    host: {
      reads: () => ({ files, commands: [readKernelLog, ...commands] }),
      ...(build === null ? {} : { boot: build, bootKeys: bootKeys ?? [key] }),
      read: (value, { files: read, outputs }) => {
        const log = readBootLog(outputs[nameCommand(readKernelLog)] ?? '');
        if (fromLog && !log.complete) throw new MeasurementError("the kernel's log no longer reaches back to the boot");
        const readings = { log, files: read, outputs };
        const found = find(readings, value);
        if (typeof found !== 'string') return found;
        return judgeBoot(log, found, expect?.(value, readings) ?? String(value));
      },
    },
  });
}

/** A number in a file, as `on` or `off`. */
export function readSwitch(text: string | undefined, absent: string): string {
  return text === undefined ? absent : Number(text) === 0 ? 'off' : 'on';
}

export const formatSwitch = (value: boolean) => (value ? 'on' : 'off');
