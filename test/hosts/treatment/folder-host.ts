import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { TreatmentRequest } from '../../../src/hosts/treatment/apply-treatment.ts';
import { createLocalMachine } from '../../../src/machines/local.ts';
import type { Machine } from '../../../src/machines/machine.ts';
import type { Catalogue } from '../../../src/profiles/catalogue.ts';
import { buildFilePart } from '../../../src/profiles/host-file.ts';
import type { HostAction, HostPart } from '../../../src/profiles/host-part.ts';
import { buildHostPart, notHere } from '../../../src/profiles/host-setting.ts';
import type { ParameterValue } from '../../../src/profiles/profile.schema.ts';
import { createParameter } from '../../profiles/create-parameter.ts';
import { limits } from '../../profiles/machine-limits.ts';

/** A host whose settings are ordinary files below a folder: everything that acts on it is real but the kernel. */
export interface FolderHost {
  readonly machine: Machine;
  /** Where the state is kept. */
  readonly state: string;
  readonly known: Catalogue;
  /** Path of a setting's file. */
  path(name: string): string;
  /** Every file of a setting with its content, by name. */
  readAll(): Promise<Record<string, string>>;
  boot(id: string): Promise<void>;
}

/** Opens it as it is, so that several processes can act on the same one. */
export function openFolderHost(folder: string): FolderHost {
  const local = createLocalMachine();
  const settings = join(folder, 'settings');
  const bootFile = join(folder, 'boot_id');
  return {
    machine: {
      ...local,
      readFile: (path) => local.readFile(path === '/proc/sys/kernel/random/boot_id' ? bootFile : path),
    },
    state: join(folder, 'state'),
    known: createCatalogue(settings),
    path: (name) => join(settings, name),
    readAll: () => readTree(settings),
    boot: (id) => writeFile(bootFile, `${id}\n`),
  };
}

/** With a first boot, and files that are as a kernel would have them at first. */
export async function createFolderHost(folder: string): Promise<FolderHost> {
  const host = openFolderHost(folder);
  await mkdir(join(folder, 'settings', 'queue1'), { recursive: true });
  await mkdir(join(folder, 'settings', 'queue2'));
  await host.boot('boot-1');
  for (const [name, text] of Object.entries(untouched)) await writeFile(host.path(name), text);
  return host;
}

export const untouched: Readonly<Record<string, string>> = {
  plain: 'stock\n',
  'queue1/length': '100\n',
  'queue2/length': '200\n',
  ring: '64\n',
  last: 'stock\n',
};

/** Sets every kind of parameter that there is. */
export const everything = {
  'host.plain': 'tuned',
  'host.queues': 1000,
  'host.ring': 512,
  'host.scope': 'isolated',
  'host.zlast': 'tuned',
};

export function createRequest(
  parameters: Readonly<Record<string, ParameterValue>>,
  overrides: Partial<TreatmentRequest> = {},
): TreatmentRequest {
  return {
    profile: { name: 'tuned', sha256: 'a'.repeat(64), parameters },
    layers: ['host', 'guest'],
    place: { cpus: [0], nic: null, dockerSocket: null },
    now: new Date('2026-01-02T03:04:05Z'),
    limits,
    ...overrides,
  };
}

function createCatalogue(folder: string): Catalogue {
  const file = (name: string) => buildFilePart<ParameterValue>({ path: `${folder}/${name}`, missing: 'no such thing' });
  const parts: Readonly<Record<string, HostPart<ParameterValue>>> = {
    plain: file('plain'),
    queues: file('queue*/length'),
    ring: ringPart(join(folder, 'ring')),
    scope: scopePart(join(folder, 'scope')),
    zlast: file('last'),
    absent: file('absent'),
    // The kernel refuses it: the folder of the file is not there.
    refused: refusedPart(join(folder, 'plain'), join(folder, 'nowhere', 'refused')),
  };
  const parameters = Object.entries(parts).map(([name, host]) =>
    createParameter({
      name: `host.${name}`,
      layer: 'host',
      host,
      misfit: (value) => (value === 'misfit' ? 'this machine has no such thing' : null),
    }),
  );
  const guest = createParameter({ name: 'guest.docker.cpus', layer: 'guest', schema: z.number() });
  const unreadable = createParameter({ name: 'host.unreadable', layer: 'host' });
  const boot = createParameter({ name: 'host-boot.word', layer: 'host-boot', host: file('word') });
  return new Map([...parameters, guest, unreadable, boot].map((parameter) => [parameter.name, parameter]));
}

/** Shown and set by programs, like what ethtool shows; setting what is set already is a failure, as with old versions of it. */
function ringPart(path: string): HostPart<ParameterValue> {
  const show = { program: 'cat', args: [path] };
  const script = '[ "$(cat "$0")" != "$1" ] || { echo "unmodified, ignoring" >&2; exit 80; }; echo "$1" >"$0"';
  return buildHostPart<ParameterValue>({
    reads: () => ({ commands: [show] }),
    find: (_, { outputs }) => {
      const text = outputs[`cat ${path}`];
      return text === undefined ? notHere('no ring') : [{ name: '', text: text.trim() }];
    },
    set: (_, text) => [{ kind: 'run', program: 'sh', args: ['-c', script, path, text] }],
  });
}

/** Makes something that was not there, like a cgroup. */
function scopePart(path: string): HostPart<ParameterValue> {
  const make: HostAction = { kind: 'run', program: 'sh', args: ['-c', 'mkdir -p "$0" && touch "$0/mode"', path] };
  return {
    reads: () => ({ files: [`${path}/mode`] }),
    change: (value) => ({
      apply: [make, { kind: 'write', path: `${path}/mode`, text: String(value) }],
      restore: [{ kind: 'run', program: 'rm', args: ['-rf', path] }],
    }),
    read: (value, { files }) => {
      const found = files[`${path}/mode`];
      return { found: found ?? 'none', inForce: found === value };
    },
  };
}

function refusedPart(path: string, other: string): HostPart<ParameterValue> {
  return {
    reads: () => ({ files: [path] }),
    change: (value, { files }) => ({
      apply: [
        { kind: 'write', path, text: String(value) },
        { kind: 'write', path: other, text: String(value) },
      ],
      restore: [{ kind: 'write', path, text: files[path] ?? '' }],
    }),
    read: () => ({ found: 'refused', inForce: false }),
  };
}

async function readTree(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const contents = await Promise.all(files.sort().map((path) => readFile(path, 'utf8')));
  return Object.fromEntries(files.map((path, index) => [path.slice(folder.length + 1), contents[index] ?? '']));
}
