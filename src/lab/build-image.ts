import { ConfigurationError, messageOf } from '../errors.ts';
import type { RunState } from '../hosts/run-state.ts';
import type { Machine } from '../machines/machine.ts';
import { findDebianMirrors } from './debian-mirrors.ts';
import { buildDiskCommands, buildQemuFolderCommand, buildTreeCommand } from './image-commands.ts';
import { hashRecipe, imageRecipe, qemuRecipe, wholeImageRecipe } from './image-recipe.ts';
import { customizeScript, earlyTexts } from './image-texts.ts';
import { runNoted } from './run-noted.ts';

export interface BuildPlace {
  readonly machine: Machine;
  /** Cache folder of the lab. */
  readonly cache: string;
  readonly state: RunState;
  /** Told what is going on: a step that begins, and details of it. */
  readonly say: (text: string) => void;
  readonly show: (text: string) => void;
  readonly signal: AbortSignal;
}

/** What both hosts are made from; complete whenever its folder exists. */
export interface BaseImage {
  /** Part of everything that is made from it. */
  readonly hash: string;
  readonly folder: string;
  readonly disk: string;
  /** To boot the disk before it has a boot loader. */
  readonly kernel: string;
  readonly initramfs: string;
  /** Private key with which the hosts let one in; the public one is beside it. */
  readonly identity: string;
}

/** The tree, the disk, and what apt downloads, with room to spare. */
const baseBytes = 5 * 2 ** 30;
const qemuBytes = 2 ** 29;

/** Folder of the lab's QEMU; unpacked into the cache unless it is there. */
export async function ensureQemu(place: BuildPlace): Promise<string> {
  const folder = `${place.cache}/qemu-${hashRecipe(qemuRecipe)}`;
  await ensureFolder(place, folder, qemuBytes, async (stage) => {
    place.say(`unpacking the QEMU of Debian ${qemuRecipe.release}`);
    await runLong(
      place,
      'unpacking of QEMU',
      `${stage}.log`,
      buildQemuFolderCommand(stage, await findDebianMirrors(place.machine, place.signal)),
    );
  });
  return folder;
}

/** Builds the disk that both hosts are made from, unless the cache has it. */
export async function ensureBaseImage(place: BuildPlace): Promise<BaseImage> {
  const hash = hashRecipe(wholeImageRecipe);
  const folder = `${place.cache}/base-${hash}`;
  await ensureFolder(place, folder, baseBytes, (stage) => buildBase(place, stage));
  return {
    ...{ hash, folder, disk: `${folder}/disk.raw`, identity: `${folder}/identity` },
    ...{ kernel: `${folder}/vmlinuz`, initramfs: `${folder}/initrd.img` },
  };
}

async function buildBase(place: BuildPlace, stage: string): Promise<void> {
  const { machine, say, signal } = place;
  const run = (program: string, ...args: string[]) => machine.run({ program, args }, { timeoutSeconds: 120, signal });
  const files = { early: `${stage}/early`, customize: `${stage}/customize` };
  const tree = `${stage}/tree`;
  await run('mkdir', '-p', stage);
  await writeTexts(machine, files.early, earlyTexts);
  await machine.writeFile(files.customize, customizeScript, { mode: 0o755 });
  say(`installing Debian ${imageRecipe.release} with two kernels for the emulated hosts, which takes some minutes`);
  await runLong(
    place,
    'building of the image',
    `${stage}.log`,
    buildTreeCommand(tree, files, await findDebianMirrors(machine, signal)),
  );
  say('writing the disk of the emulated hosts');
  for (const { input, ...command } of buildDiskCommands(tree, `${stage}/disk.raw`)) {
    await machine.run(command, { timeoutSeconds: 600, signal, ...(input === undefined ? {} : { input }) });
  }
  // Of the two kernels the one whose name is shorter: the stock one.
  const keep =
    'cd "$0/tree/boot" && for name in vmlinuz initrd.img; do cp "$(ls -d $name-* | grep -v -e -rt-)" "$0/$name"; done';
  await run('sh', '-ec', keep, stage);
  await run('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', 'tunegate-lab', '-f', `${stage}/identity`);
  await run('rm', '-rf', tree, files.early, files.customize);
}

async function writeTexts(machine: Machine, folder: string, texts: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(texts)) {
    const file = folder + path;
    const parent = file.slice(0, file.lastIndexOf('/'));
    await machine.run({ program: 'mkdir', args: ['-p', parent] }, { timeoutSeconds: 5 });
    await machine.writeFile(file, text, { mode: 0o644 });
  }
}

function runLong(
  { machine, state, show, signal }: BuildPlace,
  what: string,
  logFile: string,
  command: Parameters<typeof runNoted>[0]['command'],
) {
  return runNoted({ machine, state, what, command, logFile, timeoutSeconds: 1800, onLine: show, signal });
}

/** A folder that is there is complete: it is built under another name and renamed at the end. */
export async function ensureFolder(
  { machine, cache, signal }: Pick<BuildPlace, 'machine' | 'cache' | 'signal'>,
  folder: string,
  neededBytes: number,
  build: (stage: string) => Promise<void>,
): Promise<void> {
  const exists = { program: 'test', args: ['-d', folder] };
  if ((await machine.run(exists, { timeoutSeconds: 5, allowFailure: true })).exitCode === 0) return;
  const stage = `${folder}.stage`;
  const remove = { program: 'rm', args: ['-rf', '--one-file-system', stage, `${stage}.log`] };
  await machine.run({ program: 'mkdir', args: ['-p', '-m', '700', cache] }, { timeoutSeconds: 5 });
  // What an interrupted build left is made anew.
  await machine.run(remove, { timeoutSeconds: 120 });
  await demandSpace(machine, cache, neededBytes);
  try {
    await build(stage);
    signal.throwIfAborted();
    await machine.run({ program: 'mv', args: ['-T', stage, folder] }, { timeoutSeconds: 10 });
  } catch (thrown) {
    signal.throwIfAborted();
    throw new Error(`the lab's disk image could not be built: ${messageOf(thrown)}`, { cause: thrown });
  } finally {
    await machine.run(remove, { timeoutSeconds: 120 });
  }
}

async function demandSpace(machine: Machine, folder: string, neededBytes: number): Promise<void> {
  const command = { program: 'df', args: ['--output=avail', '--block-size=1', folder] };
  const free = Number((await machine.run(command, { timeoutSeconds: 5 })).stdout.split('\n')[1]);
  if (free >= neededBytes) return;
  const gibibytes = (bytes: number) => (bytes / 2 ** 30).toFixed(1);
  throw new ConfigurationError(
    `building the lab's disk image needs ${gibibytes(neededBytes)} GiB in ${folder}, ${gibibytes(free)} GiB are free`,
  );
}
