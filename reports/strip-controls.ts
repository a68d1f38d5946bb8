/**
 * Text of unknown origin without what would steer a terminal or turn its direction: control characters (an escape
 * sequence loses its escape) and the marks of bidirectional text. Line breaks and tabs become spaces.
 */
export function stripControls(text: string): string {
  return text
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ')
    .replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '');
}
