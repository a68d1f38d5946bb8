import type { Command } from './machine.ts';

/**
 * What runs on the other machine beside our programs, in Perl: its package `perl-base` is part of every Debian and
 * Ubuntu, and it tells an exit code from a signal, which a shell does not.
 */

/** A process on another machine, so that a recycled process id or a boot in between is not mistaken for it. */
export interface RemoteMark {
  /** Also the id of its session, which it leads. */
  readonly pid: number;
  /** Start time in clock ticks since boot. */
  readonly startTicks: string;
  readonly bootId: string;
}

/**
 * Starts the program in a session of its own and says on standard error who it is, before it, and how it ended, after
 * it, each in a line that begins with the nonce. The environment holds nothing that the client sent along; the server's own
 * word of who has come stays, since by that the way of the control traffic is found.
 */
const supervise = String.raw`
use POSIX ();
my ($nonce, $input, $log, @command) = @ARGV;
my %kept = map { defined $ENV{$_} ? ($_ => $ENV{$_}) : () } qw(HOME USER LOGNAME SHELL SSH_CONNECTION);
%ENV = (%kept, PATH => '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL => 'C');
pipe(my $failed, my $fail) or die "pipe: $!\n";
my $pid = fork;
die "fork: $!\n" unless defined $pid;
if ($pid == 0) {
  my $give_up = sub { syswrite $fail, ($! + 0) . " $_[0]"; POSIX::_exit(127) };
  POSIX::setsid();
  my @stat = split ' ', first_line('/proc/self/stat') =~ s/.*\) //sr;
  syswrite STDERR, "$nonce start $$ $stat[19] " . first_line('/proc/sys/kernel/random/boot_id') . "\n";
  if (!$input) { open STDIN, '<', '/dev/null' or $give_up->('/dev/null') }
  if ($log ne '') {
    open STDOUT, '>>', $log or $give_up->($log);
    open STDERR, '>&', \*STDOUT or $give_up->($log);
  }
  { no warnings; exec { $command[0] } @command; }
  $give_up->($command[0]);
}
close $fail;
open STDIN, '<', '/dev/null';
open STDOUT, '>', '/dev/null';
$SIG{PIPE} = $SIG{HUP} = 'IGNORE';
my $trouble = '';
1 while sysread $failed, $trouble, 4096, length $trouble;
syswrite STDERR, "$nonce running\n" if $log ne '' && $trouble eq '';
waitpid $pid, 0;
my ($code, $signal) = ($? >> 8, $? & 127);
my $end = $trouble ne '' ? "trouble $trouble" : $signal ? "signal $signal" : "exit $code";
syswrite STDERR, "\n$nonce end $end\n";
sub first_line { open my $file, '<', $_[0] or return ''; my $line = <$file>; chomp $line; $line }
`;

export interface Supervision {
  /** Begins every line of the report. */
  readonly nonce: string;
  readonly hasInput: boolean;
  /** File for standard output and error; null: they come here. */
  readonly logFile: string | null;
}

export function buildSupervised({ program, args }: Command, { nonce, hasInput, logFile }: Supervision): Command {
  return perl(supervise, nonce, hasInput ? '1' : '', logFile ?? '', program, ...args);
}

/** `sub members`: who is left of a session. A process with its id but another start time means that it is long gone. */
const findMembers = String.raw`
my ($pid, $start, $boot) = splice @ARGV, 0, 3;
sub slurp { open my $file, '<', $_[0] or return ''; local $/; my $text = <$file>; defined $text ? $text : '' }
exit 0 if slurp('/proc/sys/kernel/random/boot_id') ne "$boot\n";
sub members {
  my @members;
  opendir my $folder, '/proc' or die "/proc: $!\n";
  for my $each (grep /^\d+$/, readdir $folder) {
    slurp("/proc/$each/stat") =~ /^\d+ \(.*\) (\S) \S+ \S+ (\d+) (?:\S+ ){15}(\d+) /s or next;
    return () if $each == $pid && $3 ne $start;
    push @members, $each if $2 == $pid && $1 !~ /[ZX]/;
  }
  @members;
}
sub pause { select undef, undef, undef, 0.05 }
`;

