/** The request was wrong and the user can mend it; exit code 2, nothing was started. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/** Data we will not compare: a tool's output that is no measurement, a setting that is not in force. */
export class MeasurementError extends Error {
  override readonly name = 'MeasurementError';
}

/** Somebody wants the work to end now: Ctrl-C, a signal, a cancelled job. The reason of every abort signal. */
export class InterruptionError extends Error {
  override readonly name = 'InterruptionError';

  constructor(signalName: string) {
    super(`interrupted by ${signalName}`);
  }
}

export interface CommandFailure {
  readonly program: string;
  readonly args: readonly string[];
  /** Name of the machine on which it ran. */
  readonly machine: string;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly timedOut: boolean;
  /** true: the machine could not be reached any more, so nobody saw how the program ended; `stderr` says what was seen. */
  readonly connectionLost?: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that could not be started, failed, or ran into its deadline. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly failure: CommandFailure;

  constructor(failure: CommandFailure, options?: ErrorOptions) {
    super(describeFailure(failure), options);
    this.failure = failure;
  }
}

/** Whether something failed because a machine could not be reached, and not by itself. */
export function isConnectionLost(thrown: unknown): boolean {
  if (thrown instanceof CommandError) {
    const { connectionLost, program } = thrown.failure;
    // A command that was to run there never is ssh; this one was to reach the machine.
    if (connectionLost === true || program === 'ssh') return true;
  }
  return thrown instanceof Error && thrown.cause !== undefined && isConnectionLost(thrown.cause);
}

function describeFailure(failure: CommandFailure): string {
  const ending = failure.connectionLost
    ? 'was cut off, the connection to the machine is lost'
    : failure.timedOut
      ? 'ran into its deadline'
      : failure.signal !== null
        ? `was ended by ${failure.signal}`
        : failure.exitCode === null
          ? 'could not be started'
          : `ended with exit code ${failure.exitCode}`;
  const said = lastLines(failure.stderr.trim() === '' ? failure.stdout : failure.stderr, 3);
  return `\`${[failure.program, ...failure.args].map(shortenScript).join(' ')}\` on ${failure.machine} ${ending}${said === '' ? '' : `: ${said}`}`;
}

/** A script of many lines says nothing to whoever reads the sentence. */
function shortenScript(word: string): string {
  return word.split('\n').length > 3 ? '...' : word;
}

/** The last non-empty lines of a text, joined to one line. */
export function lastLines(text: string, count: number): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(-count)
    .join(' / ');
}

/** Whatever was thrown, as a sentence. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** Whether the system gave this reason, for example ENOENT. */
export function hasCode(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === code;
}
