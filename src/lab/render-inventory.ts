import { stringify } from 'yaml';
import type * as z from 'zod';
import type { Command } from '../machines/machine.ts';
import type { inventorySchema } from '../plans/inventory.schema.ts';
import type { LabDocument } from './lab.schema.ts';
import { hostFiles, labHosts, labNetwork, testNic } from './lab.ts';
import { buildHostTarget } from './reach-host.ts';

/** The lab as an inventory; `tunegate` is how this program is started, for the power of the hosts. */
export function renderInventory(lab: LabDocument, folder: string, tunegate: Command): string {
  const { clientNamespace, clientDevice, testNetwork } = labNetwork;
  const hosts = labHosts.map((host) => {
    const { program, args } = tunegate;
    const power = (word: string) => [program, ...args, 'lab', 'power', host.name, word];
    const machine = {
      role: 'host' as const,
      ssh: buildHostTarget(host, lab.hostKeys[host.name], folder),
      nic: testNic,
      power: { on: power('on'), off: power('off'), cycle: power('cycle') },
      console: hostFiles(folder, host.name).console,
    };
    return [host.name, machine];
  });
  const inventory: z.input<typeof inventorySchema> = {
    machines: {
      ...Object.fromEntries(hosts),
      load: { role: 'client', namespace: clientNamespace, nic: clientDevice },
      controller: { role: 'controller' },
    },
    topology: 'lab',
    network: testNetwork,
  };
  return `# Two emulated hosts, written by \`tunegate lab up\`; gone with \`tunegate lab down\`.\n${stringify(inventory, { lineWidth: 0 })}`;
}
