import { MeasurementError } from '../errors.ts';
import { channelWords } from '../images/initramfs-init.ts';
import type { Command } from '../machines/machine.ts';

/** What the kernel of the guest keeps of a request while the shell is still busy with it is 64 KiB. */
const longestRequest = 32 * 1024;

/** How a program in the guest ended, with all that it printed. */
export interface GuestOutcome {
  /** As a shell counts it: 127 when there is no such program, 128 and more when it was ended by a signal. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * `tunegate-request 7 exec 'cat' '/proc/version'`: one line, in printable ASCII whatever the arguments hold. `exec`
 * because every process costs an emulated guest some hundredths of a second.
 */
export function buildRequest(id: number, { program, args }: Command): string {
  const line = `${channelWords.request} ${id} exec ${[program, ...args].map(quote).join(' ')}\n`;
  if (line.length <= longestRequest) return line;
  throw new MeasurementError(
    `a command for ${program} in the guest has ${line.length} characters, at most ${longestRequest} are accepted`,
  );
}

/** One word of the guest's shell. What a terminal or a shell could take for something else becomes `\ooo`. */
function quote(word: string): string {
  if (/^[\x20-\x26\x28-\x7e]*$/.test(word)) return `'${word}'`;
  if (word.includes('\0')) throw new MeasurementError('an argument of a program cannot hold a NUL');
  const bytes = [...new TextEncoder().encode(word)];
  const isPlain = (byte: number) => byte >= 0x20 && byte <= 0x7e && byte !== 0x27 && byte !== 0x5c;
  const text = bytes.map((byte) =>
    isPlain(byte) ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`,
  );
  return `$'${text.join('')}'`;
}

/** Reads `tunegate-answer 7 0 TGludXg= `: number, exit code, both outputs in base64; null for any other line. */
export function parseAnswer(line: string): { readonly id: number; readonly outcome: GuestOutcome } | null {
  const match = new RegExp(`^${channelWords.answer} (\\d+) (\\d+) (\\S*) (\\S*)\\s*$`).exec(line);
  if (match === null) return null;
  const [, id, exitCode, stdout = '', stderr = ''] = match;
  return { id: Number(id), outcome: { exitCode: Number(exitCode), stdout: decode(stdout), stderr: decode(stderr) } };
}

function decode(text: string): string {
  return Buffer.from(text, 'base64').toString('utf8');
}
