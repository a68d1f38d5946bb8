import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  _enum,
  array,
  describeProblems,
  int,
  record,
  strictObject,
  string
} from "./chunk-QDEKYFEH.js";
import {
  ConfigurationError
} from "./chunk-5RZY2RT7.js";

// src/plans/inventory.schema.ts
var hostWord = string().regex(/^[A-Za-z0-9][A-Za-z0-9.:_-]{0,252}$/, { error: "must be a name or an address" });
var deviceName = string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,14}$/, { error: "must be the name of a device" });
var namespaceName = string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, { error: "must be the name of a namespace" });
var hostKeyTypes = ["ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "ssh-rsa"];
function isHostKey(text) {
  const [type = "", blob = "", ...rest] = text.split(" ");
  if (rest.length > 0 || !hostKeyTypes.includes(type) || !/^[A-Za-z0-9+/]{32,2000}={0,2}$/.test(blob)) return false;
  const beginning = `\0\0\0${String.fromCharCode(type.length)}${type}`;
  return Buffer.from(blob, "base64").toString("latin1").startsWith(beginning);
}
var sshSchema = strictObject({
  /** Name or address on the management network. */
  host: hostWord,
  port: int().min(1).max(65535).default(22),
  /** Whoever acts there: root, or a user who may become it. */
  user: string().regex(/^[a-z_][a-z0-9_-]{0,31}$/, { error: "must be the name of a user" }),
  /** Private key without a passphrase, a path on the machine that reads this file. */
  identityFile: string().regex(/^\/[^\p{Cc}]+$/u, { error: "must be an absolute path" }),
  /** The key by which the machine proves itself, pinned: its `/etc/ssh/ssh_host_ed25519_key.pub` without the comment. */
  hostKey: string().refine(isHostKey, { error: `must be TYPE BASE64, TYPE one of ${hostKeyTypes.join(", ")}` }),
  /** Network namespace from which it is reached, where that is not the machine's own. */
  namespace: namespaceName.optional()
});
var powerCommand = array(string().regex(/^[^\p{Cc}]*$/u)).min(1).max(50);
var consoleFile = string().regex(/^\/[^\p{Cc}]+$/u, { error: "must be an absolute path" });
var networkPattern = /^(\d{1,3}\.){3}\d{1,3}\/(1[6-9]|2[0-6])$/;
function isTestNetwork(text) {
  if (!networkPattern.test(text)) return false;
  const [address = "", prefix] = text.split("/");
  const bytes = address.split(".").map(Number);
  const number = bytes.reduce((value, byte) => value * 256 + byte, 0);
  const [first = 0] = bytes;
  const isReserved = first === 0 || first === 127 || first >= 224 || address.startsWith("169.254.");
  return bytes.every((byte) => byte <= 255) && number % 2 ** (32 - Number(prefix)) === 0 && !isReserved;
}
var machineSchema = strictObject({
  /** host: runs guests. client: sends the load. controller: drives the others. */
  role: _enum(["host", "client", "controller"]),
  /** Absent: the machine that reads this file. */
  ssh: sshSchema.optional(),
  /** Network namespace in which its tools run; absent: the machine's own network. */
  namespace: namespaceName.optional(),
  /** The network interface under test; never the one through which the machine is reached. */
  nic: deviceName.optional(),
  /** How a host that does not answer any more is brought back. */
  power: strictObject({ on: powerCommand, off: powerCommand, cycle: powerCommand }).optional(),
  /** File on the machine that reads this one in which the host's serial console is collected: what a boot said. */
  console: consoleFile.optional()
});
var machineName = string().regex(/^[a-z0-9][a-z0-9-]{0,30}$/, { error: "must be lower-case words joined by hyphens" });
var inventorySchema = strictObject({
  machines: record(machineName, machineSchema).refine((machines) => Object.keys(machines).length > 0, {
    error: "names no machine"
  }),
  /** lab: the hosts are emulated, and reports say that their figures show order of magnitude only. */
  topology: _enum(["inventory", "lab"]).default("inventory"),
  /**
   * Addresses of the test network, CIDR, which only the interfaces under test have and only while a run lasts. Its
   * default is the range that RFC 2544 sets aside for benchmarks.
   */
  network: string().refine(isTestNetwork, { error: "must be an IPv4 network from /16 to /26 such as 198.18.0.0/24" }).default("198.18.0.0/24")
});

// src/github/parse-inputs.ts
function parseInputs(schema, read) {
  const entries = Object.keys(schema.shape).map((name) => [name, read(name)]);
  const outcome = schema.safeParse(Object.fromEntries(entries.filter(([, text]) => text !== "")));
  if (outcome.success) return outcome.data;
  throw new ConfigurationError(`the inputs of the action are not accepted: ${describeProblems(outcome.error)}`);
}
function wholeNumber(least, most) {
  const accepted = `must be a whole number from ${least} to ${most}`;
  return string().regex(/^\d{1,9}$/, { error: accepted }).transform(Number).refine((number) => number >= least && number <= most, { error: accepted });
}
var plainNameInput = string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, {
  error: "must be 1 to 64 letters, digits, dots, hyphens or underscores"
});
var historyBranchInput = string().max(100).regex(/^[A-Za-z0-9][\w-]*([./][\w-]+)*$/, { error: "must be the name of a branch" }).default("tunegate-history");
var inventoryInput = machineName.optional();

export {
  machineName,
  parseInputs,
  wholeNumber,
  plainNameInput,
  historyBranchInput,
  inventoryInput
};
