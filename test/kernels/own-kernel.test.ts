import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { prepareOwnKernel } from '../../src/kernels/own-kernel.ts';
import { createLocalMachine } from '../../src/machines/local.ts';

const { signal } = new AbortController();

describe('prepareOwnKernel', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tunegate-kernel-'));
    await writeFile(join(folder, 'vmlinux'), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2]));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const prepare = (image = 'vmlinux', modules: string | null = null) =>
    prepareOwnKernel(
      createLocalMachine(),
      join(folder, 'cache'),
      { image: join(folder, image), modules: modules === null ? null : join(folder, modules) },
      signal,
    );

  it('takes an image without modules, named by its content', async () => {
    const kernel = await prepare();
    expect(kernel.title).toMatch(/^vmlinux [0-9a-f]{16}$/);
    expect(kernel.modules).toEqual([]);
    expect(await readFile(kernel.image)).toEqual(await readFile(join(folder, 'vmlinux')));
  });

  it('takes the modules that its guests load, in order, and no others', async () => {
    await mkdir(join(folder, 'modules/kernel'), { recursive: true });
    const files = ['virtio.ko', 'virtio_pci.ko', 'virtio_net.ko', 'other.ko'];
    for (const file of files) await writeFile(join(folder, 'modules/kernel', file), file);
    const dep =
      'kernel/virtio_net.ko: kernel/virtio.ko\nkernel/virtio_pci.ko: kernel/virtio.ko\nkernel/virtio.ko:\nkernel/other.ko:\n';
    await writeFile(join(folder, 'modules/modules.dep'), dep);
    const { modules } = await prepare('vmlinux', 'modules');
    expect(await Promise.all(modules.map((path) => readFile(path, 'utf8')))).toEqual([
      'virtio.ko',
      'virtio_pci.ko',
      'virtio_net.ko',
    ]);
  });

  it('leaves nothing of the kernel before', async () => {
    const first = await prepare();
    await writeFile(join(folder, 'vmlinux'), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 3]));
    const second = await prepare();
    expect(second.title).not.toBe(first.title);
    expect(await readFile(second.image)).toEqual(await readFile(join(folder, 'vmlinux')));
  });

  it('refuses a missing image, something else, and a folder without modules.dep', async () => {
    await expect(prepare('nowhere')).rejects.toThrow(/^kernel .*nowhere cannot be read on local: /);
    await writeFile(join(folder, 'text'), 'hello');
    await expect(prepare('text')).rejects.toThrow(/is no kernel for a guest/);
    await expect(prepare('vmlinux', 'cache')).rejects.toThrow(/is no folder of kernel modules/);
  });
});
