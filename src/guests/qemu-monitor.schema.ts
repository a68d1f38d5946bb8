import * as z from 'zod';

/** First line of the monitor. */
export const greetingSchema = z.looseObject({
  QMP: z.looseObject({
    version: z.looseObject({ qemu: z.object({ major: z.int(), minor: z.int(), micro: z.int() }) }),
  }),
});

/** Every later line: an answer or a refusal, with the number of its question, or an event, which comes unasked. */
export const messageSchema = z.looseObject({
  id: z.int().optional(),
  return: z.unknown().optional(),
  error: z.looseObject({ desc: z.string() }).optional(),
  event: z.string().optional(),
});

/** Answer of `query-status`. */
export const statusSchema = z.looseObject({ running: z.boolean(), status: z.string() });

/** Answer of `query-kvm`; `present` is whether this QEMU was built with KVM, `enabled` whether the guest runs on it. */
export const kvmSchema = z.looseObject({ present: z.boolean(), enabled: z.boolean() });

/** Answer of `query-cpus-fast`: one entry for each virtual CPU, with the host's thread that runs it. */
export const cpusSchema = z.array(
  z.looseObject({ 'cpu-index': z.int(), 'thread-id': z.int(), 'qom-path': z.string() }),
);

/** Answer of `query-memdev`: the backends of the guest's memory; bytes. */
export const memoryBackendsSchema = z.array(
  z.looseObject({ size: z.int(), prealloc: z.boolean(), policy: z.string(), 'host-nodes': z.array(z.int()) }),
);

/** Answer of `query-memory-size-summary`, bytes. */
export const memorySizeSchema = z.looseObject({ 'base-memory': z.int() });

/** Answer of `query-machines`; an alias such as `q35` stands for the newest of its kind. */
export const machinesSchema = z.array(z.looseObject({ name: z.string(), alias: z.string().optional() }));

/** Answer of `qom-list`: properties of an object, those that are objects themselves as `child<TYPE>`. */
export const objectsSchema = z.array(z.looseObject({ name: z.string(), type: z.string() }));
