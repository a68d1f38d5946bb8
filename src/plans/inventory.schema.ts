import * as z from 'zod';

/** A word that a command line takes for nothing else. */
const hostWord = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.:_-]{0,252}$/, { error: 'must be a name or an address' });

/** Linux allows 15 bytes; a device or namespace whose name begins with a hyphen would be read as an option. */
const deviceName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,14}$/, { error: 'must be the name of a device' });
const namespaceName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, { error: 'must be the name of a namespace' });

const hostKeyTypes = ['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521', 'ssh-rsa'];

/** `TYPE BASE64`, where the text in Base64 begins with the length and the name of the same type (RFC 4253, 6.6). */
function isHostKey(text: string): boolean {
  const [type = '', blob = '', ...rest] = text.split(' ');
  if (rest.length > 0 || !hostKeyTypes.includes(type) || !/^[A-Za-z0-9+/]{32,2000}={0,2}$/.test(blob)) return false;
  const beginning = `\0\0\0${String.fromCharCode(type.length)}${type}`;
  return Buffer.from(blob, 'base64').toString('latin1').startsWith(beginning);
}

const sshSchema = z.strictObject({
  /** Name or address on the management network. */
  host: hostWord,
  port: z.int().min(1).max(65_535).default(22),
  /** Whoever acts there: root, or a user who may become it. */
  user: z.string().regex(/^[a-z_][a-z0-9_-]{0,31}$/, { error: 'must be the name of a user' }),
  /** Private key without a passphrase, a path on the machine that reads this file. */
  identityFile: z.string().regex(/^\/[^\p{Cc}]+$/u, { error: 'must be an absolute path' }),
  /** The key by which the machine proves itself, pinned: its `/etc/ssh/ssh_host_ed25519_key.pub` without the comment. */
  hostKey: z.string().refine(isHostKey, { error: `must be TYPE BASE64, TYPE one of ${hostKeyTypes.join(', ')}` }),
  /** Network namespace from which it is reached, where that is not the machine's own. */
  namespace: namespaceName.optional(),
});

/** Program and arguments, run without a shell on the machine that reads this file. */
const powerCommand = z
  .array(z.string().regex(/^[^\p{Cc}]*$/u))
  .min(1)
  .max(50);

/** Serial consoles are read as files: an emulated host's, or what `conserver`, `ipmiconsole` or a reader of `ttyUSB` collects. */
const consoleFile = z.string().regex(/^\/[^\p{Cc}]+$/u, { error: 'must be an absolute path' });

/** Addresses of one host, one client and their guests fit in; more than a lab needs never does. */
const networkPattern = /^(\d{1,3}\.){3}\d{1,3}\/(1[6-9]|2[0-6])$/;

/** A network of addresses that a machine may have: its own address, without bits of a host, and not a reserved one. */
function isTestNetwork(text: string): boolean {
  if (!networkPattern.test(text)) return false;
  const [address = '', prefix] = text.split('/');
  const bytes = address.split('.').map(Number);
  const number = bytes.reduce((value, byte) => value * 256 + byte, 0);
  const [first = 0] = bytes;
  const isReserved = first === 0 || first === 127 || first >= 224 || address.startsWith('169.254.');
  return bytes.every((byte) => byte <= 255) && number % 2 ** (32 - Number(prefix)) === 0 && !isReserved;
}

const machineSchema = z.strictObject({
  /** host: runs guests. client: sends the load. controller: drives the others. */
  role: z.enum(['host', 'client', 'controller']),
  /** Absent: the machine that reads this file. */
  ssh: sshSchema.optional(),
  /** Network namespace in which its tools run; absent: the machine's own network. */
  namespace: namespaceName.optional(),
  /** The network interface under test; never the one through which the machine is reached. */
  nic: deviceName.optional(),
  /** How a host that does not answer any more is brought back. */
  power: z.strictObject({ on: powerCommand, off: powerCommand, cycle: powerCommand }).optional(),
  /** File on the machine that reads this one in which the host's serial console is collected: what a boot said. */
  console: consoleFile.optional(),
});

/** Also of an inventory that root keeps, where it names the file. */
export const machineName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,30}$/, { error: 'must be lower-case words joined by hyphens' });

/** The machines of a lab as its owner writes them down: `inventory.yaml`. */
export const inventorySchema = z.strictObject({
  machines: z.record(machineName, machineSchema).refine((machines) => Object.keys(machines).length > 0, {
    error: 'names no machine',
  }),
  /** lab: the hosts are emulated, and reports say that their figures show order of magnitude only. */
  topology: z.enum(['inventory', 'lab']).default('inventory'),
  /**
   * Addresses of the test network, CIDR, which only the interfaces under test have and only while a run lasts. Its
   * default is the range that RFC 2544 sets aside for benchmarks.
   */
  network: z
    .string()
    .refine(isTestNetwork, { error: 'must be an IPv4 network from /16 to /26 such as 198.18.0.0/24' })
    .default('198.18.0.0/24'),
});

export type Inventory = z.infer<typeof inventorySchema>;
export type InventoryMachine = Inventory['machines'][string];
