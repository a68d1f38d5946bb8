import { ConfigurationError, lastLines, MeasurementError, messageOf } from '../../errors.ts';
import type { Machine } from '../../machines/machine.ts';
import { type TreatmentState, treatmentStateSchema } from './treatment-state.schema.ts';

const timeoutSeconds = 60;

export function treatmentFile(folder: string): string {
  return `${folder}/treatment.json`;
}

/** What is applied to a machine and not restored; null: nothing is. Throws `ConfigurationError` on a file that cannot be understood. */
export async function readTreatment(machine: Machine, folder: string): Promise<TreatmentState | null> {
  const file = treatmentFile(folder);
  const text = await machine.readFile(file);
  if (text === null) return null;
  try {
    return treatmentStateSchema.parse(JSON.parse(text));
  } catch (thrown) {
    throw new ConfigurationError(
      `${file} says what was changed on ${machine.name}, but it cannot be understood (${messageOf(thrown)}); boot the machine, which puts every run-time setting back, then remove the file`,
      { cause: thrown },
    );
  }
}

/**
 * A file that is there as a whole or not at all, whatever happens at any moment: the text is on the disk before it gets
 * its name, and the name is on the disk when this ends. The size tells a text of which the rest was lost on the way.
 */
const writeThrough = `
set -e
umask 077
mkdir -p "$3"
trap 'rm -f "$1.next"' EXIT
cat >"$1.next"
test "$(wc -c <"$1.next")" -eq "$2" || { echo "only a part of it arrived" >&2; exit 1; }
sync "$1.next"
mv -T "$1.next" "$1"
sync "$3" "$(dirname "$3")"
`;

/** Writes and flushes the state; the file is for root alone. Throws a `MeasurementError` when it is not on the disk. */
export async function saveTreatment(machine: Machine, folder: string, state: TreatmentState): Promise<void> {
  const file = treatmentFile(folder);
  const text = `${JSON.stringify(state)}\n`;
  const args = ['-c', writeThrough, 'sh', file, String(Buffer.byteLength(text)), folder];
  const { exitCode, stderr } = await machine.run(
    { program: 'sh', args },
    { timeoutSeconds, input: text, allowFailure: true },
  );
  if (exitCode === 0) return;
  throw new MeasurementError(`cannot write ${file} on ${machine.name}: ${lastLines(stderr, 2) || 'it took too long'}`);
}

/** Nothing is applied any more. */
export async function forgetTreatment(machine: Machine, folder: string): Promise<void> {
  const script = 'rm -f "$1" "$1.next" && sync "$2"';
  const args = ['-c', script, 'sh', treatmentFile(folder), folder];
  await machine.run({ program: 'sh', args }, { timeoutSeconds });
}
