/** Where Tunegate keeps things on a machine. Neither may lie below /run, /opt or /etc: dockerd's own mounts hide those. */
export interface Folders {
  /** Kept between runs: guest images and the private dockerd's data. */
  readonly cache: string;
  /** Lives as long as a run: lock, state, sockets. */
  readonly state: string;
}

export const machineFolders: Folders = { cache: '/var/cache/tunegate', state: '/var/lib/tunegate' };
