import { ConfigurationError } from '../errors.ts';
import { joinFindings, parseYamlDocument, type YamlDocument } from '../yaml-document.ts';
import { type Inventory, type InventoryMachine, inventorySchema } from './inventory.schema.ts';

/** The inventory in a YAML text, with the rules across machines. Throws `ConfigurationError`. */
export function parseInventory(text: string, fileName: string): Inventory {
  const document = parseYamlDocument(text, fileName, inventorySchema);
  const machines = Object.entries(document.value.machines);
  const findings = [
    ...machines.flatMap(([name, machine]) => judgeMachine(document, name, machine)),
    ...judgeRoles(document, machines),
    ...judgeAddresses(document, machines),
  ];
  if (findings.length > 0) throw new ConfigurationError(joinFindings(findings));
  return document.value;
}

function judgeMachine(document: YamlDocument<Inventory>, name: string, machine: InventoryMachine): readonly string[] {
  const findings: string[] = [];
  const find = (key: string, sentence: string) => {
    findings.push(`${document.where(['machines', name, key], 'key')}: machines.${name}.${key} ${sentence}`);
  };
  if (machine.role === 'host' && machine.ssh === undefined) find('ssh', 'is missing, a host is reached over ssh');
  if (machine.role !== 'controller' && machine.nic === undefined) {
    find('nic', `is missing, a ${machine.role} has a network interface under test`);
  }
  if (machine.role === 'controller' && machine.nic !== undefined) find('nic', 'belongs to hosts and clients only');
  for (const key of ['power', 'console'] as const) {
    if (machine.role !== 'host' && machine[key] !== undefined) find(key, 'belongs to hosts only');
  }
  if (machine.role === 'host' && machine.namespace !== undefined) {
    find('namespace', 'belongs to clients and controllers: in a host the run makes one');
  }
  return findings;
}

/** At least one host; the load comes from exactly one client, and at most one machine drives. */
function judgeRoles(
  document: YamlDocument<Inventory>,
  machines: readonly [string, InventoryMachine][],
): readonly string[] {
  const place = document.where(['machines']);
  const count = (role: InventoryMachine['role']) => machines.filter(([, machine]) => machine.role === role).length;
  const [hosts, clients, controllers] = [count('host'), count('client'), count('controller')];
  return [
    ...(hosts > 0 ? [] : [`${place}: machines has no host, at least one is needed`]),
    ...(clients === 1 ? [] : [`${place}: machines has ${clients} clients, one is accepted`]),
    ...(controllers < 2 ? [] : [`${place}: machines has ${controllers} controllers, one is accepted`]),
  ];
}

/** Two names for one machine would tune it twice and compare it with itself. */
function judgeAddresses(
  document: YamlDocument<Inventory>,
  machines: readonly [string, InventoryMachine][],
): readonly string[] {
  const seen = new Map<string, string>();
  return machines.flatMap(([name, { ssh }]) => {
    if (ssh === undefined) return [];
    const other = seen.get(ssh.hostKey);
    seen.set(ssh.hostKey, name);
    if (other === undefined) return [];
    const place = document.where(['machines', name, 'ssh', 'hostKey']);
    return [`${place}: machines.${name}.ssh.hostKey is that of ${other}, every machine has a key of its own`];
  });
}
