/**
 * Text of unknown origin for a Markdown table cell, list item or sentence: no markup, no HTML, no line break and no
 * mention survives. Marks inside words, as in `tcp_rr`, are no markup and stay readable in the source.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[^\S\u00a0]+/g, ' ')
    .replace(/[\\`*|[\]<>&#~]/g, (mark) => `&#${mark.codePointAt(0)};`)
    .replace(/(^|[^\p{L}\p{N}])_|_(?=$|[^\p{L}\p{N}])/gu, '$1&#95;')
    .replace(/@(?=[\p{L}\p{N}])/gu, '@&#8203;')
    .replace(/:\/\//g, ':&#8203;//')
    .trim();
}
