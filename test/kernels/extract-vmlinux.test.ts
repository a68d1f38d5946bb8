import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { extractVmlinux } from '../../src/kernels/extract-vmlinux.ts';
import { createLocalMachine } from '../../src/machines/local.ts';

const { signal } = new AbortController();

describe('extractVmlinux', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tunegate-kernel-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const extract = async (image: Uint8Array) => {
    await writeFile(join(folder, 'image'), image);
    await extractVmlinux(createLocalMachine(), join(folder, 'image'), join(folder, 'vmlinux'), signal);
    return readFile(join(folder, 'vmlinux'));
  };

  /** A bzImage with one sector of setup code, and something behind the payload. */
  const createImage = (payload: Uint8Array) => {
    const head = Buffer.alloc(1024 + 16);
    head[0x1f1] = 1;
    head.write('HdrS', 0x202);
    head.writeUInt16LE(0x20f, 0x206);
    head.writeUInt32LE(16, 0x248);
    head.writeUInt32LE(payload.length, 0x24c);
    return Buffer.concat([head, payload, Buffer.from('behind')]);
  };

  it('cuts the kernel out and decompresses it', async () => {
    const kernel = Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 255, 10, 13]);
    expect(await extract(createImage(gzipSync(kernel)))).toEqual(kernel);
  });

  it('copies an ELF file', async () => {
    const kernel = Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 255, 10, 13]);
    expect(await extract(kernel)).toEqual(kernel);
  });

  it('fails when the payload is damaged', async () => {
    const payload = gzipSync(Buffer.alloc(1000, 'kernel'));
    await expect(extract(createImage(payload.subarray(0, -9)))).rejects.toThrow(/gzip/);
  });
});
