import { describe, expect, it } from 'vitest';
import { parseQuota, parseSysctls } from '../../src/guests/docker-readings.ts';

describe('what is read back from a container', () => {
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
