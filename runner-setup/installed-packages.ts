import type { Machine } from '../src/machines/machine.ts';

/** Names of all packages that are installed. */
export async function listInstalledPackages(machine: Machine): Promise<ReadonlySet<string>> {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg's own placeholders.
  const command = { program: 'dpkg-query', args: ['--show', '--showformat', '${db:Status-Status} ${Package}\n'] };
  const { stdout } = await machine.run(command, { timeoutSeconds: 30 });
  return new Set([...stdout.matchAll(/^installed (\S+)$/gm)].flatMap(([, name]) => name ?? []));
}

export interface Service {
  readonly name: string;
  readonly kind: 'unit' | 'init-script';
  readonly package: string;
}

/** The services among the files that `dpkg -L` lists: `/lib/systemd/system/docker.socket`, `/etc/init.d/netperf`. */
export function parseServices(packageName: string, files: string): readonly Service[] {
  return files.split('\n').flatMap((path): Service[] => {
    const unit = /^(?:\/usr)?\/lib\/systemd\/system\/([^/@]+\.(?:service|socket))$/.exec(path)?.[1];
    if (unit !== undefined) return [{ name: unit, kind: 'unit', package: packageName }];
    const script = /^\/etc\/init\.d\/([^/]+)$/.exec(path)?.[1];
    return script === undefined ? [] : [{ name: script, kind: 'init-script', package: packageName }];
  });
}
