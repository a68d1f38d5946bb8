import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../src/errors.ts';
import { formatIpv4, parseIpv4, parseIpv4Network } from '../../src/profiles/ipv4.ts';

describe('parseIpv4', () => {
  it('is a 32-bit number', () => {
    expect(parseIpv4('0.0.0.0')).toBe(0);
    expect(parseIpv4('198.18.0.16')).toBe(0xc6120010);
    expect(parseIpv4('255.255.255.255')).toBe(2 ** 32 - 1);
  });

  it.each(['', '1.2.3', '1.2.3.4.5', '1.2.3.256', '1.2.3.04', '1.2.3.-4', '1.2.3.x', ' 1.2.3.4', '::1'])(
    'refuses %j',
    (text) => {
      expect(() => parseIpv4(text)).toThrow(ConfigurationError);
    },
  );
});

describe('formatIpv4', () => {
  it.each(['0.0.0.0', '198.18.0.31', '255.255.255.255'])('is the way back to %s', (text) => {
    expect(formatIpv4(parseIpv4(text))).toBe(text);
  });
});

describe('parseIpv4Network', () => {
  it('runs from its own address to the broadcast address', () => {
    expect(parseIpv4Network('198.18.0.77/24')).toEqual({ first: 0xc6120000, last: 0xc61200ff });
    expect(parseIpv4Network('10.0.0.1/32')).toEqual({ first: 0x0a000001, last: 0x0a000001 });
    expect(parseIpv4Network('0.0.0.0/0')).toEqual({ first: 0, last: 2 ** 32 - 1 });
  });

  it.each(['198.18.0.0', '198.18.0.0/33', '198.18.0.0/', '198.18.0/24', '/24'])('refuses %j', (text) => {
    expect(() => parseIpv4Network(text)).toThrow(ConfigurationError);
  });
});
