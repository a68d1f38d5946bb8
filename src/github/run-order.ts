/** Which workflow run wrote something, and in which attempt; run ids only ever grow. */
export interface RunOrder {
  /** Digits; more than a number holds exactly may come. */
  readonly runId: string;
  /** From 1. */
  readonly attempt: number;
}

/** Whether the first is later than the second. */
export function isLater(first: RunOrder, second: RunOrder): boolean {
  const [one, other] = [BigInt(first.runId), BigInt(second.runId)];
  return one > other || (one === other && first.attempt > second.attempt);
}
