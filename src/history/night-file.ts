import { describeIssue } from '../schema-words.ts';
import { type Night, nightSchema } from './night.schema.ts';

/** All nights are below this folder. */
export const nightsFolder = 'nights';

/** Bytes. A night of 84 cells with 10 fresh starts a side has some 60,000. */
export const largestNight = 512 * 1024;

/** What the path of a night says, without opening the file. */
export interface NightPlace {
  readonly path: string;
  readonly host: string;
  readonly comparison: string;
  /** RFC 3339 in UTC, whole seconds. */
  readonly time: string;
}

/** One text for a host and comparison, of which no two pairs have the same: neither name holds a line break. */
export function placeKey({ host, comparison }: Pick<NightPlace, 'host' | 'comparison'>): string {
  return `${host}\n${comparison}`;
}

const pathForm =
  /^nights\/\d{4}\/([A-Za-z0-9][\w.-]{0,63})\/([A-Za-z0-9][\w.-]{0,63})\/(\d{4}-\d\d-\d\d)T(\d\d)(\d\d)(\d\d)Z-[\w.-]{1,80}\.json$/;

/**
 * Where a night is kept: `nights/2026/tuned/stock/2026-11-26T020000Z-123-1.json`. Host, comparison, run and attempt
 * make it unique, so writers of different nights never meet in one file.
 */
export function nightPath({ time, host, comparison, run }: Night): string {
  const stamp = `${time.slice(0, 19).replaceAll(':', '')}Z`;
  return `${nightsFolder}/${time.slice(0, 4)}/${host}/${comparison}/${stamp}-${run.id}-${run.attempt}.json`;
}

/** null: no path that `nightPath` makes. */
export function readNightPath(path: string): NightPlace | null {
  const [, host, comparison, day, hour, minute, second] = pathForm.exec(path) ?? [];
  if (host === undefined || comparison === undefined) return null;
  const time = `${day}T${hour}:${minute}:${second}Z`;
  return Number.isNaN(Date.parse(time)) ? null : { path, host, comparison, time };
}

/** The file's text. The same night gives the same bytes. */
export function renderNight(night: Night): string {
  return `${JSON.stringify(nightSchema.parse(night))}\n`;
}

export type ParsedNight =
  | { readonly kind: 'night'; readonly night: Night }
  | { readonly kind: 'broken'; readonly reason: string };

/** A night from text of unknown origin; what is wrong with it is a clause for a warning, never an error. */
export function parseNight(text: string, path: string): ParsedNight {
  if (text.length > largestNight) {
    return broken(`has ${text.length} characters, at most ${largestNight} are accepted`);
  }
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return broken('is no JSON');
  }
  const outcome = nightSchema.safeParse(data);
  if (!outcome.success) {
    const [issue] = outcome.error.issues;
    return broken(issue === undefined ? 'does not fit its schema' : describeIssue(issue, nightSchema, data));
  }
  const night = outcome.data;
  const uneven = night.cells.find(({ baseline, candidate }) => [baseline, candidate].some(isUneven));
  if (uneven !== undefined) return broken(`the lists of cell ${uneven.id} differ in length`);
  // A file that says it is another night could stand in for it, or count twice.
  if (nightPath(night) !== path) return broken('holds a night that belongs elsewhere');
  return { kind: 'night', night };
}

function isUneven({ medians, samples, spreads }: Night['cells'][number]['baseline']): boolean {
  return medians.length !== samples.length || medians.length !== spreads.length;
}

function broken(reason: string): ParsedNight {
  return { kind: 'broken', reason };
}
