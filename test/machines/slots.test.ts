import { describe, expect, it } from 'vitest';
import { createSlots } from '../../src/machines/slots.ts';

describe('slots', () => {
  it('are given back to whoever waits longest, each once', async () => {
    const slots = createSlots(1);
    const giveBack = await slots.take();
    expect(slots.takeNow()).toBeNull();
    const order: string[] = [];
    const [first, second] = ['first', 'second'].map((name) =>
      slots.take().then((next) => {
        order.push(name);
        return next;
      }),
    );
    giveBack();
    giveBack();
    const next = await first;
    expect(order).toEqual(['first']);
    next?.();
    (await second)?.();
    expect(order).toEqual(['first', 'second']);
    expect(slots.takeNow()).not.toBeNull();
    expect(slots.takeNow()).toBeNull();
  });

  it('are not waited for any more after an abort, and none is lost', async () => {
    const slots = createSlots(1);
    const giveBack = await slots.take();
    const controller = new AbortController();
    const waiting = slots.take(controller.signal);
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await expect(slots.take(controller.signal)).rejects.toThrow('enough');
    giveBack();
    expect(slots.takeNow()).not.toBeNull();
  });
});
