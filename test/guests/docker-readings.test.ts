import { describe, expect, it } from 'vitest';
import { parseQuota, parseScheduling, parseSysctls } from '../../src/guests/docker-readings.ts';

describe('what is read back from a container', () => {
  it('scheduling comes from the right fields, whatever the name holds', () => {
    const rest = `S ${Array.from({ length: 36 }, (_, index) => 100 + index).join(' ')}`;
    expect(parseScheduling(`4711 (a b) c) ${rest} 50 1 0 0 0\n`)).toEqual({ name: 'a b) c', priority: 50, policy: 1 });
  });

  it('settings come by their dotted names', () => {
    const text = '/proc/sys/net/ipv4/tcp_rmem:4096\t131072\t6291456\n/proc/sys/net/core/somaxconn:4096\ngrep: noise\n';
    expect(parseSysctls(text)).toEqual({ 'net.ipv4.tcp_rmem': '4096\t131072\t6291456', 'net.core.somaxconn': '4096' });
  });

  it.each([
    ['max 100000', null],
    ['-1 100000', null],
    ['50000 100000\n', 0.5],
  ])('quota %j is %s', (text, quota) => {
    expect(parseQuota(text)).toBe(quota);
  });
});
