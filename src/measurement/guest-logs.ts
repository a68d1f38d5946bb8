/** Where guests and their daemon write down what they say, on the host. */
export interface GuestLogs {
  /** Folder on the host. */
  readonly folder: string;
  /** Brings what is there into the folder of the run, and removes it there. Idempotent; nothing to do on one machine. */
  fetch(): Promise<void>;
}

/** Those of a host that is this machine: they are in the folder of the run from the beginning. */
export function keepLogsIn(folder: string): GuestLogs {
  return { folder, fetch: async () => {} };
}
