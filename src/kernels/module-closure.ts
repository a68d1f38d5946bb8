import { ConfigurationError } from '../errors.ts';

/**
 * Files of these modules and of all that they need, in the order of loading, from `modules.dep` and `modules.builtin`.
 *
 * A line of `modules.dep` is `kernel/drivers/net/virtio_net.ko: kernel/drivers/virtio/virtio.ko kernel/...`; the last
 * dependency is to be loaded first. What is built in needs no file.
 */
export function listModuleFiles(wanted: readonly string[], dependencies: string, builtIn: string): string[] {
  const needs = new Map<string, readonly string[]>();
  const files = new Map<string, string>();
  for (const line of dependencies.split('\n')) {
    const [file, rest = ''] = line.split(':', 2);
    if (file === undefined || file === '') continue;
    needs.set(file, rest.split(' ').filter(Boolean).reverse());
    files.set(moduleName(file), file);
  }
  const present = new Set(builtIn.split('\n').filter(Boolean).map(moduleName));
  const ordered = wanted.flatMap((name) => {
    if (present.has(name)) return [];
    const file = files.get(name);
    if (file === undefined) throw new ConfigurationError(`the kernel has no module ${name}, which its guests need`);
    return [...(needs.get(file) ?? []), file];
  });
  return [...new Set(ordered)];
}

/** `kernel/drivers/virtio/virtio-rng.ko.xz` is called `virtio_rng`. */
function moduleName(file: string): string {
  return file
    .slice(file.lastIndexOf('/') + 1)
    .replace(/\.ko(\.\w+)?$/, '')
    .replaceAll('-', '_');
}
