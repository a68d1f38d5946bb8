import { describe, expect, it } from 'vitest';
import { buildDiskCommands, buildQemuFolderCommand, buildTreeCommand } from '../../../src/lab/image-commands.ts';
import { hashRecipe, wholeImageRecipe } from '../../../src/lab/image-recipe.ts';
import { customizeScript } from '../../../src/lab/image-texts.ts';
import { labHosts, labNetwork } from '../../../src/lab/lab.ts';
import { buildNetworkCommands } from '../../../src/lab/network-commands.ts';
import { buildHostCommand, buildOverlayCommand } from '../../../src/lab/qemu-command.ts';
import { embeddedTopology } from '../../../src/networks/embedded.ts';

const [stock, tuned] = labHosts;
if (stock === undefined || tuned === undefined) throw new Error('the lab has two hosts');
const text = ({ program, args }: { program: string; args: readonly string[] }) => [program, ...args].join(' ');

describe('an emulated host', () => {
  const command = buildHostCommand({ host: tuned, qemu: '/q', folder: '/f' });

  it('is this command line', () => {
    expect([command.program, ...command.args]).toMatchSnapshot();
  });

  it('shares no file, address or tap with the other one', () => {
    const other = buildHostCommand({ host: stock, qemu: '/q', folder: '/f' });
    const own = (args: readonly string[]) => args.filter((arg) => /mac=|ifname=|\/f\/|-lab-/.test(arg));
    expect(own(command.args)).toHaveLength(9);
    expect(own(other.args).filter((arg) => command.args.includes(arg))).toEqual([]);
  });

  it('starts from a disk of its own that holds what differs', () => {
    const overlay = buildOverlayCommand('/q', '/cache/disk.raw', 'raw', '/f/stock.qcow2');
    expect(overlay.args.slice(-8)).toEqual(
      'create -q -f qcow2 -F raw -b /cache/disk.raw /f/stock.qcow2'.split(' ').slice(-8),
    );
    expect(overlay.program).toBe('env');
  });
});

describe('the network of the lab', () => {
  it('is made by these commands', () => {
    expect(buildNetworkCommands().map(text)).toMatchSnapshot();
  });

  it('touches nothing outside of its own namespaces', () => {
    const own: readonly (string | undefined)[] = [labNetwork.namespace, labNetwork.clientNamespace];
    for (const { program, args } of buildNetworkCommands()) {
      expect([program, args[0], own.includes(args[1])]).toEqual(['ip', '-n', true]);
    }
  });

  it('can exist beside the embedded topology', () => {
    const { hostNamespace, clientNamespace, loopbackNamespace } = embeddedTopology;
    const theirs: readonly (string | null)[] = [hostNamespace, clientNamespace, loopbackNamespace];
    expect(theirs).not.toContain(labNetwork.namespace);
    expect(theirs).not.toContain(labNetwork.clientNamespace);
  });
});

describe('the image', () => {
  const files = { early: '/s/early', customize: '/s/customize' };
  const mirrors = { archive: 'http://mirror.example/debian', security: 'http://mirror.example/debian-security' };

  it('is built by these commands, inside namespaces that take everything with them', () => {
    const commands = [
      buildQemuFolderCommand('/c/qemu', mirrors),
      buildTreeCommand('/s/tree', files, mirrors),
      ...buildDiskCommands('/s/tree', '/s/disk.raw'),
    ];
    expect(commands.map(({ program, args }) => [program, ...args])).toMatchSnapshot();
  });

  it('does without the security updates of a machine whose sources name none', () => {
    const { args } = buildTreeCommand('/s/tree', files, { ...mirrors, security: null });
    expect(args.filter((word) => word.startsWith('deb '))).toEqual([
      'deb http://mirror.example/debian bookworm main contrib non-free',
      'deb http://mirror.example/debian bookworm-updates main contrib non-free',
      'deb http://mirror.example/debian bookworm-backports main',
    ]);
  });

  it('is another one when anything about it changes', () => {
    const hash = hashRecipe(wholeImageRecipe);
    expect(hash).toMatch(/^[0-9a-f]{12}$/);
    expect(hashRecipe({ ...wholeImageRecipe, customizeScript: `${customizeScript} ` })).not.toBe(hash);
    expect(hashRecipe(structuredClone(wholeImageRecipe))).toBe(hash);
  });
});
