import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../errors.ts';
import type { Machine } from '../../machines/machine.ts';
import { orLater } from '../../or-later.ts';

const bootIdFile = '/proc/sys/kernel/random/boot_id';

/** Between two questions, at most so many seconds. */
const longestPauseSeconds = 1;

/** The services of a host go on for so long after it answers; one that hangs in one of them counts as up all the same. */
const settleSeconds = 90;

export interface WaitOptions {
  readonly deadlineSeconds: number;
  readonly signal?: AbortSignal | undefined;
}

/** null: the machine did not answer in time; `trouble` says what was heard last. */
export type Answer = { readonly bootId: string } | { readonly bootId: null; readonly trouble: string };

/** The identifier of the running boot. */
export async function readBootId(machine: Machine, signal?: AbortSignal): Promise<string> {
  const read = { program: 'cat', args: [bootIdFile] };
  return (await machine.run(read, { timeoutSeconds: 15, signal })).stdout.trim();
}

/**
 * Waits for a boot that is another one than `before` (null: any). The old boot answers for some seconds after it was
 * told to end, and a machine that is on its way refuses, breaks off or keeps silent: all of that is waited through.
 */
export async function waitForBoot(machine: Machine, before: string | null, options: WaitOptions): Promise<Answer> {
  const { deadlineSeconds, signal } = options;
  const end = performance.now() + deadlineSeconds * 1000;
  let trouble = 'nothing was heard';
  for (;;) {
    try {
      // Making a connection has a deadline of its own, which may be later.
      const left = Math.max(0, end - performance.now()) / 1000;
      const bootId = await orLater(readBootId(machine, signal), left, signal);
      if (bootId !== null && bootId !== before) return { bootId };
      trouble = bootId === null ? 'no answer' : 'the old boot still answered';
    } catch (thrown) {
      signal?.throwIfAborted();
      trouble = messageOf(thrown);
    }
    if (performance.now() >= end) return { bootId: null, trouble };
    await sleep(Math.min(longestPauseSeconds, deadlineSeconds / 10) * 1000, undefined, { signal }).catch(
      () => undefined,
    );
    signal?.throwIfAborted();
  }
}

/**
 * Waits until systemd has started what it starts, where there is a systemd; what failed there is not ours to judge.
 * false: the machine went away meanwhile, as one does that panics once its network is up.
 */
export async function waitUntilSettled(machine: Machine, signal?: AbortSignal): Promise<boolean> {
  const ask = { program: 'systemctl', args: ['is-system-running', '--wait'] };
  return machine.run(ask, { timeoutSeconds: settleSeconds, allowFailure: true, signal }).then(
    () => true,
    () => {
      signal?.throwIfAborted();
      return false;
    },
  );
}
