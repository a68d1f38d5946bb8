import { describe, expect, it } from 'vitest';
import { createLocalMachine } from '../../src/machines/local.ts';
import { embeddedTopology } from '../../src/networks/embedded.ts';
import { buildMacvtapCommands, withOpenDevice } from '../../src/networks/macvtap.ts';

describe('a macvtap on the wire', () => {
  it('is made in passthru mode once the wire has left the bridge', () => {
    const commands = buildMacvtapCommands(embeddedTopology, { mac: '02:54:47:00:00:32', run: 'r1' });
    expect(commands.map(({ program, args }) => `${program} ${args.join(' ')}`)).toEqual([
      'ip -n tghost link set tgw0 nomaster',
      'ip -n tghost link add link tgw0 name tgmt0 type macvtap mode passthru',
      'ip -n tghost link set tgmt0 alias tunegate/r1',
      'ip -n tghost link set tgmt0 address 02:54:47:00:00:32 up',
    ]);
  });

  it('is open, by its number, in the program that gets it; arguments stay as they are', async () => {
    const inner = {
      program: 'sh',
      args: ['-c', 'readlink /proc/self/fd/9; printf "%s|" "$@"', 'inner', 'a b', '$HOME'],
    };
    const { stdout } = await createLocalMachine().run(withOpenDevice('/dev/null', 9, inner), { timeoutSeconds: 5 });
    expect(stdout).toBe('/dev/null\na b|$HOME|');
  });
});
