import { describe, expect, it } from 'vitest';
import { findStalls } from '../../src/history/stalls.ts';

const place = (time: string, host = 'tuned') => ({ path: `nights/${time}`, host, comparison: 'tuned', time });
const places = [place('2026-03-01T02:00:00Z'), place('2026-03-02T02:00:00Z'), place('2026-03-01T02:00:00Z', 'stock')];
const at = (time: string) => findStalls(places, { now: new Date(time) }).map(({ host }) => host);

describe('a stalled night', () => {
  it('is told from one and a half periods on, for each host, until it has been given up', () => {
    expect(at('2026-03-02T02:00:00Z')).toEqual([]);
    expect(at('2026-03-02T14:00:00Z')).toEqual([]);
    expect(at('2026-03-02T14:00:01Z')).toEqual(['stock']);
    expect(at('2026-03-03T15:00:00Z')).toEqual(['tuned', 'stock']);
    expect(at('2026-03-31T03:00:00Z')).toEqual(['tuned']);
    expect(at('2026-05-01T02:00:00Z')).toEqual([]);
  });

  it('says since when, in a sentence', () => {
    const [stall] = findStalls(places, { now: new Date('2026-03-05T02:00:00Z') });
    expect(stall?.sentence).toBe(
      'No night of tuned on tuned since 2026-03-02 02:00 UTC, 3 days ago; one was expected every 24 hours.',
    );
    expect(findStalls(places, { now: new Date('2026-03-05T02:00:00Z'), periodSeconds: 7 * 86_400 })).toEqual([]);
    expect(findStalls([], { now: new Date() })).toEqual([]);
  });
});
