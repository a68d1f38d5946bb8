import * as z from 'zod';
import { defineParameter } from '../define-parameter.ts';
import { acceptedOnOff, onOff } from '../on-off.ts';
import type { Parameter } from '../parameter.ts';
import type { ParameterValue } from '../profile.schema.ts';

interface Sysctl<Value extends ParameterValue>
  extends Pick<Parameter<Value>, 'summary' | 'schema' | 'accepted' | 'effect' | 'risk'> {
  readonly key: string;
  readonly versions?: string;
  readonly changesFacts?: readonly string[];
}

/** A new network namespace starts with the host's values, so that a parameter left out means: as the host has it. */
function defineSysctl<Value extends ParameterValue>(sysctl: Sysctl<Value>): Parameter {
  const { key, ...texts } = sysctl;
  return defineParameter<Value>({
    versions: 'Docker 1.12 and newer; a setting of each network namespace since Linux 4.15 or earlier',
    changesFacts: [],
    ...texts,
    name: `guest.docker.sysctl.${key}`,
    layer: 'guest',
    replacedBy: null,
    switching: 'deployment',
    source: `docker run reference (--sysctl); Linux Documentation/${key.startsWith('net.core.') ? 'admin-guide/sysctl/net.rst' : 'networking/ip-sysctl.rst'}`,
    misfit: () => null,
    probe: `/proc/sys/${key.replaceAll('.', '/')} read in the container's network namespace`,
    docker: {
      // A key that the kernel does not have here, or a value that it refuses, makes docker run fail.
      arguments: (value) => ['--sysctl', `${key}=${formatSetting(value)}`],
      read: (value, { sysctls }) => {
        const found = sysctls[key]?.trim().replace(/\s+/g, ' ');
        return { found: found ?? `no ${key}`, inForce: found === formatSetting(value) };
      },
    },
  });
}

/** As the kernel writes it. */
function formatSetting(value: ParameterValue): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  return String(value);
}

const bytes = z.int().min(1).max(2_147_483_647);

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

export const dockerSysctls = [
  defineSysctl<number>({
    key: 'net.core.somaxconn',
    summary: 'How many connections may wait to be accepted by a listening server.',
    schema: z.int().min(1).max(65_535),
    accepted: 'a whole number from 1 to 65535, such as 4096',
    effect: { latency: 'none', bandwidth: 'none', jitter: 'none' },
    risk: 'Matters to servers that accept many connections at once; the tests here open one or two.',
  }),
  defineSysctl<string>({
    key: 'net.ipv4.tcp_congestion_control',
    summary: 'Congestion control of the connections that the container opens or accepts.',
    schema: z.string().regex(/^[a-z0-9_]{1,15}$/),
    accepted: 'the name of an algorithm that the host allows (net.ipv4.tcp_allowed_congestion_control), such as cubic',
    effect: { latency: 'depends', bandwidth: 'depends', jitter: 'depends' },
    risk:
      'Decides for what the container sends; the client has its own. On one host bbr paces and passes a third less ' +
      'than cubic. An algorithm that is loaded but not allowed to other network ' +
      "namespaces makes docker run fail: only reno and the host's default are always allowed.",
    changesFacts: ['guest.tcp.congestion_control'],
  }),
  defineSysctl<string>({
    key: 'net.ipv4.tcp_rmem',
    summary: 'Receive buffer of a TCP socket: minimum, default and maximum of its autotuning.',
    schema: sizes,
    accepted: acceptedSizes,
    effect: { latency: 'none', bandwidth: 'better', jitter: 'none' },
    risk: 'A maximum below bandwidth times round trip caps the throughput; a very large one lets queues grow.',
  }),
  defineSysctl<string>({
    key: 'net.ipv4.tcp_wmem',
    summary: 'Send buffer of a TCP socket: minimum, default and maximum of its autotuning.',
    schema: sizes,
    accepted: acceptedSizes,
    effect: { latency: 'none', bandwidth: 'better', jitter: 'none' },
    risk: 'A maximum below bandwidth times round trip caps the throughput of what the container sends.',
  }),
  defineSysctl<number>({
    key: 'net.ipv4.tcp_notsent_lowat',
    summary: 'Bytes that may wait unsent in a socket before it stops to count as writable.',
    schema: z.int().min(1).max(4_294_967_295),
    accepted: 'a whole number of bytes from 1 to 4294967295, such as 131072',
    effect: { latency: 'better', bandwidth: 'none', jitter: 'depends' },
    risk: 'Too small a value wakes the sender for every few packets.',
  }),
  defineSysctl<boolean>({
    key: 'net.ipv4.tcp_slow_start_after_idle',
    summary: 'Whether a connection that was idle for a while starts slowly again.',
    schema: onOff,
    accepted: acceptedOnOff,
    effect: { latency: 'worse', bandwidth: 'worse', jitter: 'worse' },
    risk: 'Off sends a burst into a path that may have changed; harmless in a laboratory.',
  }),
  defineSysctl<number>({
    key: 'net.ipv4.tcp_fastopen',
    summary: 'TCP Fast Open: data with the first packet of a connection; 1 as client, 2 as server, 3 both.',
    schema: z.int().min(0).max(3),
    accepted: 'a whole number from 0 to 3',
    effect: { latency: 'none', bandwidth: 'none', jitter: 'none' },
    risk: 'Serves programs that ask for it when they connect; the tests here keep one connection and do not.',
  }),
  defineSysctl<boolean>({
    key: 'net.ipv4.tcp_autocorking',
    summary: 'Whether small writes are held back while an earlier packet of the socket still waits in the queue.',
    schema: onOff,
    accepted: acceptedOnOff,
    effect: { latency: 'depends', bandwidth: 'better', jitter: 'depends' },
    risk: 'Off sends more and smaller packets where a program writes in small pieces.',
  }),
  defineSysctl<boolean>({
    key: 'net.ipv4.tcp_no_metrics_save',
    summary: 'Whether a closing connection leaves nothing behind for the next one to the same address.',
    schema: onOff,
    accepted: acceptedOnOff,
    effect: { latency: 'none', bandwidth: 'depends', jitter: 'better' },
    risk: 'On makes samples independent of each other: none starts with what an earlier one has learned.',
  }),
  defineSysctl<boolean>({
    key: 'net.ipv4.tcp_timestamps',
    summary: 'Whether TCP packets carry timestamps, by 12 bytes each.',
    schema: onOff,
    accepted: acceptedOnOff,
    effect: { latency: 'none', bandwidth: 'worse', jitter: 'none' },
    risk:
      'Off gains 0.8 % of payload at an MTU of 1500 and loses the protection against wrapped sequence numbers, which ' +
      'matters from 10 Gbit/s on.',
  }),
  defineSysctl<number>({
    key: 'net.ipv4.udp_rmem_min',
    summary: 'Receive buffer that a UDP socket keeps when the memory of UDP as a whole is short.',
    schema: bytes,
    accepted: 'a whole number of bytes from 1 to 2147483647, such as 16384',
    versions: 'Docker 1.12 and newer; a setting of each network namespace since Linux 4.17',
    effect: { latency: 'none', bandwidth: 'none', jitter: 'none' },
    risk: 'Without effect until the memory of UDP is short.',
  }),
] as const;

/** Dotted names of the settings that the probes read. */
export const dockerSysctlKeys = dockerSysctls.map(({ name }) => name.slice('guest.docker.sysctl.'.length));
