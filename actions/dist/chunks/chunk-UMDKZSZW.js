import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  attachments,
  layers
} from "./chunk-E4HQEAUX.js";
import {
  _enum,
  array,
  discriminatedUnion,
  int,
  literal,
  strictObject,
  string
} from "./chunk-QDEKYFEH.js";

// src/guests/deployment.schema.ts
var pid = int().min(1);
var path = string().regex(/^\/[^\0]+$/);
var guestHandleSchema = discriminatedUnion("kind", [
  strictObject({
    kind: literal("docker"),
    /** The container's first process, as the machine numbers it. */
    pid,
    container: string().regex(/^[0-9a-f]{64}$/),
    /** Unix socket of its daemon. */
    dockerSocket: path
  }),
  strictObject({
    kind: literal("qemu"),
    /** QEMU's own process. */
    pid,
    /** Unix socket of a monitor that the run itself does not use: each serves one client. */
    monitor: path,
    /** Unix socket of the serial port by which the guest is asked. */
    channel: path,
    /** Network namespace of the host's end of its link, null for the machine's own, and the link. */
    namespace: string().regex(/^[\w-]+$/).nullable(),
    device: string().regex(/^[\w.-]{1,15}$/)
  })
]);
var deploymentSchema = strictObject({
  schema: literal("tunegate.deployment/1"),
  id: string(),
  /** Boot of the machine, and when the guest's process started (clock ticks since): another with its number is another. */
  bootId: string(),
  startTicks: int(),
  attachment: _enum(attachments),
  /** As the client reaches it. */
  address: string(),
  /** What the guest was started with. */
  profile: strictObject({ name: string(), sha256: string().regex(/^[0-9a-f]{64}$/) }),
  /** Layers that the run applies. */
  layers: array(_enum(layers)),
  guest: guestHandleSchema,
  /** Of a guest that runs until it is removed: id of the run that holds it, and the port of its netserver. */
  held: strictObject({ id: string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/), controlPort: int().min(1).max(65535) }).optional()
});

export {
  deploymentSchema
};
