import * as z from 'zod';
import { attachments, layers } from '../vocabulary.ts';

const pid = z.int().min(1);
const path = z.string().regex(/^\/[^\0]+$/);

/** How a running guest is found and asked from outside the process that started it. */
export const guestHandleSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('docker'),
    /** The container's first process, as the machine numbers it. */
    pid,
    container: z.string().regex(/^[0-9a-f]{64}$/),
    /** Unix socket of its daemon. */
    dockerSocket: path,
  }),
  z.strictObject({
    kind: z.literal('qemu'),
    /** QEMU's own process. */
    pid,
    /** Unix socket of a monitor that the run itself does not use: each serves one client. */
    monitor: path,
    /** Unix socket of the serial port by which the guest is asked. */
    channel: path,
    /** Network namespace of the host's end of its link, null for the machine's own, and the link. */
    namespace: z
      .string()
      .regex(/^[\w-]+$/)
      .nullable(),
    device: z.string().regex(/^[\w.-]{1,15}$/),
  }),
]);

export type GuestHandle = z.infer<typeof guestHandleSchema>;

/** `deployment.json` of a run's folder: the guest that runs at this moment. */
export const deploymentSchema = z.strictObject({
  schema: z.literal('tunegate.deployment/1'),
  id: z.string(),
  /** Boot of the machine, and when the guest's process started (clock ticks since): another with its number is another. */
  bootId: z.string(),
  startTicks: z.int(),
  attachment: z.enum(attachments),
  /** As the client reaches it. */
  address: z.string(),
  /** What the guest was started with. */
  profile: z.strictObject({ name: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  /** Layers that the run applies. */
  layers: z.array(z.enum(layers)),
  guest: guestHandleSchema,
  /** Of a guest that runs until it is removed: id of the run that holds it, and the port of its netserver. */
  held: z
    .strictObject({ id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/), controlPort: z.int().min(1).max(65_535) })
    .optional(),
});

export type Deployment = z.infer<typeof deploymentSchema>;
