import * as z from 'zod';
import type { HostReadings } from '../../profiles/host-part.ts';
import { attention, type DoctorCheck, missing, ok } from './check.ts';
import { buildNicCommands, machineCommands, outputOf } from './machine-reads.ts';

const linksSchema = z.array(
  z.looseObject({
    ifname: z.string().optional(),
    flags: z.array(z.string()).default([]),
    mtu: z.int().optional(),
    master: z.string().optional(),
    linkinfo: z.looseObject({ info_kind: z.string().optional() }).optional(),
    addr_info: z.array(z.looseObject({ local: z.string(), prefixlen: z.int(), scope: z.string() })).default([]),
  }),
);

type Link = z.infer<typeof linksSchema>[number];

/** The interface under test as a machine describes it. */
export interface NicUnderTest {
  readonly name: string;
  readonly namespace: string | null;
}

/** Everything about the interface that measuring rests on; a machine's own words, judged. */
export function judgeNic(
  machine: string,
  nic: NicUnderTest,
  readings: HostReadings,
  isEmulatedLab = false,
): readonly DoctorCheck[] {
  const link = readLink(nic, readings);
  if (link === null) {
    const place = nic.namespace === null ? '' : ` in namespace ${nic.namespace}`;
    return [
      missing('NIC under test', `machines.${machine}.nic is ${nic.name}, and there is no such interface${place}`),
    ];
  }
  return [
    judgeDevice(nic, link, readings, isEmulatedLab),
    judgeManagement(machine, nic, readings),
    judgeCarrier(nic, link, readings),
    ...judgeUse(nic, link),
    ...judgeManagers(nic, readings),
    ...judgePassThrough(nic, readings),
  ];
}

/** null where there is no interface of that name. */
export function readLink({ name, namespace }: NicUnderTest, readings: HostReadings): Link | null {
  const text = outputOf(readings, buildNicCommands(name, namespace).link);
  if (text === '') return null;
  const outcome = linksSchema.safeParse(JSON.parse(text));
  return outcome.success ? (outcome.data.find(({ ifname }) => ifname === name) ?? null) : null;
}

