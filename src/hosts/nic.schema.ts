import * as z from 'zod';

/** A network interface, as far as a stay in another namespace, or somebody's use of it, changes it. */
export const nicStateSchema = z.strictObject({
  name: z.string(),
  mac: z.string(),
  mtu: z.int(),
  queueLength: z.int(),
  /** null: none. */
  alias: z.string().nullable(),
  /** Bridge that it is a port of; null: none. */
  master: z.string().nullable(),
  up: z.boolean(),
  /** Features that can be switched, `on` or `off`. */
  features: z.record(z.string(), z.string()),
  /** Files below `/proc/sys/net/*`, which the interface loses when it changes its namespace. */
  settings: z.record(z.string(), z.string()),
  /** Each as `ip address` takes it. */
  addresses: z.array(z.string()),
  /** Each as `ip route` takes it, without those that follow from the addresses; with the family in front, `-4` or `-6`. */
  routes: z.array(z.string()),
});

export type NicState = z.infer<typeof nicStateSchema>;

/** An interface that a run uses, and the way back. */
export const nicRecordSchema = z.strictObject({
  /** Alias by which it is found wherever it is and whatever it is called. */
  mark: z.string(),
  /** Namespace where it belongs; null: the machine's own network. */
  home: z.string().nullable(),
  before: nicStateSchema,
});

export type NicRecord = z.infer<typeof nicRecordSchema>;
