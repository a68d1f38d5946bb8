import * as z from 'zod';
import { acceptedOnOff, onOff } from './on-off.ts';
import type { Parameter } from './parameter.ts';
import type { ParameterValue } from './profile.schema.ts';

/** A setting below /proc/sys, described once for every guest kind that can have it. */
export interface Sysctl<Value extends ParameterValue = ParameterValue>
  extends Pick<Parameter<Value>, 'summary' | 'schema' | 'accepted' | 'effect' | 'risk'> {
  readonly key: string;
  /** Linux that made it a setting of each network namespace; absent: 4.15 or earlier. */
  readonly namespacedSince?: string;
  readonly changesFacts?: readonly string[];
}

/** Forgets the type of the value; what comes back is parsed by the schema again. */
export function describeSysctl<Value extends ParameterValue>(sysctl: Sysctl<Value>): Sysctl {
  return sysctl;
}

/** Whether the kernel has the value: it prints lists with tabs. */
export function readSysctl(key: string, value: ParameterValue, text: string | null | undefined) {
  const found = text?.trim().replace(/\s+/g, ' ');
  return { found: found ?? `no ${key}`, inForce: found === formatSysctl(value) };
}

const documents: Readonly<Record<string, string>> = {
  kernel: 'admin-guide/sysctl/kernel.rst',
  net: 'admin-guide/sysctl/net.rst',
  vm: 'admin-guide/sysctl/vm.rst',
};

/** Where a setting is documented. */
export function documentSysctl(key: string): string {
  const group = key.slice(0, key.indexOf('.'));
  const file = key.startsWith('net.ipv4.') ? undefined : documents[group];
  return `Linux Documentation/${file ?? 'networking/ip-sysctl.rst'}`;
}

/** As the kernel writes it. */
export function formatSysctl(value: ParameterValue): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  return String(value);
}

export const bytes = z.int().min(1).max(2_147_483_647);

/** Minimum, default and maximum, as a text or a list; yields the text as the kernel prints it, with spaces. */
const sizes: z.ZodType<string> = z
  .union([z.string(), z.array(z.union([z.string(), z.number()]))])
  .transform((value) => (Array.isArray(value) ? value.join(' ') : value).trim().split(/\s+/))
  .refine((parts) => parts.length === 3 && parts.every((part) => /^\d{1,10}$/.test(part)), {
    error: 'three whole numbers are accepted: minimum, default, maximum',
    abort: true,
  })
  .transform((parts) => parts.map(Number))
  .refine((parts) => parts.every((part) => bytes.safeParse(part).success), {
    error: 'each from 1 to 2147483647 is accepted',
  })
  .refine((parts) => parts.every((part, index) => index === 0 || part >= (parts[index - 1] ?? 0)), {
    error: 'they must not fall from minimum over default to maximum',
  })
  .transform((parts) => parts.join(' '));
const acceptedSizes = 'minimum, default and maximum in bytes, such as "4096 131072 6291456"';

