import { ConfigurationError } from '../errors.ts';

/**
 * Files of these modules and of all that they need, in the order of loading, from `modules.dep` and `modules.builtin`.
 *
 * A line of `modules.dep` is `kernel/drivers/net/virtio_net.ko: kernel/drivers/virtio/virtio.ko kernel/...` and
 * names all dependencies, in no order to rely on. What is built in needs no file.
 */
export function listModuleFiles(wanted: readonly string[], dependencies: string, builtIn: string): string[] {
  const needs = new Map<string, readonly string[]>();
  const files = new Map<string, string>();
  for (const line of dependencies.split('\n')) {
    const [file, rest = ''] = line.split(':', 2);
    if (file === undefined || file === '') continue;
    needs.set(file, rest.split(' ').filter(Boolean));
    files.set(moduleName(file), file);
  }
  const present = new Set(builtIn.split('\n').filter(Boolean).map(moduleName));
  const ordered = new Set<string>();
  const load = (file: string, path: readonly string[]) => {
    if (path.includes(file)) throw new ConfigurationError(`modules need each other in a circle: ${path.join(', ')}`);
    for (const needed of needs.get(file) ?? []) load(needed, [...path, file]);
    ordered.add(file);
  };
  for (const name of wanted) {
    if (present.has(name)) continue;
    const file = files.get(name);
    if (file === undefined) throw new ConfigurationError(`the kernel has no module ${name}, which its guests need`);
    load(file, []);
  }
  return [...ordered];
}

/** `kernel/drivers/virtio/virtio-rng.ko.xz` is called `virtio_rng`. */
function moduleName(file: string): string {
  return file
    .slice(file.lastIndexOf('/') + 1)
    .replace(/\.ko(\.\w+)?$/, '')
    .replaceAll('-', '_');
}
