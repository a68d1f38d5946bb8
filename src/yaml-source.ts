import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';

/** A finding and where in the text it belongs. */
export interface Problem {
  readonly offset: number;
  readonly sentence: string;
}

/** YAML read but not yet understood. */
export interface YamlSource {
  /** Why this is refused, whatever it says. */
  readonly problems: readonly Problem[];
  /** undefined when there are problems. */
  readonly data: unknown;
  /** Where the value (or its key) stands; where the path ends early, the last part that is there. */
  readonly offsetOf: (path: readonly PropertyKey[], part: 'key' | 'value') => number;
}

/** Everything of the category "control" but tab and line ends: a terminal obeys it when a message shows it. */
const controlCharacter = /[^\P{Cc}\t\n\r]/u;

/**
 * YAML 1.2 with its core types, whatever version the text claims to be.
 * Anchors, aliases, tags and several documents are refused: files that people write need none, and aliases can explode.
 */
export function readYamlSource(text: string, lineCounter: LineCounter): YamlSource {
  const document = parseDocument(text, {
    lineCounter,
    prettyErrors: false,
    stringKeys: true,
    schema: 'core',
    resolveKnownTags: false,
  });
  const syntax = listSyntaxErrors(document, text);
  const problems = syntax.length > 0 ? syntax : listRefusals(document);
  const root: unknown = document.contents;
  return {
    problems,
    data: problems.length > 0 ? undefined : document.toJS({ maxAliasCount: 0 }),
    offsetOf: (path, part) => findOffset(root, path, part),
  };
}

/** The first one only: the others usually follow from it. */
function listSyntaxErrors({ errors, warnings }: Document, text: string): readonly Problem[] {
  const error = errors[0] ?? warnings[0];
  if (error === undefined) return [];
  const offset = error.pos[0];
  switch (error.code) {
    case 'DUPLICATE_KEY': {
      const key = /^[\w.-]*/.exec(text.slice(offset, offset + 60))?.[0];
      return [{ offset, sentence: `the key ${key} appears twice, once is accepted` }];
    }
    case 'MULTIPLE_DOCS':
      return [{ offset, sentence: 'a second document begins, one is accepted' }];
    case 'NON_STRING_KEY':
      return [{ offset, sentence: 'this key is no text, only text is accepted' }];
    case 'RESOURCE_EXHAUSTION':
      return [{ offset, sentence: 'this is nested too deeply, a few levels are accepted' }];
    default:
      return [{ offset, sentence: `this is not YAML as it is accepted here: ${error.message}` }];
  }
}

/** What is good YAML and still nothing for us. */
function listRefusals(document: Document.Parsed): readonly Problem[] {
  const problems: Problem[] = [];
  visit(document, {
    Node: (_, node) => {
      const sentence = describeRefusal(node);
      if (sentence !== null) problems.push({ offset: node.range?.[0] ?? 0, sentence });
    },
    Pair: (_, { key }) => {
      // zod leaves this key out of records without a word.
      if (!isScalar(key) || key.value !== '__proto__') return;
      problems.push({ offset: key.range?.[0] ?? 0, sentence: 'the key "__proto__" is not accepted' });
    },
  });
  return problems;
}

function describeRefusal(node: Node): string | null {
  if (isAlias(node) || ('anchor' in node && node.anchor !== undefined)) {
    return 'anchors and aliases are not accepted, write the value';
  }
  const hidden = isScalar(node) && typeof node.value === 'string' && controlCharacter.test(node.value);
  return hidden ? 'control characters are not accepted' : null;
}

function findOffset(root: unknown, path: readonly PropertyKey[], part: 'key' | 'value'): number {
  let node = root;
  let offset = startOf(root) ?? 0;
  for (const [depth, step] of path.entries()) {
    const wantsKey = part === 'key' && depth === path.length - 1;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === step);
      if (pair === undefined) return offset;
      node = pair.value;
      offset = (wantsKey ? undefined : startOf(node)) ?? startOf(pair.key) ?? offset;
    } else if (isSeq(node) && typeof step === 'number') {
      node = node.items[step];
      offset = startOf(node) ?? offset;
    } else {
      return offset;
    }
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return isScalar(node) || isMap(node) || isSeq(node) ? node.range?.[0] : undefined;
}
