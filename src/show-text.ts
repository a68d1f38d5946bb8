/** Characters; more of a text that somebody else wrote would bury the sentence around it. */
const mostShown = 60;

/** A text cut to what a sentence bears. */
export function shortenText(text: string): string {
  return text.length > mostShown ? `${text.slice(0, mostShown - 3)}...` : text;
}

/**
 * A key or value of a file as a message shows it: short, and with everything beyond printable ASCII escaped, so that
 * a Cyrillic letter is not taken for the Latin one that it looks like: `showText('сpus')` is `\u{441}pus`.
 */
export function showText(text: string): string {
  return shortenText(text).replace(/[^\x20-\x7e]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** Controls, what turns the direction of writing, lone surrogates and the separators of lines and paragraphs. */
const steering = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** A message without what could steer the terminal that shows it. */
export function withoutSteering(text: string): string {
  return text.replace(steering, '?');
}
