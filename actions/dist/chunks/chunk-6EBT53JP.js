import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);

// reports/strip-controls.ts
function stripControls(text) {
  return text.replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, " ").replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "");
}

// reports/escape-markdown.ts
function escapeMarkdown(text) {
  return stripControls(text).replace(/[^\S\u00a0]+/g, " ").trim().replace(/[\\`*|[\]<>&#~$]/g, (mark) => `&#${mark.codePointAt(0)};`).replace(/(^|[^\p{L}\p{N}])_|_(?=$|[^\p{L}\p{N}])/gu, "$1&#95;").replace(/^[-+=](?=[-+= ]|$)/, (mark) => `&#${mark.codePointAt(0)};`).replace(/^(\d+)([.)])(?= |$)/, (_, digits, mark) => `${digits}&#${mark.codePointAt(0)};`).replace(/(@|&#35;|\bgh-)(?=[\p{L}\p{N}])/giu, "$1\u200B").replace(/:\/\//g, ":\u200B//").replace(/\bwww\./gi, "www\u200B.");
}

export {
  stripControls,
  escapeMarkdown
};
