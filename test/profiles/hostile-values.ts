import type { ParameterValue } from '../../src/profiles/profile.schema.ts';

export interface HostileValue {
  readonly what: string;
  readonly value: ParameterValue;
}

/** Nothing that is accepted ever holds one of these. */
const injections = [
  '$(touch /tmp/owned)',
  '`touch /tmp/owned`',
  '1; touch /tmp/owned',
  '1 && reboot',
  '1|reboot',
  '>/etc/passwd',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the shell's.
  '${IFS}reboot',
  "'; reboot; '",
  '"; reboot; "',
  '1 init=/bin/sh',
  'init=/bin/sh',
  'debian-6.1 rdinit=/bin/sh',
  'off init=/bin/sh',
  '1\ninit=/bin/sh',
  '1\n',
  '1\r',
  '\n1',
  'on\n',
  'debian-6.1\n',
  '2MiB\n',
  'overlay2\n--host=tcp://0.0.0.0',
  '1\u0000',
  '1\u2028init=/bin/sh',
  '198.18.0.0/24/$(touch /tmp/owned)',
  '198.18.0.16/24\n',
  '--privileged',
  '-v',
  '..',
  '../../etc/passwd',
  '/..',
  '/boot/..',
  '/boot/../etc/shadow',
  '/dev/hugepages/../../etc',
  '/boot/vmlinuz init=/bin/sh',
  '/boot/vmlinuz,accel=kvm',
  'max,+kvm',
  'q35,accel=kvm',
  'performance\npowersave',
  '%s%n',
  '*',
  '~',
];

/** Texts that look like accepted ones. */
const lookalikes = [
  'оn', // the first letter is Cyrillic
  '１', // a wide digit
  '٣', // an Arabic digit
  '0‑3', // a hyphen that is none of ASCII
  '0\uff0c1', // a wide comma
  'реrformance',
  '\u202eno',
  '1\u200b',
];

const tooMuch = {
  'a list of a million ranges': '0-1,'.repeat(1_000_000),
  'a text of ten megabytes': 'a'.repeat(10_000_000),
  'a number of a thousand digits': '9'.repeat(1000),
  'an address with a million parts': '1.'.repeat(1_000_000),
  'a path with a million parts': '/a'.repeat(1_000_000),
  'a list with ten thousand entries': Array.from({ length: 10_000 }, () => '0-8191'),
};

const noNumbers = { NaN: Number.NaN, infinity: Number.POSITIVE_INFINITY, 'a huge number': 1e300, 'minus a lot': -1e9 };

/** Every parameter must refuse these: there is none for which they mean anything. */
export const alwaysRefused: readonly HostileValue[] = [
  ...[...injections, ...lookalikes].map((value) => ({ what: JSON.stringify(value), value })),
  ...injections.map((value) => ({ what: `[${JSON.stringify(value)}]`, value: [value] })),
  ...injections.map((value) => ({ what: `[0, ${JSON.stringify(value)}]`, value: [0, value] })),
  ...Object.entries({ ...tooMuch, ...noNumbers }).map(([what, value]) => ({ what, value })),
  { what: 'an empty text', value: '' },
  { what: 'a space', value: ' ' },
  { what: 'an empty list', value: [] },
];

/** No CPU of Linux on x86-64 has such a number; a parameter that counts something else may accept it. */
export const impossibleCpus: readonly HostileValue[] = [
  { what: 'CPU 8192', value: '8192' },
  { what: 'CPU 8192 as a number', value: 8192 },
  { what: 'CPU 8192 in a list', value: [0, 8192] },
  { what: 'CPU 8192 after others', value: '0-3,8192' },
  { what: 'CPU 99999', value: '99999' },
  { what: 'a range beyond the last CPU', value: '0-8192' },
  { what: 'a range of a billion CPUs', value: '0-999999999' },
];

/** What some parameters may take: then it must be plain data. */
export const oftenRefused: readonly HostileValue[] = [
  ...impossibleCpus,
  ...['constructor', '__proto__', 'toString', 'init', 'single', 'panic', 'rw', '/', '/dev/mem', '/proc/self/exe'].map(
    (value) => ({ what: JSON.stringify(value), value }),
  ),
  ...[' 1 ', '01', '4096\n131072\n6291456', '4096\t131072\t6291456', '1_000', '1e3', '0x10'].map((value) => ({
    what: JSON.stringify(value),
    value,
  })),
  ...[0, -0, -1, 1.5, 8192, 65_536, 2 ** 31, 2 ** 53, true, false].map((value) => ({ what: String(value), value })),
];
