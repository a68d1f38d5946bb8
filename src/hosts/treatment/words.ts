/**
 * Lines of words between us and a script on a machine: any bytes in a word, one line a message. What is neither a
 * visible character of ASCII nor anything but `%` stands as `%XX`, so spaces part words and line breaks part lines.
 */

/** The same in Perl: `encode` and `decode` of one word. */
export const perlWords = String.raw`
sub encode { $_[0] =~ s/([^!-\$&-~])/sprintf '%%%02X', ord $1/ger }
sub decode { $_[0] =~ s/%([0-9A-F]{2})/chr hex $1/ger }
`;

export function encodeWords(words: readonly string[]): string {
  return `${words.map(encodeURIComponent).join(' ')}\n`;
}

/** Bytes that are no UTF-8 become U+FFFD. */
export function decodeWords(line: string): string[] {
  return line.split(' ').map((word) => {
    const bytes = word.replaceAll(/%([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    return Buffer.from(bytes, 'latin1').toString('utf8');
  });
}
