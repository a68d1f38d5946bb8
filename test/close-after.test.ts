import { describe, expect, it } from 'vitest';
import { closeAfter } from '../src/close-after.ts';
import { ConfigurationError, InterruptionError, MeasurementError } from '../src/errors.ts';

describe('closing after work', () => {
  const done: string[] = [];
  const close = async () => void done.push('closed');
  const stuck = () => Promise.reject(new MeasurementError('process 7 may still be running on rig'));

  it('comes after it, whatever it comes to', async () => {
    expect(await closeAfter(close, async () => done.push('worked'))).toBe(1);
    expect(done).toEqual(['worked', 'closed']);
    const wrong = new ConfigurationError('seconds must be whole');
    await expect(closeAfter(close, () => Promise.reject(wrong))).rejects.toBe(wrong);
    expect({ done, message: wrong.message }).toEqual({
      done: ['worked', 'closed', 'closed'],
      message: 'seconds must be whole',
    });
  });

  it('tells what could not be closed, and first what went wrong before', async () => {
    await expect(closeAfter(stuck, async () => 1)).rejects.toThrow(/^process 7 may still be running on rig$/);
    const both = closeAfter(stuck, () => Promise.reject(new ConfigurationError('seconds must be whole')));
    await expect(both).rejects.toThrow(
      new ConfigurationError('seconds must be whole; and process 7 may still be running on rig'),
    );
    const interrupted = closeAfter(stuck, () => Promise.reject(new InterruptionError('SIGINT')));
    await expect(interrupted).rejects.toThrow(new MeasurementError('process 7 may still be running on rig'));
  });
});