/** Facts of its PCI device by name, `vendor`, `device`, `iommu_group`; empty for an interface that is none. */
export function readPciDevice({ name, namespace }: NicUnderTest, readings: HostReadings): ReadonlyMap<string, string> {
  const lines = outputOf(readings, buildNicCommands(name, namespace).pci).split('\n').filter(Boolean);
  return new Map(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

/** `driver: igb`, `firmware-version: 3.25`, by name. */
export function readDriver({ name, namespace }: NicUnderTest, readings: HostReadings): ReadonlyMap<string, string> {
  const text = outputOf(readings, buildNicCommands(name, namespace).driver);
  return new Map([...text.matchAll(/^([\w-]+): (.+)$/gm)].map(([, key = '', value = '']) => [key, value]));
}

function judgeDevice(nic: NicUnderTest, link: Link, readings: HostReadings, isEmulatedLab: boolean): DoctorCheck {
  const driver = readDriver(nic, readings);
  const pci = readPciDevice(nic, readings);
  const kind = link.linkinfo?.info_kind;
  const model = pci.has('vendor')
    ? `, PCI ${pci.get('bus')} ${shortId(pci.get('vendor'))}:${shortId(pci.get('device'))}`
    : '';
  const firmware = driver.get('firmware-version') ? `, firmware ${driver.get('firmware-version')}` : '';
  const found = `${nic.name}: driver ${driver.get('driver') ?? kind ?? 'unknown'}${model}${firmware}, MTU ${link.mtu ?? 'unknown'}`;
  if (model !== '' || isEmulatedLab) return ok('NIC under test', found);
  return attention('NIC under test', `${found}; it is no PCI device, so there is no real wire behind it`);
}

function shortId(id: string | undefined): string {
  return id?.replace(/^0x/, '') ?? 'unknown';
}

/** Measuring takes the interface away from the machine's own network: with it would go the way to the machine. */
function judgeManagement(machine: string, nic: NicUnderTest, readings: HostReadings): DoctorCheck {
  const route = outputOf(readings, machineCommands.peerRoute);
  const device = / dev (\S+)/.exec(route)?.[1];
  if (device === undefined) return ok('management', 'this machine reaches itself without any interface');
  if (device === nic.name && nic.namespace === null) {
    return missing(
      'management',
      `machines.${machine}.nic is ${nic.name}, over which the machine itself is reached; name the interface of the test wire`,
    );
  }
  return ok('management', `reached over ${device}, not over ${nic.name}`);
}

/** Only an interface that is up says whether there is light at the other end. */
function judgeCarrier({ name, namespace }: NicUnderTest, link: Link, readings: HostReadings): DoctorCheck {
  if (!link.flags.includes('UP')) {
    return attention(
      'carrier',
      `${name} is down, so that nobody can say whether its cable is plugged in; a run sets it up`,
    );
  }
  if (!link.flags.includes('LOWER_UP')) {
    return missing('carrier', `${name} is up and has no carrier: no cable, or nothing at its other end`);
  }
  const settings = outputOf(readings, buildNicCommands(name, namespace).settings);
  const speed = /^\s*Speed: (\S+)/m.exec(settings)?.[1];
  const known = speed === undefined || speed.startsWith('Unknown') ? 'a speed that it does not tell' : speed;
  return ok('carrier', `${name} has a carrier, ${known}`);
}

function judgeUse({ name }: NicUnderTest, link: Link): readonly DoctorCheck[] {
  const addresses = link.addr_info
    .filter(({ scope }) => scope === 'global')
    .map(({ local, prefixlen }) => `${local}/${prefixlen}`);
  return [
    ...(link.master === undefined
      ? []
      : [attention('use of the NIC', `${name} is a port of ${link.master}, which goes without it while a run lasts`)]),
    ...(addresses.length === 0
      ? []
      : [attention('use of the NIC', `${name} has ${addresses.join(', ')}, which nobody reaches while a run lasts`)]),
  ];
}

/** Programs that give the interface addresses of their own, or set it up and down. */
function judgeManagers({ name, namespace }: NicUnderTest, readings: HostReadings): readonly DoctorCheck[] {
  if (namespace !== null) return [];
  const devices = outputOf(readings, machineCommands.devices).split('\n');
  const state = devices.find((line) => line.startsWith(`${name}:`))?.slice(name.length + 1);
  const setup = outputOf(readings, machineCommands.links)
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .find(([, device]) => device === name)?.[4];
  return [
    ...(state === undefined || state === 'unmanaged'
      ? []
      : [
          attention(
            'NetworkManager',
            `it manages ${name} (${state}); \`nmcli device set ${name} managed no\`, and a file in /etc/NetworkManager/conf.d to keep it so`,
          ),
        ]),
    ...(setup === undefined || setup === 'unmanaged'
      ? []
      : [attention('systemd-networkd', `it manages ${name} (${setup}); give it a .network file with Unmanaged=yes`)]),
  ];
}

/** What handing the card or a part of it to a guest would need; nothing that measuring over a bridge asks for. */
function judgePassThrough(nic: NicUnderTest, readings: HostReadings): readonly DoctorCheck[] {
  const pci = readPciDevice(nic, readings);
  if (!pci.has('bus')) return [];
  const group = pci.get('iommu_group');
  const groups = outputOf(readings, machineCommands.iommuGroups);
  const iommu =
    group !== undefined
      ? `group ${group}`
      : groups === ''
        ? 'none is in use; host-boot.iommu switches it on, where the firmware allows it'
        : 'the card is in no group';
  const functions = Number(pci.get('sriov_totalvfs') ?? 0);
  const virtual =
    functions === 0
      ? 'the card has none'
      : `up to ${functions} virtual functions, ${pci.get('sriov_numvfs') ?? 0} there`;
  return [ok('IOMMU', iommu), ok('SR-IOV', virtual)];
}
