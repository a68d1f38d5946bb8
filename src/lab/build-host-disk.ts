import { lastLines } from '../errors.ts';
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
const mostTries = 3;

/** On a busy machine the emulated timer comes late; that is no reason to panic. */
const bootWords = ['root=/dev/vda1', 'rw', 'console=ttyS0', 'quiet', 'panic=-1', 'no_timer_check'];

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
  await bootUntilPrepared({ place, qemu, base, host, boot }, stage, script);
  await run('rm', '-f', script, `${stage}/host_key`);
}

/** Boots a fresh overlay of the common disk with the script beside it. */
async function bootUntilPrepared({ place, qemu, base, host }: HostDiskRequest, stage: string, script: string) {
  const { machine, state, signal } = place;
  const disk = `${stage}/disk.qcow2`;
  const log = `${stage}.log`;
  const kernelArguments = [...bootWords, `init=${diskPreparer}`];
  const command = buildPreparationCommand({
    ...{ qemu, kernel: base.kernel, initramfs: base.initramfs, kernelArguments, disk, script, log },
  });
  const step = { machine, state, what: `preparation of ${host.name}`, command, logFile: log, signal };
  for (let tries = 1; ; tries += 1) {
    await machine.run(buildOverlayCommand(qemu, base.disk, 'raw', disk), { timeoutSeconds: 30, signal });
    await runNoted({ ...step, timeoutSeconds: 400 });
    const said = await readText(machine, log);
    if (said.includes(preparedWords)) return;
    const words = `the preparation of ${host.name} ended early: ${findReason(said)}`;
    // A kernel under emulation dies now and then while it boots.
    if (tries === mostTries) throw new Error(words);
    place.say(`${words}; trying again`);
  }
}

/** The kernel's own word where it panicked, else the last lines. */
function findReason(said: string): string {
  const panics = said.split('\n').filter((line) => line.includes('Kernel panic'));
  return lastLines(panics.at(-1) ?? said, 3) || 'it said nothing';
}

async function readText(machine: Machine, path: string): Promise<string> {
  const text = await machine.readFile(path);
  if (text === null) throw new Error(`${path} is missing`);
  return text;
}
