export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** As its package.json names it, for example MIT. */
  readonly licence: string;
  /** Empty when the package comes without the text. */
  readonly text: string;
}

/** What the licences of bundled packages ask for: their names and texts beside the bundle. Sorted by name and version. */
export function renderLicences(packages: readonly BundledPackage[]): string {
  const parts = packages
    .map(({ name, version, licence, text }) => ({
      title: `${name} ${version} (${licence})`,
      text: text.replaceAll('\r\n', '\n').trim(),
    }))
    .sort((a, b) => (a.title < b.title ? -1 : 1))
    .map(({ title, text }) => `${title}\n${'-'.repeat(title.length)}\n${text || 'comes without a text'}\n`);
  return `Packages of which something is in this folder, and their licences.\n\n${[...new Set(parts)].join('\n')}`;
}
