import { lastLines, MeasurementError } from '../../errors.ts';
import type { Machine } from '../../machines/machine.ts';
import type { HostAction } from '../../profiles/host-part.ts';
import { treatmentFile } from './treatment-state.ts';
import { encodeWords, perlWords } from './words.ts';

/**
 * Takes lines `write PATH TEXT` and `run PROGRAM ARGUMENT ...` and does one after the other, up to the first that fails.
 * A text goes to the kernel in one piece, as `echo` would write it, and a file that does not exist is not made: in /sys
 * that only hides the trouble. Says how many were done before one that failed.
 *
 * Holds a kernel lock on the state file meanwhile: it goes on when whoever started it is killed or loses the connection.
 */
const script = String.raw`
use Fcntl qw(:DEFAULT :flock);
use POSIX ();
my ($done, $ended) = (0, 0);
$SIG{TERM} = sub { $ended = 1 };
open my $lock, '<', $ARGV[0] or fail("$ARGV[0]: $!");
flock $lock, LOCK_EX or fail("flock: $!");
binmode STDIN;
for my $line (<STDIN>) {
  exit 143 if $ended;
  chomp $line;
  my ($kind, @words) = map { decode($_) } split / /, $line, -1;
  if ($kind eq 'write') { put(@words) } else { run(@words) }
  $done++;
}

sub fail { print STDERR "\n$_[0]\n"; print "$done\n"; exit 1 }

sub put {
  my ($path, $text) = @_;
  sysopen my $file, $path, O_WRONLY | O_TRUNC | O_NOCTTY or fail("writing $path: $!");
  my $count = syswrite $file, "$text\n";
  fail("writing \"$text\" to $path: $!") unless defined $count;
  fail("writing \"$text\" to $path: only $count bytes were taken") if $count != 1 + length $text;
  close $file or fail("writing \"$text\" to $path: $!");
}

sub run {
  my @command = @_;
  my $pid = fork // fail("fork: $!");
  if ($pid == 0) {
    $SIG{TERM} = 'DEFAULT';
    open STDIN, '<', '/dev/null';
    open STDOUT, '>', '/dev/null';
    { no warnings; exec { $command[0] } @command; }
    print STDERR "$!\n";
    POSIX::_exit(127);
  }
  1 while waitpid($pid, 0) < 0 && $!{EINTR};
  return if $? == 0;
  my $end = $? & 127 ? 'was ended by signal ' . ($? & 127) : 'ended with exit code ' . ($? >> 8);
  fail("@command $end");
}
${perlWords}`;

/** Long enough to make huge pages, for which memory must be cleared and moved. */
const timeoutSeconds = 300;

export interface ActionsOutcome {
  /** How many were done. */
  readonly done: number;
  /** Why the next one failed, which may have been done in part; null: none did. */
  readonly reason: string | null;
}

/** Does these things on the machine, one after the other up to the first that fails, in one call. */
export async function tryActions(
  machine: Machine,
  folder: string,
  actions: readonly HostAction[],
  signal?: AbortSignal,
): Promise<ActionsOutcome> {
  if (actions.length === 0) return { done: 0, reason: null };
  const command = { program: 'perl', args: ['-e', script, '--', treatmentFile(folder)] };
  const options = { timeoutSeconds, signal, input: actions.map(encodeAction).join(''), allowFailure: true };
  const { exitCode, timedOut, stdout, stderr } = await machine.run(command, options);
  if (exitCode === 0) return { done: actions.length, reason: null };
  const reason = timedOut ? `it took longer than ${timeoutSeconds} s` : lastLines(stderr, 3);
  return { done: Number(stdout), reason: reason || 'the program that changes settings was ended' };
}

/** The same; throws a `MeasurementError` that says which failed and why. Those before it stay done. */
export async function runActions(
  machine: Machine,
  folder: string,
  actions: readonly HostAction[],
  signal?: AbortSignal,
): Promise<void> {
  const { reason } = await tryActions(machine, folder, actions, signal);
  if (reason !== null) throw new MeasurementError(reason);
}

/** Waits until nothing of these is going on any more, whoever started it. */
export async function awaitActions(machine: Machine, folder: string): Promise<void> {
  const args = ['--timeout', String(timeoutSeconds), treatmentFile(folder), 'true'];
  await machine.run({ program: 'flock', args }, { timeoutSeconds: timeoutSeconds + 10 });
}

function encodeAction(action: HostAction): string {
  return action.kind === 'write'
    ? encodeWords(['write', action.path, action.text])
    : encodeWords(['run', action.program, ...action.args]);
}
