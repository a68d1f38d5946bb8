import { stripControls } from './strip-controls.ts';

/** Text of unknown origin for the content of an HTML element or an attribute in double quotes. */
export function escapeHtml(text: string): string {
  return stripControls(text).replace(/[&<>"']/g, (mark) => `&#${mark.codePointAt(0)};`);
}