/** Settings of a network namespace: a container has its own, and so has a virtual machine. */
export const networkSysctls = [
  describeSysctl<number>({
    key: 'net.core.somaxconn',
    summary: 'How many connections may wait to be accepted by a listening server.',
    schema: z.int().min(1).max(65_535),
    accepted: 'a whole number from 1 to 65535, such as 4096',
    effect: { latency: 'none', bandwidth: 'none', jitter: 'none' },
    risk: 'Matters to servers that accept many connections at once; the tests here open one or two.',
  }),
  describeSysctl<string>({
    key: 'net.ipv4.tcp_congestion_control',
    summary: 'Congestion control of the connections that the guest opens or accepts.',
    schema: z.string().regex(/^[a-z0-9_]{1,15}$/),
    accepted:
      'the name of an algorithm that the kernel has and allows (net.ipv4.tcp_allowed_congestion_control), such as cubic',
    effect: { latency: 'depends', bandwidth: 'depends', jitter: 'depends' },
    risk:
      'Decides for what the guest sends; the client has its own. On one host bbr paces and passes a third less than ' +
      'cubic. One that the kernel lacks is a failed start; to a container, so is one that is loaded but not allowed to ' +
      "other network namespaces: only reno and the host's default always are. Virtual machines load no module for it.",
    changesFacts: ['guest.tcp.congestion_control'],
  }),
  describeSysctl<string>({
    key: 'net.ipv4.tcp_rmem',
    summary: 'Receive buffer of a TCP socket: minimum, default and maximum of its autotuning.',
    schema: sizes,
    accepted: acceptedSizes,
    effect: { latency: 'none', bandwidth: 'better', jitter: 'none' },
    risk: 'A maximum below bandwidth times round trip caps the throughput; a very large one lets queues grow.',
  }),
  describeSysctl<string>({
    key: 'net.ipv4.tcp_wmem',
    summary: 'Send buffer of a TCP socket: minimum, default and maximum of its autotuning.',
    schema: sizes,
    accepted: acceptedSizes,
    effect: { latency: 'none', bandwidth: 'better', jitter: 'none' },
    risk: 'A maximum below bandwidth times round trip caps the throughput of what the guest sends.',
  }),
  describeSysctl<number>({
    key: 'net.ipv4.tcp_notsent_lowat',
    summary: 'Bytes that may wait unsent in a socket before it stops to count as writable.',
    schema: z.int().min(1).max(4_294_967_295),
    accepted: 'a whole number of bytes from 1 to 4294967295, such as 131072',
    effect: { latency: 'better', bandwidth: 'none', jitter: 'depends' },
    risk: 'Too small a value wakes the sender for every few packets.',
  }),
  describeSysctl<boolean>({
    key: 'net.ipv4.tcp_slow_start_after_idle',
    summary: 'Whether a connection that was idle for a while starts slowly again.',
    schema: onOff,
    accepted: acceptedOnOff,
    effect: { latency: 'worse', bandwidth: 'worse', jitter: 'worse' },
    risk: 'Off sends a burst into a path that may have changed; harmless in a laboratory.',
  }),
  describeSysctl<number>({
    key: 'net.ipv4.tcp_fastopen',
    summary: 'TCP Fast Open: data with the first packet of a connection; 1 as client, 2 as server, 3 both.',
    schema: z.int().min(0).max(3),
    accepted: 'a whole number from 0 to 3',
    effect: { latency: 'none', bandwidth: 'none', jitter: 'none' },
    risk: 'Serves programs that ask for it when they connect; the tests here keep one connection and do not.',
  }),
  describeSysctl<boolean>({
    key: 'net.ipv4.tcp_autocorking',
    summary: 'Whether small writes are held back while an earlier packet of the socket still waits in the queue.',
    schema: onOff,
    accepted: acceptedOnOff,
    effect: { latency: 'depends', bandwidth: 'better', jitter: 'depends' },
    risk: 'Off sends more and smaller packets where a program writes in small pieces.',
  }),
  describeSysctl<boolean>({
    key: 'net.ipv4.tcp_no_metrics_save',
    summary: 'Whether a closing connection leaves nothing behind for the next one to the same address.',
    schema: onOff,
    accepted: acceptedOnOff,
    effect: { latency: 'none', bandwidth: 'depends', jitter: 'better' },
    risk: 'On makes samples independent of each other: none starts with what an earlier one has learned.',
  }),
  describeSysctl<boolean>({
    key: 'net.ipv4.tcp_timestamps',
    summary: 'Whether TCP packets carry timestamps, by 12 bytes each.',
    schema: onOff,
    accepted: acceptedOnOff,
    effect: { latency: 'none', bandwidth: 'worse', jitter: 'none' },
    risk:
      'Off gains 0.8 % of payload at an MTU of 1500 and loses the protection against wrapped sequence numbers, which ' +
      'matters from 10 Gbit/s on.',
  }),
  describeSysctl<number>({
    key: 'net.ipv4.udp_rmem_min',
    summary: 'Receive buffer that a UDP socket keeps when the memory of UDP as a whole is short.',
    schema: bytes,
    accepted: 'a whole number of bytes from 1 to 2147483647, such as 16384',
    namespacedSince: '4.17',
    effect: { latency: 'none', bandwidth: 'none', jitter: 'none' },
    risk: 'Without effect until the memory of UDP is short.',
  }),
] as const;
