import { markdownTable } from 'markdown-table';
import { type Catalogue, catalogue } from '../src/profiles/catalogue.ts';
import { leftOut } from '../src/profiles/left-out.ts';
import { listGuests, type Parameter } from '../src/profiles/parameter.ts';
import type { Layer } from '../src/vocabulary.ts';
import { escapeMarkdown } from './escape-markdown.ts';

/** `docs/parameters.md`: every parameter of the catalogue, by name. Ends with a line break. */
export function renderParametersDocument(parameters: Catalogue = catalogue): string {
  const all = [...parameters.values()];
  const parts = [
    '# Parameters',
    'What a profile can set. Written from the catalogue (`src/profiles/catalogue.ts`) by `npm run docs`; change it there.',
    'Every parameter is read back from the running system before anything is measured; one that is not in force makes ' +
      'its row *invalid*. *Sides alternate by* says how often the two sides of a comparison take turns when it differs: ' +
      'it follows from what switching it costs. *Expected* is the direction when it is set as advised; of a switch, when ' +
      'it is on.',
    renderOverview(all),
    ...all.map(renderParameter),
    '## Left out',
    'Settings that belong here by their names, and why no parameter gives them:',
    leftOut.map(({ name, reason }) => `- ${escapeMarkdown(name)}: ${escapeMarkdown(reason)}`).join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

function renderOverview(parameters: readonly Parameter[]): string {
  const rows = parameters.map(({ name, layer, effect: { latency, bandwidth, jitter } }) => {
    // As GitHub makes the anchor of a heading: lower case, without dots.
    const anchor = name.toLowerCase().replace(/[^a-z0-9_-]/g, '');
    return [`[${escapeMarkdown(name)}](#${anchor})`, layer, latency, bandwidth, jitter];
  });
  return markdownTable([['parameter', 'layer', 'latency', 'bandwidth', 'jitter'], ...rows]);
}

/** What stands for guests where a parameter is the host's: how the host gets it. */
const hostWays: Readonly<Record<Layer, string>> = {
  host: 'none, it is set on the running host',
  'host-boot': 'none, the host is booted with it',
  daemon: 'none, the private dockerd is started with it',
  guest: 'none',
};

function renderParameter(parameter: Parameter): string {
  const { latency, bandwidth, jitter } = parameter.effect;
  const lines: [string, string][] = [
    ['accepted', parameter.accepted],
    ['versions', parameter.versions],
    ['guests', listGuests(parameter).join(', ') || hostWays[parameter.layer]],
    ['sides alternate by', parameter.switching],
    ['proven by', parameter.probe],
    ['expected', `latency ${latency}, bandwidth ${bandwidth}, jitter ${jitter}`],
    ['risk', parameter.risk],
    ['source', parameter.source],
  ];
  if (parameter.replacedBy !== null) lines.splice(2, 0, ['replaced by', parameter.replacedBy]);
  if (parameter.changesFacts.length > 0) lines.push(['changes the facts', parameter.changesFacts.join(', ')]);
  const list = lines.map(([label, text]) => `- ${label}: ${escapeMarkdown(text)}`).join('\n');
  return `## ${escapeMarkdown(parameter.name)}\n\n${escapeMarkdown(parameter.summary)}\n\n${list}`;
}
