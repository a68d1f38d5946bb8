import { describe, expect, it } from 'vitest';
import {
  buildVersionCommand,
  parseIperf2Version,
  parseIperf3Version,
  parseNetperfVersion,
  parsePingVersion,
  versionParsers,
} from '../../src/benchmarks/tool-versions.ts';
import { MeasurementError } from '../../src/errors.ts';
import { readFixture, readOutput } from './fixture.ts';

describe('tool versions', () => {
  it.each([
    ['netperf', ['netperf', '-V'], '2.7.0'],
    ['iperf3', ['iperf3', '--version'], '3.12'],
    ['iperf2', ['iperf', '-v'], '2.1.8'],
    ['ping', ['ping', '-V'], '20221126'],
  ] as const)('reads that of %s', (tool, argv, version) => {
    const { program, args } = buildVersionCommand(tool);
    expect([program, ...args]).toEqual(argv);
    expect(readFixture(`version-${tool}`).argv).toEqual(argv);
    const { stdout, stderr } = readOutput(`version-${tool}`);
    expect(versionParsers[tool](stdout + stderr)).toBe(version);
  });

  it('reads other ways of writing them', () => {
    expect(parseNetperfVersion('Netperf version 2.7.1\n')).toBe('2.7.1');
    expect(parseIperf3Version('iperf 3.18 (cJSON 1.7.15)\nLinux host\n')).toBe('3.18');
    expect(parseIperf3Version('iperf 3.1.3\n')).toBe('3.1.3');
    expect(parsePingVersion('ping utility, iputils-s20190709\n')).toBe('20190709');
  });

  it.each([
    [parseNetperfVersion, 'sh: netperf: not found'],
    [parseNetperfVersion, ''],
    [parseIperf3Version, 'iperf version 2.1.8 (12 August 2022) pthreads'],
    [parseIperf2Version, 'iperf 3.12 (cJSON 1.7.15)'],
    [parsePingVersion, "ping: invalid option -- 'V'\nBusyBox v1.35.0 multi-call binary."],
  ])('%o does not guess at %j', (parse, text) => {
    expect(() => parse(text)).toThrow(MeasurementError);
    expect(() => parse(text)).toThrow(/told its version as ".*", which must match/);
  });
});
