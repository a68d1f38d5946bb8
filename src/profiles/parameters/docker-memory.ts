import * as z from 'zod';
import { defineParameter, transformWith } from '../define-parameter.ts';
import { formatMemorySize, parseMemorySize } from '../memory-size.ts';

/** The daemon refuses less: "Minimum memory limit allowed is 6MB" (which it counts as 6 MiB). */
const leastBytes = 6 * 2 ** 20;

export const dockerMemory = defineParameter<string>({
  name: 'guest.docker.memory',
  layer: 'guest',
  summary: 'Memory that the container may use, page cache and socket buffers included.',
  schema: z.string().transform(transformWith((value) => formatMemorySize(parseMemorySize(value)))),
  accepted: 'a size with the unit MiB or GiB, such as 256MiB, of at least 6MiB',
  versions: 'every Docker; at least 6 MiB since 20.10, 4 MiB before',
  replacedBy: null,
  switching: 'deployment',
  effect: { latency: 'none', bandwidth: 'depends', jitter: 'depends' },
  risk:
    'A limit that is too tight shrinks socket buffers, swaps (Docker adds as much swap again unless --memory-swap ' +
    'says otherwise) and in the end kills the server.',
  source: 'docker run reference (--memory); Linux Documentation/admin-guide/cgroup-v2.rst (memory.max)',
  changesFacts: [],
  misfit: (value, { memoryBytes }) => {
    const bytes = parseMemorySize(value);
    // Rounded down: a limit of what is named here must fit.
    const most = `${Math.floor(memoryBytes / 2 ** 20)}MiB`;
    if (bytes < leastBytes) return `Docker starts no container with less than 6MiB, accepted is from 6MiB to ${most}`;
    return bytes <= memoryBytes ? null : `this machine has ${most}, accepted is from 6MiB to ${most}`;
  },
  probe: 'cgroup memory.max, or memory.limit_in_bytes',
  docker: {
    // In bytes, because Docker's own units look decimal and are binary.
    arguments: (value) => ['--memory', String(parseMemorySize(value))],
    read: (value, { cgroup: { memoryLimitBytes } }) =>
      memoryLimitBytes === null
        ? { found: 'no memory limit', inForce: false }
        : {
            found: `memory limit ${formatMemorySize(memoryLimitBytes)}`,
            inForce: memoryLimitBytes === parseMemorySize(value),
          },
  },
});
