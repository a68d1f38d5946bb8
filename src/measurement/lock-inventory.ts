import type { Folders } from '../hosts/folders.ts';
import { awaitLock, type HeldLock, removeIfEmpty } from '../hosts/lock.ts';
import { requireRootOf } from '../hosts/privileges.ts';
import type { Machine } from '../machines/machine.ts';
import type { WireEnds } from '../networks/topology.ts';
import { UndoStack } from '../undo.ts';
import type { Watch } from './events.ts';

export interface InventoryLockRequest extends WireEnds {
  /** This one, where the process is that owns the locks; the client itself where it is that. */
  readonly controller: Machine;
  readonly folders: Readonly<Record<'host' | 'client', Folders>>;
  readonly pid: number;
  /** How long to wait for the end of another run, seconds. */
  readonly waitSeconds: number;
  readonly watch: Watch;
  readonly signal: AbortSignal;
  readonly now: () => Date;
}

/** Both machines, for as long as a run lasts, whatever is prepared and taken down or booted in it. */
export interface InventoryLock {
  /** To be called between samples: renews both locks when the last time was a minute ago. */
  keepAlive(): Promise<void>;
  /** Idempotent. */
  release(): Promise<void>;
}

const renewalSeconds = 60;

/** Throws `ConfigurationError` where another run measures, naming its owner, or where we are not root. */
export async function lockInventory(request: InventoryLockRequest): Promise<InventoryLock> {
  const { machine, client, folders } = request;
  for (const end of [machine, client]) await requireRootOf(end, 'move its network interface and start guests');
  const undo = new UndoStack();
  try {
    const locks = [await lock(request, machine, folders.host, undo), await lock(request, client, folders.client, undo)];
    return { keepAlive: renewNowAndThen(locks), release: () => undo.runAll() };
  } catch (thrown) {
    await undo.runAll();
    throw thrown;
  }
}

async function lock(
  request: InventoryLockRequest,
  machine: Machine,
  { state }: Folders,
  undo: UndoStack,
): Promise<HeldLock> {
  const { pid, now, signal, waitSeconds: seconds, controller, watch } = request;
  const onWait = (sentence: string) => watch({ kind: 'step', text: `waiting: ${sentence}` });
  const held = await awaitLock(machine, state, pid, now(), { signal, seconds, controller, onWait });
  undo.push(`release the lock of ${machine.name}`, async () => {
    await held();
    await removeIfEmpty(machine, state);
  });
  return held;
}

function renewNowAndThen(locks: readonly HeldLock[]): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < renewalSeconds * 1000) return;
    last = performance.now();
    await Promise.all(locks.map((held) => held.renew()));
  };
}
