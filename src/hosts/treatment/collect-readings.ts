import { MeasurementError } from '../../errors.ts';
import type { Machine } from '../../machines/machine.ts';
import type { HostReadings, HostReads } from '../../profiles/host-part.ts';
import { nameCommand } from '../../profiles/name-command.ts';
import { readingScript } from './reading-script.ts';
import { decodeWords, encodeWords } from './words.ts';

/** Bytes; the configuration of a kernel has 0.3 MB. What is larger counts as unreadable, since a part of it misleads. */
const largestText = 4 * 2 ** 20;

/** For one program; an emulated host takes 3 s for `docker info`. */
const commandSeconds = 20;

const timeoutSeconds = 120;

/**
 * Reads everything that these reads name, in one call of a program on the machine. No key for a file that is not there,
 * cannot be read, is larger than 4 MiB or no regular file; none for a program that failed or took longer than 20 s.
 */
export async function collectHostReadings(
  machine: Machine,
  reads: readonly HostReads[],
  signal?: AbortSignal,
): Promise<HostReadings> {
  const paths = [...new Set(reads.flatMap(({ files }) => files ?? []))];
  const wanted = reads.flatMap(({ commands }) => commands ?? []);
  const commands = [...new Map(wanted.map((command) => [nameCommand(command), command]))];
  if (paths.length === 0 && commands.length === 0) return { files: {}, outputs: {} };
  const input = [
    ...paths.map((path) => encodeWords(['file', path])),
    ...commands.map(([, { program, args }]) => encodeWords(['run', program, ...args])),
  ].join('');
  const command = { program: 'perl', args: ['-e', readingScript, '--', String(largestText), String(commandSeconds)] };
  const { stdout } = await machine.run(command, { timeoutSeconds, signal, input });
  return parseReport(
    stdout,
    commands.map(([line]) => line),
    machine.name,
  );
}

function parseReport(report: string, commandLines: readonly string[], machine: string): HostReadings {
  const lines = report.split('\n').slice(0, -1).map(decodeWords);
  if (lines.pop()?.join(' ') !== 'end') throw new MeasurementError(`what was read on ${machine} was cut short`);
  const files: [string, string][] = [];
  const outputs: [string, string][] = [];
  for (const [kind, key = '', text = ''] of lines) {
    if (kind === 'file') files.push([key, text.replace(/\n$/, '')]);
    else outputs.push([commandLines[Number(key)] ?? '', text]);
  }
  return { files: Object.fromEntries(files), outputs: Object.fromEntries(outputs) };
}
