import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createProgress } from '../../cli/progress.ts';
import { MeasurementError } from '../../src/errors.ts';

function watch() {
  const stderr = new PassThrough();
  const progress = createProgress({ stderr, interactive: false });
  return { progress, said: () => String(stderr.read() ?? '') };
}

describe('progress off a terminal', () => {
  it('is plain lines: the title, what was said, and the end; what was only shown is left out', async () => {
    const { progress, said } = watch();
    const result = await progress.step('Measure', async ({ say, show }) => {
      say('fresh start 1 of 2');
      show('tcp_rr warm-up');
      return 7;
    });
    expect(result).toBe(7);
    expect(said().split('\n').filter(Boolean)).toEqual(['❯ Measure', '› fresh start 1 of 2', '✔ Measure']);
  });

  it('hands on what was thrown and leaves its sentence to whoever catches it', async () => {
    const { progress, said } = watch();
    const failure = new MeasurementError('the wire is cut');
    await expect(progress.step('Measure', () => Promise.reject(failure))).rejects.toBe(failure);
    expect(said()).not.toContain('the wire is cut');
  });
});
