import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fixtureFolder, readFixture } from './fixture.ts';
import { fixtureCases } from './fixture-cases.ts';
import { measure } from './judge.ts';

describe('the recordings', () => {
  it('are one for each case', () => {
    const recorded = readdirSync(fixtureFolder).map((file) => file.replace(/\.json$/, ''));
    expect(recorded.sort()).toEqual(fixtureCases.map(({ name }) => name).sort());
  });

  it.each(fixtureCases)('of $name was made with the command that is built today', ({ name, command, situation }) => {
    const fixture = readFixture(name);
    expect(fixture.argv).toEqual([command.program, ...command.args]);
    expect(fixture.situation).toBe(situation);
    expect(fixture.tool).toMatch(/^(netperf|iperf3|iperf2|ping|busybox) \d+/);
  });

  it.each([
    ['udp_stream', 'udp_stream'],
    ['iperf_udp', 'iperf_udp'],
    ['iperf_udp', 'iperf_udp-died-halfway'],
  ] as const)('of %s (%s) tell sender and receiver apart', (test, name) => {
    const { metrics, diagnostics } = measure(test, name);
    expect(diagnostics['client.bytesSent']).toBeGreaterThan(Number(diagnostics['server.bytesReceived']));
    expect(metrics.sent).not.toEqual(metrics.throughput);
  });
});
