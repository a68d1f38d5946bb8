import type { Machine } from '../../machines/machine.ts';

/** Of a boot's console so much is kept: its end is where it says why it did not come up. */
const mostLines = 200;
const mostBytes = 256 * 1024;

/** A place in the file that collects a console. */
export interface ConsolePlace {
  readonly file: string;
  readonly bytes: number;
}

/** The end of the console as it is now; null where none is collected. */
export async function markConsole(controller: Machine, file: string | null): Promise<ConsolePlace | null> {
  return file === null ? null : { file, bytes: (await readLength(controller, file)) ?? 0 };
}

/** What the console has said since then, its last lines; null where there is nothing. */
export async function readConsole(controller: Machine, place: ConsolePlace | null): Promise<string | null> {
  if (place === null) return null;
  const length = await readLength(controller, place.file);
  if (length === null) return null;
  // A file that has become shorter was begun anew.
  const from = Math.max(length < place.bytes ? 0 : place.bytes, length - mostBytes);
  const read = { program: 'tail', args: ['-c', `+${from + 1}`, '--', place.file] };
  const { stdout } = await controller.run(read, { timeoutSeconds: 20, allowFailure: true });
  const text = cleanConsole(stdout, mostLines);
  return text === '' ? null : text;
}

async function readLength(controller: Machine, file: string): Promise<number | null> {
  const measure = { program: 'stat', args: ['-L', '-c', '%s', '--', file] };
  const { exitCode, stdout } = await controller.run(measure, { timeoutSeconds: 10, allowFailure: true });
  return exitCode === 0 ? Number(stdout) : null;
}

/** The last lines of what a terminal would show, without what moves its cursor, colours it or clears it. */
export function cleanConsole(text: string, lines: number): string {
  return text
    .replace(escapes, '')
    .replaceAll(/\r+\n?/g, '\n')
    .replace(controls, '')
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .slice(-lines)
    .join('\n');
}

/** `ESC [ ... letter`, `ESC ] ... BEL`, and other sequences of two or three characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken away
const escapes = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]*[0-~])/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken away
const controls = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;