const end = `${findMembers}${String.raw`
my $rounds = $ARGV[0] * 20;
my @left = members();
kill 'TERM', @left;
pause() while $rounds-- > 0 && grep { $_ == $pid } @left = members();
for (1 .. 200) {
  @left = members() or exit 0;
  kill 'KILL', @left;
  pause();
}
print STDERR "process @left is still there 10 s after SIGKILL\n";
exit 1;
`}`;

/**
 * Ends a program and everything in its session: SIGTERM, SIGKILL after `graceSeconds`, and once it is gone SIGKILL at
 * once to what it left behind. Exit code 0 when nothing is left, also when nothing was there.
 */
export function buildEnd({ pid, startTicks, bootId }: RemoteMark, graceSeconds: number): Command {
  return perl(end, String(pid), startTicks, bootId, String(graceSeconds));
}

const watch = `${findMembers}pause() while grep { $_ == $pid } members();`;

/** Ends when the program has ended. */
export function buildWatch({ pid, startTicks, bootId }: RemoteMark): Command {
  return perl(watch, String(pid), startTicks, bootId);
}

/** By this exit code `buildRead` says that there is no such file. */
export const absentExitCode = 4;

const read = String.raw`
use Errno qw(ENOENT ESRCH ENOTDIR ENODEV);
sub fail { my $code = $! + 0; exit 4 if grep { $_ == $code } ENOENT, ESRCH, ENOTDIR, ENODEV; print STDERR "$!\n"; exit 5 }
open my $file, '<:raw', $ARGV[0] or fail();
binmode STDOUT;
while (1) {
  my $count = sysread $file, my $part, 65536;
  fail() unless defined $count;
  last if $count == 0;
  print STDOUT $part or fail();
}
close STDOUT or fail();
`;

export function buildRead(path: string): Command {
  return perl(read, path);
}

/** One line for each path: `=` and the content in hexadecimal digits, or `-` for what cannot be read. */
const readMany = String.raw`
for my $path (@ARGV) {
  my $text = '';
  my $whole = -f $path && open(my $file, '<:raw', $path);
  while ($whole) {
    my $count = sysread $file, $text, 65536, length $text;
    if (!defined $count) { $whole = 0 } elsif ($count == 0) { last }
  }
  print $whole ? '=' . unpack('H*', $text) : '-', "\n";
}
close STDOUT or exit 5;
`;

export function buildReadMany(paths: readonly string[]): Command {
  return perl(readMany, ...paths);
}

/** The size tells a whole text from one whose rest was lost on the way: both end alike. */
const write = String.raw`
my ($path, $size, $mode) = @ARGV;
my $next = "$path.next";
sub fail { print STDERR "$_[0]\n"; exit 5 }
umask 077 if $mode ne '';
open my $file, '>:raw', $next or fail("$next: $!");
if ($mode ne '') { chmod oct $mode, $next or fail("$next: $!") }
my $written = 0;
while (my $count = sysread STDIN, my $part, 65536) {
  print $file $part or fail("$next: $!");
  $written += $count;
}
close $file or fail("$next: $!");
if ($written != $size) { unlink $next; fail("only $written of $size bytes arrived") }
rename $next, $path or fail("$path: $!");
`;

/** Takes the text on standard input. */
export function buildWrite(path: string, bytes: number, mode: number | undefined): Command {
  return perl(write, path, String(bytes), mode === undefined ? '' : mode.toString(8));
}

/** What a shell might make something of. */
const greetingProbe = `'"\`$(echo) $HOME \\n\n!*;#~ ü`;

/** A sign of life that goes on until its input ends: `parseGreeting` knows what it must say. */
export function buildGreeting(): Command {
  const script = '$| = 1; print unpack("H*", $ARGV[0]), "\\n"; 1 while sysread STDIN, my $part, 4096;';
  return perl(script, greetingProbe);
}

/** The exact text that a machine says whose login shell adds nothing and leaves quoted words alone. */
export const expectedGreeting = `${Buffer.from(greetingProbe).toString('hex')}\n`;

function perl(script: string, ...args: readonly string[]): Command {
  return { program: 'perl', args: ['-e', script, '--', ...args] };
}
