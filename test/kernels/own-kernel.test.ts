import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findOwnKernel, prepareOwnKernel } from '../../src/kernels/own-kernel.ts';
import { createLocalMachine } from '../../src/machines/local.ts';

const { signal } = new AbortController();

describe('prepareOwnKernel', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tunegate-kernel-'));
    await writeFile(join(folder, 'vmlinux'), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2]));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const prepare = async (image = 'vmlinux', modules = 'lib/modules') => {
    const machine = createLocalMachine();
    const own = await findOwnKernel(machine, join(folder, image), join(folder, modules));
    return prepareOwnKernel(machine, join(folder, 'cache'), own, signal);
  };
  const release = '6.1.9-mine+';
  const banner = Buffer.from(`\0more\nLinux version ${release} (me@here) #1 SMP\n\0`);

  /** Modules as `make modules_install` leaves them, for a kernel of this release. */
  const installModules = async () => {
    const target = join(folder, 'lib/modules', release);
    await mkdir(join(target, 'kernel'), { recursive: true });
    const files = ['virtio.ko', 'virtio_pci.ko', 'virtio_net.ko', 'other.ko'];
    for (const file of files) await writeFile(join(target, 'kernel', file), file);
    const dep =
      'kernel/virtio_net.ko: kernel/virtio.ko\nkernel/virtio_pci.ko: kernel/virtio.ko\nkernel/virtio.ko:\nkernel/other.ko:\n';
    await writeFile(join(target, 'modules.dep'), dep);
  };

  it('takes an image without modules, named by its content', async () => {
    const kernel = await prepare();
    expect(kernel.title).toMatch(/^vmlinux [0-9a-f]{16}$/);
    expect(kernel.modules).toEqual([]);
    expect(await readFile(kernel.image)).toEqual(await readFile(join(folder, 'vmlinux')));
  });

  it.each([
    ['an ELF file', Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2]), banner])],
    ['a bzImage', createImage()],
  ])('takes the modules of the release that %s names, those that its guests load, in order', async (_, image) => {
    await installModules();
    await writeFile(join(folder, 'image'), image);
    const { modules } = await prepare('image');
    expect(await Promise.all(modules.map((path) => readFile(path, 'utf8')))).toEqual([
      'virtio.ko',
      'virtio_pci.ko',
      'virtio_net.ko',
    ]);
  });

  it('makes a kernel of its own of every content', async () => {
    const first = await prepare();
    await writeFile(join(folder, 'vmlinux'), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 3]));
    const second = await prepare();
    expect(second.title).not.toBe(first.title);
    expect((await readFile(first.image))[4]).toBe(2);
    expect((await readFile(second.image))[4]).toBe(3);
  });

  it('refuses a missing image, a folder, and something else', async () => {
    await expect(prepare('nowhere')).rejects.toThrow(/^kernel .*nowhere is no file on local$/);
    await expect(prepare('.')).rejects.toThrow(/ is no file on local$/);
    await writeFile(join(folder, 'text'), 'hello');
    await expect(prepare('text')).rejects.toThrow(
      /text is no kernel for a guest: it must be a bzImage or an ELF vmlinux/,
    );
  });
});

/** A bzImage with one sector of setup code that names its release, and an ELF file as its payload. */
function createImage(): Buffer {
  const payload = gzipSync(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2]));
  const head = Buffer.alloc(1024 + 16);
  head[0x1f1] = 1;
  head.write('HdrS', 0x202);
  head.writeUInt16LE(0x20f, 0x206);
  head.writeUInt16LE(0x280 - 0x200, 0x20e);
  head.writeUInt32LE(16, 0x248);
  head.writeUInt32LE(payload.length, 0x24c);
  head.write('6.1.9-mine+ (me@here) #1 SMP\0', 0x280);
  return Buffer.concat([head, payload]);
}
