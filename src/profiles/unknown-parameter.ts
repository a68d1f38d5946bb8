import { suggestName } from '../nearest-name.ts';
import { showText } from '../show-text.ts';
import type { Catalogue } from './catalogue.ts';

/** More than these would bury the sentence. */
const mostListed = 30;

/** No parameter has more words in its name; what a hostile file writes has tens of thousands. */
const mostWords = 12;

/**
 * `unknown parameter "guest.docker.cpusett" (did you mean "guest.docker.cpuset"?), accepted are ...`: the parameters
 * beside it in the catalogue, or the groups of them where they are many, or all groups where there is nothing beside it.
 */
export function describeUnknownParameter(name: string, parameters: Catalogue): string {
  const known = [...parameters.keys()];
  const words = name.split('.', mostWords);
  const prefixes = words.map((_, index) =>
    words
      .slice(0, words.length - 1 - index)
      .map((word) => `${word}.`)
      .join(''),
  );
  // The last of the prefixes is empty, so there is always one.
  const prefix = prefixes.find((start) => known.some((other) => other.startsWith(start))) ?? '';
  const beside = known.filter((other) => other.startsWith(prefix));
  const accepted = beside.length > mostListed ? [...new Set(beside.map((other) => nameGroup(other, prefix)))] : beside;
  return `unknown parameter "${showText(name)}"${suggestName(name, known)}, accepted are ${accepted.join(', ')}`;
}

/** `nameGroup('guest.qemu.boot.idle', 'guest.qemu.')` is `guest.qemu.boot.*`. */
function nameGroup(name: string, prefix: string): string {
  const [first, ...rest] = name.slice(prefix.length).split('.');
  return rest.length === 0 ? name : `${prefix}${first}.*`;
}
