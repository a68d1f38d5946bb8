import { setTimeout as sleep } from 'node:timers/promises';

/**
 * What is waited for, or null when it takes longer; it goes on then, and nobody hears of it.
 *
 * @throws the signal's reason once that is aborted
 */
export async function orLater<Value>(
  wait: Promise<Value>,
  seconds: number,
  signal?: AbortSignal,
): Promise<Value | null> {
  const clock = new AbortController();
  const both = signal === undefined ? clock.signal : AbortSignal.any([clock.signal, signal]);
  const late = sleep(seconds * 1000, null, { signal: both }).catch(() => {
    signal?.throwIfAborted();
    return null;
  });
  try {
    return await Promise.race([wait, late]);
  } finally {
    clock.abort();
  }
}
