import { ConfigurationError } from '../errors.ts';
import { showText } from '../show-text.ts';

/** A network in CIDR form, as 32-bit numbers: its own address, and the broadcast address at its end. */
export interface Ipv4Network {
  readonly first: number;
  readonly last: number;
}

/** The 32-bit number of a dotted address; throws `ConfigurationError` on anything else. */
export function parseIpv4(text: string): number {
  const bytes = text.split('.', 5).map((part) => (/^(0|[1-9]\d{0,2})$/.test(part) ? Number(part) : Number.NaN));
  if (bytes.length !== 4 || !bytes.every((byte) => byte <= 255)) {
    throw new ConfigurationError(`"${showText(text)}" is no IPv4 address such as 198.18.0.16`);
  }
  return bytes.reduce((value, byte) => value * 256 + byte, 0);
}

/** `formatIpv4(parseIpv4('198.18.0.16'))` is the same text again. */
export function formatIpv4(address: number): string {
  return [24, 16, 8, 0].map((bits) => Math.floor(address / 2 ** bits) % 256).join('.');
}

/** `parseIpv4Network('198.18.0.0/24')`; bits to the right of the prefix are ignored. */
export function parseIpv4Network(text: string): Ipv4Network {
  const [address = '', prefix = '', ...rest] = text.split('/', 3);
  if (rest.length > 0 || !/^\d{1,2}$/.test(prefix) || Number(prefix) > 32) {
    throw new ConfigurationError(`"${showText(text)}" is no IPv4 network such as 198.18.0.0/24`);
  }
  const size = 2 ** (32 - Number(prefix));
  const first = Math.floor(parseIpv4(address) / size) * size;
  return { first, last: first + size - 1 };
}
