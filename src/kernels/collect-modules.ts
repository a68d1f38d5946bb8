import { ConfigurationError } from '../errors.ts';
import type { Machine } from '../machines/machine.ts';
import { guestModules } from './kernel.ts';
import { listModuleFiles } from './module-closure.ts';

/** Programs that unpack a module, by the end of its name. */
const unpackers: Readonly<Record<string, readonly string[]>> = {
  ko: ['cat'],
  xz: ['xz', '-d', '-c'],
  zst: ['zstd', '-d', '-c', '-q'],
};

const unpack = 'target=$0 source=$1; shift; "$@" <"$source" >"$target"';

/**
 * Copies the modules that a guest loads, uncompressed, from a folder such as `/lib/modules/6.1.0-56-cloud-amd64` with
 * its `modules.dep`; returns their file names in the order of loading.
 */
export async function collectModules(
  machine: Machine,
  folder: string,
  target: string,
  signal: AbortSignal,
): Promise<string[]> {
  const dependencies = await machine.readFile(`${folder}/modules.dep`);
  if (dependencies === null) {
    throw new ConfigurationError(
      `${folder} is no folder of kernel modules: it has no modules.dep, which depmod writes`,
    );
  }
  const builtIn = (await machine.readFile(`${folder}/modules.builtin`)) ?? '';
  const names: string[] = [];
  for (const file of listModuleFiles(guestModules, dependencies, builtIn)) {
    const name = file.slice(file.lastIndexOf('/') + 1).replace(/\.ko\.\w+$/, '.ko');
    const unpacker = unpackers[file.slice(file.lastIndexOf('.') + 1)];
    if (unpacker === undefined) {
      throw new ConfigurationError(
        `module ${file} is compressed in an unknown way; .ko, .ko.xz and .ko.zst are accepted`,
      );
    }
    const args = ['-c', unpack, `${target}/${name}`, `${folder}/${file}`, ...unpacker];
    await machine.run({ program: 'sh', args }, { timeoutSeconds: 30, signal });
    names.push(name);
  }
  return names;
}
