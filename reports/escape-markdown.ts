import { stripControls } from './strip-controls.ts';

/**
 * Text of unknown origin for a Markdown table cell, list item or sentence: no markup, no HTML, no line break, no link
 * and no mention survives, and it reads as it was. Marks inside words, as in `tcp_rr`, are no markup and stay.
 *
 * GitHub looks for mentions, issue numbers and addresses after it has resolved entities, so these are broken by a
 * space without width.
 */
export function escapeMarkdown(text: string): string {
  return stripControls(text)
    .replace(/[^\S\u00a0]+/g, ' ')
    .trim()
    .replace(/[\\`*|[\]<>&#~$]/g, (mark) => `&#${mark.codePointAt(0)};`)
    .replace(/(^|[^\p{L}\p{N}])_|_(?=$|[^\p{L}\p{N}])/gu, '$1&#95;')
    .replace(/^[-+=](?=[-+= ]|$)/, (mark) => `&#${mark.codePointAt(0)};`)
    .replace(/^(\d+)([.)])(?= |$)/, (_, digits, mark) => `${digits}&#${mark.codePointAt(0)};`)
    .replace(/(@|&#35;|\bgh-)(?=[\p{L}\p{N}])/giu, '$1\u200b')
    .replace(/:\/\//g, ':\u200b//')
    .replace(/\bwww\./gi, 'www\u200b.');
}
