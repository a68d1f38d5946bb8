/** Counters of the kernel, as its files in /proc show them; all of them only ever grow. */

/** Of one network namespace. */
export interface NetworkCounters {
  readonly udpInErrors: number;
  readonly udpReceiveBufferErrors: number;
  readonly udpSendBufferErrors: number;
  /** By device. */
  readonly devices: Readonly<Record<string, DeviceCounters>>;
}

export interface DeviceCounters {
  readonly receivedBytes: number;
  readonly receiveDrops: number;
  readonly sentBytes: number;
  readonly sendDrops: number;
}

/**
 * Clock ticks of all CPUs and context switches, from `/proc/stat`:
 * `cpu  446694 230 217324 2434845 8447 0 101661 440 0 0` (user, nice, system, idle, iowait, irq, softirq, steal; what
 * follows is part of user and nice) and `ctxt 87654321`. null where a line is missing.
 */
export function parseProcessorTimes(stat: string): { total: number; steal: number; switches: number } | null {
  const ticks = /^cpu +([\d ]+)$/m.exec(stat)?.[1]?.split(' ').slice(0, 8).map(Number);
  const switches = /^ctxt (\d+)$/m.exec(stat)?.[1];
  const steal = ticks?.[7];
  if (ticks === undefined || steal === undefined || switches === undefined) return null;
  return { total: ticks.reduce((sum, value) => sum + value, 0), steal, switches: Number(switches) };
}

/** Microseconds, from the line `some avg10=1.28 avg60=1.61 avg300=4.00 total=1268929933` of `/proc/pressure/cpu`. */
export function parsePressure(text: string): number | null {
  const total = /^some .*\btotal=(\d+)$/m.exec(text)?.[1];
  return total === undefined ? null : Number(total);
}

/** Packets dropped, and rounds cut short, over all CPUs: the second and third hexadecimal column of `softnet_stat`. */
export function parseSoftnet(text: string): { drops: number; squeezes: number } {
  const rows = text.split('\n').filter((line) => line !== '');
  const sum = (column: number) =>
    rows.reduce((total, row) => total + Number.parseInt(row.split(' ')[column] ?? '0', 16), 0);
  return { drops: sum(1), squeezes: sum(2) };
}

/** `Udp: InDatagrams NoPorts InErrors ...` and the line of figures below it, from `/proc/PID/net/snmp`. */
export function parseUdpErrors(snmp: string): Omit<NetworkCounters, 'devices'> {
  const [names = [], figures = []] = snmp
    .split('\n')
    .filter((line) => line.startsWith('Udp: '))
    .map((line) => line.split(' '));
  const read = (name: string) => Number(figures[names.indexOf(name)] ?? 0);
  return {
    udpInErrors: read('InErrors'),
    udpReceiveBufferErrors: read('RcvbufErrors'),
    udpSendBufferErrors: read('SndbufErrors'),
  };
}

/** `  tgw0: 6386 58 0 0 0 0 0 0 6386 58 0 0 0 0 0 0`, from `/proc/PID/net/dev`: eight figures received, eight sent. */
export function parseDevices(dev: string): NetworkCounters['devices'] {
  return Object.fromEntries(
    [...dev.matchAll(/^ *([^:\s]+): *(\d[\d ]+)$/gm)].map(([, name = '', text = '']) => {
      const figures = text.trim().split(/ +/).map(Number);
      const at = (index: number) => figures[index] ?? 0;
      return [name, { receivedBytes: at(0), receiveDrops: at(3), sentBytes: at(8), sendDrops: at(11) }];
    }),
  );
}

/** `voluntary_ctxt_switches:	2` and `nonvoluntary_ctxt_switches:	3`, from `/proc/PID/task/TID/status`. */
export function parseSwitches(status: string): { voluntary: number; involuntary: number } {
  const read = (name: string) => Number(new RegExp(`^${name}_ctxt_switches:\\s+(\\d+)$`, 'm').exec(status)?.[1] ?? 0);
  return { voluntary: read('voluntary'), involuntary: read('nonvoluntary') };
}
