import type { Machine } from '../machines/machine.ts';
import { type BaseImage, type BuildPlace, ensureFolder } from './build-image.ts';
import type { IdleBoot } from './host-texts.ts';
import { hashRecipe } from './image-recipe.ts';
import { diskPreparer, preparedWords } from './image-texts.ts';
import type { LabHost } from './lab.ts';
import { buildPreparationScript, padToSectors } from './preparation-script.ts';
import { buildOverlayCommand, buildPreparationCommand } from './qemu-command.ts';
import { runNoted } from './run-noted.ts';

/** The disk of one host as it is before its first boot. */
export interface HostDisk {
  readonly host: LabHost;
  readonly folder: string;
  readonly disk: string;
  /** The host's public key, `TYPE BASE64`. */
  readonly hostKey: string;
}

export interface HostDiskRequest {
  readonly place: BuildPlace;
  readonly qemu: string;
  readonly base: BaseImage;
  readonly host: LabHost;
  readonly boot: IdleBoot;
}

const neededBytes = 2 ** 29;

/** Makes one host's disk from the common one, by booting it once, unless the cache has it. */
export async function ensureHostDisk(request: HostDiskRequest): Promise<HostDisk> {
  const { place, base, host, boot } = request;
  const nothing = { hostKey: '', hostPublicKey: '', authorizedKey: '' };
  const recipe = { base: base.hash, script: buildPreparationScript(host, boot, nothing) };
  const folder = `${place.cache}/${host.name}-${hashRecipe(recipe)}`;
  await ensureFolder(place, folder, neededBytes, (stage) => prepareDisk(request, stage));
  const key = await readText(place.machine, `${folder}/host_key.pub`);
  return { host, folder, disk: `${folder}/disk.qcow2`, hostKey: key.trim() };
}

async function prepareDisk({ place, qemu, base, host, boot }: HostDiskRequest, stage: string): Promise<void> {
  const { machine, signal } = place;
  const run = (program: string, ...args: string[]) => machine.run({ program, args }, { timeoutSeconds: 30, signal });
  place.say(`preparing the disk of ${host.name}: name, keys and boot loader`);
  await run('mkdir', '-p', stage);
  await run('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', `${stage}/host_key`);
  const keys = {
    hostKey: await readText(machine, `${stage}/host_key`),
    hostPublicKey: await readText(machine, `${stage}/host_key.pub`),
    authorizedKey: await readText(machine, `${base.identity}.pub`),
  };
  const script = `${stage}/script`;
  await machine.writeFile(script, padToSectors(buildPreparationScript(host, boot, keys)), { mode: 0o600 });
  const disk = `${stage}/disk.qcow2`;
  const { program, args } = buildOverlayCommand(qemu, base.disk, 'raw', disk);
  await run(program, ...args);
  const log = `${stage}.log`;
  const kernelArguments = ['root=/dev/vda1', 'rw', 'console=ttyS0', 'quiet', 'panic=-1', `init=${diskPreparer}`];
  const command = buildPreparationCommand({
    ...{ qemu, kernel: base.kernel, initramfs: base.initramfs, kernelArguments, disk, script, log },
  });
  const what = `preparation of ${host.name}`;
  // Half a minute on a quiet machine.
  await runNoted({ ...{ machine, state: place.state, what, command, logFile: log }, timeoutSeconds: 400, signal });
  const said = await readText(machine, log);
  if (!said.includes(preparedWords)) throw new Error(`the preparation of ${host.name} failed: ${said.slice(-500)}`);
  await run('rm', '-f', script, `${stage}/host_key`);
}

async function readText(machine: Machine, path: string): Promise<string> {
  const text = await machine.readFile(path);
  if (text === null) throw new Error(`${path} is missing`);
  return text;
}
