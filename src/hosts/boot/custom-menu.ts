/** Between these lines of `custom.cfg` everything is Tunegate's; the rest is the owner's. */
const begin = '### BEGIN tunegate ###';
const end = '### END tunegate ###';

/** The file with this section of ours in the place of whatever was ours before; `''` where nothing is left. */
export function replaceSection(text: string, section: string | null): string {
  const own = withoutSection(text);
  if (section === null) return own;
  const joined = own === '' || own.endsWith('\n') ? own : `${own}\n`;
  return `${joined}${begin}\n${section}\n${end}\n`;
}

/** The owner's lines. A section without its end, as a full disk leaves it, reaches to the end of the file. */
export function withoutSection(text: string): string {
  return text.replace(/^### BEGIN tunegate ###\n[\s\S]*?(?:^### END tunegate ###\n?|(?![\s\S]))/gm, '');
}
