import { MeasurementError } from '../errors.ts';
import type { Command } from '../machines/machine.ts';
import type { Benchmark } from './benchmark.ts';
import { excerpt } from './tool-output.ts';

type Tool = Benchmark['tool'];

/** The command whose output the parser of the same tool reads; iperf 2 prints on standard error and ends with 1. */
export function buildVersionCommand(tool: Tool): Command {
  if (tool === 'iperf2') return { program: 'iperf', args: ['-v'] };
  return { program: tool, args: [tool === 'iperf3' ? '--version' : '-V'] };
}

/** From `Netperf version 2.7.0`. */
export function parseNetperfVersion(text: string): string {
  return readVersion('netperf', text, /^Netperf version (\d+(?:\.\d+)+\S*)/m);
}

/** From `iperf 3.12 (cJSON 1.7.15)`, the first of several lines. */
export function parseIperf3Version(text: string): string {
  return readVersion('iperf3', text, /^iperf (3\.\d+\S*)/m);
}

/** From `iperf version 2.1.8 (12 August 2022) pthreads`. */
export function parseIperf2Version(text: string): string {
  return readVersion('iperf2', text, /^iperf version (2\.\d+\S*)/m);
}

/** From `ping from iputils 20221126`; releases before 2021 wrote `s20190709`. BusyBox ping does not tell its version. */
export function parsePingVersion(text: string): string {
  return readVersion('ping', text, /\biputils[ -]s?(\d{8})/);
}

/** By tool, for whoever goes through all of them. */
export const versionParsers: Readonly<Record<Tool, (text: string) => string>> = {
  netperf: parseNetperfVersion,
  iperf3: parseIperf3Version,
  iperf2: parseIperf2Version,
  ping: parsePingVersion,
};

function readVersion(tool: Tool, text: string, pattern: RegExp): string {
  const version = pattern.exec(text)?.[1];
  if (version !== undefined) return version;
  throw new MeasurementError(`${tool} told its version as "${excerpt(text)}", which must match ${pattern.source}`);
}
