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
export const cpusSchema = z.array(z.looseObject({ 'cpu-index': z.int(), 'thread-id': z.int() }));
