import { setTimeout as sleep } from 'node:timers/promises';

/** Looks ten times a second; throws, with what is told, when it has not come true in time. */
export async function waitUntil(what: string, seconds: number, isSo: () => boolean, tell: () => string): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error(`${what} was waited for ${seconds} s\n${tell()}`);
    await sleep(100);
  }
}
