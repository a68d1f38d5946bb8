/** So many at once; whoever comes later waits for its turn. */
export interface Slots {
  /** Resolves with the way to give the place back. An abort ends the wait with its reason. */
  take(signal?: AbortSignal): Promise<() => void>;
  /** The same without waiting: null when all are taken. */
  takeNow(): (() => void) | null;
}

export function createSlots(count: number): Slots {
  let free = count;
  const queue: (() => void)[] = [];
  const giveBack = () => {
    const next = queue.shift();
    if (next === undefined) free += 1;
    else next();
  };
  const once = () => {
    let given = false;
    return () => {
      if (!given) giveBack();
      given = true;
    };
  };
  const takeNow = () => {
    if (free === 0) return null;
    free -= 1;
    return once();
  };
  return {
    takeNow,
    take: async (signal) => {
      signal?.throwIfAborted();
      const place = takeNow();
      if (place !== null) return place;
      const turn = Promise.withResolvers<void>();
      const enter = () => turn.resolve();
      const leave = () => {
        const place = queue.indexOf(enter);
        if (place !== -1) queue.splice(place, 1);
        turn.reject(signal?.reason);
      };
      queue.push(enter);
      signal?.addEventListener('abort', leave);
      try {
        await turn.promise;
      } finally {
        signal?.removeEventListener('abort', leave);
      }
      return once();
    },
  };
}
