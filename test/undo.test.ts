import { describe, expect, it } from 'vitest';
import { MeasurementError } from '../src/errors.ts';
import { UndoStack } from '../src/undo.ts';

describe('the undo stack', () => {
  it('undoes the last thing first, once', async () => {
    const undone: string[] = [];
    const undo = new UndoStack();
    undo.push('undo one', async () => void undone.push('one'));
    undo.push('undo two', async () => void undone.push('two'));
    await undo.runAll();
    await undo.runAll();
    expect(undone).toEqual(['two', 'one']);
  });

  it('goes on after a failure and names every one', async () => {
    const undone: string[] = [];
    const undo = new UndoStack();
    undo.push('undo one', async () => void undone.push('one'));
    undo.push('close the door', () => Promise.reject(new Error('it is stuck')));
    undo.push('put out the light', () => Promise.reject('no switch'));
    await expect(undo.runAll()).rejects.toThrow(
      new MeasurementError('could not put out the light: no switch; could not close the door: it is stuck'),
    );
    expect(undone).toEqual(['one']);
  });
});
