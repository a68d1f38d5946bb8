import { perlWords } from './words.ts';

/**
 * Reads files and runs programs for `collectHostReadings`, in Perl, whose package `perl-base` is part of every Debian and
 * Ubuntu: one call for everything, since over a network each call costs a round trip.
 *
 * Takes lines `file PATTERN` and `run PROGRAM ARGUMENT ...`, says `file PATH TEXT` and `run NUMBER TEXT` for what could be
 * read, and `end` at the end. Only regular files are opened (everything in /proc and /sys is one), and without waiting: a
 * pipe or a device could keep the reader for ever.
 */
export const readingScript = String.raw`
use Fcntl;
use POSIX ();
my ($largest, $seconds) = @ARGV;
my ($number, $child) = (0, 0);
$SIG{TERM} = sub { kill 'KILL', -$child if $child; POSIX::_exit(143) };
binmode STDIN;
binmode STDOUT;
for my $line (<STDIN>) {
  chomp $line;
  my ($kind, @words) = map { decode($_) } split / /, $line, -1;
  if ($kind eq 'file') { report('file', $_, content($_)) for expand($words[0]) }
  else { report('run', $number++, output(@words)) }
}
print "end\n";
close STDOUT or exit 5;

sub report { print join(' ', map { encode($_) } @_), "\n" if defined $_[-1] }

sub expand {
  my @found = ('');
  for my $part (split m{/}, substr($_[0], 1), -1) {
    if (index($part, '*') < 0) { $_ .= "/$part" for @found; next }
    my $pattern = join '.*', map { quotemeta } split /\*/, $part, -1;
    @found = map { my $folder = $_; map { "$folder/$_" } grep { !/^\./ && /\A$pattern\z/s } entries("$folder/") } @found;
  }
  @found;
}

sub entries { opendir my $folder, $_[0] or return (); sort readdir $folder }

sub content {
  sysopen my $file, $_[0], O_RDONLY | O_NONBLOCK or return undef;
  -f $file or return undef;
  my $text = '';
  while (1) {
    my $count = sysread $file, $text, 65536, length $text;
    return undef if !defined $count || length $text > $largest;
    return $text if $count == 0;
  }
}

sub output {
  my @command = @_;
  pipe my $reader, my $writer or die "pipe: $!\n";
  $child = fork // die "fork: $!\n";
  if ($child == 0) {
    $SIG{TERM} = 'DEFAULT';
    setpgrp 0, 0;
    open STDIN, '<', '/dev/null';
    open STDOUT, '>&', $writer;
    open STDERR, '>', '/dev/null';
    { no warnings; exec { $command[0] } @command; }
    POSIX::_exit(127);
  }
  close $writer;
  my $text = drain($reader);
  kill 'KILL', -$child unless defined $text;
  waitpid $child, 0;
  $child = 0;
  $? == 0 ? $text : undef;
}

sub drain {
  my ($reader) = @_;
  my ($text, $end) = ('', time + $seconds);
  while (1) {
    vec(my $ready = '', fileno $reader, 1) = 1;
    my $left = $end - time;
    return undef if $left <= 0 || length $text > $largest;
    next unless select($ready, undef, undef, $left) > 0;
    my $count = sysread $reader, $text, 65536, length $text;
    return $text if defined $count && $count == 0;
  }
}
${perlWords}`;
