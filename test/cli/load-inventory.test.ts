import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { chooseHost, findClientName, loadInventory, openMachine } from '../../cli/load-inventory.ts';

const example = fileURLToPath(new URL('../../runner-setup/inventory.example.yaml', import.meta.url));
const { signal } = new AbortController();

async function loadText(text: string) {
  const file = join(await mkdtemp(join(tmpdir(), 'inventory-')), 'inventory.yaml');
  await writeFile(file, text);
  return loadInventory(file, signal);
}

describe('an inventory file', () => {
  it('is read, with the client that it has', async () => {
    const inventory = await loadInventory(example, signal);
    expect(inventory).toMatchObject({ topology: 'inventory', network: '198.18.0.0/24' });
    expect(findClientName(inventory)).toBe('load');
  });

  it.each([
    ['/nowhere/inventory.yaml', /^\/nowhere\/inventory\.yaml: there is no such file, an inventory is accepted/],
    ['/', /this is no regular file/],
  ])('%s is refused', async (file, sentence) => {
    await expect(loadInventory(file, signal)).rejects.toThrow(sentence);
  });

  it('that is wrong is refused with its place', async () => {
    await expect(loadText('machines: { a: { role: boss } }\n')).rejects.toThrow(
      /inventory\.yaml:1:\d+: .*role must be/,
    );
  });
});

describe('a host of an inventory', async () => {
  const inventory = await loadInventory(example, signal);

  it('is asked for by name where there are several', () => {
    expect(chooseHost(inventory, 'tuned')).toBe('tuned');
    expect(() => chooseHost(inventory, undefined)).toThrow(
      /^--machine is missing and the inventory has 2 hosts, .* stock, tuned$/,
    );
    expect(() => chooseHost(inventory, 'load')).toThrow(
      /^--machine load is a client in the inventory, .* stock, tuned$/,
    );
    expect(() => chooseHost(inventory, 'tund')).toThrow(/has no machine "tund" \(did you mean/);
    expect(() => chooseHost(inventory, 'constructor')).toThrow(/has no machine "constructor"/);
  });

  it('is the one that there is where there is one', () => {
    const { tuned: _, ...machines } = inventory.machines;
    expect(chooseHost({ ...inventory, machines }, undefined)).toBe('stock');
  });

  it('is opened over ssh, and this machine without, by the same name', async () => {
    const over = openMachine(inventory, 'stock');
    expect(over.name).toBe('stock');
    await over.close();
    await expect(over.run({ program: 'true', args: [] }, { timeoutSeconds: 5 })).rejects.toThrow(/stock is closed/);
    const here = openMachine(inventory, 'controller');
    expect(here.name).toBe('controller');
    expect((await here.run({ program: 'echo', args: ['here'] }, { timeoutSeconds: 5 })).stdout).toBe('here\n');
    await here.close();
    expect(() => openMachine(inventory, 'other')).toThrow(/has no machine "other"/);
  });
});
