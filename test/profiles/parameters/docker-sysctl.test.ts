import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../src/profiles/catalogue.ts';
import { dockerSysctlKeys, dockerSysctls } from '../../../src/profiles/parameters/docker-sysctl.ts';
import { createReadings } from '../docker-readings.ts';
import { limits } from '../machine-limits.ts';

const find = (key: string) => {
  const parameter = catalogue.get(`guest.docker.sysctl.${key}`);
  if (parameter === undefined) throw new Error(`no ${key}`);
  return parameter;
};

describe('guest.docker.sysctl', () => {
  it.each([
    ['net.core.somaxconn', 1024, '1024', '1024'],
    ['net.ipv4.tcp_congestion_control', 'reno', 'reno', 'reno'],
    ['net.ipv4.tcp_rmem', '4096 65536 1048576', '4096 65536 1048576', '4096\t65536\t1048576'],
    ['net.ipv4.tcp_wmem', [4096, '65536', 1_048_576], '4096 65536 1048576', '4096\t65536\t1048576'],
    ['net.ipv4.tcp_notsent_lowat', 131_072, '131072', '131072'],
    ['net.ipv4.tcp_slow_start_after_idle', 'off', '0', '0'],
    ['net.ipv4.tcp_fastopen', 3, '3', '3'],
    ['net.ipv4.tcp_autocorking', false, '0', '0'],
    ['net.ipv4.tcp_no_metrics_save', 'on', '1', '1'],
    ['net.ipv4.tcp_timestamps', 'off', '0', '0'],
    ['net.ipv4.udp_rmem_min', 16_384, '16384', '16384'],
  ])('%s takes %j, sets it and knows it again', (key, written, setting, text) => {
    const parameter = find(key);
    const value = parameter.schema.parse(written);
    expect(parameter.schema.parse(value)).toEqual(value);
    expect(parameter.docker?.arguments?.(value, 'physical')).toEqual(['--sysctl', `${key}=${setting}`]);
    expect(parameter.misfit(value, limits)).toBeNull();
    expect(parameter.docker?.read(value, createReadings({ sysctls: { [key]: text } }))).toEqual({
      found: setting,
      inForce: true,
    });
    expect(parameter.docker?.read(value, createReadings({ sysctls: { [key]: '7' } }))).toEqual({
      found: '7',
      inForce: false,
    });
    expect(parameter.docker?.read(value, createReadings())).toEqual({ found: `no ${key}`, inForce: false });
  });

  it.each([
    ['net.core.somaxconn', 0],
    ['net.ipv4.tcp_congestion_control', 'reno cubic'],
    ['net.ipv4.tcp_congestion_control', 'Reno=1'],
    ['net.ipv4.tcp_rmem', '4096 65536'],
    ['net.ipv4.tcp_rmem', '4096 65536 1 2'],
    ['net.ipv4.tcp_rmem', '65536 4096 1048576'],
    ['net.ipv4.tcp_rmem', '0 4096 1048576'],
    ['net.ipv4.tcp_rmem', '4096 65536 9999999999'],
    ['net.ipv4.tcp_fastopen', 4],
    ['net.ipv4.tcp_timestamps', 1],
    ['net.ipv4.udp_rmem_min', '16384'],
  ])('%s refuses %j', (key, written) => {
    expect(find(key).schema.safeParse(written).success).toBe(false);
  });

  it('declares the fact that congestion control changes', () => {
    expect(find('net.ipv4.tcp_congestion_control').changesFacts).toEqual(['guest.tcp.congestion_control']);
  });

  it('names the keys that the probes read', () => {
    expect(dockerSysctlKeys).toHaveLength(dockerSysctls.length);
    expect(dockerSysctlKeys).toContain('net.ipv4.tcp_rmem');
  });
});
