import { chmod, chown, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { findRootInventory } from '../../../cli/root/root-inventory.ts';
import { ConfigurationError } from '../../../src/errors.ts';

let base: string;
let folder: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'inventories-'));
  folder = join(base, 'tunegate');
  await mkdir(folder, { mode: 0o755 });
  await writeFile(join(folder, 'lab.yaml'), 'machines: {}\n', { mode: 0o644 });
  return () => rm(base, { recursive: true });
});

describe('an inventory of root', () => {
  it('is a file in a folder that nobody else can write', async () => {
    expect(await findRootInventory('lab', folder)).toBe(join(folder, 'lab.yaml'));
    await chmod(join(folder, 'lab.yaml'), 0o600);
    expect(await findRootInventory('lab', folder)).toBe(join(folder, 'lab.yaml'));
  });

  const refused = async (spoil: () => Promise<unknown>, sentence: RegExp) => {
    await spoil();
    const finding = findRootInventory('lab', folder);
    await expect(finding).rejects.toThrow(ConfigurationError);
    await expect(finding).rejects.toThrow(sentence);
  };
  const file = () => join(folder, 'lab.yaml');

  it('is not one that its group or others can write', async () => {
    await refused(() => chmod(file(), 0o664), /lab.yaml has mode 664; accepted is a file that belongs to root/);
    await refused(() => chmod(file(), 0o646), /lab.yaml has mode 646/);
  });

  it('is not one in a folder in which others can put another in its place', async () => {
    await refused(() => chmod(folder, 0o777), /tunegate has mode 777; accepted is a folder that belongs to root/);
  });

  it('is no link, whose target somebody else may choose', async () => {
    const replace = async () => {
      await rm(file());
      await writeFile(join(base, 'other.yaml'), 'machines: {}\n');
      await symlink(join(base, 'other.yaml'), file());
    };
    await refused(replace, /lab.yaml is no file of its own/);
  });

  it('is not in a folder that is a link', async () => {
    const link = join(base, 'link');
    await symlink(folder, link);
    await expect(findRootInventory('lab', link)).rejects.toThrow(/link is no folder of its own/);
  });

  it('is there', async () => {
    await expect(findRootInventory('other', folder)).rejects.toThrow(/other.yaml cannot be looked at .*ENOENT/);
    await expect(findRootInventory('lab', join(base, 'nowhere'))).rejects.toThrow(ConfigurationError);
  });

  it.runIf(process.getuid?.() === 0)('belongs to whoever acts on it', async () => {
    await refused(() => chown(file(), 1000, 1000), /lab.yaml belongs to user 1000/);
    await chown(file(), 0, 0);
    await refused(() => chown(folder, 1000, 1000), /tunegate belongs to user 1000/);
  });
});
