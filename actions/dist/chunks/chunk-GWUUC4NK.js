import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  joinFindings,
  parseYamlDocument,
  requireName
} from "./chunk-3ZOIEKJZ.js";
import {
  NEVER,
  _enum,
  array,
  boolean,
  describeFound,
  int,
  literal,
  looseObject,
  number,
  record,
  showText,
  strictObject,
  string,
  suggestName,
  union
} from "./chunk-QDEKYFEH.js";
import {
  ConfigurationError,
  MeasurementError,
  messageOf
} from "./chunk-5RZY2RT7.js";

// src/profiles/resolve-profile.ts
import { createHash } from "node:crypto";

// src/profiles/docker-networks.schema.ts
var dockerNetworksSchema = array(
  looseObject({
    Name: string(),
    Id: string(),
    IPAM: looseObject({
      Config: array(looseObject({ Subnet: string().optional(), IPRange: string().optional() })).nullish()
    }),
    Options: record(string(), string()).nullish()
  })
);

// src/profiles/ipv4.ts
function parseIpv4(text) {
  const bytes2 = text.split(".", 5).map((part) => /^(0|[1-9]\d{0,2})$/.test(part) ? Number(part) : Number.NaN);
  if (bytes2.length !== 4 || !bytes2.every((byte) => byte <= 255)) {
    throw new ConfigurationError(`"${showText(text)}" is no IPv4 address such as 198.18.0.16`);
  }
  return bytes2.reduce((value, byte) => value * 256 + byte, 0);
}
function formatIpv4(address) {
  return [24, 16, 8, 0].map((bits) => Math.floor(address / 2 ** bits) % 256).join(".");
}
function parseIpv4Network(text) {
  const [address = "", prefix = "", ...rest] = text.split("/", 3);
  if (rest.length > 0 || !/^\d{1,2}$/.test(prefix) || Number(prefix) > 32) {
    throw new ConfigurationError(`"${showText(text)}" is no IPv4 network such as 198.18.0.0/24`);
  }
  const size3 = 2 ** (32 - Number(prefix));
  const first = Math.floor(parseIpv4(address) / size3) * size3;
  return { first, last: first + size3 - 1 };
}

// src/profiles/daemon-network.ts
function firstAddress(range) {
  return `${formatIpv4(parseIpv4Network(range).first + 1)}/${range.split("/")[1]}`;
}
function wholeNetwork(range) {
  return `${formatIpv4(parseIpv4Network(range).first)}/${range.split("/")[1]}`;
}
function readPool(value, text) {
  const network = parseNetworks(text).find(({ Name }) => Name === "bridge");
  const { Subnet, IPRange } = network?.IPAM.Config?.[0] ?? {};
  const range = IPRange ?? Subnet;
  if (range === void 0) return { found: "the daemon has no bridge of its own", inForce: false };
  return { found: range, inForce: wholeNetwork(range) === wholeNetwork(value) };
}
var showLocalRoutes = {
  program: "sh",
  args: ["-c", 'grep -H "" /proc/sys/net/ipv4/conf/*/route_localnet']
};
function readProxy(value, { networks = "", routes = "" }) {
  const bridges = parseNetworks(networks).map(
    ({ Id, Options }) => Options?.["com.docker.network.bridge.name"] ?? `br-${Id.slice(0, 12)}`
  );
  const states = bridges.flatMap((bridge) => {
    const state2 = routes.split("\n").find((line) => line.startsWith(`/proc/sys/net/ipv4/conf/${bridge}/route_localnet:`));
    return state2 === void 0 ? [] : [{ bridge, routed: state2.endsWith(":1") }];
  });
  if (states.length === 0) return { found: "no bridge of a network of Docker to tell by", inForce: false };
  return {
    found: states.map(({ bridge, routed }) => `${bridge}: route_localnet ${routed ? 1 : 0}`).join(", "),
    inForce: states.every(({ routed }) => routed !== value)
  };
}
function parseNetworks(text) {
  return dockerNetworksSchema.parse(JSON.parse(text));
}

// src/profiles/parameter-value.ts
function formatParameterValue(value) {
  if (typeof value === "boolean") return value ? "on" : "off";
  return Array.isArray(value) ? value.join(", ") : String(value);
}

// src/profiles/host-setting.ts
function buildHostPart(setting) {
  const { reads, find, wanted = formatParameterValue, set } = setting;
  return {
    reads,
    change: (value, before, place4) => {
      const items = find(value, before, place4);
      if (isReading(items)) return { apply: [], restore: [] };
      const others = items.filter((item) => item.changeable !== false && item.text !== wanted(value, item));
      return {
        apply: others.flatMap((item) => set(item, wanted(value, item), place4)),
        restore: others.toReversed().flatMap((item) => set(item, item.former ?? item.text, place4))
      };
    },
    read: (value, readings, place4) => {
      const items = find(value, readings, place4);
      if (isReading(items)) return items;
      return { found: describeItems(items), inForce: items.every((item) => item.text === wanted(value, item)) };
    }
  };
}
function notHere(reason) {
  return { found: reason, inForce: null };
}
function unreadable(reason) {
  return { found: reason, inForce: false };
}
function isReading(found) {
  return "found" in found;
}
var mostNames = 4;
function describeItems(items) {
  const groups = Map.groupBy(items, ({ text, remark }) => remark === void 0 ? text : `${text}, ${remark}`);
  if (groups.size === 1) return [...groups.keys()].join("");
  return [...groups].map(([text, members]) => `${text} (${listNames(members)})`).join("; ");
}
function listNames(items) {
  const names = items.slice(0, mostNames).map(({ name: name2 }) => name2);
  const rest = items.length - names.length;
  return names.join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}

// src/profiles/name-command.ts
function nameCommand({ program, args }) {
  return [program, ...args].join(" ");
}

// src/profiles/parameter-command.ts
function enterNamespace(namespace, command) {
  if (namespace === null) return command;
  return { program: "ip", args: ["netns", "exec", namespace, command.program, ...command.args] };
}

// src/profiles/daemon-part.ts
function buildDaemonPart(setting) {
  const { arguments: daemonArguments, shows, judge } = setting;
  const list = (place4) => {
    const daemon = findDaemon(place4);
    return daemon === null ? [] : Object.entries(shows).map(([name2, show2]) => [name2, show2(daemon)]);
  };
  return {
    daemonArguments,
    reads: (_, place4) => ({ commands: list(place4).map(([, command]) => command) }),
    read: (value, { outputs }, place4) => {
      if (findDaemon(place4) === null) return notHere("no private dockerd runs on this host now");
      const shown = {};
      for (const [name2, command] of list(place4)) {
        const text = outputs[nameCommand(command)];
        if (text === void 0) return unreadable(`\`${describe(command)}\` fails`);
        shown[name2] = text;
      }
      return judge(value, shown);
    }
  };
}
function findDaemon({ dockerSocket, nic }) {
  return dockerSocket === null ? null : { socket: dockerSocket, namespace: nic?.namespace ?? null };
}
var client = "/usr/bin/docker";
function askDaemon(...args) {
  return ({ socket }) => ({
    program: client,
    args: ["--host", `unix://${socket}`, ...args]
  });
}
var inspectBridges = '"$0" --host "$1" network inspect $("$0" --host "$1" network ls --quiet --no-trunc --filter driver=bridge)';
function showBridgeNetworks({ socket }) {
  return { program: "sh", args: ["-c", inspectBridges, client, `unix://${socket}`] };
}
function besideDaemon(command) {
  return ({ namespace }) => enterNamespace(namespace, command);
}
function describe({ program, args }) {
  return args.includes(inspectBridges) ? "docker network inspect" : [program, ...args].join(" ");
}

// src/profiles/define-parameter.ts
function defineParameter(parameter) {
  const parse = (value) => parameter.schema.parse(value);
  const { docker, qemu, host, misfit, hostPath, ...rest } = parameter;
  return {
    ...rest,
    misfit: (value, limits) => misfit(parse(value), limits),
    ...hostPath === void 0 ? {} : { hostPath: (value) => hostPath(parse(value)) },
    ...docker === void 0 ? {} : { docker: forgetDocker(docker, parse) },
    ...qemu === void 0 ? {} : { qemu: forgetQemu(qemu, parse) },
    ...host === void 0 ? {} : { host: forgetHost(host, parse) }
  };
}
function forgetDocker(part, parse) {
  return {
    arguments: (value, attachment) => part.arguments?.(parse(value), attachment) ?? [],
    commands: (value, container) => part.commands?.(parse(value), container) ?? [],
    read: (value, readings) => part.read(parse(value), readings)
  };
}
function forgetQemu(part, parse) {
  return {
    settings: (value) => part.settings?.(parse(value)) ?? {},
    commands: (value, running) => part.commands?.(parse(value), running) ?? [],
    guestCommands: (value, inside) => part.guestCommands?.(parse(value), inside) ?? [],
    ...part.guestReads === void 0 ? {} : { guestReads: part.guestReads },
    read: (value, readings) => part.read(parse(value), readings)
  };
}
function forgetHost(part, parse) {
  const { change, boot, bootKeys, daemonArguments } = part;
  return {
    reads: (value, place4) => part.reads(parse(value), place4),
    ...change === void 0 ? {} : { change: (value, before, place4) => change(parse(value), before, place4) },
    ...boot === void 0 ? {} : { boot: (value) => boot(parse(value)) },
    ...bootKeys === void 0 ? {} : { bootKeys },
    ...daemonArguments === void 0 ? {} : { daemonArguments: (value) => daemonArguments(parse(value)) },
    read: (value, readings, place4) => part.read(parse(value), readings, place4)
  };
}
function transformWith(convert) {
  return (value, context) => {
    try {
      return convert(value);
    } catch (error) {
      context.addIssue({ code: "custom", message: messageOf(error) });
      return NEVER;
    }
  };
}

// src/profiles/on-off.ts
var onOff = union([
  boolean(),
  _enum(["on", "off"]).transform((text) => text === "on")
]);
var acceptedOnOff = "on or off, or true or false";

// src/profiles/parameters/daemon.ts
var none = { latency: "none", bandwidth: "none", jitter: "none" };
var storageDriver = defineParameter({
  name: "daemon.storage-driver",
  layer: "daemon",
  summary: "How dockerd keeps images and the containers' file systems.",
  schema: _enum(["overlay2", "overlayfs", "vfs", "overlay"]),
  accepted: "overlay2, overlayfs (containerd image store), vfs, or overlay as in 2015",
  versions: "overlay until Docker 23.0, where naming it later is an error at start; overlay2 since 1.12; overlayfs is what a fresh Docker 29 uses",
  replacedBy: "overlay2, or overlayfs from Docker 29 on, instead of overlay",
  switching: "deployment",
  effect: none,
  risk: "A server that reads no files while it is measured does not notice.",
  source: "dockerd reference (--storage-driver); thesis, Docker settings",
  changesFacts: [],
  misfit: () => null,
  probe: "docker info, Storage Driver",
  host: buildDaemonPart({
    arguments: (value) => ["--storage-driver", value],
    shows: { driver: askDaemon("info", "--format", "{{.Driver}}") },
    judge: (value, { driver = "" }) => ({ found: driver.trim(), inForce: driver.trim() === value })
  })
});
var addressPool = defineParameter({
  name: "daemon.address-pool",
  layer: "daemon",
  summary: "Range from which dockerd hands out addresses on its own bridge, in CIDR form.",
  schema: string().transform(
    transformWith((text) => {
      const { first, last } = parseIpv4Network(text);
      if (last - first < 3) throw new ConfigurationError("a range without room for two addresses");
      return text;
    })
  ),
  accepted: "an IPv4 range such as 192.168.42.240/28",
  versions: "--fixed-cidr with --bip, every Docker",
  replacedBy: "a network of its own with --subnet and --ip-range, the only place where docker run --ip works",
  switching: "deployment",
  effect: none,
  risk: "A range that overlaps a route of the machine sends packets out by the wrong device.",
  source: "dockerd reference (--fixed-cidr); thesis, Docker settings",
  changesFacts: [],
  misfit: () => null,
  probe: "docker network inspect, IPAM of the network bridge",
  host: buildDaemonPart({
    // Of options given twice the last one counts: the daemon is started without a bridge of its own otherwise.
    arguments: (value) => ["--bridge", "", "--bip", firstAddress(value), "--fixed-cidr", wholeNetwork(value)],
    shows: { networks: showBridgeNetworks },
    judge: (value, { networks = "" }) => readPool(value, networks)
  })
});
var packetFilter = defineParameter({
  name: "daemon.iptables",
  layer: "daemon",
  summary: "Whether dockerd adds its rules to the packet filter, which bridged frames then pass.",
  schema: onOff,
  accepted: acceptedOnOff,
  versions: "--iptables, every Docker; on unless it is said",
  replacedBy: null,
  switching: "deployment",
  effect: { latency: "worse", bandwidth: "worse", jitter: "depends" },
  risk: "With it the policy of FORWARD is DROP: frames between two ports of another bridge, such as a tap, are dropped too.",
  source: "dockerd reference (--iptables); thesis, Docker settings (deliberately left in the path)",
  changesFacts: ["host.netfilter.bridge", "host.netfilter.forward"],
  misfit: () => null,
  probe: "iptables --list-rules in the daemon's network namespace, chain DOCKER",
  host: buildDaemonPart({
    arguments: (value) => [`--iptables=${value}`],
    shows: { rules: besideDaemon({ program: "iptables", args: ["--list-rules"] }) },
    judge: (value, { rules = "" }) => {
      const on = /^-N DOCKER$/m.test(rules);
      return { found: on ? "on, with a chain DOCKER" : "off, no chain DOCKER", inForce: on === value };
    }
  })
});
var userlandProxy = defineParameter({
  name: "daemon.userland-proxy",
  layer: "daemon",
  summary: "Whether dockerd starts a process for each published port, which carries connections from the host itself.",
  schema: onOff,
  accepted: acceptedOnOff,
  versions: "--userland-proxy, Docker 1.7 and newer; on unless it is said",
  replacedBy: null,
  switching: "deployment",
  effect: none,
  risk: "Seen by connections from the host to its own published ports only.",
  source: "dockerd reference (--userland-proxy)",
  changesFacts: [],
  misfit: () => null,
  probe: "route_localnet of the bridges of Docker's networks, which the daemon needs when there is no proxy",
  host: buildDaemonPart({
    arguments: (value) => [`--userland-proxy=${value}`],
    shows: { networks: showBridgeNetworks, routes: besideDaemon(showLocalRoutes) },
    judge: (value, shown) => readProxy(value, shown)
  })
});
var daemonParameters = [storageDriver, addressPool, packetFilter, userlandProxy];

// src/profiles/cpu-list.ts
var highestCpu = 8191;
var longestList = 4096;
function parseCpuList(text) {
  if (text.length > longestList) {
    throw new ConfigurationError(`the list has ${text.length} characters, at most ${longestList} are accepted`);
  }
  const cpus2 = /* @__PURE__ */ new Set();
  for (const part of text.split(",")) {
    const [first, last] = parseRange(part);
    for (let cpu = first; cpu <= last; cpu += 1) cpus2.add(cpu);
  }
  return [...cpus2].sort((left, right) => left - right);
}
function formatCpuList(cpus2) {
  const ranges = [];
  for (const cpu of [...new Set(cpus2)].sort((left, right) => left - right)) {
    const open = ranges.at(-1);
    if (open !== void 0 && open.last === cpu - 1) open.last = cpu;
    else ranges.push({ first: cpu, last: cpu });
  }
  return ranges.map(({ first, last }) => first === last ? `${first}` : `${first}-${last}`).join(",");
}
function parseRange(part) {
  const match = /^ *(\d{1,9})(?:-(\d{1,9}))? *$/.exec(part);
  if (match === null) {
    throw new ConfigurationError(`"${showText(part)}" is no CPU number and no range such as 0-3`);
  }
  const first = Number(match[1]);
  const last = Number(match[2] ?? match[1]);
  if (first > last)
    throw new ConfigurationError(`the range ${part.trim()} runs backwards, ${last}-${first} is accepted`);
  if (last > highestCpu) throw new ConfigurationError(`CPU ${last} is too high, at most ${highestCpu} is accepted`);
  return [first, last];
}

// src/profiles/linux-list.ts
var number2 = int().min(0);
var mostEntries = 2048;
var linuxList = union([
  string(),
  number2,
  array(union([string(), number2])).min(1).max(mostEntries)
]).transform(
  transformWith((value) => formatCpuList(parseCpuList(Array.isArray(value) ? value.join(",") : String(value))))
);
function findMissingCpus(value, cpus2) {
  const missing = parseCpuList(value).filter((cpu) => !cpus2.includes(cpu));
  return missing.length === 0 ? null : `this machine has no CPU ${formatCpuList(missing)}, accepted are CPUs of ${formatCpuList(cpus2)}`;
}

// src/profiles/parameters/allowed-list.ts
function readAllowedList(line, requested, processStatus) {
  const list = new RegExp(`^${line}:[ \\t]*(\\S*)$`, "m").exec(processStatus)?.[1];
  if (list === void 0) return { found: `no line ${line}`, inForce: false };
  try {
    return { found: `${line} ${list}`, inForce: formatCpuList(parseCpuList(list)) === requested };
  } catch (error) {
    return { found: `${line} ${list}: ${messageOf(error)}`, inForce: false };
  }
}

// src/profiles/parameters/docker-cpu.ts
var dockerCpuset = defineParameter({
  name: "guest.docker.cpuset",
  layer: "guest",
  summary: "The CPUs on which the threads of the container may run.",
  schema: linuxList,
  accepted: 'a Linux CPU list such as 1, "0-3,5" or [0, 1]',
  versions: "Docker 1.7 and newer; the older spelling --cpuset is gone since 1.10",
  replacedBy: null,
  switching: "deployment",
  effect: { latency: "depends", bandwidth: "depends", jitter: "better" },
  risk: "On CPUs taken out of load balancing (isolcpus, domain) all threads of a container pile up on the first of them: give such a container one CPU. Server and client on one CPU or on two differ more than most tunings do.",
  source: "docker run reference (--cpuset-cpus); Linux Documentation/admin-guide/cgroup-v2.rst (cpuset.cpus)",
  changesFacts: [],
  misfit: (value, { cpus: cpus2 }) => findMissingCpus(value, cpus2),
  probe: "/proc/PID/status Cpus_allowed_list",
  docker: {
    // An unknown CPU makes docker run end with 125, a typing error in the list as well: nothing is ignored silently.
    arguments: (value) => ["--cpuset-cpus", value],
    read: (value, { processStatus }) => readAllowedList("Cpus_allowed_list", value, processStatus)
  }
});
var dockerCpusetMemory = defineParameter({
  name: "guest.docker.cpuset-mems",
  layer: "guest",
  summary: "The NUMA nodes from which the container gets its memory.",
  schema: linuxList,
  accepted: 'a list of NUMA nodes such as 0, "0-1" or [0, 1]',
  versions: "Docker 1.7 and newer",
  replacedBy: null,
  switching: "deployment",
  effect: { latency: "better", bandwidth: "better", jitter: "better" },
  risk: "Good is the node of the CPUs and of the NIC; any other costs every packet a way between the sockets. A node that is full ends in swapping or a killed server although others are empty. Inert on a machine with one node.",
  source: "docker run reference (--cpuset-mems); Linux Documentation/admin-guide/cgroup-v2.rst (cpuset.mems)",
  changesFacts: [],
  // A node that the machine lacks makes docker run fail with a sentence that names those it has.
  misfit: () => null,
  probe: "/proc/PID/status Mems_allowed_list",
  docker: {
    arguments: (value) => ["--cpuset-mems", value],
    read: (value, { processStatus }) => readAllowedList("Mems_allowed_list", value, processStatus)
  }
});
var quotaDecimals = 5;
var dockerCpus = defineParameter({
  name: "guest.docker.cpus",
  layer: "guest",
  summary: "CPU time that the container may use, in CPUs: 0.5 is half of one.",
  schema: number().min(0.01).max(8192).refine((value) => Number(value.toFixed(quotaDecimals)) === value, {
    error: `finer than ${quotaDecimals} decimals cannot be set`
  }),
  accepted: "a number of CPUs from 0.01 to those of the machine, such as 0.5",
  versions: "Docker 1.13 and newer; older ones have --cpu-period and --cpu-quota",
  replacedBy: null,
  switching: "deployment",
  effect: { latency: "worse", bandwidth: "worse", jitter: "worse" },
  risk: "A container that has used up its quota stands still until the next period of 100 ms: the tail of the latency grows by tens of milliseconds. Good for a canary, and for a share that a neighbour must never exceed.",
  source: "docker run reference (--cpus); Linux Documentation/scheduler/sched-bwc.rst",
  changesFacts: [],
  misfit: (value, { cpus: cpus2 }) => value <= cpus2.length ? null : `this machine has ${cpus2.length} CPUs, accepted is from 0.01 to ${cpus2.length}`,
  probe: "cgroup cpu.max, or cpu.cfs_quota_us / cpu.cfs_period_us",
  docker: {
    arguments: (value) => ["--cpus", String(value)],
    read: (value, { cgroup: { cpuQuota } }) => cpuQuota === null ? { found: "no CPU quota", inForce: false } : { found: `CPU quota ${cpuQuota}`, inForce: Math.abs(cpuQuota - value) < 10 ** -quotaDecimals / 2 }
  }
});

// src/profiles/parameters/docker-endpoint.ts
var mac = string().transform((text) => text.toLowerCase()).refine((text) => /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(text), {
  error: "six pairs of hexadecimal digits joined by colons are accepted",
  abort: true
}).refine((text) => (Number.parseInt(text.slice(0, 2), 16) & 1) === 0, { error: "a group address is no interface" }).refine((text) => text !== "00:00:00:00:00:00", { error: "the address of no interface" });
var dockerMac = defineParameter({
  name: "guest.docker.mac",
  layer: "guest",
  summary: "MAC address of the container's interface in the test network.",
  schema: mac,
  accepted: "a unicast MAC address such as 02:54:47:00:00:10",
  versions: "every Docker by --mac-address; a setting of the whole container until API 1.43, of the endpoint in the network since 1.44 (25.0), of nothing else since 1.52 (29.0)",
  replacedBy: null,
  switching: "deployment",
  effect: { latency: "none", bandwidth: "none", jitter: "none" },
  risk: "Two interfaces with one address in a network lose packets. Left out, Docker up to 27 derives it from the IP address and Docker 28 draws it anew at every start: bridge table and neighbour cache then start cold.",
  source: "moby API changelog 1.44, 1.52; Docker Engine 28.0 release notes",
  changesFacts: [],
  misfit: () => null,
  probe: "ip address in the container, docker inspect of the endpoint",
  docker: {
    arguments: (value, attachment) => attachment === "physical" ? [] : ["--mac-address", value],
    read: (value, { link, endpoint }) => ({
      found: `${link.name} ${link.mac.toLowerCase()}${describeDaemon(endpoint?.mac.toLowerCase())}`,
      inForce: link.mac.toLowerCase() === value && (endpoint === null || endpoint.mac.toLowerCase() === value)
    })
  }
});
var dockerAddress = defineParameter({
  name: "guest.docker.address",
  layer: "guest",
  summary: "IPv4 address of the container in the test network.",
  schema: string().transform(
    transformWith((text) => {
      parseIpv4(text);
      return text;
    })
  ),
  accepted: "a free IPv4 address of the test network, such as 198.18.0.16",
  versions: "Docker 1.10 and newer, in user-defined networks",
  replacedBy: null,
  switching: "deployment",
  effect: { latency: "none", bandwidth: "none", jitter: "none" },
  risk: "On the default bridge Docker 20.10 ignores --ip without a word and gives another address.",
  source: "docker run reference (--ip); seen with Docker 20.10.24",
  changesFacts: [],
  misfit: (value, { network, takenAddresses }) => {
    const { first, last } = parseIpv4Network(network);
    const number3 = parseIpv4(value);
    const accepted2 = `accepted are the free addresses of ${network} (taken: ${takenAddresses.join(", ") || "none"})`;
    if (number3 < first || number3 > last) return `it is outside the test network, ${accepted2}`;
    if (number3 === first || number3 === last) return `it is the network's own or its broadcast address, ${accepted2}`;
    return takenAddresses.includes(value) ? `it is taken, ${accepted2}` : null;
  },
  probe: "ip address in the container, docker inspect of the endpoint",
  docker: {
    arguments: (value, attachment) => attachment === "physical" ? [] : ["--ip", value],
    read: (value, { link, endpoint }) => {
      const addresses = link.addresses.map((address) => address.replace(/\/\d+$/, ""));
      return {
        found: `${link.name} ${addresses.join(" ") || "without address"}${describeDaemon(endpoint?.address)}`,
        inForce: addresses.includes(value) && (endpoint === null || endpoint.address === value)
      };
    }
  }
});
function describeDaemon(value) {
  return value === void 0 ? "" : `, daemon ${value || "none"}`;
}

// src/profiles/memory-size.ts
var bytesPerUnit = { GiB: 2 ** 30, MiB: 2 ** 20 };
function parseMemorySize(text) {
  const match = /^(\d{1,9}) ?(MiB|GiB)$/.exec(text);
  if (match === null) {
    throw new ConfigurationError("a whole number with the unit MiB or GiB is accepted, such as 256MiB");
  }
  return Number(match[1]) * (match[2] === "GiB" ? bytesPerUnit.GiB : bytesPerUnit.MiB);
}
function formatMemorySize(bytes2) {
  for (const [unit, size3] of Object.entries(bytesPerUnit)) {
    if (bytes2 >= size3 && bytes2 % size3 === 0) return `${bytes2 / size3}${unit}`;
  }
  return `${bytes2} bytes`;
}

// src/profiles/parameters/docker-memory.ts
var leastBytes = 6 * 2 ** 20;
var dockerMemory = defineParameter({
  name: "guest.docker.memory",
  layer: "guest",
  summary: "Memory that the container may use, page cache and socket buffers included.",
  schema: string().transform(transformWith((value) => formatMemorySize(parseMemorySize(value)))),
  accepted: "a size with the unit MiB or GiB, such as 256MiB, of at least 6MiB",
  versions: "every Docker; at least 6 MiB since 20.10, 4 MiB before",
  replacedBy: null,
  switching: "deployment",
  effect: { latency: "none", bandwidth: "depends", jitter: "depends" },
  risk: "A limit that is too tight shrinks socket buffers, swaps (Docker adds as much swap again unless --memory-swap says otherwise) and in the end kills the server.",
  source: "docker run reference (--memory); Linux Documentation/admin-guide/cgroup-v2.rst (memory.max)",
  changesFacts: [],
  misfit: (value, { memoryBytes }) => {
    const bytes2 = parseMemorySize(value);
    const most = `${Math.floor(memoryBytes / 2 ** 20)}MiB`;
    if (bytes2 < leastBytes) return `Docker starts no container with less than 6MiB, accepted is from 6MiB to ${most}`;
    return bytes2 <= memoryBytes ? null : `this machine has ${most}, accepted is from 6MiB to ${most}`;
  },
  probe: "cgroup memory.max, or memory.limit_in_bytes",
  docker: {
    // In bytes, because Docker's own units look decimal and are binary.
    arguments: (value) => ["--memory", String(parseMemorySize(value))],
    read: (value, { cgroup: { memoryLimitBytes } }) => memoryLimitBytes === null ? { found: "no memory limit", inForce: false } : {
      found: `memory limit ${formatMemorySize(memoryLimitBytes)}`,
      inForce: memoryLimitBytes === parseMemorySize(value)
    }
  }
});

// src/profiles/offload.ts
var offloads = {
  "generic-receive": { option: "gro", lines: ["generic-receive-offload"] },
  "generic-segmentation": { option: "gso", lines: ["generic-segmentation-offload"] },
  "scatter-gather": { option: "sg", lines: ["tx-scatter-gather"] },
  "tcp-segmentation": { option: "tso", lines: ["tx-tcp-segmentation"] },
  "tx-checksumming": { option: "tx", lines: ["tx-checksum-ip-generic", "tx-checksum-ipv4"] }
};
function describeOffload(place4, { name: name2, facts, ...texts }) {
  const { option, lines } = offloads[name2];
  return {
    ...texts,
    name: `${place4.prefix}.${name2}`,
    layer: "guest",
    schema: onOff,
    accepted: acceptedOnOff,
    replacedBy: null,
    switching: "deployment",
    source: `ethtool(8), -K ${option}; ${place4.documents}`,
    changesFacts: facts.map((fact) => `${place4.facts}.${fact}`),
    misfit: () => null,
    probe: `ethtool -k ${place4.readAt}, ${lines.join(" or ")}`
  };
}
function switchOffload({ option }, value, device2) {
  return { program: "ethtool", args: ["-K", device2, option, value ? "on" : "off"] };
}
function readOffload({ lines }, value, features) {
  const states = lines.flatMap((line2) => readFeature(features, line2));
  if (states.length === 0) return { found: `no line ${lines.join(" or ")}`, inForce: false };
  const on = states.find(({ state: state3 }) => /^on\b/.test(state3));
  const { line, state: state2 } = on ?? states[0] ?? { line: "", state: "" };
  return { found: `${line}: ${state2}`, inForce: on !== void 0 === value };
}
function readFeature(features, line) {
  const state2 = new RegExp(`^\\s*${line}:[ \\t]*(\\S.*?)[ \\t]*$`, "m").exec(features)?.[1];
  return state2 === void 0 ? [] : [{ line, state: state2 }];
}

// src/profiles/parameters/docker-offload.ts
var place = {
  prefix: "guest.docker.offload",
  facts: "guest.offload.guest",
  readAt: "in the container's network namespace",
  documents: "Linux Documentation/networking/segmentation-offloads.rst and netdev-features.rst"
};
function defineOffload(entry) {
  const offload = offloads[entry.name];
  return defineParameter({
    ...describeOffload(place, entry),
    docker: {
      commands: (value, { device: device2 }) => [switchOffload(offload, value, device2)],
      read: (value, { features }) => readOffload(offload, value, features)
    }
  });
}
var dockerOffloads = [
  defineOffload({
    name: "generic-receive",
    facts: ["generic-receive-offload"],
    summary: "GRO of the container's interface: received segments are joined before the protocol stack sees them.",
    versions: "Linux 2.6.29 and newer; a veth has it switched off at first and takes packets through NAPI when it is on since 5.13",
    effect: { latency: "worse", bandwidth: "depends", jitter: "depends" },
    risk: "On a veth every packet then waits for one more soft interrupt; whether the batches pay is to be measured."
  }),
  defineOffload({
    name: "generic-segmentation",
    facts: ["generic-segmentation-offload"],
    summary: "GSO of the container's interface: packets are cut to the MTU at the last moment, in software.",
    versions: "Linux 2.6.18 and newer",
    effect: { latency: "none", bandwidth: "better", jitter: "none" },
    risk: "Needs scatter-gather: without it the kernel keeps GSO off whatever is asked for."
  }),
  defineOffload({
    name: "scatter-gather",
    facts: ["scatter-gather", "tcp-segmentation-offload", "generic-segmentation-offload"],
    summary: "Scatter-gather of the container's interface: packets may lie in several pieces of memory.",
    versions: "Linux 2.4 and newer",
    effect: { latency: "none", bandwidth: "better", jitter: "none" },
    risk: "Switched off it takes TCP segmentation and GSO along: set those to off as well, or they are a mismatch."
  }),
  defineOffload({
    name: "tcp-segmentation",
    facts: ["tcp-segmentation-offload"],
    summary: "TSO of the container's interface: TCP hands over up to 64 KiB at once, and the device cuts it to the MTU.",
    versions: "Linux 2.6 and newer; with ethtool 6.1 on Linux 6.18 the line of the group stays on by its member for AccECN although TCP segmentation is off",
    effect: { latency: "none", bandwidth: "better", jitter: "none" },
    risk: "Needs scatter-gather and TX checksumming. Over a veth nothing ever cuts the packets: without it one host passes about half as much, which is closer to what a wire would ask for."
  }),
  defineOffload({
    name: "tx-checksumming",
    facts: ["tx-checksumming", "tcp-segmentation-offload"],
    summary: "TX checksumming of the container's interface: checksums are left to the device.",
    versions: "Linux 2.4 and newer",
    effect: { latency: "better", bandwidth: "better", jitter: "none" },
    risk: "Between veths nobody ever computes the checksum; captures then show wrong ones. Switched off it takes TCP segmentation along."
  })
];

// src/profiles/scheduling.ts
var policies = ["OTHER", "FIFO", "RR", "BATCH", void 0, "IDLE", "DEADLINE"];
var fifo = 1;
function describeScheduling(task) {
  const { name: name2, policy, priority } = task;
  return `${name2} ${policies[policy] ?? `policy ${policy}`}${priority > 0 ? ` ${priority}` : ""}`;
}

// src/profiles/parameters/docker-process.ts
var realTimeBudgetMicroseconds = 9e5;
var dockerServerPriority = defineParameter({
  name: "guest.docker.server.priority",
  layer: "guest",
  summary: "Real-time priority (SCHED_FIFO) of every process of the container; those that a server forks inherit it.",
  schema: int().min(1).max(99),
  accepted: "a whole number from 1 to 99",
  versions: "every Linux. Kernels with CONFIG_RT_GROUP_SCHED and cgroup v1 need a budget for the container, which is given: 0.9 s of each second",
  replacedBy: null,
  switching: "deployment",
  effect: { latency: "better", bandwidth: "depends", jitter: "better" },
  risk: "A server that never sleeps starves whatever shares its CPU, soft interrupts that run in threads included: stay below their priority (50 on PREEMPT_RT) and off the CPUs of the host. Real time is throttled at 0.95 s of each second unless sched_rt_runtime_us says otherwise.",
  source: "sched(7), chrt(1); Linux Documentation/scheduler/sched-rt-group.rst",
  changesFacts: [],
  misfit: () => null,
  probe: "/proc/PID/stat of every process of the container, policy and rt_priority",
  docker: {
    commands: (value, { processes, realTimeBudgets }) => [
      ...realTimeBudgets.map((file) => ({
        program: "sh",
        args: ["-c", 'echo "$1" >"$0"', file, String(realTimeBudgetMicroseconds)]
      })),
      ...processes.map((pid) => ({
        program: "chrt",
        args: ["--fifo", "--all-tasks", "--pid", String(value), String(pid)]
      }))
    ],
    read: (value, { processes }) => ({
      found: processes.map(describeScheduling).join(", ") || "no process",
      inForce: processes.length > 0 && processes.every(({ policy, priority }) => policy === fifo && priority === value)
    })
  }
});
var dockerTerminal = defineParameter({
  name: "guest.docker.tty",
  layer: "guest",
  summary: "Whether the servers of the container run on a pseudo-terminal, as an interactive container does.",
  schema: onOff,
  accepted: acceptedOnOff,
  versions: "every Docker by --tty; together with --interactive it ends with 1 where no terminal starts it",
  replacedBy: "off: servers have no use for a terminal",
  switching: "deployment",
  effect: { latency: "worse", bandwidth: "none", jitter: "worse" },
  risk: "Every line that a server prints passes the terminal and the daemon while it measures.",
  source: "docker run reference (--tty)",
  changesFacts: [],
  misfit: () => null,
  probe: "/proc/PID/fd/1 of the first process, docker inspect Config.Tty",
  docker: {
    arguments: (value) => value ? ["--tty"] : [],
    read: (value, { terminal: { standardOutput, daemon } }) => ({
      // A pipe's number says nothing and differs from start to start.
      found: `standard output ${standardOutput.replace(/:\[\d+\]$/, "")}, daemon ${daemon ? "with" : "without"} a terminal`,
      inForce: daemon === value && /^\/dev\/(pts\/\d+|console)$/.test(standardOutput) === value
    })
  }
});
var unlimited = "unlimited";
var dockerLockedMemory = defineParameter({
  name: "guest.docker.ulimit.memlock",
  layer: "guest",
  summary: "Memory that a process of the container may lock, so that it is never paged out.",
  schema: string().transform(transformWith((text) => text === unlimited ? text : formatMemorySize(parseMemorySize(text)))),
  accepted: "a size with the unit MiB or GiB, such as 64MiB, or unlimited",
  versions: "Docker 1.6 and newer; what is left out comes from the daemon",
  replacedBy: null,
  switching: "deployment",
  effect: { latency: "none", bandwidth: "none", jitter: "none" },
  risk: "Gives the permission only: a server that calls no mlock is paged as before. More than the daemon itself may have makes docker run fail where the daemon lacks CAP_SYS_RESOURCE.",
  source: "docker run reference (--ulimit); setrlimit(2), RLIMIT_MEMLOCK",
  changesFacts: [],
  misfit: () => null,
  probe: "/proc/PID/limits Max locked memory",
  docker: {
    arguments: (value) => {
      const bytes2 = value === unlimited ? -1 : parseMemorySize(value);
      return ["--ulimit", `memlock=${bytes2}:${bytes2}`];
    },
    read: (value, { limits }) => readLockedMemory(value, limits)
  }
});
function readLockedMemory(requested, limits) {
  const [, soft, hard] = /^Max locked memory[ \t]+(\S+)[ \t]+(\S+)/m.exec(limits) ?? [];
  if (soft === void 0 || hard === void 0) return { found: "no line Max locked memory", inForce: false };
  const [softSize, hardSize] = [soft, hard].map(
    (bytes2) => bytes2 === unlimited ? unlimited : formatMemorySize(Number(bytes2))
  );
  return {
    found: `soft limit ${softSize}, hard limit ${hardSize}`,
    inForce: softSize === requested && hardSize === requested
  };
}

// src/profiles/parameters/docker-queue.ts
var dockerQueueLength = defineParameter({
  name: "guest.docker.txqueuelen",
  layer: "guest",
  summary: "Length of the transmit queue of the container's interface, packets.",
  schema: int().min(0).max(1e6),
  accepted: "a whole number of packets from 0 to 1000000, such as 1000",
  versions: "every Linux; ip link set txqueuelen, formerly ifconfig. Docker gives its interfaces 0, other links start with 1000",
  replacedBy: null,
  switching: "deployment",
  effect: { latency: "depends", bandwidth: "depends", jitter: "depends" },
  risk: "Inert on the veth of a container as long as its queueing discipline is noqueue; pfifo_fast and others take it as their limit when they are attached. A long queue hides loss and costs latency, a short one drops bursts.",
  source: "ip-link(8), txqueuelen; tc-pfifo_fast(8)",
  changesFacts: [],
  misfit: () => null,
  probe: "ip -j -d address in the container's network namespace, txqlen",
  docker: {
    commands: (value, { device: device2 }) => [
      { program: "ip", args: ["link", "set", "dev", device2, "txqueuelen", String(value)] }
    ],
    read: (value, { link, queueLength: queueLength2 }) => ({
      found: `${link.name} txqlen ${queueLength2}`,
      inForce: queueLength2 === value
    })
  }
});

// src/profiles/network-sysctls.ts
function describeSysctl(sysctl) {
  return sysctl;
}
function readSysctl(key, value, text) {
  const found = text?.trim().replace(/\s+/g, " ");
  return { found: found ?? `no ${key}`, inForce: found === formatSysctl(value) };
}
var documents = {
  kernel: "admin-guide/sysctl/kernel.rst",
  net: "admin-guide/sysctl/net.rst",
  vm: "admin-guide/sysctl/vm.rst"
};
function documentSysctl(key) {
  const group = key.slice(0, key.indexOf("."));
  const file = key.startsWith("net.ipv4.") ? void 0 : documents[group];
  return `Linux Documentation/${file ?? "networking/ip-sysctl.rst"}`;
}
function formatSysctl(value) {
  if (typeof value === "boolean") return value ? "1" : "0";
  return String(value);
}
var bytes = int().min(1).max(2147483647);
var sizes = union([string(), array(union([string(), number()]))]).transform((value) => (Array.isArray(value) ? value.join(" ") : value).trim().split(/\s+/)).refine((parts) => parts.length === 3 && parts.every((part) => /^\d{1,10}$/.test(part)), {
  error: "three whole numbers are accepted: minimum, default, maximum",
  abort: true
}).transform((parts) => parts.map(Number)).refine((parts) => parts.every((part) => bytes.safeParse(part).success), {
  error: "each from 1 to 2147483647 is accepted"
}).refine((parts) => parts.every((part, index) => index === 0 || part >= (parts[index - 1] ?? 0)), {
  error: "they must not fall from minimum over default to maximum"
}).transform((parts) => parts.join(" "));
var acceptedSizes = 'minimum, default and maximum in bytes, such as "4096 131072 6291456"';
var networkSysctls = [
  describeSysctl({
    key: "net.core.somaxconn",
    summary: "How many connections may wait to be accepted by a listening server.",
    schema: int().min(1).max(65535),
    accepted: "a whole number from 1 to 65535, such as 4096",
    effect: { latency: "none", bandwidth: "none", jitter: "none" },
    risk: "Matters to servers that accept many connections at once; the tests here open one or two."
  }),
  describeSysctl({
    key: "net.ipv4.tcp_congestion_control",
    summary: "Congestion control of the connections that the guest opens or accepts.",
    schema: string().regex(/^[a-z0-9_]{1,15}$/),
    accepted: "the name of an algorithm that the kernel has and allows (net.ipv4.tcp_allowed_congestion_control), such as cubic",
    effect: { latency: "depends", bandwidth: "depends", jitter: "depends" },
    risk: "Decides for what the guest sends; the client has its own. On one host bbr paces and passes a third less than cubic. One that the kernel lacks is a failed start; to a container, so is one that is loaded but not allowed to other network namespaces: only reno and the host's default always are. Virtual machines load no module for it.",
    changesFacts: ["guest.tcp.congestion_control"]
  }),
  describeSysctl({
    key: "net.ipv4.tcp_rmem",
    summary: "Receive buffer of a TCP socket: minimum, default and maximum of its autotuning.",
    schema: sizes,
    accepted: acceptedSizes,
    effect: { latency: "none", bandwidth: "better", jitter: "none" },
    risk: "A maximum below bandwidth times round trip caps the throughput; a very large one lets queues grow."
  }),
  describeSysctl({
    key: "net.ipv4.tcp_wmem",
    summary: "Send buffer of a TCP socket: minimum, default and maximum of its autotuning.",
    schema: sizes,
    accepted: acceptedSizes,
    effect: { latency: "none", bandwidth: "better", jitter: "none" },
    risk: "A maximum below bandwidth times round trip caps the throughput of what the guest sends."
  }),
  describeSysctl({
    key: "net.ipv4.tcp_notsent_lowat",
    summary: "Bytes that may wait unsent in a socket before it stops to count as writable.",
    schema: int().min(1).max(4294967295),
    accepted: "a whole number of bytes from 1 to 4294967295, such as 131072",
    effect: { latency: "better", bandwidth: "none", jitter: "depends" },
    risk: "Too small a value wakes the sender for every few packets."
  }),
  describeSysctl({
    key: "net.ipv4.tcp_slow_start_after_idle",
    summary: "Whether a connection that was idle for a while starts slowly again.",
    schema: onOff,
    accepted: acceptedOnOff,
    effect: { latency: "worse", bandwidth: "worse", jitter: "worse" },
    risk: "Off sends a burst into a path that may have changed; harmless in a laboratory."
  }),
  describeSysctl({
    key: "net.ipv4.tcp_fastopen",
    summary: "TCP Fast Open: data with the first packet of a connection; 1 as client, 2 as server, 3 both.",
    schema: int().min(0).max(3),
    accepted: "a whole number from 0 to 3",
    effect: { latency: "none", bandwidth: "none", jitter: "none" },
    risk: "Serves programs that ask for it when they connect; the tests here keep one connection and do not."
  }),
  describeSysctl({
    key: "net.ipv4.tcp_autocorking",
    summary: "Whether small writes are held back while an earlier packet of the socket still waits in the queue.",
    schema: onOff,
    accepted: acceptedOnOff,
    effect: { latency: "depends", bandwidth: "better", jitter: "depends" },
    risk: "Off sends more and smaller packets where a program writes in small pieces."
  }),
  describeSysctl({
    key: "net.ipv4.tcp_no_metrics_save",
    summary: "Whether a closing connection leaves nothing behind for the next one to the same address.",
    schema: onOff,
    accepted: acceptedOnOff,
    effect: { latency: "none", bandwidth: "depends", jitter: "better" },
    risk: "On makes samples independent of each other: none starts with what an earlier one has learned."
  }),
  describeSysctl({
    key: "net.ipv4.tcp_timestamps",
    summary: "Whether TCP packets carry timestamps, by 12 bytes each.",
    schema: onOff,
    accepted: acceptedOnOff,
    effect: { latency: "none", bandwidth: "worse", jitter: "none" },
    risk: "Off gains 0.8 % of payload at an MTU of 1500 and loses the protection against wrapped sequence numbers, which matters from 10 Gbit/s on."
  }),
  describeSysctl({
    key: "net.ipv4.udp_rmem_min",
    summary: "Receive buffer that a UDP socket keeps when the memory of UDP as a whole is short.",
    schema: bytes,
    accepted: "a whole number of bytes from 1 to 2147483647, such as 16384",
    namespacedSince: "4.17",
    effect: { latency: "none", bandwidth: "none", jitter: "none" },
    risk: "Without effect until the memory of UDP is short."
  })
];

// src/profiles/parameters/docker-sysctl.ts
function defineSysctl({ key, namespacedSince = "4.15 or earlier", ...texts }) {
  return defineParameter({
    changesFacts: [],
    ...texts,
    versions: `Docker 1.12 and newer; a setting of each network namespace since Linux ${namespacedSince}`,
    name: `guest.docker.sysctl.${key}`,
    layer: "guest",
    replacedBy: null,
    switching: "deployment",
    source: `docker run reference (--sysctl); ${documentSysctl(key)}`,
    misfit: () => null,
    probe: `/proc/sys/${key.replaceAll(".", "/")} read in the container's network namespace`,
    docker: {
      // A key that the kernel does not have here, or a value that it refuses, makes docker run fail.
      arguments: (value) => ["--sysctl", `${key}=${formatSysctl(value)}`],
      read: (value, { sysctls }) => readSysctl(key, value, sysctls[key])
    }
  });
}
var dockerSysctls = networkSysctls.map(defineSysctl);
var dockerSysctlKeys = networkSysctls.map(({ key }) => key);

// src/profiles/host-file.ts
function buildFilePart(files) {
  const { path: path2, missing, parse = (text) => text, print = (text) => text, wanted, concerns = () => true } = files;
  return buildHostPart({
    reads: () => ({ files: [path2] }),
    find: (value, readings) => {
      const items = listFiles(path2, readings.files).filter(({ name: name2 }) => concerns(value, name2)).map(({ name: name2, text }) => ({ name: name2, text: parse(text.trim()) }));
      return items.length === 0 ? notHere(missing) : items;
    },
    wanted: wanted ?? formatParameterValue,
    set: ({ name: name2 }, text) => [{ kind: "write", path: fillPattern(path2, name2), text: print(text) }]
  });
}
function listFiles(pattern, files) {
  const parts = pattern.split("/");
  const expression = new RegExp(`^${parts.map(partExpression).join("/")}$`);
  return Object.entries(files).filter(([path2]) => expression.test(path2)).map(([path2, text]) => ({
    name: path2.split("/").filter((_, index) => hasStar(parts[index])).join("/"),
    text
  })).sort((left, right) => left.name.localeCompare(right.name, "en", { numeric: true }));
}
function fillPattern(pattern, name2) {
  const names = name2.split("/");
  return pattern.split("/").map((part) => hasStar(part) ? names.shift() : part).join("/");
}
function hasStar(part) {
  return part?.includes("*") === true;
}
function partExpression(part) {
  return part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", "[^/]+");
}
function parseChoice(text) {
  return /\[([^\]]+)\]/.exec(text)?.[1] ?? text;
}

// src/profiles/parameters/host-parameter.ts
function defineHostParameter(parameter) {
  return defineParameter({
    misfit: () => null,
    replacedBy: null,
    changesFacts: [],
    ...parameter,
    name: `host.${parameter.name}`,
    layer: "host",
    switching: "deployment"
  });
}
var cpus = {
  schema: linuxList,
  accepted: 'a Linux CPU list such as 0, "0-1" or [0, 2]',
  misfit: (value, limits) => findMissingCpus(value, limits.cpus)
};
var betterAnswers = { latency: "better", bandwidth: "none", jitter: "better" };
var itDepends = { latency: "depends", bandwidth: "depends", jitter: "depends" };

// src/profiles/parameters/host-cpu.ts
var folder = "/sys/devices/system/cpu";
var noFrequency = "this host has no control of the processor frequency (no driver of cpufreq)";
var governor = defineHostParameter({
  name: "cpu.governor",
  summary: "Governor of the processor frequency of the host.",
  schema: _enum(["performance", "powersave", "schedutil", "ondemand", "conservative"]),
  accepted: "performance, powersave, schedutil, ondemand or conservative",
  versions: "every Linux; which ones there are depends on the driver (intel_pstate: performance and powersave)",
  effect: { latency: "better", bandwidth: "better", jitter: "better" },
  risk: "Costs power; a machine that runs hot is throttled later on, which shows as drift.",
  source: "Linux Documentation/admin-guide/pm/cpufreq.rst; takes the place of CPU_FREQ=n of the thesis, table 3.1",
  changesFacts: ["host.cpu.governor"],
  probe: `${folder}/cpufreq/policy*/scaling_governor`,
  host: buildFilePart({ path: `${folder}/cpufreq/policy*/scaling_governor`, missing: noFrequency })
});
var energyPreference = defineHostParameter({
  name: "cpu.energy-preference",
  summary: "What the processor is told to prefer when it chooses a frequency by itself.",
  schema: _enum(["performance", "balance_performance", "default", "balance_power", "power"]),
  accepted: "performance, balance_performance, default, balance_power or power",
  versions: "Linux 4.10 and newer with intel_pstate in active mode, 6.3 and newer with amd_pstate=active",
  effect: { latency: "better", bandwidth: "better", jitter: "better" },
  risk: "With the governor performance the kernel holds it at performance and refuses anything else.",
  source: "Linux Documentation/admin-guide/pm/intel_pstate.rst",
  probe: `${folder}/cpufreq/policy*/energy_performance_preference`,
  host: buildFilePart({
    path: `${folder}/cpufreq/policy*/energy_performance_preference`,
    missing: "this host has no energy preference (intel_pstate or amd_pstate in active mode has)"
  })
});
var energyBias = defineHostParameter({
  name: "cpu.energy-bias",
  summary: "Bias between performance (0) and saving of energy (15) in the processor.",
  schema: int().min(0).max(15),
  accepted: "a whole number from 0 (performance) to 15 (saving), 6 is normal",
  versions: "Linux 5.2 and newer on Intel processors; formerly x86_energy_perf_policy",
  effect: { latency: "better", bandwidth: "better", jitter: "better" },
  risk: "Costs power. A hint to the processor: what it makes of it is not documented.",
  source: "Linux Documentation/admin-guide/pm/intel_epb.rst; TuneD latency-performance",
  probe: `${folder}/cpu*/power/energy_perf_bias`,
  host: buildFilePart({
    path: `${folder}/cpu*/power/energy_perf_bias`,
    missing: "the processor of this host has no energy bias"
  })
});
var megahertz = {
  schema: int().min(100).max(1e4),
  accepted: "a whole number of MHz from 100 to 10000, such as 2000"
};
var inKilohertz = (value) => String(value * 1e3);
var highestFrequency = defineHostParameter({
  name: "cpu.frequency.max",
  summary: "Highest frequency of the processors, MHz; with the same lowest one it is fixed.",
  ...megahertz,
  versions: "every Linux; the driver rounds to what the processor has, which then is a mismatch that says so",
  effect: { latency: "worse", bandwidth: "worse", jitter: "better" },
  risk: "Below what the processor can do it costs speed and gains evenness: it no longer depends on temperature.",
  source: "Linux Documentation/admin-guide/pm/cpufreq.rst",
  probe: `${folder}/cpufreq/policy*/scaling_max_freq`,
  host: buildFilePart({
    path: `${folder}/cpufreq/policy*/scaling_max_freq`,
    missing: noFrequency,
    wanted: inKilohertz
  })
});
var lowestFrequency = defineHostParameter({
  name: "cpu.frequency.min",
  summary: "Lowest frequency of the processors, MHz.",
  ...megahertz,
  versions: "every Linux; the driver rounds to what the processor has, which then is a mismatch that says so",
  effect: { latency: "better", bandwidth: "better", jitter: "better" },
  risk: "Costs power. Above the highest one that is allowed the kernel takes that one.",
  source: "Linux Documentation/admin-guide/pm/cpufreq.rst; TuneD latency-performance (min_perf_pct)",
  probe: `${folder}/cpufreq/policy*/scaling_min_freq`,
  host: buildFilePart({
    path: `${folder}/cpufreq/policy*/scaling_min_freq`,
    missing: noFrequency,
    wanted: inKilohertz
  })
});
var turboFiles = {
  [`${folder}/intel_pstate/no_turbo`]: ["0", "1"],
  [`${folder}/cpufreq/boost`]: ["1", "0"]
};
var turbo = defineHostParameter({
  name: "cpu.turbo",
  summary: "Whether processors may run above their nominal frequency.",
  schema: onOff,
  accepted: acceptedOnOff,
  versions: "every Linux; intel_pstate has a file of its own, other drivers share one",
  effect: { latency: "better", bandwidth: "better", jitter: "worse" },
  risk: "How far above depends on temperature and on what the other cores do: faster, and less even.",
  source: "Linux Documentation/admin-guide/pm/cpufreq.rst, intel_pstate.rst",
  probe: Object.keys(turboFiles).join(" or "),
  host: buildHostPart({
    reads: () => ({ files: Object.keys(turboFiles) }),
    find: (_, { files }) => {
      const items = Object.entries(turboFiles).flatMap(([path2, [on, off]]) => {
        const text = files[path2]?.trim();
        return text === void 0 ? [] : [{ name: path2, text: text === on ? "on" : text === off ? "off" : text }];
      });
      return items.length === 0 ? notHere("this host has no control of turbo frequencies") : items;
    },
    set: ({ name: name2 }, text) => {
      const [on, off] = turboFiles[name2] ?? ["1", "0"];
      return [{ kind: "write", path: name2, text: text === "on" ? on : off }];
    }
  })
});
var idleState = defineHostParameter({
  name: "cpu.idle-state",
  summary: "Deepest idle state that the processors may enter, by its number in the kernel: 0 polls, 1 is the first real one.",
  schema: int().min(0).max(9),
  accepted: "a whole number from 0 to 9",
  versions: "every Linux with a driver of cpuidle; which states there are is in cpuidle/state*/name",
  effect: { latency: "better", bandwidth: "depends", jitter: "better" },
  risk: "The processors stay warm, and those at work may lose their turbo. At 0 they poll: the host never rests.",
  source: "Linux Documentation/admin-guide/pm/cpuidle.rst; takes the place of CPU_IDLE=n of the thesis, table 3.1",
  probe: `${folder}/cpu*/cpuidle/state*/disable`,
  host: buildFilePart({
    path: `${folder}/cpu*/cpuidle/state*/disable`,
    missing: "this host has no idle states to choose from (no driver of cpuidle)",
    parse: (text) => text === "0" ? "allowed" : "disabled",
    print: (setting) => setting === "allowed" ? "0" : "1",
    wanted: (deepest, { name: name2 }) => stateNumber(name2) > deepest ? "disabled" : "allowed"
  })
});
function stateNumber(name2) {
  return Number(/(\d+)$/.exec(name2)?.[1]);
}
var smt = defineHostParameter({
  name: "cpu.smt",
  summary: "Whether the processors run two threads on each core.",
  schema: onOff,
  accepted: acceptedOnOff,
  versions: "Linux 4.19 and newer; nosmt at boot does the same; the thesis switched it off in the BIOS",
  effect: { latency: "worse", bandwidth: "depends", jitter: "worse" },
  risk: "Off takes every second CPU away: what is pinned to one of them must be pinned anew.",
  source: "Linux Documentation/ABI/testing/sysfs-devices-system-cpu (smt/control); thesis, section on hardware",
  changesFacts: ["host.cpu.smt", "host.cpu.online"],
  probe: `${folder}/smt/control`,
  host: buildHostPart({
    reads: () => ({ files: [`${folder}/smt/control`] }),
    find: (_, { files }) => {
      const text = files[`${folder}/smt/control`]?.trim();
      if (text === void 0 || text.startsWith("not"))
        return notHere("the processors of this host have one thread a core");
      return [{ name: "", text: text === "forceoff" ? "off" : text, changeable: text !== "forceoff" }];
    },
    set: (_, text) => [{ kind: "write", path: `${folder}/smt/control`, text }]
  })
});
var correctedErrors = defineHostParameter({
  name: "cpu.ignore-corrected-errors",
  summary: "Whether the kernel leaves off to ask the processors for errors of memory that they have corrected.",
  schema: onOff,
  accepted: acceptedOnOff,
  versions: "Linux 2.6.31 and newer on x86; mce=ignore_ce at boot does the same",
  effect: { latency: "none", bandwidth: "none", jitter: "better" },
  risk: "A memory that is about to fail is noticed only when it has failed.",
  source: "Linux Documentation/ABI/testing/sysfs-mce; TuneD cpu-partitioning",
  probe: "/sys/devices/system/machinecheck/machinecheck*/ignore_ce",
  host: buildFilePart({
    path: "/sys/devices/system/machinecheck/machinecheck*/ignore_ce",
    missing: "the processors of this host report no errors of their own (no machine check)",
    parse: (text) => ({ 0: "off", 1: "on" })[text] ?? text,
    print: (setting) => ({ off: "0", on: "1" })[setting] ?? setting
  })
});
var hostCpuParameters = [
  ...[governor, energyPreference, energyBias, highestFrequency, lowestFrequency],
  ...[turbo, idleState, smt, correctedErrors]
];

// src/profiles/cpu-mask.ts
function parseCpuMask(mask2) {
  const digits = [...mask2.replaceAll(",", "").trim()].reverse();
  return digits.flatMap(
    (digit, place4) => [0, 1, 2, 3].filter((bit) => (Number.parseInt(digit, 16) >> bit) % 2 === 1).map((bit) => 4 * place4 + bit)
  );
}
function formatCpuMask(cpus2) {
  const mask2 = cpus2.reduce((bits, cpu) => bits | 1n << BigInt(cpu), 0n);
  const digits = mask2.toString(16);
  const words2 = digits.padStart(Math.ceil(digits.length / 8) * 8, "0").match(/.{8}/g) ?? [];
  return [digits.slice(0, digits.length - 8 * (words2.length - 1)), ...words2.slice(1)].join(",");
}

// src/profiles/parameters/host-irq.ts
var mask = {
  parse: (text) => formatCpuList(parseCpuMask(text)),
  print: (list) => formatCpuMask(parseCpuList(list))
};
var defaultAffinity = defineHostParameter({
  ...cpus,
  name: "irq.default-affinity",
  summary: "CPUs that handle interrupts which are asked for from now on.",
  versions: "Linux 2.6 and newer; host-boot.irqaffinity does it for all from the start",
  effect: { latency: "depends", bandwidth: "depends", jitter: "better" },
  risk: "Interrupts that exist already stay where they are: those of the interface under test by host.nic.irq-affinity.",
  source: "Linux Documentation/core-api/irq/irq-affinity.rst",
  probe: "/proc/irq/default_smp_affinity",
  host: buildFilePart({
    path: "/proc/irq/default_smp_affinity",
    missing: "the kernel of this host has no default for interrupts",
    ...mask
  })
});
var deferredWork = defineHostParameter({
  ...cpus,
  name: "cpu.deferred-work",
  summary: "CPUs that do work which the kernel puts off and binds to no CPU.",
  versions: "Linux 4.1 and newer; isolcpus and nohz_full at boot take the others out by themselves",
  effect: { latency: "none", bandwidth: "none", jitter: "better" },
  risk: "Work that is bound to a CPU stays on it. CPUs of host.cpu.partition are taken out of it by the kernel (6.9 and newer).",
  source: "Linux Documentation/core-api/workqueue.rst; TuneD cpu-partitioning",
  probe: "/sys/devices/virtual/workqueue/cpumask",
  host: buildFilePart({
    path: "/sys/devices/virtual/workqueue/cpumask",
    missing: "the kernel of this host does not say where its work is done",
    ...mask
  })
});
var hostIrqParameters = [defaultAffinity, deferredWork];

// src/profiles/host-partition.ts
var root = "/sys/fs/cgroup";
var folder2 = `${root}/tunegate`;
var paths = {
  controllers: `${root}/cgroup.controllers`,
  handedDown: `${root}/cgroup.subtree_control`,
  cpus: `${folder2}/cpuset.cpus`,
  partition: `${folder2}/cpuset.cpus.partition`,
  effective: `${folder2}/cpuset.cpus.effective`,
  own: `${folder2}/cgroup.subtree_control`
};
var partitionPart = {
  reads: () => ({ files: Object.values(paths) }),
  change: (value, before) => {
    const { inForce } = readPartition(value, before);
    if (inForce !== false) return { apply: [], restore: [] };
    return { apply: buildPartition(value, before), restore: buildWayBack(before) };
  },
  read: readPartition
};
function readPartition(value, { files }) {
  if (!hasWord(files[paths.controllers], "cpuset"))
    return notHere(`this host has no cgroup v2 with the controller cpuset at ${root}`);
  const { [paths.partition]: partition2, [paths.cpus]: cpus2, [paths.effective]: effective } = files;
  if (partition2 === void 0 || cpus2 === void 0) return { found: `no cpuset in ${folder2}`, inForce: false };
  return {
    found: `${partition2.trim()}, CPUs ${effective?.trim() || "none"}`,
    // `isolated invalid (...)` is what the kernel makes of CPUs that it cannot spare.
    inForce: partition2.trim() === "isolated" && cpus2.trim() === value && effective?.trim() === value
  };
}
function buildPartition(value, { files }) {
  return [
    ...hasWord(files[paths.handedDown], "cpuset") ? [] : [write(paths.handedDown, "+cpuset")],
    { kind: "run", program: "mkdir", args: ["-p", folder2] },
    write(paths.cpus, value),
    write(paths.partition, "isolated"),
    // In use further down it cannot be taken away: systemd does that where none of its own units wants it.
    ...hasWord(files[paths.own], "cpuset") ? [] : [write(paths.own, "+cpuset")]
  ];
}
var takeDown = [
  'cd "$0" 2>/dev/null || exit 0',
  "echo member >cpuset.cpus.partition; echo -cpuset >cgroup.subtree_control",
  'cd ..; rmdir "$0"'
].join("\n");
var putBack = [
  'cd "$0" 2>/dev/null || exit 0',
  'echo member >cpuset.cpus.partition; echo "$1" >cpuset.cpus; echo "$2" >cpuset.cpus.partition'
].join("\n");
function buildWayBack({ files }) {
  const { [paths.cpus]: cpus2, [paths.partition]: partition2, [paths.own]: own } = files;
  const sh = (...args) => ({ kind: "run", program: "sh", args: ["-c", ...args] });
  return [
    // Without a list of controllers of its own there was no folder.
    ...own === void 0 ? [sh(takeDown, folder2)] : [],
    ...cpus2 === void 0 || partition2 === void 0 ? [] : [sh(putBack, folder2, cpus2.trim(), partition2.trim().split(" ")[0] ?? "member")],
    ...own === void 0 || hasWord(own, "cpuset") ? [] : [sh('cd "$0" && echo -cpuset >cgroup.subtree_control', folder2)],
    ...hasWord(files[paths.handedDown], "cpuset") ? [] : [write(paths.handedDown, "-cpuset")]
  ];
}
function write(path2, text) {
  return { kind: "write", path: path2, text };
}
function hasWord(text, word) {
  return text?.trim().split(/\s+/).includes(word) === true;
}

// src/profiles/parameters/host-isolation.ts
var partition = defineHostParameter({
  name: "cpu.partition",
  summary: "CPUs of the host that the scheduler leaves alone but for containers, without a boot (cgroup v2).",
  schema: linuxList,
  accepted: 'a Linux CPU list such as 1, "1-4" or [1, 2]',
  versions: "Linux 6.1 and newer, where cgroup v2 is what the host uses",
  effect: betterAnswers,
  risk: "Containers can run on these CPUs only, virtual machines on the others only: guest.qemu.vcpu.pin must not name them. Interrupts and RCU callbacks still come. Of host-boot.isolcpus and this one is enough.",
  source: "Linux Documentation/admin-guide/cgroup-v2.rst (cpuset.cpus.partition)",
  misfit: (value, { cpus: cpus2 }) => findMissingCpus(value, cpus2) ?? (parseCpuList(value).length < cpus2.length ? null : `that leaves no CPU to the host itself, accepted are at most ${cpus2.length - 1} of ${formatCpuList(cpus2)}`),
  probe: "/sys/fs/cgroup/tunegate/cpuset.cpus.partition",
  host: partitionPart
});
var listBalancers = { program: "sh", args: ["-c", "grep -slx irqbalance /proc/[0-9]*/comm; exit 0"] };
var askUnit = { program: "systemctl", args: ["show", "--property=LoadState", "irqbalance.service"] };
var balancer = defineHostParameter({
  name: "irqbalance",
  summary: "Whether irqbalance runs, which moves interrupts between CPUs by its own judgement.",
  schema: onOff,
  accepted: acceptedOnOff,
  versions: "where systemd starts it; every distribution has the package, Ubuntu servers have it installed",
  effect: { latency: "depends", bandwidth: "depends", jitter: "worse" },
  risk: "It moves what host.nic.irq-affinity has placed. Off, the interrupts stay where it has put them last.",
  source: "irqbalance(1); TuneD cpu-partitioning (banned CPUs)",
  probe: "processes named irqbalance",
  host: buildHostPart({
    reads: () => ({ commands: [listBalancers, askUnit] }),
    find: (value, { outputs }) => {
      const runs = (outputs[nameCommand(listBalancers)] ?? "").includes("/comm");
      const isThere = outputs[nameCommand(askUnit)]?.trim() === "LoadState=loaded";
      if (!runs && !isThere && value) return notHere("this host has no service irqbalance");
      return [{ name: "", text: runs ? "on" : "off" }];
    },
    set: (_, text) => [
      { kind: "run", program: "systemctl", args: [text === "on" ? "start" : "stop", "irqbalance.service"] }
    ]
  })
});
var swap = defineHostParameter({
  name: "memory.swap",
  summary: "Takes every swap area out of use.",
  schema: union([literal("off"), literal(false).transform(() => "off")]),
  accepted: "off; what was in use comes back with the way back",
  versions: "every Linux; swapoff",
  effect: { latency: "none", bandwidth: "none", jitter: "better" },
  risk: "What is swapped out must fit into the memory, else the kernel refuses, or ends programs.",
  source: "swapoff(8); CSIT, configuration of its test machines",
  probe: "/proc/swaps",
  host: buildHostPart({
    reads: () => ({ files: ["/proc/swaps"] }),
    find: (_, { files }) => {
      const text = files["/proc/swaps"];
      return text === void 0 ? notHere("the kernel of this host has no swap") : findSwaps(text);
    },
    set: ({ name: name2, former }, text) => [
      text === "off" ? { kind: "run", program: "swapoff", args: [name2] } : { kind: "run", program: "swapon", args: ["--priority", former ?? "-1", name2] }
    ]
  })
});
function findSwaps(text) {
  const areas = text.split("\n").slice(1).map((line) => line.trim().split(/\s+/)).filter((words2) => words2.length >= 5);
  if (areas.length === 0) return [{ name: "", text: "off" }];
  return areas.map(([name2 = "", , , , priority = "-1"]) => ({
    name: name2.replaceAll("\\040", " "),
    text: "on",
    former: Number(priority) < 0 ? "-1" : priority
  }));
}
var hostIsolationParameters = [partition, balancer, swap];

// src/profiles/parameters/host-kvm.ts
var folder3 = "/sys/module/kvm/parameters";
var noKvm = "the module kvm is not loaded on this host";
var haltPoll = defineHostParameter({
  name: "kvm.halt-poll-ns",
  summary: "Nanoseconds for which KVM waits for an idle virtual CPU to wake again before it lets the CPU go.",
  schema: int().min(0).max(1e7),
  accepted: "a whole number of nanoseconds from 0 to 10000000, such as 200000",
  versions: "Linux 4.0 and newer; 200000 unless it is said",
  effect: { latency: "better", bandwidth: "none", jitter: "better" },
  risk: "Costs time of the host, which its figures then show as busy. Guests that run by TCG do not use it.",
  source: "Linux Documentation/virt/kvm/halt-polling.rst; TuneD cpu-partitioning",
  probe: `${folder3}/halt_poll_ns`,
  host: buildFilePart({ path: `${folder3}/halt_poll_ns`, missing: noKvm })
});
var smallPages = defineHostParameter({
  name: "kvm.nx-huge-pages",
  summary: "Whether KVM splits huge pages of a guest when it runs code in them, against a fault of some processors.",
  schema: onOff,
  accepted: acceptedOnOff,
  versions: "Linux 5.4 and newer; on by itself where the processor has the fault (iTLB multihit)",
  effect: { latency: "none", bandwidth: "none", jitter: "worse" },
  risk: "Off lets a guest stop such a processor: only where guests are trusted.",
  source: "Linux Documentation/admin-guide/hw-vuln/multihit.rst; TuneD realtime-virtual-host",
  changesFacts: ["host.mitigations.itlb_multihit"],
  probe: `${folder3}/nx_huge_pages`,
  host: buildFilePart({
    path: `${folder3}/nx_huge_pages`,
    missing: noKvm,
    parse: (text) => ({ Y: "on", N: "off" })[text] ?? text,
    print: (setting) => ({ on: "force", off: "off" })[setting] ?? setting
  })
});
var linkPower = defineHostParameter({
  name: "pci.link-power",
  summary: "Whether links of PCI Express may sleep while nothing is sent over them (ASPM).",
  schema: _enum(["default", "performance", "powersave", "powersupersave"]),
  accepted: "default (as the firmware has it), performance, powersave or powersupersave",
  versions: "Linux 2.6.26 and newer with CONFIG_PCIEASPM; the kernel refuses a change where the firmware keeps control",
  effect: { latency: "better", bandwidth: "none", jitter: "better" },
  risk: "Performance costs power; some cards get slower to answer by microseconds when their link sleeps.",
  source: "Linux Documentation/admin-guide/kernel-parameters.txt (pcie_aspm.policy)",
  probe: "/sys/module/pcie_aspm/parameters/policy",
  host: buildFilePart({
    path: "/sys/module/pcie_aspm/parameters/policy",
    missing: "the kernel of this host has no power management of PCI Express links",
    parse: parseChoice
  })
});
var hostKvmParameters = [haltPoll, smallPages, linkPower];

// src/profiles/host-huge-pages.ts
var highestNode = 1023;
var reserveBytes = 512 * 2 ** 20;
function parseHugeMemory(text, pageBytes) {
  const memory = /* @__PURE__ */ new Map();
  for (const part of text.split(",")) {
    const match = /^\s*(\d{1,4}):(.+?)\s*$/.exec(part);
    const node = Number(match?.[1] ?? Number.NaN);
    if (!(node <= highestNode))
      throw new ConfigurationError(`"${showText(part)}" is no node with a size, such as 0:1GiB`);
    const bytes2 = parseMemorySize(match?.[2] ?? "");
    if (memory.has(node)) throw new ConfigurationError(`node ${node} is named twice`);
    if (bytes2 % pageBytes !== 0)
      throw new ConfigurationError(`${formatMemorySize(bytes2)} is no multiple of ${formatMemorySize(pageBytes)}`);
    memory.set(node, bytes2);
  }
  return memory;
}
function formatHugeMemory(memory) {
  return [...memory].sort(([left], [right]) => left - right).map(([node, bytes2]) => `${node}:${bytes2 === 0 ? "0MiB" : formatMemorySize(bytes2)}`).join(",");
}
function explainHugeMisfit(memory, pageBytes, limits) {
  const missing = [...memory.keys()].filter((node) => !limits.nodes.includes(node));
  if (missing.length > 0)
    return `this machine has no NUMA node ${formatCpuList(missing)}, accepted are nodes of ${formatCpuList(limits.nodes)}`;
  const pages2 = limits.hugePages.find((size3) => size3.pageBytes === pageBytes);
  if (pages2 === void 0) return `this machine has no huge pages of ${formatMemorySize(pageBytes)}`;
  const wanted = [...memory.values()].reduce((sum, bytes2) => sum + bytes2, 0);
  const most = Math.max(0, limits.availableBytes - reserveBytes) + pages2.freeBytes;
  if (wanted <= most) return null;
  return `that would leave the host less than ${formatMemorySize(reserveBytes)}, accepted are ${Math.floor(most / 2 ** 20)}MiB in all`;
}
function hugePagesPart(parse, pageBytes) {
  const size3 = `hugepages-${pageBytes / 1024}kB/nr_hugepages`;
  const perNode = `/sys/devices/system/node/node*/hugepages/${size3}`;
  const whole = `/sys/kernel/mm/hugepages/${size3}`;
  const pages2 = (count2) => `${count2} pages of ${formatMemorySize(pageBytes)}`;
  return buildHostPart({
    reads: () => ({ files: [perNode, whole] }),
    find: (value, { files }) => {
      const nodes = listFiles(perNode, files);
      const all = nodes.length > 0 ? nodes : listFiles(whole, files);
      const asked = all.filter(({ name: name2 }) => parse(value).has(nodeNumber(name2)));
      if (asked.length === parse(value).size)
        return asked.map(({ name: name2, text }) => ({ name: name2, text: pages2(text.trim()) }));
      const missing = [...parse(value).keys()].filter((node) => !all.some(({ name: name2 }) => nodeNumber(name2) === node));
      return notHere(`this host has no huge pages of ${formatMemorySize(pageBytes)} on node ${formatCpuList(missing)}`);
    },
    wanted: (value, { name: name2 }) => pages2(String((parse(value).get(nodeNumber(name2)) ?? 0) / pageBytes)),
    set: ({ name: name2 }, text) => [
      { kind: "write", path: name2 === "" ? whole : fillPattern(perNode, name2), text: text.split(" ")[0] ?? "0" }
    ]
  });
}
function nodeNumber(name2) {
  return Number(name2.replace("node", ""));
}

// src/profiles/parameters/host-memory.ts
var folder4 = "/sys/kernel/mm";
var thpFolder = `${folder4}/transparent_hugepage`;
var noThp = "the kernel of this host has no transparent huge pages (PREEMPT_RT kernels have none)";
var samePages = defineHostParameter({
  name: "memory.ksm",
  summary: "Whether the kernel looks for equal pages and keeps one copy of them (KSM): off, on, or off and split again.",
  schema: union([boolean().transform((on) => on ? "on" : "off"), _enum(["on", "off", "unmerge"])]),
  accepted: "on, off (what is merged stays so) or unmerge (stops and splits what is merged)",
  versions: "Linux 2.6.32 and newer",
  effect: { latency: "worse", bandwidth: "none", jitter: "worse" },
  risk: "Splitting needs the memory that merging saved; which pages were merged before is not brought back.",
  source: "Linux Documentation/admin-guide/mm/ksm.rst; TuneD cpu-partitioning and realtime-virtual-host",
  probe: `${folder4}/ksm/run`,
  host: buildFilePart({
    path: `${folder4}/ksm/run`,
    missing: "the kernel of this host has no KSM",
    parse: (text) => ksmWords.find(([, digit]) => digit === text)?.[0] ?? text,
    print: (setting) => ksmWords.find(([word]) => word === setting)?.[1] ?? setting
  })
});
var ksmWords = [
  ["off", "0"],
  ["on", "1"],
  ["unmerge", "2"]
];
var transparentPages = defineHostParameter({
  name: "memory.transparent-hugepages",
  summary: "Which memory the kernel backs with huge pages by itself.",
  schema: _enum(["always", "madvise", "never"]),
  accepted: "always, madvise or never",
  versions: "Linux 2.6.38 and newer; PREEMPT_RT kernels have none",
  effect: { latency: "depends", bandwidth: "better", jitter: "worse" },
  risk: "Never: a guest without explicit huge pages loses those it had. Otherwise making them stalls who asks.",
  source: "Linux Documentation/admin-guide/mm/transhuge.rst; TuneD network-latency (never)",
  changesFacts: ["host.memory.transparent_hugepages"],
  probe: `${thpFolder}/enabled`,
  host: buildFilePart({ path: `${thpFolder}/enabled`, missing: noThp, parse: parseChoice })
});
var transparentDefrag = defineHostParameter({
  name: "memory.transparent-hugepages.defrag",
  summary: "Whether who asks for memory waits until the kernel has put a huge page together.",
  schema: _enum(["always", "defer", "defer+madvise", "madvise", "never"]),
  accepted: "always, defer, defer+madvise, madvise or never",
  versions: "Linux 2.6.38 and newer, defer since 4.6; PREEMPT_RT kernels have none",
  effect: { latency: "depends", bandwidth: "depends", jitter: "worse" },
  risk: "Without it fewer huge pages come about once the memory is in pieces.",
  source: "Linux Documentation/admin-guide/mm/transhuge.rst",
  probe: `${thpFolder}/defrag`,
  host: buildFilePart({ path: `${thpFolder}/defrag`, missing: noThp, parse: parseChoice })
});
function defineHugePages(name2, pageBytes) {
  const example = name2 === "2MiB" ? '"0:512MiB"' : '"0:2GiB"';
  return defineHostParameter({
    name: `memory.hugepages.${name2}`,
    summary: `Memory of each NUMA node that is kept as huge pages of ${name2}.`,
    schema: union([string(), array(string()).min(1)]).transform(transformWith((value) => formatHugeMemory(parseHugeMemory([value].flat().join(","), pageBytes)))),
    accepted: `the node and a size, a multiple of ${name2}, such as ${example} or ["0:2GiB", "1:2GiB"]`,
    versions: "Linux 2.6.32 and newer for each node; pages of 1 GiB at run time since 3.16",
    replacedBy: null,
    effect: { latency: "better", bandwidth: "better", jitter: "better" },
    risk: "Taken from everything else. Memory in pieces makes the kernel find fewer than asked for, without an error: then host-boot.hugepages.memory is what works. Pages in use are not given back before their user ends.",
    source: "Linux Documentation/admin-guide/mm/hugetlbpage.rst; thesis, text to table 3.2",
    probe: `/sys/devices/system/node/node*/hugepages/hugepages-${pageBytes / 1024}kB/nr_hugepages`,
    misfit: (value, limits) => explainHugeMisfit(parseHugeMemory(value, pageBytes), pageBytes, limits),
    host: hugePagesPart((value) => parseHugeMemory(value, pageBytes), pageBytes)
  });
}
var hostMemoryParameters = [
  ...[samePages, transparentPages, transparentDefrag],
  ...[defineHugePages("2MiB", 2 * 2 ** 20), defineHugePages("1GiB", 2 ** 30)]
];

// src/profiles/host-nic.ts
function buildNicPart(setting) {
  const { show: show2, find, what, wanted, set } = setting;
  return buildHostPart({
    reads: (_, place4) => ({
      commands: place4.nic === null ? [] : [enterNic(place4, present(place4.nic.name)), enterNic(place4, show2(place4.nic.name))]
    }),
    find: (value, readings, place4) => {
      const text = readNic(readings, place4, show2, what);
      if (typeof text !== "string") return text;
      const items = find(text, value);
      return items.length === 0 ? lacks(place4, what) : items;
    },
    ...wanted === void 0 ? {} : { wanted },
    set: (item, text, place4) => place4.nic === null ? [] : set(place4.nic.name, item, text).map((command) => act(enterNic(place4, command)))
  });
}
function present(device2) {
  return { program: "ethtool", args: ["-i", device2] };
}
function readNic({ outputs }, place4, show2, what) {
  if (place4.nic === null) return notHere("no network interface of this host is under test");
  const { name: name2, namespace } = place4.nic;
  if (outputs[nameCommand(enterNic(place4, present(name2)))] === void 0) {
    const where = namespace === null ? "" : ` in namespace ${namespace}`;
    return unreadable(`\`ethtool -i ${name2}\` fails${where}: no such interface, or no ethtool`);
  }
  return outputs[nameCommand(enterNic(place4, show2(name2)))] ?? lacks(place4, what);
}
function lacks(place4, what) {
  return notHere(`the interface ${place4.nic?.name ?? ""} has no ${what}`);
}
function enterNic({ nic }, command) {
  return enterNamespace(nic?.namespace ?? null, command);
}
function act({ program, args }) {
  return { kind: "run", program, args };
}
function showNicFile(file) {
  return (device2) => ({ program: "cat", args: [`/sys/class/net/${device2}/${file}`] });
}
function writeNicFile(device2, file, text) {
  const script2 = file.startsWith("queues/") ? '[ ! -e "$0" ] || echo "$1" >"$0"' : 'echo "$1" >"$0"';
  return { program: "sh", args: ["-c", script2, `/sys/class/net/${device2}/${file}`, text] };
}
function showQueueFiles(file) {
  return (device2) => ({
    program: "grep",
    args: ["-r", "", `/sys/class/net/${device2}/queues`, `--include=${file}`]
  });
}
function parseQueueFiles(text) {
  return [...text.matchAll(/\/queues\/([^/]+)\/[^/:]+:(.*)$/gm)].map(([, queue = "", content = ""]) => ({ queue, text: content.trim() })).sort((left, right) => left.queue.localeCompare(right.queue, "en", { numeric: true }));
}
function readEthtoolLine(text, line) {
  const found = new RegExp(`^\\s*${line}:[ \\t]*(\\S+)`, "m").exec(text)?.[1];
  return found === void 0 || found === "n/a" ? null : found;
}

// src/profiles/parameters/host-nic.ts
var current = "Current hardware settings:";
function ethtoolPart({
  options: [show2, change],
  line,
  word,
  after = "",
  what
}) {
  return buildNicPart({
    show: (device2) => ({ program: "ethtool", args: [show2, device2] }),
    what,
    find: (text) => {
      const found = readEthtoolLine(text.slice(Math.max(0, text.indexOf(after))), line);
      return found === null ? [] : [{ name: "", text: found }];
    },
    set: (device2, _, text) => [{ program: "ethtool", args: [change, device2, word, text] }]
  });
}
function defineNumber({ limits: [least, most, example], unit, ...entry }) {
  const { name: name2, options, line, word, after, what, ...texts } = entry;
  return defineHostParameter({
    ...texts,
    name: `nic.${name2}`,
    schema: int().min(least).max(most),
    accepted: `a whole number of ${unit} from ${least} to ${most}, such as ${example}`,
    source: `ethtool(8), ${options[1]} ${word}`,
    probe: `ethtool ${options[0]} of the interface under test, ${line}`,
    host: ethtoolPart(entry)
  });
}
function defineSwitch(entry) {
  const { name: name2, options, line, word, after, what, ...texts } = entry;
  return defineHostParameter({
    ...texts,
    name: `nic.${name2}`,
    schema: onOff,
    accepted: acceptedOnOff,
    source: `ethtool(8), ${options[1]} ${word}`,
    probe: `ethtool ${options[0]} of the interface under test, ${line.replace(".*", " ")}`,
    host: ethtoolPart(entry)
  });
}
var coalescing = { options: ["-c", "-C"], what: "such interrupt coalescing" };
var microseconds = { limits: [0, 1e4, 3], unit: "microseconds" };
var frames = { limits: [0, 65535, 1], unit: "packets" };
var wait = "Long waits cost latency, none at all costs CPU: an interrupt for each packet. Drivers accept few values, and round.";
var drivers = "every Linux; which of them there are depends on the driver of the card";
var coalesce = [
  defineSwitch({
    ...coalescing,
    name: "coalesce.adaptive-rx",
    line: "Adaptive RX",
    word: "adaptive-rx",
    summary: "Whether the card chooses by itself how long received packets wait for an interrupt.",
    versions: drivers,
    effect: { latency: "worse", bandwidth: "better", jitter: "worse" },
    risk: "What it chooses depends on what was received before: it decides latency on real cards more than all else."
  }),
  defineSwitch({
    ...coalescing,
    name: "coalesce.adaptive-tx",
    line: "Adaptive RX:.*TX",
    word: "adaptive-tx",
    summary: "Whether the card chooses by itself how long sent packets wait for their interrupt.",
    versions: drivers,
    effect: { latency: "depends", bandwidth: "better", jitter: "depends" },
    risk: "As with host.nic.coalesce.adaptive-rx."
  }),
  defineNumber({
    ...coalescing,
    ...microseconds,
    name: "coalesce.rx-usecs",
    line: "rx-usecs",
    word: "rx-usecs",
    summary: "Microseconds that a received packet may wait before the card interrupts.",
    versions: `${drivers}; igb: 0, 1 and 3 are modes of its own`,
    effect: { latency: "worse", bandwidth: "better", jitter: "depends" },
    risk: wait
  }),
  defineNumber({
    ...coalescing,
    ...microseconds,
    name: "coalesce.tx-usecs",
    line: "tx-usecs",
    word: "tx-usecs",
    summary: "Microseconds that a sent packet may wait before the card interrupts.",
    versions: `${drivers}; where queues are pairs the receiving side decides`,
    effect: { latency: "none", bandwidth: "better", jitter: "none" },
    risk: wait
  }),
  defineNumber({
    ...coalescing,
    ...frames,
    name: "coalesce.rx-frames",
    line: "rx-frames",
    word: "rx-frames",
    summary: "Received packets after which the card interrupts at the latest.",
    versions: drivers,
    effect: { latency: "worse", bandwidth: "better", jitter: "depends" },
    risk: wait
  }),
  defineNumber({
    ...coalescing,
    ...frames,
    name: "coalesce.tx-frames",
    line: "tx-frames",
    word: "tx-frames",
    summary: "Sent packets after which the card interrupts at the latest.",
    versions: drivers,
    effect: { latency: "none", bandwidth: "better", jitter: "none" },
    risk: wait
  })
];
var rings = ["rx", "tx"].map(
  (side) => defineNumber({
    options: ["-g", "-G"],
    what: "rings that could be set",
    after: current,
    name: `ring.${side}`,
    line: side.toUpperCase(),
    word: side,
    limits: [16, 65536, 1024],
    unit: "packets",
    summary: `Packets that the ring of each ${side === "rx" ? "receive" : "transmit"} queue of the card holds.`,
    versions: `${drivers}; its maximum is shown by ethtool -g`,
    effect: { latency: "depends", bandwidth: side === "rx" ? "better" : "depends", jitter: "depends" },
    risk: "A short ring loses packets of a burst, a long one lets them grow old. Some drivers take the link down for it."
  })
);
var pause = [
  [
    "autonegotiate",
    "Autonegotiate",
    "autoneg",
    "Whether the two ends of the link agree on pause frames by themselves."
  ],
  ["rx", "RX", "rx", "Whether the card stops to send when the other end asks it to (pause frames)."],
  ["tx", "TX", "tx", "Whether the card asks the other end to stop when it cannot follow (pause frames)."]
].map(
  ([name2, line, word, summary]) => defineSwitch({
    options: ["-a", "-A"],
    what: "pause frames that could be set",
    name: `pause.${name2}`,
    line,
    word,
    summary,
    versions: drivers,
    effect: { latency: "depends", bandwidth: "depends", jitter: "depends" },
    risk: "Turns loss of UDP into waiting, which changes what udp_stream means. Some drivers take the link down for it."
  })
);
var channels = defineHostParameter({
  name: "nic.channels",
  summary: "Queues of the card, each with an interrupt of its own: combined ones, or as many of each kind.",
  schema: int().min(1).max(256),
  accepted: "a whole number of queues from 1 to 256, such as 1",
  versions: "Linux 3.0 and newer; which number there can be depends on the card and on its driver",
  effect: itDepends,
  risk: "The driver makes its interrupts anew: where they go is then decided again. A card has as many as it has, more is refused when it is set. Virtual functions have fewer.",
  source: "ethtool(8), -L; TuneD realtime (as many as there are CPUs for interrupts)",
  probe: "ethtool -l of the interface under test, current hardware settings",
  host: buildNicPart({
    show: (device2) => ({ program: "ethtool", args: ["-l", device2] }),
    what: "number of queues that could be set",
    find: findChannels,
    set: (device2, { name: name2 }, text) => [{ program: "ethtool", args: ["-L", device2, name2, text] }]
  })
});
function findChannels(text) {
  const start = text.indexOf(current);
  if (start < 0) return [];
  const most = text.slice(0, start);
  const items = ["Combined", "RX", "TX"].flatMap((line) => {
    const found = readEthtoolLine(text.slice(start), line);
    const possible = Number(readEthtoolLine(most, line) ?? 0);
    return found === null || possible === 0 ? [] : [{ name: line.toLowerCase(), text: found }];
  });
  const combined = items.filter(({ name: name2 }) => name2 === "combined");
  return combined.length > 0 ? combined : items;
}
function filePart(file, words2) {
  const [on, off] = words2 ?? [];
  return buildNicPart({
    show: showNicFile(file),
    what: `/sys/class/net/NAME/${file}`,
    find: (text) => [{ name: "", text: text.trim() === on ? "on" : text.trim() === off ? "off" : text.trim() }],
    set: (device2, _, text) => [
      writeNicFile(device2, file, text === "on" ? on ?? text : text === "off" ? off ?? text : text)
    ]
  });
}
var queueLength = defineHostParameter({
  name: "nic.txqueuelen",
  summary: "Length of the transmit queue of the interface, packets.",
  schema: int().min(0).max(1e6),
  accepted: "a whole number of packets from 0 to 1000000, such as 1000",
  versions: "every Linux; ip link set txqueuelen, formerly ifconfig",
  effect: itDepends,
  risk: "Queueing disciplines take it as their limit when they are attached, fq_codel and mq do not: then it is inert.",
  source: "ip-link(8), txqueuelen; tc-pfifo_fast(8)",
  probe: "/sys/class/net/NAME/tx_queue_len",
  host: buildNicPart({
    show: showNicFile("tx_queue_len"),
    what: "transmit queue",
    find: (text) => [{ name: "", text: text.trim() }],
    set: (device2, _, text) => [{ program: "ip", args: ["link", "set", "dev", device2, "txqueuelen", text] }]
  })
});
var napi = [
  defineHostParameter({
    name: "nic.threaded-napi",
    summary: "Whether received packets are handled by threads of their own instead of in soft interrupts.",
    schema: onOff,
    accepted: acceptedOnOff,
    versions: "Linux 5.12 and newer; the driver must use NAPI",
    effect: itDepends,
    risk: "The threads can be placed and given a priority, and are scheduled like others until somebody does. On PREEMPT_RT soft interrupts are threads anyway.",
    source: "Linux Documentation/networking/napi.rst",
    probe: "/sys/class/net/NAME/threaded",
    host: filePart("threaded", ["1", "0"])
  }),
  defineHostParameter({
    name: "nic.napi-defer-hard-irqs",
    summary: "How often the kernel looks for packets again, finding none, before it lets the card interrupt.",
    schema: int().min(0).max(1e5),
    accepted: "a whole number from 0 to 100000, such as 2",
    versions: "Linux 5.8 and newer; the driver must use NAPI",
    effect: itDepends,
    risk: "Does nothing without host.nic.gro-flush-timeout, which says how long to wait in between.",
    source: "Linux Documentation/networking/napi.rst",
    probe: "/sys/class/net/NAME/napi_defer_hard_irqs",
    host: filePart("napi_defer_hard_irqs")
  }),
  defineHostParameter({
    name: "nic.gro-flush-timeout",
    summary: "Nanoseconds that received segments may wait to be joined with later ones.",
    schema: int().min(0).max(1e9),
    accepted: "a whole number of nanoseconds from 0 to 1000000000, such as 20000",
    versions: "Linux 3.19 and newer",
    effect: { latency: "worse", bandwidth: "better", jitter: "depends" },
    risk: "Every packet that nothing follows waits that long.",
    source: "Linux Documentation/networking/napi.rst",
    probe: "/sys/class/net/NAME/gro_flush_timeout",
    host: filePart("gro_flush_timeout")
  })
];
var hostNicParameters = [...coalesce, ...rings, ...pause, channels, queueLength, ...napi];

// src/profiles/parameters/host-nic-offload.ts
var cardOffloads = {
  ...offloads,
  "large-receive": { option: "lro", lines: ["large-receive-offload"] },
  "receive-hashing": { option: "rxhash", lines: ["receive-hashing"] },
  "rx-checksumming": { option: "rx", lines: ["rx-checksumming"] },
  "rx-vlan": { option: "rxvlan", lines: ["rx-vlan-offload"] }
};
function defineOffload2({ name: name2, facts, ...texts }) {
  const { option, lines } = cardOffloads[name2];
  return defineHostParameter({
    ...texts,
    name: `nic.offload.${name2}`,
    schema: onOff,
    accepted: acceptedOnOff,
    source: `ethtool(8), -K ${option}; Linux Documentation/networking/segmentation-offloads.rst`,
    changesFacts: facts.map((fact) => `host.offload.wire.${fact}`),
    probe: `ethtool -k of the interface under test, ${lines.join(" or ")}`,
    host: buildNicPart({
      show: (device2) => ({ program: "ethtool", args: ["-k", device2] }),
      what: `offload ${name2}`,
      find: (text) => findOffload(lines, text),
      set: (device2, _, text) => [{ program: "ethtool", args: ["-K", device2, option, text] }]
    })
  });
}
function findOffload(lines, text) {
  const states = lines.flatMap((line) => {
    const [, state3, remark2 = ""] = new RegExp(`^\\s*${line}: (on|off)(?: \\[(.*)\\])?$`, "m").exec(text) ?? [];
    return state3 === void 0 ? [] : [{ state: state3, remark: remark2 }];
  });
  const found = states.find(({ state: state3 }) => state3 === "on") ?? states.find(({ remark: remark2 }) => remark2 !== "fixed") ?? states[0];
  if (found === void 0) return [];
  const { state: state2, remark } = found;
  const requested = /^requested (on|off)$/.exec(remark)?.[1];
  return [
    {
      name: "",
      text: state2,
      ...remark === "" ? {} : { remark },
      ...requested === void 0 ? {} : { former: requested },
      ...remark === "fixed" ? { changeable: false } : {}
    }
  ];
}
var linux = "every Linux; what a card cannot do is marked fixed and stays as it is";
var hostNicOffloads = [
  defineOffload2({
    name: "generic-receive",
    facts: ["generic-receive-offload"],
    summary: "GRO of the card: received segments are joined before the protocol stack or the bridge sees them.",
    versions: "Linux 2.6.29 and newer",
    effect: { latency: "depends", bandwidth: "better", jitter: "depends" },
    risk: "Off, a bridge carries every segment on its own."
  }),
  defineOffload2({
    name: "generic-segmentation",
    facts: ["generic-segmentation-offload"],
    summary: "GSO of the card: packets are cut to the MTU at the last moment, in software.",
    versions: "Linux 2.6.18 and newer",
    effect: { latency: "none", bandwidth: "better", jitter: "none" },
    risk: "Needs scatter-gather: without it the kernel keeps GSO off whatever is asked for."
  }),
  defineOffload2({
    name: "large-receive",
    facts: ["large-receive-offload"],
    summary: "LRO of the card: received segments are joined by the card or its driver, and cannot be parted again.",
    versions: linux,
    effect: { latency: "worse", bandwidth: "better", jitter: "depends" },
    risk: "Must be off where packets are forwarded: the kernel takes it away from a port of a bridge, a mismatch then."
  }),
  defineOffload2({
    name: "receive-hashing",
    facts: [],
    summary: "Whether the card hands over the hash by which it has chosen the queue.",
    versions: linux,
    effect: { latency: "none", bandwidth: "better", jitter: "none" },
    risk: "Off, the kernel computes a hash by itself where it needs one."
  }),
  defineOffload2({
    name: "rx-checksumming",
    facts: ["rx-checksumming", "large-receive-offload", "generic-receive-offload"],
    summary: "Whether the card verifies the checksums of what it receives.",
    versions: linux,
    effect: { latency: "better", bandwidth: "better", jitter: "none" },
    risk: "Switched off it takes LRO along, and makes GRO dearer."
  }),
  defineOffload2({
    name: "rx-vlan",
    facts: [],
    summary: "Whether the card takes the tag of a VLAN out of what it receives.",
    versions: linux,
    effect: { latency: "none", bandwidth: "none", jitter: "none" },
    risk: "Without effect where there are no VLANs."
  }),
  defineOffload2({
    name: "scatter-gather",
    facts: ["scatter-gather", "tcp-segmentation-offload", "generic-segmentation-offload"],
    summary: "Scatter-gather of the card: packets may lie in several pieces of memory.",
    versions: "Linux 2.4 and newer",
    effect: { latency: "none", bandwidth: "better", jitter: "none" },
    risk: "Switched off it takes TCP segmentation and GSO along: set those to off as well, or they are a mismatch."
  }),
  defineOffload2({
    name: "tcp-segmentation",
    facts: ["tcp-segmentation-offload"],
    summary: "TSO of the card: TCP hands over up to 64 KiB at once, and the card cuts it to the MTU.",
    versions: "Linux 2.6 and newer",
    effect: { latency: "none", bandwidth: "better", jitter: "none" },
    risk: "Needs scatter-gather and TX checksumming."
  }),
  defineOffload2({
    name: "tx-checksumming",
    facts: ["tx-checksumming", "tcp-segmentation-offload"],
    summary: "TX checksumming of the card: checksums are left to it.",
    versions: "Linux 2.4 and newer",
    effect: { latency: "better", bandwidth: "better", jitter: "none" },
    risk: "Switched off it takes TCP segmentation along."
  })
];

// src/profiles/parameters/host-nic-queues.ts
var cpusOrNone = {
  schema: union([literal("none"), linuxList]),
  accepted: 'a Linux CPU list such as 0, "0-1" or [0, 2], or none',
  misfit: (value, limits) => value === "none" ? null : findMissingCpus(value, limits.cpus)
};
var eachInterrupt = [
  'for entry in "/sys/class/net/$0/device"/msi_irqs/* "/sys/class/net/$0/device"/../msi_irqs/*; do',
  'irq=$(basename "$entry"); folder=/proc/irq/$irq'
].join("\n");
var showInterrupts = [
  'echo "new $(cat /proc/irq/default_smp_affinity)"',
  eachInterrupt,
  '[ -e "$entry" ] || continue',
  'echo $irq $(cat "$folder/smp_affinity_list" "$folder/effective_affinity_list" 2>/dev/null)',
  "done"
].join("\n");
var moveInterrupts = [
  eachInterrupt,
  '[ -e "$folder" ] || continue',
  'echo "$1" >"$folder/smp_affinity_list" || exit',
  "done"
].join("\n");
var irqAffinity = defineHostParameter({
  ...cpus,
  name: "nic.irq-affinity",
  summary: "CPUs of the host that handle the interrupts of the card.",
  versions: "Linux 2.6 and newer; what the kernel made of it is shown since 4.13",
  effect: { latency: "depends", bandwidth: "depends", jitter: "better" },
  risk: "irqbalance moves them again: see host.irqbalance. Of several CPUs x86 uses one for each interrupt. Managed interrupts of some drivers cannot be moved, which is an error when it is set.",
  source: "Linux Documentation/core-api/irq/irq-affinity.rst",
  probe: "/proc/irq/NUMBER/smp_affinity_list of those in /sys/class/net/NAME/device/msi_irqs",
  host: buildNicPart({
    show: (device2) => ({ program: "sh", args: ["-c", showInterrupts, device2] }),
    what: "interrupts of its own",
    find: findInterrupts,
    set: (device2, { name: name2, former }, text) => {
      if (name2 !== noneYet) return [move(name2, text)];
      const moveAll = { program: "sh", args: ["-c", moveInterrupts, device2, text] };
      const link = (state2) => ({ program: "ip", args: ["link", "set", "dev", device2, state2] });
      return text === former ? [moveAll] : [link("up"), moveAll, link("down")];
    }
  })
});
var noneYet = "none yet";
function move(irq, cpuList) {
  return { program: "sh", args: ["-c", 'echo "$1" >"$0"', `/proc/irq/${irq}/smp_affinity_list`, cpuList] };
}
function findInterrupts(text) {
  const [first = [], ...interrupts] = text.split("\n").filter(Boolean).map((line) => line.split(" "));
  const known = interrupts.filter(([, asked]) => asked !== void 0);
  if (known.length > 0) return known.map(readInterrupt);
  const former = formatCpuList(parseCpuMask(first[1] ?? ""));
  return interrupts.length === 0 ? [] : [{ name: noneYet, text: "never up since the boot", former }];
}
function readInterrupt([name2 = "", text = "", effective = ""]) {
  const isThere = effective === "" || parseCpuList(effective).every((cpu) => parseCpuList(text).includes(cpu));
  return { name: name2, text, ...isThere ? {} : { remark: `from ${effective} with the next that comes` } };
}
var toList = (mask2) => formatCpuList(parseCpuMask(mask2)) || "none";
var toMask = (list) => formatCpuMask(list === "none" ? [] : parseCpuList(list));
function queueMask(file, what) {
  return buildNicPart({
    show: showQueueFiles(file),
    what,
    find: (text) => parseQueueFiles(text).map(({ queue, text: mask2 }) => ({ name: queue, text: toList(mask2) })),
    set: (device2, { name: name2 }, text) => [writeNicFile(device2, `queues/${name2}/${file}`, toMask(text))]
  });
}
var receiveSteering = defineHostParameter({
  ...cpusOrNone,
  name: "nic.rps-cpus",
  summary: "CPUs among which received packets are spread in software (RPS), for every receive queue.",
  versions: "Linux 2.6.35 and newer",
  effect: itDepends,
  risk: "Every packet then waits for one more interrupt between CPUs; needed where a card has fewer queues than there is work.",
  source: "Linux Documentation/networking/scaling.rst",
  probe: "/sys/class/net/NAME/queues/rx-*/rps_cpus",
  host: queueMask("rps_cpus", "receive queues to steer")
});
var transmitSteering = defineHostParameter({
  ...cpusOrNone,
  name: "nic.xps-cpus",
  summary: "CPUs whose packets every transmit queue of the card takes (XPS).",
  versions: "Linux 2.6.38 and newer; needs more than one transmit queue",
  effect: itDepends,
  risk: "With the same CPUs for all queues the kernel chooses among them by the flow. Drivers set a map of their own at first.",
  source: "Linux Documentation/networking/scaling.rst",
  probe: "/sys/class/net/NAME/queues/tx-*/xps_cpus",
  host: queueMask("xps_cpus", "choice of transmit queues")
});
var hostNicQueues = [irqAffinity, receiveSteering, transmitSteering];

// src/profiles/machine-sysctls.ts
var microseconds2 = int().min(0).max(1e6);
var machineSysctls = [
  describeSysctl({
    key: "net.core.busy_poll",
    summary: "Microseconds for which poll and select look for packets at the device themselves before they sleep.",
    schema: microseconds2,
    accepted: "a whole number of microseconds from 0 to 1000000, such as 50",
    effect: { latency: "better", bandwidth: "none", jitter: "better" },
    risk: "Burns the CPU while it waits. PREEMPT_RT kernels do not have it."
  }),
  describeSysctl({
    key: "net.core.busy_read",
    summary: "Microseconds for which a blocking read looks for packets at the device itself before it sleeps.",
    schema: microseconds2,
    accepted: "a whole number of microseconds from 0 to 1000000, such as 50",
    effect: { latency: "better", bandwidth: "none", jitter: "better" },
    risk: "Burns the CPU while it waits, on one virtual CPU that of the server too. PREEMPT_RT kernels do not have it."
  }),
  describeSysctl({
    key: "net.core.rmem_max",
    summary: "Largest receive buffer that a program may ask for.",
    schema: bytes,
    accepted: "a whole number of bytes from 1 to 2147483647, such as 16777216",
    effect: { latency: "none", bandwidth: "depends", jitter: "none" },
    risk: "TCP's autotuning has its own limit, net.ipv4.tcp_rmem: this one is for programs that set SO_RCVBUF."
  }),
  describeSysctl({
    key: "net.core.wmem_max",
    summary: "Largest send buffer that a program may ask for.",
    schema: bytes,
    accepted: "a whole number of bytes from 1 to 2147483647, such as 16777216",
    effect: { latency: "none", bandwidth: "depends", jitter: "none" },
    risk: "TCP's autotuning has its own limit, net.ipv4.tcp_wmem: this one is for programs that set SO_SNDBUF."
  }),
  describeSysctl({
    key: "net.core.netdev_max_backlog",
    summary: "Packets that may wait for the protocol stack on each CPU.",
    schema: int().min(1).max(1e6),
    accepted: "a whole number of packets from 1 to 1000000, such as 10000",
    effect: { latency: "none", bandwidth: "none", jitter: "none" },
    risk: "A device with NAPI such as virtio-net does not use this queue unless packets are steered to other CPUs."
  }),
  describeSysctl({
    key: "net.core.netdev_budget",
    summary: "Packets that one round of receiving may take before others get the CPU.",
    schema: int().min(1).max(1e5),
    accepted: "a whole number of packets from 1 to 100000, such as 600",
    effect: { latency: "depends", bandwidth: "better", jitter: "depends" },
    risk: "A long round delays the programs that wait for the packets."
  }),
  describeSysctl({
    key: "kernel.sched_rt_runtime_us",
    summary: "Microseconds of each period that real-time tasks may run; -1 for all.",
    schema: int().min(-1).max(1e6),
    accepted: "a whole number of microseconds from -1 to 1000000, such as 950000",
    effect: { latency: "none", bandwidth: "none", jitter: "better" },
    risk: "At -1 a real-time task that never sleeps stops the whole guest."
  }),
  describeSysctl({
    key: "kernel.timer_migration",
    summary: "Whether timers of idle CPUs move to busy ones.",
    schema: onOff,
    accepted: acceptedOnOff,
    effect: { latency: "none", bandwidth: "none", jitter: "depends" },
    risk: "Off keeps timers of others away from busy CPUs and wakes idle ones for it."
  }),
  describeSysctl({
    key: "kernel.watchdog",
    summary: "Whether the kernel watches every CPU for a task that does not let go of it.",
    schema: onOff,
    accepted: acceptedOnOff,
    effect: { latency: "none", bandwidth: "none", jitter: "worse" },
    risk: "Off, a guest that hangs says nothing on its console. With nohz_full those CPUs are not watched anyway."
  }),
  describeSysctl({
    key: "vm.stat_interval",
    summary: "Seconds between two updates of the memory statistics, which interrupt every CPU.",
    schema: int().min(1).max(3600),
    accepted: "a whole number of seconds from 1 to 3600, such as 10",
    effect: { latency: "none", bandwidth: "none", jitter: "better" },
    risk: "Statistics of the guest are as old as that."
  })
];

// src/profiles/parameters/host-sysctl.ts
var hostOnly = [
  describeSysctl({
    key: "net.core.default_qdisc",
    summary: "Queueing discipline of interfaces that come up from now on.",
    schema: string().regex(/^[a-z0-9_]{1,15}$/),
    accepted: "the name of a queueing discipline that the kernel has, such as fq, fq_codel or pfifo_fast",
    effect: { latency: "depends", bandwidth: "depends", jitter: "depends" },
    risk: "Reaches the interface under test when it is brought up for a run, and taps; a veth has none. One that the kernel lacks is refused when it is set.",
    changesFacts: ["host.qdisc.wire"]
  }),
  describeSysctl({
    key: "net.core.netdev_budget_usecs",
    summary: "Microseconds that one round of receiving may take before others get the CPU.",
    schema: int().min(1).max(1e6),
    accepted: "a whole number of microseconds from 1 to 1000000, such as 8000",
    effect: { latency: "depends", bandwidth: "better", jitter: "depends" },
    risk: "A long round delays the programs that wait for the packets."
  }),
  describeSysctl({
    key: "net.core.dev_weight",
    summary: "Packets that one interface may hand over before the next one gets its turn.",
    schema: int().min(1).max(1e3),
    accepted: "a whole number of packets from 1 to 1000, such as 64",
    effect: { latency: "depends", bandwidth: "depends", jitter: "depends" },
    risk: "Drivers with NAPI have a weight of their own: without effect on those unless packets are steered to other CPUs."
  }),
  describeSysctl({
    key: "net.core.rmem_default",
    summary: "Receive buffer of a socket that asks for none; TCP has its own.",
    schema: bytes,
    accepted: "a whole number of bytes from 1 to 2147483647, such as 212992",
    effect: { latency: "none", bandwidth: "better", jitter: "none" },
    risk: "A short one loses packets of a burst of UDP, a long one lets them grow old."
  }),
  describeSysctl({
    key: "net.core.wmem_default",
    summary: "Send buffer of a socket that asks for none; TCP has its own.",
    schema: bytes,
    accepted: "a whole number of bytes from 1 to 2147483647, such as 212992",
    effect: { latency: "none", bandwidth: "better", jitter: "none" },
    risk: "A long one lets packets wait in the host before they are sent."
  }),
  describeSysctl({
    key: "net.core.rps_sock_flow_entries",
    summary: "Flows that the host remembers, to bring packets to the CPU of the program that reads them (RFS); 0 is off.",
    schema: int().min(0).max(1048576),
    accepted: "a power of two up to 1048576, or 0 for off",
    effect: { latency: "depends", bandwidth: "depends", jitter: "depends" },
    risk: "Does nothing before the receive queues have entries as well. The kernel rounds up to a power of two."
  }),
  describeSysctl({
    key: "kernel.nmi_watchdog",
    summary: "Whether a counter of each processor interrupts it now and then to see whether it still lives.",
    schema: onOff,
    accepted: acceptedOnOff,
    effect: { latency: "none", bandwidth: "none", jitter: "worse" },
    risk: "Off, a processor that hangs with interrupts disabled says nothing. A host without such counters has it off."
  }),
  describeSysctl({
    key: "kernel.soft_watchdog",
    summary: "Whether the kernel watches every CPU for a task that does not let go of it.",
    schema: onOff,
    accepted: acceptedOnOff,
    effect: { latency: "none", bandwidth: "none", jitter: "worse" },
    risk: "Off, a host that hangs says nothing on its console. With nohz_full those CPUs are not watched anyway."
  }),
  describeSysctl({
    key: "kernel.watchdog_cpumask",
    summary: "CPUs that the watchdogs of the kernel look after.",
    schema: linuxList,
    accepted: 'a Linux CPU list such as 0, "0-1" or [0, 2]',
    effect: { latency: "none", bandwidth: "none", jitter: "better" },
    risk: "What hangs on another CPU goes unnoticed. With nohz_full those CPUs are left out from the start."
  }),
  describeSysctl({
    key: "kernel.numa_balancing",
    summary: "Whether the kernel moves memory to the node where it is used, for which it takes pages away now and then.",
    schema: onOff,
    accepted: acceptedOnOff,
    effect: { latency: "depends", bandwidth: "depends", jitter: "worse" },
    risk: "Off, what is not bound to a node stays where it was made."
  }),
  describeSysctl({
    key: "kernel.sched_autogroup_enabled",
    summary: "Whether the scheduler shares the CPUs out among sessions first and among their processes second.",
    schema: onOff,
    accepted: acceptedOnOff,
    effect: { latency: "depends", bandwidth: "none", jitter: "depends" },
    risk: "On, a nice value counts inside its session only."
  }),
  describeSysctl({
    key: "kernel.hung_task_timeout_secs",
    summary: "Seconds after which the kernel complains of a task that waits without end; 0 is never.",
    schema: int().min(0).max(86400),
    accepted: "a whole number of seconds from 0 to 86400, such as 600",
    effect: { latency: "none", bandwidth: "none", jitter: "none" },
    risk: "A long one hides a hanging disk or network file system for as long."
  }),
  describeSysctl({
    key: "kernel.randomize_va_space",
    summary: "Whether programs are laid out in memory at random: 0 not, 1 without the heap, 2 wholly.",
    schema: int().min(0).max(2),
    accepted: "a whole number from 0 to 2",
    effect: { latency: "none", bandwidth: "none", jitter: "depends" },
    risk: "0 makes every start alike and attacks easier: only for a laboratory."
  }),
  describeSysctl({
    key: "vm.swappiness",
    summary: "How readily the kernel swaps out memory of programs rather than files it could read again.",
    schema: int().min(0).max(200),
    accepted: "a whole number from 0 to 200, such as 10",
    effect: { latency: "none", bandwidth: "none", jitter: "depends" },
    risk: "Without effect while there is memory, or where there is no swap."
  })
];
var inherited = {
  "net.ipv4.tcp_congestion_control": ["host.tcp.congestion_control", "guest.tcp.congestion_control"],
  "net.ipv4.tcp_rmem": [],
  "net.ipv4.tcp_wmem": []
};
var handedOn = networkSysctls.flatMap((sysctl) => {
  const changesFacts = inherited[sysctl.key];
  if (changesFacts === void 0) return [];
  const summary = `${sysctl.summary.replace(" that the guest opens or accepts", "").replace(/\.$/, "")}: what new network namespaces, and so containers, start with.`;
  return [{ ...sysctl, summary, changesFacts }];
});
var hostRisks = {
  "net.core.busy_read": "Burns the CPU while it waits. Without effect on a veth. PREEMPT_RT kernels do not have it.",
  "net.core.busy_poll": "Burns the CPU while it waits. Without effect on a veth. PREEMPT_RT kernels do not have it.",
  "net.core.netdev_max_backlog": "A device with NAPI does not use this queue; a veth without GRO and a bridge do.",
  "kernel.sched_rt_runtime_us": "At -1 a real-time task that never sleeps stops the whole host.",
  "vm.stat_interval": "Statistics of the host are as old as that."
};
var ownMisfits = {
  "kernel.watchdog_cpumask": (value, { cpus: cpus2 }) => findMissingCpus(value, cpus2)
};
function defineSysctl2({ key, namespacedSince: _, ...texts }) {
  const path2 = `/proc/sys/${key.replaceAll(".", "/")}`;
  const misfit = ownMisfits[key];
  return defineHostParameter({
    ...texts,
    risk: hostRisks[key] ?? texts.risk,
    versions: "Linux 4.12 and newer, where the kernel of the host has it",
    name: `sysctl.${key}`,
    source: documentSysctl(key),
    ...misfit === void 0 ? {} : { misfit: (value, limits) => misfit(String(value), limits) },
    probe: path2,
    host: buildFilePart({
      path: path2,
      missing: `the kernel of this host has no ${key}`,
      // It prints lists with tabs.
      parse: (text) => text.replaceAll(/\s+/g, " "),
      wanted: formatSysctl
    })
  });
}
var shared = machineSysctls.filter(({ key }) => key !== "kernel.watchdog");
var hostSysctls = [...shared, ...hostOnly, ...handedOn].map(defineSysctl2);

// src/profiles/parameters/host.ts
var hostParameters = [
  ...[...hostCpuParameters, ...hostIsolationParameters, ...hostMemoryParameters],
  ...[...hostIrqParameters, ...hostKvmParameters, ...hostSysctls],
  ...[...hostNicParameters, ...hostNicQueues, ...hostNicOffloads]
];

// src/profiles/boot-readings.ts
var clockFolder = "/sys/devices/system/clocksource/clocksource0";
var bootFiles = {
  isolated: "/sys/devices/system/cpu/isolated",
  tickless: "/sys/devices/system/cpu/nohz_full",
  interrupts: "/proc/irq/default_smp_affinity",
  clock: `${clockFolder}/current_clocksource`,
  clocks: `${clockFolder}/available_clocksource`,
  mitigation: "/sys/devices/system/cpu/vulnerabilities/spectre_v1",
  transparentHugePages: "/sys/kernel/mm/transparent_hugepage/enabled",
  idleDriver: "/sys/devices/system/cpu/cpuidle/current_driver"
};
function readCpus(text, absent) {
  if (text === null || text === void 0) return absent;
  const list = text.trim();
  return list === "" || list === "(null)" ? "no CPU" : list;
}
function readOffloadedCpus({ log }) {
  return readCpus(log.find(/Offload RCU callbacks from CPUs: ([^\n]*?)\.?$/m) ?? "", "");
}
function readCallbackPolling({ log }) {
  return log.find(/(Poll for callbacks from no-CBs CPUs)/) === null ? "off" : "on";
}
function readMitigations({ files }) {
  const state2 = files[bootFiles.mitigation] ?? `no ${bootFiles.mitigation}`;
  if (state2.startsWith("Mitigation")) return "auto";
  return state2.startsWith("Vulnerable") ? "off" : state2;
}
function readClock({ files }) {
  return files[bootFiles.clock]?.trim().replace(/^tsc-early$/, "tsc") ?? `no ${bootFiles.clock}`;
}
function readTsc({ log, files }) {
  const reason = log.find(/Marking TSC unstable due to ([^\n]*)/);
  if (reason === "boot parameter") return "unstable";
  if (reason !== null) return `unstable due to ${reason}`;
  return /\btsc\b/.test(files[bootFiles.clocks] ?? "") ? "reliable" : "no tsc among the clock sources";
}
function readPreemption({ log }) {
  return log.find(/Dynamic Preempt: (?!unsupported)(\w+)/) ?? "no choice of preemption in this kernel";
}
function readIdlePolling({ log }) {
  return log.find(/(using polling idle threads)/) === null ? "no polling idle threads" : "poll";
}
function readChoice(text, absent) {
  return /\[(\w+)\]/.exec(text ?? "")?.[1] ?? absent;
}

// src/profiles/boot-log.ts
function readBootLog(text) {
  const find = (pattern) => pattern.exec(text)?.[1]?.trim() ?? null;
  const unknown = find(
    /^\[ *[\d.]+\] (?:\S+ kernel: )?Unknown kernel command line parameters "([^\n]*)", will be passed/m
  );
  return {
    find,
    unknown: unknown?.split(" ") ?? [],
    complete: /^\[ +0\.0+\] (?:\S+ kernel: )?Linux version /m.test(text)
  };
}
var script = [
  "log=$(dmesg)",
  'case $log in *"] Linux version "*) ;;',
  '*) log=$(journalctl -k -b -q --no-pager -o short-monotonic 2>/dev/null || printf "%s" "$log");; esac',
  'printf "%s\\n" "$log"'
].join("\n");
var readKernelLog = { program: "sh", args: ["-c", script] };
function judgeBoot({ unknown }, found, expected) {
  if (found === expected) return { found, inForce: true };
  const refused = unknown.length === 0 ? "" : `; the kernel did not take ${unknown.join(" ")}`;
  return { found: `${found}${refused}`, inForce: false };
}

// src/profiles/parameters/define-host-boot.ts
function defineHostBoot(entry) {
  const { key, boot, bootKeys, files = [], commands = [], fromLog, find, expect, changesFacts = [], ...texts } = entry;
  const build = boot === void 0 ? (value) => ({ words: [`${key}=${value}`] }) : boot;
  return defineParameter({
    replacedBy: null,
    // Another kernel shows there as well, by its file.
    changesFacts: ["host.kernel.cmdline", ...changesFacts],
    misfit: () => null,
    ...texts,
    name: `host-boot.${key}`,
    layer: "host-boot",
    switching: "boot",
    host: {
      reads: () => ({ files, commands: [readKernelLog, ...commands] }),
      ...build === null ? {} : { boot: build, bootKeys: bootKeys ?? [key] },
      read: (value, { files: read, outputs }) => {
        const log = readBootLog(outputs[nameCommand(readKernelLog)] ?? "");
        if (fromLog && !log.complete) throw new MeasurementError("the kernel's log no longer reaches back to the boot");
        const readings = { log, files: read, outputs };
        const found = find(readings, value);
        if (typeof found !== "string") return found;
        return judgeBoot(log, found, expect?.(value, readings) ?? String(value));
      }
    }
  });
}
function readSwitch(text, absent) {
  return text === void 0 ? absent : Number(text) === 0 ? "off" : "on";
}
var formatSwitch = (value) => value ? "on" : "off";

// src/profiles/parameters/host-boot-cpus.ts
var better = { latency: "better", bandwidth: "none", jitter: "better" };
var accepted = 'a Linux CPU list such as 1, "1-4" or [1, 2]';
var source = "Linux Documentation/admin-guide/kernel-parameters.txt; thesis, table 3.2";
var boundsFile = "/sys/devices/virtual/workqueue/cpumask";
var creatorFile = "/proc/2/status";
var flags = /^(managed_irq,domain,|domain,)/;
var isolation = union([
  string().regex(flags).transform(
    transformWith((text) => {
      const [flag = ""] = flags.exec(text) ?? [];
      const list = formatCpuList(parseCpuList(text.slice(flag.length)));
      return flag === "domain," ? `domain,${list}` : list;
    })
  ),
  linuxList
]);
var listOf = (value) => value.replace(flags, "");
function leaveOne(value, { cpus: cpus2 }) {
  const missing = findMissingCpus(listOf(value), cpus2);
  if (missing !== null || parseCpuList(listOf(value)).length < cpus2.length) return missing;
  return `these are all CPUs of this machine (${formatCpuList(cpus2)}), accepted is a list that leaves one out`;
}
function includeFirst(value, { cpus: cpus2 }) {
  const missing = findMissingCpus(value, cpus2);
  if (missing !== null || parseCpuList(value).includes(0)) return missing;
  return "the kernel always adds the CPU that boots, accepted is a list with CPU 0 in it";
}
function expectOffloaded(value, { files }) {
  const tickless = readCpus(files[bootFiles.tickless], "no CPU");
  return formatCpuList([...parseCpuList(value), .../^\d/.test(tickless) ? parseCpuList(tickless) : []]);
}
function readMask(text, absent) {
  return text === void 0 ? absent : formatCpuList(parseCpuMask(text));
}
var hostBootCpus = [
  defineHostBoot({
    key: "isolcpus",
    summary: "CPUs of the host that the scheduler leaves alone, for guests that are pinned to them.",
    schema: isolation,
    accepted: `${accepted}; after "domain," without the flag managed_irq, which is given otherwise`,
    versions: "every Linux; flags domain and managed_irq since 5.6",
    replacedBy: "a cpuset of cgroup v2 with cpuset.cpus.partition=isolated, from Linux 6.1 on, where no reboot is wanted",
    effect: better,
    risk: "A list that reaches beyond the CPUs is dropped as a whole, while the command line still shows it. There is no load balancing inside the set: what is not pinned piles up on its first CPU. Interrupts come all the same without host-boot.irqaffinity. The flag managed_irq cannot be read back.",
    source: `${source}; kernel/sched/isolation.c`,
    changesFacts: ["host.cpu.isolated"],
    misfit: leaveOne,
    boot: (value) => ({
      words: [`isolcpus=${value.startsWith("domain,") ? value : `managed_irq,domain,${value}`}`]
    }),
    files: [bootFiles.isolated],
    find: ({ files }) => readCpus(files[bootFiles.isolated], `no ${bootFiles.isolated}`),
    expect: listOf,
    probe: bootFiles.isolated
  }),
  defineHostBoot({
    key: "nohz_full",
    summary: "CPUs of the host that do without the timer tick while one task runs on them.",
    schema: linuxList,
    accepted,
    versions: "Linux 3.10 and newer with CONFIG_NO_HZ_FULL; moves their RCU callbacks away as well",
    effect: better,
    risk: "System calls and entries into a guest cost more. A second task on the CPU brings the tick back.",
    source,
    misfit: leaveOne,
    files: [bootFiles.tickless],
    find: ({ files }) => readCpus(files[bootFiles.tickless], `no ${bootFiles.tickless}`),
    probe: bootFiles.tickless
  }),
  defineHostBoot({
    key: "rcu_nocbs",
    summary: "CPUs of the host whose RCU callbacks run elsewhere.",
    schema: linuxList,
    accepted,
    versions: "every Linux with CONFIG_RCU_NOCB_CPU; host-boot.nohz_full implies it",
    effect: better,
    risk: "A CPU that does not exist moves the callbacks of all CPUs away (seen on 6.1).",
    source,
    misfit: (value, { cpus: cpus2 }) => findMissingCpus(value, cpus2),
    files: [bootFiles.tickless],
    fromLog: true,
    find: readOffloadedCpus,
    expect: expectOffloaded,
    probe: "the kernel's log: Offload RCU callbacks from CPUs"
  }),
  defineHostBoot({
    key: "rcu_nocb_poll",
    summary: "Whether the threads that run moved RCU callbacks poll for them instead of being woken.",
    schema: onOff,
    accepted: acceptedOnOff,
    versions: "every Linux with CONFIG_RCU_NOCB_CPU; a flag: the =1 of the thesis is accepted and ignored",
    replacedBy: "nothing: TuneD took it out of its profiles",
    effect: better,
    risk: "The polling threads keep the housekeeping CPUs awake. Nothing polls where no CPU is offloaded.",
    source,
    boot: (value) => ({ words: value ? ["rcu_nocb_poll"] : [] }),
    fromLog: true,
    find: readCallbackPolling,
    expect: formatSwitch,
    probe: "the kernel's log: Poll for callbacks from no-CBs CPUs"
  }),
  defineHostBoot({
    key: "irqaffinity",
    summary: "CPUs of the host that handle interrupts: those that are not isolated.",
    schema: linuxList,
    accepted,
    versions: "every Linux; the thesis had none, so that interrupts came to its isolated CPUs",
    effect: better,
    risk: "The CPU that boots, 0, is always added. Managed interrupts of a card's queues follow the queues instead.",
    source,
    misfit: includeFirst,
    files: [bootFiles.interrupts],
    find: ({ files }) => readMask(files[bootFiles.interrupts], `no ${bootFiles.interrupts}`),
    probe: bootFiles.interrupts
  }),
  defineHostBoot({
    key: "workqueue.unbound_cpus",
    summary: "CPUs of the host on which the kernel does its unbound work, such as writing back.",
    schema: linuxList,
    accepted,
    versions: "Linux 6.5 and newer; isolcpus and nohz_full keep that work off their CPUs by themselves",
    effect: better,
    risk: "An older kernel passes over the word without a sound.",
    source: "Linux Documentation/admin-guide/kernel-parameters.txt, workqueue.unbound_cpus",
    misfit: (value, { cpus: cpus2 }) => findMissingCpus(value, cpus2),
    files: [boundsFile],
    find: ({ files }) => readMask(files[boundsFile], `no ${boundsFile}`),
    probe: boundsFile
  }),
  defineHostBoot({
    key: "kthread_cpus",
    summary: "CPUs of the host on which threads of the kernel start that are bound to none.",
    schema: linuxList,
    accepted,
    versions: "kernels of StarlingX and some others; Linux itself does not have it, and Debian neither (seen on 6.1)",
    replacedBy: "host-boot.isolcpus or host-boot.nohz_full, which keep such threads away by themselves since Linux 5.9",
    effect: better,
    risk: "A kernel that does not know it gives the word to init.",
    source: "kernel thread isolation patches of 2020; kernel/kthread.c, housekeeping_cpumask",
    misfit: (value, { cpus: cpus2 }) => findMissingCpus(value, cpus2),
    files: [creatorFile],
    find: ({ files }) => /^Cpus_allowed_list:\s*(\S+)/m.exec(files[creatorFile] ?? "")?.[1] ?? `no ${creatorFile}`,
    probe: `${creatorFile}, the thread that starts the others: Cpus_allowed_list`
  })
];

// src/profiles/parameters/host-boot-idle.ts
var kernelParameters = "Linux Documentation/admin-guide/kernel-parameters.txt";
var stateFiles = "/sys/devices/system/cpu/cpu0/cpuidle/*/name";
var powerFile = "/sys/module/pcie_aspm/parameters/policy";
function readIdleStates(value, { files }) {
  const states = Object.entries(files).flatMap(([path2, name2]) => {
    const number3 = /\/cpuidle\/state(\d+)\/name$/.exec(path2)?.[1];
    return number3 === void 0 ? [] : [{ number: Number(number3), name: name2 }];
  });
  const driver = files[bootFiles.idleDriver]?.trim() ?? "none";
  if (states.length === 0) return notHere(`the processors offer no idle states here (driver: ${driver})`);
  const deepest = Math.max(...states.map(({ number: number3 }) => number3));
  return {
    found: `${driver}: ${states.map(({ name: name2 }) => name2).join(", ")}`,
    inForce: deepest <= Math.max(1, value)
  };
}
function readLinkPower({ log, files }) {
  if (log.find(/(PCIe ASPM is disabled)/) !== null) return "off";
  return readChoice(files[powerFile], `no ${powerFile}`);
}
function defineScaling({ key, vendor, modes, versions: versions3 }) {
  const file = `/sys/devices/system/cpu/${key}/status`;
  return defineHostBoot({
    key,
    summary: `What the driver ${key} does with the frequency of the processors.`,
    schema: _enum(modes),
    accepted: modes.join(", "),
    versions: versions3,
    effect: { latency: "depends", bandwidth: "depends", jitter: "depends" },
    risk: "Which governors there are depends on it. disable hands the frequency to the ACPI driver, or to the firmware.",
    source: `${kernelParameters}, ${key}; Documentation/admin-guide/pm/${key}.rst`,
    files: [file, "/proc/cpuinfo"],
    find: ({ files }, value) => {
      const status = files[file]?.trim() ?? "off";
      const own = files["/proc/cpuinfo"]?.includes(vendor) === true;
      if (!own && value !== "disable") return notHere(`${key} drives processors of another maker`);
      return status === "off" ? "disable" : status;
    },
    probe: file
  });
}
var hostBootIdle = [
  defineHostBoot({
    key: "max_cstate",
    summary: "Deepest idle state of the processors of the host: 1 is the one that is left soonest.",
    schema: int().min(0).max(9),
    accepted: "a whole number from 0 to 9",
    versions: "every Linux: processor.max_cstate=N intel_idle.max_cstate=N",
    effect: { latency: "better", bandwidth: "depends", jitter: "better" },
    risk: "The processors stay warm, and those at work may lose their turbo.",
    source: "Linux Documentation/admin-guide/pm/cpuidle.rst; takes the place of CPU_IDLE=n of the thesis, table 3.1",
    boot: (value) => ({ words: [`processor.max_cstate=${value}`, `intel_idle.max_cstate=${value}`] }),
    bootKeys: ["processor.max_cstate", "intel_idle.max_cstate"],
    files: [stateFiles, bootFiles.idleDriver],
    find: (readings, value) => readIdleStates(value, readings),
    probe: `${stateFiles}: no state deeper than that`
  }),
  defineHostBoot({
    key: "idle",
    summary: "CPUs of the host that have nothing to do spin instead of sleeping.",
    schema: _enum(["poll"]),
    accepted: "poll (halt and nomwait cannot be read back)",
    versions: "every Linux for x86",
    replacedBy: "host-boot.max_cstate, which lets them sleep lightly",
    effect: { latency: "better", bandwidth: "depends", jitter: "better" },
    risk: "All CPUs run hot for ever, busy ones lose their turbo, and threads of one core take from each other.",
    source: `${kernelParameters}, idle; arch/x86/kernel/process.c`,
    fromLog: true,
    find: readIdlePolling,
    probe: "the kernel's log: using polling idle threads"
  }),
  defineScaling({
    key: "intel_pstate",
    vendor: "GenuineIntel",
    modes: ["disable", "passive", "active"],
    versions: "Linux 3.9 and newer, passive since 4.8; processors of Intel"
  }),
  defineScaling({
    key: "amd_pstate",
    vendor: "AuthenticAMD",
    modes: ["disable", "passive", "active", "guided"],
    versions: "Linux 5.17 and newer, active since 6.3, guided since 6.4; processors of AMD since Zen 2"
  }),
  defineHostBoot({
    key: "tsc",
    summary: "Whether the host trusts the processors' time stamp counter.",
    schema: _enum(["reliable", "unstable"]),
    accepted: "reliable or unstable",
    versions: "reliable since Linux 2.6.27, unstable since 4.13",
    effect: { latency: "better", bandwidth: "better", jitter: "better" },
    risk: "A counter that is trusted although it is wrong makes every time wrong, those of the guests too.",
    source: `${kernelParameters}, tsc; arch/x86/kernel/tsc.c`,
    changesFacts: ["host.cpu.clocksource"],
    files: [bootFiles.clocks],
    fromLog: true,
    find: readTsc,
    probe: `the kernel's log, "Marking TSC unstable", and ${bootFiles.clocks}`
  }),
  defineHostBoot({
    key: "clocksource",
    summary: "The clock from which the host takes the time.",
    schema: _enum(["tsc", "hpet", "acpi_pm"]),
    accepted: "tsc, hpet or acpi_pm",
    versions: "every Linux for x86",
    effect: { latency: "depends", bandwidth: "depends", jitter: "depends" },
    risk: "hpet and acpi_pm are slow to read. A clock that the machine does not have is passed over.",
    source: `${kernelParameters}, clocksource`,
    changesFacts: ["host.cpu.clocksource"],
    files: [bootFiles.clock],
    find: readClock,
    probe: bootFiles.clock
  }),
  defineHostBoot({
    key: "pcie_aspm",
    summary: "How far the host lets idle PCI Express links sleep: off keeps the firmware's setting, performance no sleep.",
    schema: _enum(["off", "performance"]),
    accepted: "off or performance",
    versions: "Linux 2.6.26 and newer: pcie_aspm=off, or pcie_aspm.policy=performance",
    effect: { latency: "better", bandwidth: "none", jitter: "better" },
    risk: "off does not wake a link that the firmware lets sleep; performance does.",
    source: `${kernelParameters}, pcie_aspm; drivers/pci/pcie/aspm.c`,
    boot: (value) => ({ words: [value === "off" ? "pcie_aspm=off" : "pcie_aspm.policy=performance"] }),
    bootKeys: ["pcie_aspm", "pcie_aspm.policy"],
    files: [powerFile],
    fromLog: true,
    find: readLinkPower,
    probe: `the kernel's log, "PCIe ASPM is disabled", and ${powerFile}`
  })
];

// src/profiles/host-kernel.ts
var debianKernelPattern = /^debian-(\d+\.\d+)(-rt)?$/;
var releasePattern = /^\d+\.\d+[A-Za-z0-9.+~_-]{0,59}$/;
function findHostKernel(name2, installed) {
  const [, series, realTime] = debianKernelPattern.exec(name2) ?? [];
  if (series === void 0) return installed.includes(name2) ? name2 : null;
  const flavours = realTime === void 0 ? ["", "cloud-"] : ["rt-"];
  for (const flavour of flavours) {
    const matching = installed.filter((release) => flavourOf(release, series) === flavour);
    const newest = matching.toSorted(compareReleases).at(-1);
    if (newest !== void 0) return newest;
  }
  return null;
}
function explainMissingKernel(installed, machine) {
  return `${machine} has no such kernel in /boot, accepted is one of ${[...installed].sort(compareReleases).join(", ") || "none: there is none with an initial RAM disk"}`;
}
function isHostKernel(name2, release, version) {
  const [, series, realTime] = debianKernelPattern.exec(name2) ?? [];
  if (series === void 0) return release === name2;
  const flavour = flavourOf(release, series);
  if (/\bPREEMPT_RT\b/.test(version) !== (realTime !== void 0)) return false;
  return realTime === void 0 ? flavour === "" || flavour === "cloud-" : flavour === "rt-";
}
function flavourOf(release, series) {
  const rest = release.startsWith(series) ? release.slice(series.length) : null;
  return rest === null ? null : /^(?:\.\d+)*(?:\+[a-z0-9.]+)?(?:-\d+)?-(rt-|cloud-|)amd64$/.exec(rest)?.[1] ?? null;
}
function compareReleases(left, right) {
  return left.localeCompare(right, "en", { numeric: true });
}

// src/profiles/parameters/host-boot-kernel.ts
var kernelParameters2 = "Linux Documentation/admin-guide/kernel-parameters.txt";
var releaseFile = "/proc/sys/kernel/osrelease";
var versionFile = "/proc/sys/kernel/version";
var groupFiles = "/sys/kernel/iommu_groups/*/type";
var threadsFile = "/sys/devices/system/cpu/smt/control";
var preemptionFile = "/sys/kernel/debug/sched/preempt";
function readGroups(value, { files, log }) {
  const types = Object.entries(files).flatMap(
    ([path2, text]) => path2.startsWith("/sys/kernel/iommu_groups/") ? [text] : []
  );
  const untranslated = types.filter((type) => type === "identity").length;
  const driver = log.find(/(DMAR: IOMMU enabled|AMD-Vi: [^\n]*)/);
  const found = types.length === 0 ? "no IOMMU group" : `${types.length} IOMMU groups, ${untranslated} of type identity`;
  const inForce = value ? untranslated > 0 : types.length === 0;
  return { found: driver === null ? found : `${found}; ${driver}`, inForce };
}
function readThreads(value, { files }) {
  const state2 = files[threadsFile] ?? "notsupported";
  if (state2.startsWith("not")) return notHere(`the processors have no threads to switch off (${state2})`);
  return { found: state2, inForce: state2.endsWith("off") === value };
}
function readPreemptionMode(readings) {
  const [, mode] = /\((\w+)\)/.exec(readings.files[preemptionFile] ?? "") ?? [];
  if (mode !== void 0) return mode;
  const said = readPreemption(readings);
  const realTime = /\bPREEMPT_RT\b/.test(readings.files[versionFile] ?? "");
  return realTime && /^no /.test(said) ? `${said}, which is PREEMPT_RT` : said;
}
var hostBootKernel = [
  defineHostBoot({
    key: "kernel",
    summary: "Kernel that the host boots, one of those that are installed there.",
    schema: union([string().regex(debianKernelPattern), string().regex(releasePattern)]),
    accepted: "a kernel by its name, such as debian-6.1, debian-6.1-rt, debian-6.12 or debian-6.12-rt, or by its release as uname -r prints it",
    versions: "PREEMPT_RT kernels are packages of the distribution: linux-image-rt-amd64 in Debian",
    effect: { latency: "depends", bandwidth: "depends", jitter: "better" },
    risk: "A real-time kernel trades bandwidth for a bounded latency, and has no transparent huge pages.",
    source: "Debian packages linux-image-amd64, linux-image-rt-amd64; thesis, section on software",
    // What a kernel says of the processor's flaws and its clocks, and whether it has huge pages by itself, is its own.
    changesFacts: [
      ...["host.kernel.release", "host.kernel.version", "host.mitigations.*"],
      ...["host.memory.transparent_hugepages", "host.memory.gibibytes", "host.cpu.clocksource"]
    ],
    misfit: (value, { kernels }) => kernels === void 0 || findHostKernel(value, kernels) !== null ? null : explainMissingKernel(kernels, "this machine"),
    boot: (kernel) => ({ kernel }),
    bootKeys: [],
    files: [releaseFile, versionFile],
    find: ({ files }, value) => {
      const [release = "unknown", version = ""] = [files[releaseFile], files[versionFile]];
      return { found: `${release} ${version}`.trim(), inForce: isHostKernel(value, release, version) };
    },
    probe: "uname -r and -v; PREEMPT_RT in the version"
  }),
  defineHostBoot({
    key: "preempt",
    summary: "When a task in the host's kernel gives way to another.",
    schema: _enum(["none", "voluntary", "full", "lazy"]),
    accepted: "none, voluntary, full or lazy",
    versions: "Linux 5.12 and newer with PREEMPT_DYNAMIC; lazy since 6.13 and in later 6.12 of Debian; x86 has only full and lazy from 7.0 on. PREEMPT_RT kernels of 6.1 have no choice, newer ones full or lazy",
    effect: { latency: "depends", bandwidth: "depends", jitter: "depends" },
    risk: "A mode that the kernel does not have leaves its default, while the command line still shows the word.",
    source: `${kernelParameters2}, preempt; kernel/sched/core.c`,
    files: [preemptionFile, versionFile],
    find: readPreemptionMode,
    probe: `${preemptionFile}, where debugfs is mounted, else the kernel's log: Dynamic Preempt`
  }),
  defineHostBoot({
    key: "mitigations",
    summary: "Whether the host protects itself and its guests against the flaws of its processors.",
    schema: _enum(["off", "auto"]),
    accepted: "off or auto",
    versions: "Linux 5.2 and newer",
    effect: { latency: "better", bandwidth: "better", jitter: "none" },
    risk: "off lets a guest read what it must not: only on a host that nobody else uses, for measuring.",
    source: `${kernelParameters2}, mitigations`,
    changesFacts: ["host.mitigations.*"],
    files: [bootFiles.mitigation],
    find: readMitigations,
    probe: bootFiles.mitigation
  }),
  defineHostBoot({
    key: "nosmt",
    summary: "Whether the second threads of the processors stay off.",
    schema: onOff,
    accepted: acceptedOnOff,
    versions: "Linux 4.19 and newer; the thesis switched them off in the firmware",
    effect: { latency: "depends", bandwidth: "depends", jitter: "better" },
    risk: "Half of the CPUs are gone, and lists that name them no longer fit.",
    source: `${kernelParameters2}, nosmt; Documentation/ABI/testing/sysfs-devices-system-cpu`,
    changesFacts: ["host.cpu.smt", "host.cpu.online", "host.mitigations.*"],
    boot: (value) => ({ words: value ? ["nosmt"] : [] }),
    files: [threadsFile],
    find: (readings, value) => readThreads(value, readings),
    probe: threadsFile
  }),
  defineHostBoot({
    key: "iommu",
    summary: "Whether the IOMMU is in use, with devices of the host passed through it untranslated (iommu=pt).",
    schema: onOff,
    accepted: acceptedOnOff,
    versions: "every Linux: intel_iommu=on iommu=pt; that of AMD is in use by itself",
    effect: { latency: "none", bandwidth: "none", jitter: "none" },
    risk: "Without iommu=pt every transfer of the host itself is translated as well, which costs bandwidth.",
    source: `${kernelParameters2}; thesis, table 3.1 (IOMMU_DEFAULT_ON)`,
    boot: (value) => ({ words: value ? ["intel_iommu=on", "iommu=pt"] : ["intel_iommu=off", "amd_iommu=off"] }),
    bootKeys: ["intel_iommu", "amd_iommu", "iommu", "iommu.passthrough"],
    files: [groupFiles],
    find: (readings, value) => readGroups(value, readings),
    probe: "/sys/kernel/iommu_groups: groups, and their type identity"
  })
];

// src/profiles/parameters/host-boot-memory.ts
var better2 = { latency: "better", bandwidth: "better", jitter: "better" };
var bytesOf = { "2MiB": 2 ** 21, "1GiB": 2 ** 30 };
var pageSize = _enum(["2MiB", "1GiB"]);
var poolFiles = "/sys/kernel/mm/hugepages/*/nr_hugepages";
var runTime = "guest.qemu.memory.page-size, which makes the pages at run time and gives them back";
var hugePageSource = "Linux Documentation/admin-guide/mm/hugetlbpage.rst; thesis, text to table 3.2";
function readPools({ files }) {
  return Object.entries(files).flatMap(([path2, text]) => {
    const kibibytes = /\/hugepages-(\d+)kB\/nr_hugepages$/.exec(path2)?.[1];
    return kibibytes === void 0 ? [] : [{ pageBytes: Number(kibibytes) * 1024, count: Number(text) }];
  });
}
function describePools(readings) {
  const pools = readPools(readings).filter(({ count: count2 }) => count2 > 0);
  const shortage = readings.log.find(/(HugeTLB: allocating [^\n]*)/);
  return [
    pools.map(({ pageBytes, count: count2 }) => `${count2} pages of ${formatMemorySize(pageBytes)}`).join(", ") || "no huge page is set aside",
    ...shortage === null ? [] : [shortage]
  ].join("; ");
}
function readPageSize(value, readings) {
  const sizes2 = readPools(readings).flatMap(({ pageBytes, count: count2 }) => count2 > 0 ? [pageBytes] : []);
  return { found: describePools(readings), inForce: sizes2.length === 1 && sizes2[0] === bytesOf[value] };
}
function readHugeMemory(value, readings) {
  const bytes2 = readPools(readings).reduce((sum, { pageBytes, count: count2 }) => sum + pageBytes * count2, 0);
  return { found: describePools(readings), inForce: bytes2 === parseMemorySize(value) };
}
function explainMissingSize(value, { hugePages: hugePages2 }) {
  if (hugePages2.some(({ pageBytes }) => pageBytes === bytesOf[value])) return null;
  const sizes2 = hugePages2.map(({ pageBytes }) => formatMemorySize(pageBytes)).join(" and ");
  return `this machine makes no pages of that size, accepted is ${sizes2 || "none: its kernel has no huge pages"}`;
}
function explainTooMuch(value, { memoryBytes }) {
  const most = Math.floor(memoryBytes * 3 / 4);
  if (parseMemorySize(value) <= most) return null;
  const whole = Math.floor(most / 2 ** 20);
  return `this machine has ${Math.floor(memoryBytes / 2 ** 20)}MiB and needs a quarter of it itself, accepted is up to ${whole}MiB`;
}
var hostBootMemory = [
  defineHostBoot({
    key: "hugepages.page-size",
    summary: "Size of the huge pages that are set aside at boot.",
    schema: pageSize,
    accepted: "2MiB or 1GiB",
    versions: "every Linux on x86-64: hugepagesz= before hugepages=",
    replacedBy: runTime,
    effect: better2,
    risk: "Means nothing without host-boot.hugepages.memory. A size that the processor lacks is ignored.",
    source: hugePageSource,
    misfit: explainMissingSize,
    boot: (value) => ({ hugePageBytes: bytesOf[value] }),
    bootKeys: ["hugepagesz", "hugepages"],
    files: [poolFiles],
    find: (readings, value) => readPageSize(value, readings),
    probe: poolFiles
  }),
  defineHostBoot({
    key: "hugepages.memory",
    summary: "Memory that is set aside as huge pages at boot, of 2 MiB unless host-boot.hugepages.page-size says other.",
    schema: string().regex(/^0*[1-9]\d{0,7} ?(MiB|GiB)$/).transform((text) => formatMemorySize(parseMemorySize(text))),
    accepted: "a size with the unit MiB or GiB, such as 8GiB, a multiple of the page",
    versions: "every Linux: hugepages=COUNT; split evenly over the NUMA nodes, per node since 5.15",
    replacedBy: runTime,
    effect: better2,
    risk: "Pages that do not fit are silently not made; so many that nothing is left keep the host from booting.",
    source: `${hugePageSource} (4096 pages of 2 MiB)`,
    misfit: explainTooMuch,
    boot: (value) => ({ hugeMemoryBytes: parseMemorySize(value) }),
    bootKeys: ["hugepagesz", "hugepages"],
    files: [poolFiles],
    find: (readings, value) => readHugeMemory(value, readings),
    probe: poolFiles
  }),
  defineHostBoot({
    key: "default_hugepagesz",
    summary: "Size of the huge pages that a program gets which does not say which it wants.",
    schema: pageSize,
    accepted: "2MiB or 1GiB",
    versions: "Linux 2.6.27 and newer",
    effect: { latency: "none", bandwidth: "none", jitter: "none" },
    risk: "Virtual machines of Tunegate say which size they want.",
    source: hugePageSource,
    misfit: explainMissingSize,
    boot: (value) => ({ words: [`default_hugepagesz=${value === "1GiB" ? "1G" : "2M"}`] }),
    files: ["/proc/meminfo"],
    find: ({ files }) => {
      const kibibytes = /^Hugepagesize:\s+(\d+) kB$/m.exec(files["/proc/meminfo"] ?? "")?.[1];
      return kibibytes === void 0 ? "no huge pages in this kernel" : formatMemorySize(Number(kibibytes) * 1024);
    },
    probe: "/proc/meminfo, Hugepagesize"
  }),
  defineHostBoot({
    key: "transparent_hugepage",
    summary: "Whether the host gives its programs huge pages unasked, as set at boot.",
    schema: _enum(["always", "madvise", "never"]),
    accepted: "always, madvise or never",
    versions: "Linux 2.6.38 and newer; PREEMPT_RT kernels do not have it",
    effect: { latency: "depends", bandwidth: "depends", jitter: "worse" },
    risk: "A real-time kernel never gives them, so a guest without explicit huge pages has small ones there.",
    source: "Linux Documentation/admin-guide/mm/transhuge.rst",
    changesFacts: ["host.memory.transparent_hugepages"],
    files: [bootFiles.transparentHugePages],
    find: ({ files }, value) => {
      const text = files[bootFiles.transparentHugePages];
      if (text !== void 0) return readChoice(text, text);
      return { found: "this kernel has no transparent huge pages", inForce: value === "never" };
    },
    probe: bootFiles.transparentHugePages
  }),
  defineHostBoot({
    key: "numa_balancing",
    summary: "Whether the host moves memory to the NUMA node that uses it, as set at boot.",
    schema: _enum(["enable", "disable"]),
    accepted: "enable or disable",
    versions: "Linux 3.13 and newer; PREEMPT_RT kernels of Debian do not have it",
    effect: { latency: "depends", bandwidth: "depends", jitter: "worse" },
    risk: "Disabled, memory stays where it was first touched: bind it to the node of the network card.",
    source: "Linux Documentation/admin-guide/kernel-parameters.txt, numa_balancing; TuneD, network-latency",
    files: ["/proc/sys/kernel/numa_balancing"],
    find: ({ files }) => {
      const text = files["/proc/sys/kernel/numa_balancing"];
      if (text === void 0) return notHere("this kernel does not balance over NUMA nodes");
      return Number(text) === 0 ? "disable" : "enable";
    },
    probe: "/proc/sys/kernel/numa_balancing"
  })
];

// src/profiles/kernel-config.ts
var always = "HZ";
function buildConfigCommand(symbols2) {
  const names = [.../* @__PURE__ */ new Set([always, ...symbols2])].join("|");
  const script2 = [
    '{ zcat /proc/config.gz || cat "/boot/config-$(uname -r)" || cat "/lib/modules/$(uname -r)/config"; } 2>/dev/null',
    `grep -E "^(# )?CONFIG_(${names})[ =]"`
  ].join(" | ");
  return { program: "sh", args: ["-c", script2] };
}
function parseConfig(text) {
  const values = /* @__PURE__ */ new Map();
  for (const line of (text ?? "").split("\n")) {
    const [, off, on, value] = /^(?:# CONFIG_(\w+) is not set|CONFIG_(\w+)=(.*))$/.exec(line) ?? [];
    if (off !== void 0) values.set(off, "n");
    if (on !== void 0 && value !== void 0) values.set(on, value);
  }
  return values.has(always) ? values : null;
}

// src/profiles/timer-list.ts
function areTicksSkewed(text, ticksPerSecond) {
  const period = BigInt(Math.round(1e9 / ticksPerSecond));
  const ticks = text.split(/^cpu: /m).flatMap((cpu) => readTick(cpu) ?? []);
  return ticks.length < 2 ? null : new Set(ticks.map((tick) => tick % period)).size > 1;
}
function readTick(cpu) {
  const isStopped = /^\s*\.tick_stopped\s*: 1$/m.test(cpu);
  const tick = isStopped ? /^\s*\.last_tick\s*: (\d+) nsecs$/m.exec(cpu)?.[1] : /(?:tick_sched_timer|tick_nohz_handler)\b[^\n]*\n[^\n]*?expires at (\d+)-/.exec(cpu)?.[1];
  return tick === void 0 ? null : BigInt(tick);
}

// src/profiles/parameters/host-boot-noise.ts
var kernelParameters3 = "Linux Documentation/admin-guide/kernel-parameters.txt";
var quiet = { latency: "better", bandwidth: "none", jitter: "better" };
var timerFile = "/proc/timer_list";
var readTickRate = buildConfigCommand([]);
var normalFile = "/sys/module/rcupdate/parameters/rcu_normal_after_boot";
var patienceFile = "/sys/module/rcutree/parameters/nohz_full_patience_delay";
var errorFile = "/sys/devices/system/machinecheck/machinecheck0/ignore_ce";
function defineWatchdog(entry) {
  const { file, words: words2, straight, ...texts } = entry;
  return defineHostBoot({
    ...texts,
    schema: onOff,
    accepted: acceptedOnOff,
    effect: quiet,
    source: `${kernelParameters3}, ${entry.key}; Documentation/admin-guide/sysctl/kernel.rst; TuneD, network-latency`,
    boot: (value) => ({ words: words2(value) }),
    files: [file],
    find: ({ files }) => {
      const state2 = readSwitch(files[file], `no ${file}`);
      if (straight || state2.startsWith("no ")) return state2;
      return state2 === "on" ? "off" : "on";
    },
    expect: formatSwitch,
    probe: file
  });
}
function readSkew({ files, outputs }) {
  const rate = Number(parseConfig(outputs[nameCommand(readTickRate)])?.get("HZ") ?? 250);
  const skewed = areTicksSkewed(files[timerFile] ?? "", rate);
  return skewed === null ? `fewer than two ticks in ${timerFile}` : formatSwitch(skewed);
}
function readAudit({ log }) {
  if (log.find(/(audit: disabled \(until reboot\))/) !== null) return "off";
  return log.find(/(audit: enabled \(after initialization\))/) === null ? "neither off nor on from the boot on" : "on";
}
var hostBootNoise = [
  defineHostBoot({
    key: "skew_tick",
    summary: "Whether the ticks of the CPUs come one after the other instead of all at once.",
    schema: onOff,
    accepted: acceptedOnOff,
    versions: "Linux 2.6.35 and newer",
    effect: quiet,
    risk: "Costs a little power: CPUs wake at different moments. A CPU that did without a tick while the kernel came up keeps its moment, so with host-boot.nohz_full on one of two CPUs there may be nothing to skew (seen on 6.1 and 6.12).",
    source: `${kernelParameters3}, skew_tick; kernel/time/tick-sched.c; TuneD, network-latency`,
    boot: (value) => ({ words: [`skew_tick=${Number(value)}`] }),
    files: [timerFile],
    commands: [readTickRate],
    find: readSkew,
    expect: formatSwitch,
    probe: `${timerFile}: when the ticks of the CPUs expire`
  }),
  defineWatchdog({
    key: "nmi_watchdog",
    file: "/proc/sys/kernel/nmi_watchdog",
    summary: "Whether a hardware counter interrupts each CPU to see whether it is stuck.",
    versions: "every Linux for x86 with a performance counter to count with; virtual machines mostly have none",
    risk: "Off, a CPU that hangs with interrupts disabled is not noticed.",
    words: (value) => [`nmi_watchdog=${Number(value)}`],
    straight: true
  }),
  defineWatchdog({
    key: "nowatchdog",
    file: "/proc/sys/kernel/watchdog",
    summary: "Whether both watchdogs of the kernel, for stuck CPUs and stuck tasks, stay off.",
    versions: "every Linux",
    risk: "On, nothing notices a kernel that is stuck.",
    words: (value) => value ? ["nowatchdog"] : [],
    straight: false
  }),
  defineWatchdog({
    key: "nosoftlockup",
    file: "/proc/sys/kernel/soft_watchdog",
    summary: "Whether the thread on each CPU that notices stuck tasks stays away.",
    versions: "every Linux",
    risk: "On, a kernel that is stuck in a loop is not noticed.",
    words: (value) => value ? ["nosoftlockup"] : [],
    straight: false
  }),
  defineHostBoot({
    key: "audit",
    summary: "Whether the kernel reports system calls to the audit daemon.",
    schema: onOff,
    accepted: acceptedOnOff,
    versions: "every Linux with CONFIG_AUDIT",
    effect: { latency: "worse", bandwidth: "worse", jitter: "worse" },
    risk: "Off, nobody can switch it on until the next boot: not where audit is prescribed.",
    source: `${kernelParameters3}, audit; kernel/audit.c`,
    boot: (value) => ({ words: [`audit=${Number(value)}`] }),
    fromLog: true,
    find: readAudit,
    expect: formatSwitch,
    probe: "the kernel's log: audit: disabled (until reboot)"
  }),
  defineHostBoot({
    key: "rcu_normal_after_boot",
    summary: "Whether the kernel never hurries a grace period of RCU once it is up, which would interrupt every CPU.",
    schema: onOff,
    accepted: acceptedOnOff,
    versions: "Linux 4.5 and newer: rcupdate.rcu_normal_after_boot; a PREEMPT_RT kernel does so by itself",
    effect: quiet,
    risk: "What waits for a grace period, such as taking a network interface away, takes longer.",
    source: `${kernelParameters3}, rcupdate.rcu_normal_after_boot; TuneD, network-latency`,
    boot: (value) => ({ words: [`rcupdate.rcu_normal_after_boot=${Number(value)}`] }),
    bootKeys: ["rcupdate.rcu_normal_after_boot"],
    files: [normalFile],
    find: ({ files }) => readSwitch(files[normalFile], `no ${normalFile}`),
    expect: formatSwitch,
    probe: normalFile
  }),
  defineHostBoot({
    key: "nohz_full_patience_delay",
    summary: "How long RCU waits for a CPU without a tick before it interrupts it, milliseconds.",
    schema: int().min(0).max(5e3),
    accepted: "a whole number of milliseconds from 0 to 5000",
    versions: "Linux 6.11 and newer: rcutree.nohz_full_patience_delay",
    effect: quiet,
    risk: "Memory is given back later. An older kernel passes over the word without a sound.",
    source: `${kernelParameters3}, rcutree.nohz_full_patience_delay; TuneD, network-latency`,
    boot: (value) => ({ words: [`rcutree.nohz_full_patience_delay=${value}`] }),
    bootKeys: ["rcutree.nohz_full_patience_delay"],
    files: [patienceFile],
    find: ({ files }) => files[patienceFile]?.trim() ?? `no ${patienceFile}`,
    probe: patienceFile
  }),
  defineHostBoot({
    key: "mce",
    summary: "Whether the kernel looks for corrected errors of the hardware.",
    schema: _enum(["ignore_ce"]),
    accepted: "ignore_ce (off cannot be told from a machine without machine checks)",
    versions: "every Linux for x86",
    effect: quiet,
    risk: "Memory that begins to fail is noticed late.",
    source: "Linux Documentation/arch/x86/x86_64/machinecheck.rst; TuneD, cpu-partitioning",
    files: [errorFile],
    find: ({ files }) => {
      const text = files[errorFile];
      if (text === void 0) return notHere("the processors report no machine checks to this kernel");
      return Number(text) === 0 ? "corrected errors are looked for" : "ignore_ce";
    },
    probe: errorFile
  })
];

// src/profiles/parameters/host-boot.ts
var hostBootParameters = [
  ...[...hostBootKernel, ...hostBootCpus, ...hostBootMemory],
  ...[...hostBootIdle, ...hostBootNoise]
];

// src/profiles/parameters/host-boot-config.ts
var inert = "None known: it changes nothing that a network test can see.";
var symbols = {
  IKCONFIG: {
    summary: "Whether the kernel carries its own configuration.",
    versions: "every Linux; off in the cloud and rt kernels of Debian 12",
    replacedBy: "/boot/config-RELEASE, which every distribution installs"
  },
  IKCONFIG_PROC: {
    summary: "Whether the kernel shows its configuration as /proc/config.gz.",
    versions: "every Linux; off in the cloud and rt kernels of Debian 12",
    replacedBy: "/boot/config-RELEASE, which every distribution installs"
  },
  NO_HZ: {
    summary: "Tickless idle, by its old name.",
    versions: "an alias next to NO_HZ_COMMON, still there in 6.18",
    replacedBy: "the choice of NO_HZ_IDLE and NO_HZ_FULL; every distribution has one of them"
  },
  NO_HZ_FULL: {
    summary: "Whether CPUs that run one task can do without the timer tick.",
    versions: "Linux 3.10 and newer; on in the kernels of Debian 12",
    replacedBy: "host-boot.nohz_full: without that list the symbol does nothing",
    risk: "Inert by itself: in a trial a busy CPU had 1080 ticks in 5 s with isolcpus alone, and none with nohz_full as well.",
    effect: ["better", "none", "better"]
  },
  HIGH_RES_TIMERS: {
    summary: "Timers finer than the tick.",
    versions: "every Linux; on in every distribution",
    effect: ["better", "none", "better"]
  },
  MCORE2: {
    summary: "Code made for the Intel Core 2 and newer.",
    versions: "until Linux 6.14; removed together with MK8 and MPSC in 6.15",
    replacedBy: "nothing: generic x86-64 code, or X86_NATIVE_CPU from 6.16 on"
  },
  PREEMPT: {
    summary: "Full preemption of the kernel, without real time.",
    versions: "every Linux; from 7.0 on x86 offers full and lazy only",
    replacedBy: "preempt= at boot where the kernel has PREEMPT_DYNAMIC, or a PREEMPT_RT kernel by host-boot.kernel",
    risk: "On a PREEMPT_RT kernel the symbol is meaningless: the real-time model takes its place.",
    effect: ["better", "worse", "better"]
  },
  PREEMPT_RT_FULL: {
    summary: "The real-time preemption of the rt patch, by its old name.",
    versions: "rt patches until 5.2; PREEMPT_RT since 5.3, in the mainline kernel from 6.12 on",
    replacedBy: "host-boot.kernel with a distribution's PREEMPT_RT kernel, such as debian-6.12-rt",
    risk: "A real-time kernel has no transparent huge pages: a guest without explicit ones loses them.",
    effect: ["depends", "worse", "better"]
  },
  HZ_100: {
    summary: "A timer tick of 100 a second.",
    versions: "every Linux; Debian has 250",
    replacedBy: "host-boot.nohz_full, which takes the tick away altogether",
    effect: ["depends", "better", "better"]
  },
  HZ_250: {
    summary: "A timer tick of 250 a second.",
    versions: "every Linux; Debian's choice",
    effect: ["depends", "none", "none"]
  },
  ACPI_DOCK: { summary: "Docking stations.", versions: "every Linux; off in the cloud kernel of Debian 12" },
  ACPI_PROCESSOR: {
    summary: "Processor states by ACPI: idle, frequency, throttling.",
    versions: "every Linux; on in every distribution",
    replacedBy: "limits at run time: host.cpu.governor, and host-boot.max_cstate",
    risk: "Off, the kernel cannot throttle, park or idle its processors, and the firmware decides: not to be repeated.",
    effect: ["depends", "depends", "better"]
  },
  CPU_FREQ: {
    summary: "Control of the processor frequency.",
    versions: "every Linux; on in every distribution",
    replacedBy: "host.cpu.governor: performance",
    risk: "Off, the frequency stays at whatever the firmware left: not to be repeated.",
    effect: ["depends", "depends", "better"]
  },
  CPU_IDLE: {
    summary: "Control of idle states.",
    versions: "every Linux; on in every distribution",
    replacedBy: "host-boot.max_cstate: 1, or /dev/cpu_dma_latency held open",
    risk: "Off, idle processors do what the firmware left them: not to be repeated.",
    effect: ["better", "none", "better"]
  },
  BRIDGE: { summary: "The kernel's bridge.", versions: "every Linux; a module in every distribution" },
  INTEL_IOMMU: {
    summary: "Driver of the IOMMU of Intel, which hands a device to a guest.",
    versions: "every Linux; on in Debian"
  },
  IOMMU_DEFAULT_ON: {
    summary: "The IOMMU in use without a boot parameter.",
    versions: "never a symbol of that name; INTEL_IOMMU_DEFAULT_ON is meant, off in Debian 12",
    replacedBy: "host-boot.iommu"
  },
  IRQ_REMAP: {
    summary: "Remapping of interrupts, without which a device is handed to a guest only by an unsafe option.",
    versions: "every Linux; on in Debian"
  },
  KVM: { summary: "Hardware virtualisation.", versions: "every Linux; a module in every distribution" },
  KVM_INTEL: { summary: "Hardware virtualisation of Intel.", versions: "every Linux; a module in every distribution" },
  RCU_NOCB_CPU: {
    summary: "Whether RCU callbacks can be moved away from CPUs.",
    versions: "every Linux; on in Debian",
    replacedBy: "host-boot.rcu_nocbs or host-boot.nohz_full: without a list the symbol does nothing",
    effect: ["better", "none", "better"]
  }
};
var state = _enum(["y", "m", "n"]);
var namesToday = {
  PREEMPT_RT_FULL: "PREEMPT_RT",
  IOMMU_DEFAULT_ON: "INTEL_IOMMU_DEFAULT_ON"
};
var readSymbols = buildConfigCommand([...Object.keys(symbols), ...Object.values(namesToday)]);
var hostConfigSymbols = Object.entries(symbols).map(
  ([symbol, entry]) => defineHostBoot({
    key: `config.${symbol}`,
    summary: entry.summary,
    schema: state,
    accepted: "y, m or n, as in the kernel's configuration file",
    versions: entry.versions,
    replacedBy: entry.replacedBy ?? null,
    effect: describeEffect(entry.effect),
    risk: entry.risk ?? inert,
    source: `Linux Kconfig, symbol ${symbol}; thesis, table 3.1`,
    changesFacts: ["host.kernel.release", "host.kernel.version"],
    boot: null,
    commands: [readSymbols],
    find: ({ outputs }, value) => readSymbol(symbol, value, outputs[nameCommand(readSymbols)]),
    probe: `/proc/config.gz, else /boot/config-RELEASE: CONFIG_${symbol}`
  })
);
function readSymbol(symbol, value, text) {
  const values = parseConfig(text);
  if (values === null) throw new MeasurementError("neither /proc/config.gz nor a file by the release can be read");
  const today = namesToday[symbol];
  const found = values.get(symbol);
  if (found !== void 0) return { found, inForce: found === value };
  if (today === void 0) return { found: "this kernel has no such symbol", inForce: value === "n" };
  const successor = values.get(today) ?? "n";
  return { found: `${today}, its name today, is ${successor}`, inForce: successor === value };
}
function describeEffect([latency, bandwidth, jitter] = ["none", "none", "none"]) {
  return { latency, bandwidth, jitter };
}

// src/profiles/parameters/define-boot-parameter.ts
function defineBootParameter(boot) {
  const {
    key,
    words: words2,
    settings,
    files = [],
    find,
    expect = String,
    replacedBy = null,
    changesFacts = [],
    ...texts
  } = boot;
  return defineParameter({
    ...texts,
    name: `guest.qemu.boot.${key}`,
    layer: "guest",
    replacedBy,
    switching: "deployment",
    changesFacts: ["guest.kernel.cmdline", ...changesFacts],
    misfit: () => null,
    qemu: {
      settings: (value) => ({ ...settings?.(value), kernelArguments: words2?.(value) ?? [`${key}=${value}`] }),
      guestReads: { files, commands: [{ program: "dmesg", args: [] }] },
      read: (value, { guest }) => {
        const log = readBootLog(guest.outputs.dmesg ?? "");
        return judgeBoot(log, find({ log, files: guest.files }, value), expect(value));
      }
    }
  });
}

// src/profiles/parameters/qemu-boot.ts
var mitigationFile = bootFiles.mitigation;
var thpFile = bootFiles.transparentHugePages;
var idleFile = bootFiles.idleDriver;
var pages = { "2MiB": { word: "2M", kibibytes: 2048 }, "1GiB": { word: "1G", kibibytes: 1048576 } };
var pageSizes = ["2MiB", "1GiB"];
var hugePages = string().regex(/^[1-9]\d{0,5}x(2MiB|1GiB)$/);
function splitPages(value) {
  const [count2 = "", size3 = ""] = value.split("x");
  return { count: count2, size: pages[size3 === "1GiB" ? "1GiB" : "2MiB"] };
}
function countFile(kibibytes) {
  return `/sys/kernel/mm/hugepages/hugepages-${kibibytes}kB/nr_hugepages`;
}
var qemuBoot = [
  defineBootParameter({
    key: "mitigations",
    summary: "Whether the guest protects itself against the flaws of its CPU.",
    schema: _enum(["off", "auto"]),
    accepted: "off or auto",
    versions: "Linux 5.2 and newer",
    effect: { latency: "better", bandwidth: "better", jitter: "none" },
    risk: "off lets programs of the guest read what they must not; for measuring only.",
    source: "Linux Documentation/admin-guide/kernel-parameters.txt, mitigations",
    files: [mitigationFile],
    find: readMitigations,
    probe: `${mitigationFile} inside the guest`
  }),
  defineBootParameter({
    key: "idle",
    summary: "Virtual CPUs that have nothing to do spin instead of giving the CPU back.",
    schema: _enum(["poll"]),
    accepted: "poll (halt and nomwait cannot be read back from the guest)",
    versions: "every Linux for x86; cpuidle_haltpoll polls for a limited time instead",
    effect: { latency: "better", bandwidth: "depends", jitter: "better" },
    risk: "Each virtual CPU takes a whole CPU of the host for ever: without pinning it takes the client's.",
    source: "Linux Documentation/admin-guide/kernel-parameters.txt, idle; arch/x86/kernel/process.c",
    find: readIdlePolling,
    probe: 'kernel log of the guest, "using polling idle threads"'
  }),
  defineBootParameter({
    key: "tsc",
    summary: "Whether the guest trusts the CPU's time stamp counter.",
    schema: _enum(["reliable", "unstable"]),
    accepted: "reliable or unstable",
    versions: "reliable since Linux 2.6.27, unstable since 4.13",
    effect: { latency: "better", bandwidth: "better", jitter: "better" },
    risk: "A counter that is trusted although it is wrong makes every time wrong, those of the tools in the guest too.",
    source: "Linux Documentation/admin-guide/kernel-parameters.txt, tsc; arch/x86/kernel/tsc.c",
    files: [bootFiles.clocks],
    find: readTsc,
    probe: `kernel log of the guest, "Marking TSC unstable", and ${bootFiles.clocks}`
  }),
  defineBootParameter({
    key: "clocksource",
    summary: "The clock from which the guest takes the time.",
    schema: _enum(["tsc", "kvm-clock", "hpet", "acpi_pm"]),
    accepted: "tsc, kvm-clock, hpet or acpi_pm",
    versions: "every Linux; kvm-clock only under KVM",
    effect: { latency: "depends", bandwidth: "depends", jitter: "depends" },
    risk: "hpet and acpi_pm leave the guest at every reading. A clock that the guest does not have is passed over.",
    source: "Linux Documentation/admin-guide/kernel-parameters.txt, clocksource",
    files: [bootFiles.clock],
    find: readClock,
    probe: `${bootFiles.clock} inside the guest`
  }),
  defineBootParameter({
    key: "preempt",
    summary: "When a task in the guest's kernel gives way to another.",
    schema: _enum(["none", "voluntary", "full", "lazy"]),
    accepted: "none, voluntary, full or lazy",
    versions: "Linux 5.12 and newer with PREEMPT_DYNAMIC; lazy since 6.13 and in later 6.12 of Debian. PREEMPT_RT kernels of 6.1 have no choice, newer ones full or lazy",
    effect: { latency: "depends", bandwidth: "depends", jitter: "depends" },
    risk: "A mode that the kernel does not have leaves its default.",
    source: "Linux Documentation/admin-guide/kernel-parameters.txt, preempt; kernel/sched/core.c",
    find: readPreemption,
    probe: 'kernel log of the guest, "Dynamic Preempt"'
  }),
  defineBootParameter({
    key: "hugepages",
    summary: "Huge pages that the guest sets aside for its programs while it boots.",
    schema: hugePages,
    accepted: "number and size, such as 16x2MiB or 1x1GiB",
    versions: "Linux 2.6.27 and newer; the words hugepagesz= and hugepages= in this order",
    effect: { latency: "none", bandwidth: "none", jitter: "none" },
    risk: "They are taken from the guest's memory: what does not fit is left out silently, and with too little left the guest does not come up. The servers of the tests do not use them.",
    source: "Linux Documentation/admin-guide/mm/hugetlbpage.rst",
    settings: (value) => ({
      guestHugePageBytes: Number(splitPages(value).count) * splitPages(value).size.kibibytes * 1024
    }),
    words: (value) => [`hugepagesz=${splitPages(value).size.word}`, `hugepages=${splitPages(value).count}`],
    files: pageSizes.map((size3) => countFile(pages[size3].kibibytes)),
    find: ({ files }, value) => `${files[countFile(splitPages(value).size.kibibytes)] ?? "no"} huge pages`,
    expect: (value) => `${splitPages(value).count} huge pages`,
    probe: "/sys/kernel/mm/hugepages/hugepages-*/nr_hugepages inside the guest"
  }),
  defineBootParameter({
    key: "transparent_hugepage",
    summary: "Whether the guest gives its programs huge pages unasked.",
    schema: _enum(["always", "madvise", "never"]),
    accepted: "always, madvise or never",
    versions: "Linux 2.6.38 and newer; PREEMPT_RT kernels do not have it",
    effect: { latency: "depends", bandwidth: "depends", jitter: "worse" },
    risk: "A guest with less than 512 MiB has never, whatever it was asked for.",
    source: "Linux Documentation/admin-guide/mm/transhuge.rst; mm/huge_memory.c, hugepage_init",
    files: [thpFile],
    find: ({ files }) => readChoice(files[thpFile], `no ${thpFile}`),
    probe: `${thpFile} inside the guest`
  }),
  defineBootParameter({
    key: "haltpoll",
    summary: "Whether an idle virtual CPU polls for a short while before it gives the CPU back.",
    schema: onOff,
    accepted: "on or off, or true or false",
    versions: "Linux 5.4 and newer, under KVM only: the word cpuidle_haltpoll.force=1",
    effect: { latency: "better", bandwidth: "none", jitter: "better" },
    risk: "Polls beside the halt polling of the host: one of the two is enough, and both hide idle time.",
    source: "Linux Documentation/virt/guest-halt-polling.rst",
    words: (value) => value ? ["cpuidle_haltpoll.force=1"] : [],
    files: [idleFile],
    find: ({ files }) => files[idleFile]?.trim() === "haltpoll" ? "on" : "off",
    expect: (value) => value ? "on" : "off",
    probe: `${idleFile} inside the guest`
  })
];

// src/profiles/parameters/qemu-boot-cpus.ts
var isolatedFile = bootFiles.isolated;
var tickFile = bootFiles.tickless;
var interruptFile = bootFiles.interrupts;
var acceptedList = `a Linux CPU list of the guest's own CPUs, such as 1, "1-3" or [1, 3]`;
var managedPrefix = "managed_irq,domain,";
var isolation2 = union([
  string().startsWith(managedPrefix).transform(transformWith((text) => managedPrefix + formatCpuList(parseCpuList(text.slice(managedPrefix.length))))),
  linuxList
]);
var qemuBootCpus = [
  defineBootParameter({
    key: "isolcpus",
    settings: (value) => ({ guestCpus: { "guest.qemu.boot.isolcpus": value.replace(managedPrefix, "") } }),
    summary: "CPUs of the guest that its scheduler leaves alone: tasks run there only when they are put there.",
    schema: isolation2,
    accepted: `${acceptedList}, also after "${managedPrefix}"`,
    versions: "every Linux; managed_irq since 5.6. The kernel keeps one CPU for itself, whatever the list says",
    effect: { latency: "better", bandwidth: "depends", jitter: "better" },
    risk: "Several busy tasks that may use all isolated CPUs pile up on the first of them. A list with a CPU that the guest does not have is dropped whole. managed_irq cannot be read back.",
    source: "Linux Documentation/admin-guide/kernel-parameters.txt, isolcpus; kernel/sched/isolation.c",
    changesFacts: ["guest.cpu.isolated"],
    files: [isolatedFile],
    find: ({ files }) => readCpus(files[isolatedFile], `no ${isolatedFile}`),
    expect: (value) => value.replace(managedPrefix, ""),
    probe: `${isolatedFile} inside the guest`
  }),
  defineBootParameter({
    key: "nohz_full",
    settings: (value) => ({ guestCpus: { "guest.qemu.boot.nohz_full": value } }),
    summary: "CPUs of the guest that have no timer tick while one task runs there.",
    schema: linuxList,
    accepted: acceptedList,
    versions: "Linux 3.10 and newer, built with NO_HZ_FULL, as those of Debian are",
    effect: { latency: "depends", bandwidth: "depends", jitter: "better" },
    risk: "Every system call costs more there. Callbacks of RCU of these CPUs are offloaded as well.",
    source: "Linux Documentation/timers/no_hz.rst",
    files: [tickFile],
    find: ({ files }) => readCpus(files[tickFile], `no ${tickFile}`),
    probe: `${tickFile} inside the guest`
  }),
  defineBootParameter({
    key: "rcu_nocbs",
    settings: (value) => ({ guestCpus: { "guest.qemu.boot.rcu_nocbs": value } }),
    summary: "CPUs of the guest whose callbacks of RCU are run by threads that can be put elsewhere.",
    schema: linuxList,
    accepted: acceptedList,
    versions: "Linux 3.8 and newer, built with RCU_NOCB_CPU; a list of CPUs that do not exist offloads all of them",
    effect: { latency: "depends", bandwidth: "none", jitter: "better" },
    risk: "Without isolation the threads run where the callbacks would have run. nohz_full adds its CPUs.",
    source: "Linux Documentation/admin-guide/kernel-parameters.txt, rcu_nocbs",
    find: readOffloadedCpus,
    probe: 'kernel log of the guest, "Offload RCU callbacks from CPUs"'
  }),
  defineBootParameter({
    key: "rcu_nocb_poll",
    summary: "Whether the threads that run offloaded callbacks look for them by themselves instead of being woken.",
    schema: onOff,
    accepted: "on or off, or true or false",
    versions: "Linux 3.8 and newer; does nothing unless rcu_nocbs or nohz_full offloads a CPU",
    effect: { latency: "depends", bandwidth: "none", jitter: "depends" },
    risk: "The threads wake many times a second on the other CPUs; real-time profiles have dropped it.",
    source: "Linux Documentation/admin-guide/kernel-parameters.txt, rcu_nocb_poll",
    words: (value) => value ? ["rcu_nocb_poll"] : [],
    find: readCallbackPolling,
    expect: (value) => value ? "on" : "off",
    probe: 'kernel log of the guest, "Poll for callbacks from no-CBs CPUs"'
  }),
  defineBootParameter({
    key: "irqaffinity",
    settings: (value) => ({ guestCpus: { "guest.qemu.boot.irqaffinity": value } }),
    summary: "CPUs of the guest that interrupts go to unless something else is set for one of them.",
    schema: linuxList,
    accepted: acceptedList,
    versions: "every Linux; the CPU that boots, 0, is always added",
    effect: { latency: "depends", bandwidth: "depends", jitter: "better" },
    risk: "Without it interrupts reach isolated CPUs. With all of them on one CPU that one is the limit.",
    source: "Linux Documentation/admin-guide/kernel-parameters.txt, irqaffinity; kernel/irq/irqdesc.c",
    files: [interruptFile],
    find: ({ files }) => formatCpuList(parseCpuMask(files[interruptFile] ?? "")),
    probe: `${interruptFile} inside the guest`
  })
];

// src/profiles/parameters/qemu-guest-offload.ts
var reading = { program: "ethtool", args: ["-k", "eth0"] };
var place2 = {
  prefix: "guest.qemu.offload",
  facts: "guest.offload.guest",
  readAt: "inside the guest",
  documents: "Linux Documentation/networking/segmentation-offloads.rst"
};
var versions = "every Linux; what the device itself offers is set by guest.qemu.net.offload";
function defineGuestOffload(texts) {
  const offload = offloads[texts.name];
  return defineParameter({
    ...describeOffload(place2, { ...texts, versions }),
    qemu: {
      guestCommands: (value, { device: device2 }) => [switchOffload(offload, value, device2)],
      guestReads: { commands: [reading] },
      read: (value, { guest }) => readOffload(offload, value, guest.outputs[nameCommand(reading)] ?? "")
    }
  });
}
var qemuGuestOffloads = [
  defineGuestOffload({
    name: "generic-receive",
    facts: ["generic-receive-offload"],
    summary: "GRO of the guest's interface: received segments are joined before its protocol stack sees them.",
    effect: { latency: "none", bandwidth: "better", jitter: "none" },
    risk: "What comes over virtio is mostly joined already; off costs the guest more work for what is not."
  }),
  defineGuestOffload({
    name: "generic-segmentation",
    facts: ["generic-segmentation-offload"],
    summary: "GSO of the guest's interface: packets are cut to the MTU at the last moment, in software.",
    effect: { latency: "none", bandwidth: "better", jitter: "none" },
    risk: "Counts where the device does no segmentation itself."
  }),
  defineGuestOffload({
    name: "tcp-segmentation",
    facts: ["tcp-segmentation-offload"],
    summary: "TSO of the guest's interface: TCP hands up to 64 KiB to the device at once.",
    effect: { latency: "none", bandwidth: "better", jitter: "none" },
    risk: "Off, an emulated guest sends several times less."
  })
];

// src/profiles/parameters/qemu-irq.ts
var eachQueue = `for queue in /proc/irq/*/virtio*put.*; do irq=\${queue%/*}; number=\${irq##*/}; name=\${queue##*/}; kept=/tmp/interrupts-$number`;
var count = 'count() { sum=0; for word in $(grep "^ *$1:" /proc/interrupts); do case $word in *[!0-9]*) ;; *) sum=$((sum + word)) ;; esac; done; }';
var write2 = [
  count,
  eachQueue,
  'echo "$0" >"$irq/smp_affinity_list" || exit; count "$number"; echo "$sum" >"$kept"',
  "done"
].join("\n");
var show = [
  count,
  eachQueue,
  'read -r asked <"$irq/smp_affinity_list"; read -r effective <"$irq/effective_affinity_list"',
  'before=-1000; [ -r "$kept" ] && read -r before <"$kept"; count "$number"',
  'echo "$name $asked $effective $((sum - before))"',
  "done"
].join("\n");
var reading2 = { program: "sh", args: ["-c", show] };
var qemuIrqAffinity = defineParameter({
  name: "guest.qemu.irq.affinity",
  layer: "guest",
  summary: "CPUs of the guest on which its network device's interrupts are handled.",
  schema: linuxList,
  accepted: `a Linux CPU list of the guest's own CPUs, such as 0, "0-1" or [0, 2]`,
  versions: "Linux 2.6 and newer; what the kernel made of it is shown since 4.13. No irqbalance runs in the guest",
  replacedBy: null,
  switching: "deployment",
  effect: { latency: "depends", bandwidth: "depends", jitter: "better" },
  risk: "Of several CPUs x86 uses one for each interrupt. All on one CPU make that one the limit of the bandwidth.",
  source: "Linux Documentation/core-api/irq/irq-affinity.rst",
  changesFacts: [],
  misfit: () => null,
  probe: "/proc/irq/*/smp_affinity_list and effective_affinity_list of the queues of virtio-net inside the guest",
  qemu: {
    settings: (value) => ({ guestCpus: { "guest.qemu.irq.affinity": value } }),
    guestCommands: (value) => [{ program: "sh", args: ["-c", write2, value] }],
    guestReads: { commands: [reading2] },
    read: (value, { guest }) => readQueues(value, guest.outputs[nameCommand(reading2)] ?? "")
  }
});
var interruptsToMove = 2;
function readQueues(value, text) {
  const queues = text.split("\n").filter(Boolean).map((line) => line.split(" "));
  if (queues.length === 0) return { found: "no interrupt of a virtio-net queue", inForce: false };
  const allowed = parseCpuList(value);
  const obeys = (effective) => effective !== void 0 && parseCpuList(effective).every((cpu) => allowed.includes(cpu));
  const waits = (since) => since !== void 0 && Number(since) <= interruptsToMove;
  return {
    found: queues.map(
      ([queue, asked, effective, since]) => waits(since) && !obeys(effective) ? `${queue} may go to ${asked}, moves there with the next that come` : `${queue} may go to ${asked}, goes to ${effective}`
    ).join("; "),
    inForce: queues.every(([, asked, effective, since]) => asked === value && (waits(since) || obeys(effective)))
  };
}

// src/profiles/guest-kernel.ts
var debianKernelNames = ["debian-6.1", "debian-6.1-rt", "debian-6.12", "debian-6.12-rt"];
function isDebianKernelName(name2) {
  return debianKernelNames.some((known) => known === name2);
}

// src/profiles/stays-below.ts
function staysBelow(path2) {
  return !path2.split("/").includes("..");
}

// src/profiles/parameters/qemu-kernel.ts
var versionFile2 = "/proc/version";
var releaseFile2 = "/proc/sys/kernel/osrelease";
var path = string().regex(/^(\/[\w.+~@-]+)+$/).max(1024).refine(staysBelow);
var qemuKernel = defineParameter({
  name: "guest.qemu.kernel",
  layer: "guest",
  summary: "The guest's kernel: one of Debian's, or one of your own by its path on the machine.",
  schema: union([_enum(debianKernelNames), path]),
  accepted: `${debianKernelNames.join(", ")}, or the absolute path of a bzImage or vmlinux`,
  versions: "Debian 12 has 6.1, its backports and Debian 13 have 6.12; without this parameter guests have the stock kernel of the Debian that they are made on. The PREEMPT_RT patch of the thesis is part of Linux since 6.12",
  replacedBy: null,
  switching: "deployment",
  effect: { latency: "depends", bandwidth: "depends", jitter: "depends" },
  risk: "A PREEMPT_RT kernel gives up bandwidth for bounded delays. Under QEMU 7.2 without KVM about one start in six of debian-6.12 dies. A kernel of your own needs PVH and virtio_net, built in or as modules below /lib/modules.",
  source: "Debian packages linux-image-cloud-amd64 and linux-image-rt-amd64; Linux Documentation/arch/x86/boot.rst",
  changesFacts: ["guest.kernel.release", "guest.kernel.version"],
  misfit: () => null,
  hostPath: (value) => isDebianKernelName(value) ? null : value,
  probe: `${releaseFile2} and ${versionFile2} inside the guest`,
  qemu: {
    settings: (value) => ({ kernel: value }),
    guestReads: { files: [releaseFile2, versionFile2] },
    read: (value, { guest: { files } }) => {
      const release = files[releaseFile2] ?? "no release";
      const isRealTime = / PREEMPT_RT /.test(files[versionFile2] ?? "");
      return {
        found: `${release}${isRealTime ? " with PREEMPT_RT" : ""}`,
        inForce: matches(value, release, isRealTime)
      };
    }
  }
});
function matches(value, release, isRealTime) {
  if (!isDebianKernelName(value)) return release !== "no release";
  const [, series = "", realTime] = /^debian-([\d.]+)(-rt)?$/.exec(value) ?? [];
  return release.startsWith(`${series}.`) && isRealTime === (realTime !== void 0);
}

// src/profiles/parameters/qemu-machine.ts
var qemuVcpuCount = defineParameter({
  name: "guest.qemu.vcpu.count",
  layer: "guest",
  summary: "How many virtual CPUs the guest has.",
  schema: int().min(1).max(255),
  accepted: "a whole number from 1 to the CPUs of the machine",
  versions: "every QEMU; 1 where a profile does not say",
  replacedBy: null,
  switching: "deployment",
  effect: { latency: "depends", bandwidth: "depends", jitter: "depends" },
  risk: "The server needs one; a second takes the interrupts and the kernel, and its wake-ups cost exits. libvirt advises two or more for real time: one keeps house.",
  source: "QEMU system emulation manual, -smp; libvirt real-time guide",
  changesFacts: ["guest.qemu.cpus", "guest.cpu.online"],
  misfit: (value, { cpus: cpus2 }) => value <= cpus2.length ? null : `this machine has ${cpus2.length} CPUs, accepted is from 1 to ${cpus2.length}`,
  probe: "QEMU's monitor, query-cpus-fast",
  qemu: {
    settings: (value) => ({ cpus: value }),
    read: (value, { host: { threads } }) => {
      const count2 = threads.filter(({ role }) => role === "vcpu").length;
      return { found: `${count2} threads of virtual CPUs`, inForce: count2 === value };
    }
  }
});
var qemuCpuModel = defineParameter({
  name: "guest.qemu.cpu.model",
  layer: "guest",
  summary: "The model of the virtual CPUs.",
  schema: string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,60}$/),
  accepted: "a model that `qemu-system-x86_64 -cpu help` lists, such as max, host or Skylake-Server",
  versions: "every QEMU; max where a profile does not say, which is the same as host under KVM",
  replacedBy: null,
  switching: "deployment",
  effect: { latency: "depends", bandwidth: "depends", jitter: "depends" },
  risk: "An old model takes away instructions, the TSC deadline timer among them, and makes the kernel work around faults that the CPU does not have. host needs KVM.",
  source: "QEMU system emulation manual, CPU models",
  changesFacts: [],
  misfit: () => null,
  probe: "QEMU's monitor, type of the first virtual CPU's object",
  qemu: {
    settings: (value) => ({ cpuModel: value }),
    read: (value, { host: { cpuType } }) => {
      const model = cpuType.replace(/-x86_64-cpu$/, "");
      return { found: model, inForce: model === value || model.replace(/-v\d+$/, "") === value };
    }
  }
});
var qemuMachineType = defineParameter({
  name: "guest.qemu.machine.type",
  layer: "guest",
  summary: "The board that QEMU gives the guest.",
  schema: string().regex(/^(q35|pc|pc-(q35|i440fx)-\d{1,2}\.\d{1,2})$/),
  accepted: "q35 or pc, or one with its version such as pc-q35-7.2",
  versions: "q35 where a profile does not say; versioned types are deprecated after 3 years and gone after 6",
  replacedBy: null,
  switching: "deployment",
  effect: { latency: "none", bandwidth: "none", jitter: "none" },
  risk: "pc has no PCI Express: its interrupts take another way.",
  source: "QEMU system emulation manual, -machine; QEMU deprecated features",
  changesFacts: [],
  misfit: () => null,
  probe: "QEMU's monitor, qom-get of the machine's type, query-machines for what an alias stands for",
  qemu: {
    settings: (value) => ({ machine: { type: value } }),
    read: (value, { host: { machine } }) => ({
      found: machine.alias === null ? machine.type : `${machine.type} (${machine.alias})`,
      inForce: machine.type === value || machine.alias === value
    })
  }
});
var qemuHpet = defineParameter({
  name: "guest.qemu.machine.hpet",
  layer: "guest",
  summary: "Whether the guest has a high precision event timer.",
  schema: onOff,
  accepted: acceptedOnOff,
  versions: "-machine hpet=off since QEMU 5.2; the -no-hpet of older scripts is gone since 10.0",
  replacedBy: null,
  switching: "deployment",
  effect: { latency: "worse", bandwidth: "none", jitter: "worse" },
  risk: "Off leaves the guest its local APIC timer and kvm-clock, which is what it should use; every access to an HPET leaves the guest.",
  source: "QEMU system emulation manual, -machine; libvirt real-time guide",
  changesFacts: [],
  misfit: () => null,
  probe: "QEMU's monitor, qom-get machine hpet",
  qemu: {
    settings: (value) => ({ machine: { properties: { hpet: value ? "on" : "off" } } }),
    read: (value, { host: { properties } }) => {
      const found = properties["machine.hpet"];
      return { found: found === true ? "on" : found === false ? "off" : "no property hpet", inForce: found === value };
    }
  }
});
var tickPolicies = ["discard", "delay"];
var qemuTickPolicy = defineParameter({
  name: "guest.qemu.pit.lost-tick-policy",
  layer: "guest",
  summary: "What becomes of ticks of KVM's interval timer that the guest was too late for.",
  schema: _enum(tickPolicies),
  accepted: "discard or delay",
  versions: "-global kvm-pit.lost_tick_policy; -no-kvm-pit-reinjection, its older form, is gone since QEMU 3.0",
  replacedBy: null,
  switching: "deployment",
  effect: { latency: "none", bandwidth: "none", jitter: "better" },
  risk: "A guest that counts ticks loses time with discard; Linux does not count them. A guest under TCG has no such timer.",
  source: "QEMU, hw/i386/kvm/i8254.c; libvirt domain format, timer tickpolicy",
  changesFacts: [],
  misfit: () => null,
  probe: "QEMU's monitor, qom-get kvm-pit lost_tick_policy",
  qemu: {
    settings: (value) => ({ options: ["-global", `kvm-pit.lost_tick_policy=${value}`] }),
    read: (value, { host: { properties } }) => {
      const found = properties["kvm-pit.lost_tick_policy"];
      return typeof found === "string" ? { found, inForce: found === value } : { found: "the guest has no kvm-pit, as under TCG", inForce: null };
    }
  }
});

// src/profiles/guest-memory.ts
function findGuestMemory({ numaMaps, processStatus, memoryBytes }) {
  const mappings = numaMaps.split("\n").flatMap(parseMapping);
  const memory = mappings.find(({ file: file2 }) => file2 !== null && isBackend(file2)) ?? mappings.filter(({ file: file2 }) => file2 === null).sort((left, right) => size(right) - size(left))[0];
  const file = memory?.file ?? null;
  return {
    backend: file === null ? "anonymous" : file.startsWith("/memfd:") ? "memfd" : "file",
    file: file?.replace(/\\040\(deleted\)$/, "") ?? null,
    pageBytes: memory?.pageBytes ?? null,
    presentBytes: memory === void 0 ? 0 : Math.min(size(memory), memoryBytes),
    policy: memory?.policy ?? "unknown",
    nodes: [...memory?.perNode.keys() ?? []],
    hugeBytes: readKibibytes(processStatus, "HugetlbPages") ?? 0
  };
}
function readKibibytes(processStatus, line) {
  const text = new RegExp(`^${line}:\\s*(\\d+) kB$`, "m").exec(processStatus)?.[1];
  return text === void 0 ? null : Number(text) * 1024;
}
function isBackend(file) {
  return file.startsWith("/memfd:memory-backend") || /\/qemu_back_mem\./.test(file);
}
function parseMapping(line) {
  const [, policy, rest] = /^[0-9a-f]+ (\S+) (.*)$/.exec(line) ?? [];
  const pages2 = /kernelpagesize_kB=(\d+)/.exec(line)?.[1];
  if (policy === void 0 || rest === void 0 || pages2 === void 0 || / (heap|stack)\b/.test(` ${rest}`))
    return [];
  const perNode = [...rest.matchAll(/\bN(\d+)=(\d+)/g)].map(
    ([, node, count2]) => [Number(node), Number(count2)]
  );
  return [
    {
      policy,
      file: /(?:^| )file=(\S+)/.exec(rest)?.[1] ?? null,
      pageBytes: Number(pages2) * 1024,
      perNode: new Map(perNode)
    }
  ];
}
function size({ perNode, pageBytes }) {
  return [...perNode.values()].reduce((sum, count2) => sum + count2, 0) * pageBytes;
}

// src/profiles/parameters/qemu-memory.ts
var leastBytes2 = 128 * 2 ** 20;
var size2 = string().transform(transformWith((text) => formatMemorySize(parseMemorySize(text))));
var qemuMemorySize = defineParameter({
  name: "guest.qemu.memory.size",
  layer: "guest",
  summary: "Memory of the virtual machine.",
  schema: size2,
  accepted: "a size with the unit MiB or GiB, such as 512MiB, of at least 128MiB",
  versions: "every QEMU; 256MiB where a profile does not say",
  replacedBy: null,
  switching: "deployment",
  effect: { latency: "none", bandwidth: "none", jitter: "none" },
  risk: "Too little shrinks socket buffers and in the end kills the server; much of it takes long to preallocate or lock.",
  source: "QEMU system emulation manual, -m",
  changesFacts: [],
  misfit: (value, { memoryBytes }) => {
    const bytes2 = parseMemorySize(value);
    const most = `${Math.floor(memoryBytes / 2 ** 20)}MiB`;
    if (bytes2 < leastBytes2) return `no guest starts with less than 128MiB, accepted is from 128MiB to ${most}`;
    return bytes2 <= memoryBytes ? null : `this machine has ${most}, accepted is from 128MiB to ${most}`;
  },
  probe: "QEMU's monitor, query-memory-size-summary",
  qemu: {
    settings: (value) => ({ memory: { bytes: parseMemorySize(value) } }),
    read: (value, { host: { memoryBytes } }) => ({
      found: formatMemorySize(memoryBytes),
      inForce: memoryBytes === parseMemorySize(value)
    })
  }
});
var backends = ["anonymous", "memfd", "file"];
var qemuMemoryBackend = defineParameter({
  name: "guest.qemu.memory.backend",
  layer: "guest",
  summary: "What the guest's memory is on the host: anonymous memory, a memfd, or a file in a folder.",
  schema: _enum(backends),
  accepted: backends.join(", "),
  versions: "memfd since QEMU 2.12; file is the -mem-path of the thesis, which no longer falls back to anonymous memory since 5.0",
  replacedBy: "memfd instead of file: it needs no mounted hugetlbfs",
  switching: "deployment",
  effect: { latency: "none", bandwidth: "none", jitter: "none" },
  risk: "A file in an ordinary file system is written back to its disk, page by page, while the guest runs: name the page size too, so that it is noticed.",
  source: "QEMU system emulation manual, -object memory-backend-memfd, memory-backend-file",
  changesFacts: [],
  misfit: () => null,
  probe: "/proc/PID/numa_maps, the mapping of the guest's memory",
  qemu: {
    settings: (value) => ({ memory: { backend: value } }),
    read: (value, { host }) => {
      const { backend, file } = findGuestMemory(host);
      return { found: file === null ? backend : `${backend}, ${file}`, inForce: backend === value };
    }
  }
});
var qemuMemoryPath = defineParameter({
  name: "guest.qemu.memory.path",
  layer: "guest",
  summary: "Folder of the file that is the guest's memory; with backend file.",
  schema: string().regex(/^\/[A-Za-z0-9._/-]{0,200}$/).refine(staysBelow),
  accepted: "the whole path of a folder that exists, such as /dev/hugepages",
  versions: "every QEMU; the -mem-path of the thesis",
  replacedBy: "guest.qemu.memory.backend: memfd, which needs no mounted hugetlbfs",
  switching: "deployment",
  effect: { latency: "none", bandwidth: "none", jitter: "none" },
  risk: "QEMU starts without a word when the folder is in an ordinary file system, with pages of 4KiB. A path that is no folder would become a file that stays: such a guest is not started.",
  source: "QEMU system emulation manual, -mem-path; seen with QEMU 10.0.2",
  changesFacts: [],
  misfit: () => null,
  hostPath: (value) => value,
  probe: "/proc/PID/numa_maps, the file behind the guest's memory",
  qemu: {
    settings: (value) => ({ memory: { path: value } }),
    read: (value, { host }) => {
      const { backend, file } = findGuestMemory(host);
      const folder5 = value.endsWith("/") ? value : `${value}/`;
      return {
        found: file ?? `no file (${backend})`,
        inForce: backend === "file" && file?.startsWith(folder5) === true
      };
    }
  }
});
var pageSizes2 = { "4KiB": 4096, "2MiB": 2 * 2 ** 20, "1GiB": 2 ** 30 };
var qemuPageSize = defineParameter({
  name: "guest.qemu.memory.page-size",
  layer: "guest",
  summary: "Size of the host's pages behind the guest's memory; huge pages are made for the guest and given back after it.",
  schema: _enum(["4KiB", "2MiB", "1GiB"]),
  accepted: "4KiB, 2MiB or 1GiB; huge ones are a memfd unless the backend says file",
  versions: "huge pages of a memfd since QEMU 2.12 and Linux 4.16; the thesis had hugepages= at boot and -mem-path; 1GiB can be made at run time where memory is not fragmented",
  replacedBy: null,
  switching: "deployment",
  effect: { latency: "better", bandwidth: "better", jitter: "better" },
  risk: "Huge pages are gone for everybody else while they are set aside. What cannot be made is a failed start; of a file the file system decides, so that the probe alone tells.",
  source: "Linux Documentation/admin-guide/mm/hugetlbpage.rst; QEMU system emulation manual, hugetlb and hugetlbsize",
  changesFacts: [],
  misfit: (value, { hugePages: hugePages2 }) => {
    const sizes2 = hugePages2.map(({ pageBytes }) => pageBytes);
    if (value === "4KiB" || sizes2.includes(pageSizes2[value])) return null;
    const accepted2 = ["4KiB", ...sizes2.map(formatMemorySize)].join(", ");
    return `this machine has no huge pages of ${value}, accepted are ${accepted2}`;
  },
  probe: "/proc/PID/numa_maps kernelpagesize_kB of the guest's memory, /proc/PID/status HugetlbPages",
  qemu: {
    settings: (value) => ({ memory: { pageBytes: pageSizes2[value] } }),
    read: (value, { host }) => {
      const { pageBytes, hugeBytes } = findGuestMemory(host);
      const isHuge = pageSizes2[value] > pageSizes2["4KiB"];
      const size3 = pageBytes === null ? "unknown" : formatPageSize(pageBytes);
      return {
        found: `pages of ${size3}, HugetlbPages ${formatMemorySize(hugeBytes)} of ${formatMemorySize(host.memoryBytes)}`,
        // Pages that are only reserved are not counted here yet: QEMU touches them as the guest does, or at once with prealloc.
        inForce: pageBytes === pageSizes2[value] && (!isHuge || hugeBytes > 0)
      };
    }
  }
});
function formatPageSize(bytes2) {
  return bytes2 < 2 ** 20 ? `${bytes2 / 1024}KiB` : formatMemorySize(bytes2);
}
var qemuPrealloc = defineParameter({
  name: "guest.qemu.memory.prealloc",
  layer: "guest",
  summary: "Whether all of the guest's memory is got from the host before the guest starts.",
  schema: onOff,
  accepted: acceptedOnOff,
  versions: "prealloc=on of a memory backend; the -mem-prealloc of the thesis is its older form",
  replacedBy: null,
  switching: "deployment",
  effect: { latency: "better", bandwidth: "none", jitter: "better" },
  risk: "The start takes longer, by about a second for some GiB, and what the guest never uses is gone too.",
  source: "QEMU system emulation manual, -object memory-backend-ram, prealloc",
  changesFacts: [],
  misfit: () => null,
  probe: "/proc/PID/numa_maps, pages of the guest's memory that are there",
  qemu: {
    settings: (value) => ({ memory: { prealloc: value } }),
    read: (value, { host }) => {
      const { presentBytes } = findGuestMemory(host);
      const claims = host.memoryBackends.some(({ prealloc }) => prealloc);
      return {
        found: `${formatMemorySize(presentBytes)} of ${formatMemorySize(host.memoryBytes)} are there, monitor: ${claims ? "on" : "off"}`,
        // Off says only that QEMU did not ask: a guest may have touched all of it meanwhile.
        inForce: value ? claims && presentBytes >= host.memoryBytes : !claims
      };
    }
  }
});

// src/profiles/version.ts
function isOlder(version, wanted) {
  const [major = 0, minor = 0] = version.split(".").map((part) => Number.parseInt(part, 10));
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split(".").map(Number);
  return major < wantedMajor || major === wantedMajor && minor < wantedMinor;
}

// src/profiles/parameters/qemu-memory-lock.ts
var lock = union([
  _enum(["on", "on-fault", "off"]),
  onOff.transform((value) => value ? "on" : "off")
]);
var onFaultVersion = "10.0";
var qemuMemoryLock = defineParameter({
  name: "guest.qemu.memory.lock",
  layer: "guest",
  summary: "Whether all of QEMU's memory, the guest's included, is locked, so that none of it is ever paged out.",
  schema: lock,
  accepted: "on, off or on-fault; on-fault locks what was touched only",
  versions: "-overcommit mem-lock=on since QEMU 3.0; the -realtime mlock=on of the thesis is gone since 6.0; on-fault since 10.0",
  replacedBy: null,
  switching: "deployment",
  effect: { latency: "better", bandwidth: "none", jitter: "better" },
  risk: "Needs CAP_IPC_LOCK or a limit on locked memory that is large enough, else QEMU does not start. The emulator is locked too, with some 100 MiB more.",
  source: "QEMU system emulation manual, -overcommit; mlockall(2); proc(5), VmLck",
  changesFacts: [],
  misfit: (value, { qemu }) => value === "on-fault" && qemu !== null && isOlder(qemu, onFaultVersion) ? `QEMU here is ${qemu}, on-fault needs ${onFaultVersion} or newer; accepted are on and off` : null,
  probe: "/proc/PID/status, VmLck against VmRSS and HugetlbPages",
  qemu: {
    settings: (value) => ({ memory: { lock: value } }),
    read: (value, { host }) => readLock(value, host)
  }
});
function readLock(requested, { processStatus, memoryBytes }) {
  const locked = readKibibytes(processStatus, "VmLck");
  const resident = readKibibytes(processStatus, "VmRSS");
  const huge = readKibibytes(processStatus, "HugetlbPages") ?? 0;
  if (locked === null || resident === null) return { found: "no lines VmLck and VmRSS", inForce: false };
  const covered = locked > 0 && locked + huge >= memoryBytes;
  const there = resident + huge >= memoryBytes;
  const state2 = locked === 0 ? "off" : !covered ? "in part" : there ? "on" : "on-fault";
  return {
    found: `${state2}: VmLck ${locked / 1024} kB, VmRSS + HugetlbPages ${(resident + huge) / 1024} kB of a guest of ${formatMemorySize(memoryBytes)}`,
    // Once a guest has touched all of its memory, on-fault and on are the same.
    inForce: state2 === requested || requested === "on-fault" && state2 === "on"
  };
}

// src/profiles/parameters/qemu-network.ts
var qemuVhost = defineParameter({
  name: "guest.qemu.net.vhost",
  layer: "guest",
  summary: "Whether the host's kernel moves the guest's packets, in place of QEMU.",
  schema: onOff,
  accepted: acceptedOnOff,
  versions: "every QEMU and Linux since 2.6.34; off where a profile does not say",
  replacedBy: null,
  switching: "deployment",
  effect: { latency: "better", bandwidth: "better", jitter: "better" },
  risk: "Its workers are threads of their own that want a CPU: guest.qemu.vhost.pin.",
  source: "QEMU system emulation manual, -netdev tap, vhost",
  changesFacts: [],
  misfit: (value, { vhost }) => value && !vhost ? "this machine has no /dev/vhost-net (module vhost_net), accepted is off" : null,
  probe: "a vhost worker of the guest among the threads of the host",
  qemu: {
    settings: (value) => ({ network: { vhost: value } }),
    read: (value, { host: { threads } }) => {
      const workers = threads.filter(({ role }) => role === "vhost");
      return {
        found: workers.length === 0 ? "no vhost worker" : workers.map(({ name: name2 }) => name2).join(", "),
        inForce: workers.length > 0 === value
      };
    }
  }
});
var device = "eth0";
var channels2 = { program: "ethtool", args: ["-l", device] };
var rings2 = { program: "ethtool", args: ["-g", device] };
function readCurrent({ guest }, command, line) {
  const text = guest.outputs[nameCommand(command)] ?? "";
  const current2 = text.slice(text.indexOf("Current hardware settings:"));
  const found = new RegExp(`^${line}:\\s*(\\d+)`, "m").exec(current2)?.[1];
  return text.includes("Current hardware settings:") && found !== void 0 ? Number(found) : null;
}
var qemuQueues = defineParameter({
  name: "guest.qemu.net.queues",
  layer: "guest",
  summary: "Pairs of queues between guest and host; more than one need a guest with as many CPUs to gain anything.",
  schema: int().min(1).max(16),
  accepted: "a whole number from 1 to 16",
  versions: "QEMU 1.4 and newer, Linux 3.8 in the guest; over the attachment physical one pair only",
  replacedBy: null,
  switching: "deployment",
  effect: { latency: "none", bandwidth: "better", jitter: "depends" },
  risk: "Each pair costs interrupts and with vhost a worker; one connection uses one of them.",
  source: "QEMU system emulation manual, -netdev tap, queues; linux-kvm.org, Multiqueue",
  changesFacts: [],
  misfit: () => null,
  probe: "ethtool -l in the guest, combined channels in use",
  qemu: {
    settings: (value) => value === 1 ? {} : { network: { queues: value, device: { mq: "on", vectors: String(2 * value + 2) } } },
    // A guest with fewer CPUs than queues uses fewer by itself.
    guestCommands: (value, inside) => [{ program: "ethtool", args: ["-L", inside.device, "combined", String(value)] }],
    guestReads: { commands: [channels2] },
    read: (value, readings) => {
      const found = readCurrent(readings, channels2, "Combined");
      return { found: found === null ? "no line Combined" : `combined ${found}`, inForce: found === value };
    }
  }
});
var ringSizes = ["256", "512", "1024"];
var qemuReceiveRing = defineParameter({
  name: "guest.qemu.net.rx-queue-size",
  layer: "guest",
  summary: "Entries of the ring in which packets for the guest wait.",
  schema: int().refine((value) => ringSizes.some((size3) => Number(size3) === value)),
  accepted: ringSizes.join(", "),
  versions: "QEMU 2.8 and newer; 256 where a profile does not say",
  replacedBy: null,
  switching: "deployment",
  effect: { latency: "none", bandwidth: "better", jitter: "depends" },
  risk: "A larger ring loses fewer packets of UDP_STREAM and lets them wait longer.",
  source: "QEMU, hw/net/virtio-net.c, rx_queue_size",
  changesFacts: [],
  misfit: () => null,
  probe: "ethtool -g in the guest, RX",
  qemu: {
    settings: (value) => ({ network: { device: { rx_queue_size: String(value) } } }),
    guestReads: { commands: [rings2] },
    read: (value, readings) => {
      const found = readCurrent(readings, rings2, "RX");
      return { found: found === null ? "no line RX" : `RX ${found}`, inForce: found === value };
    }
  }
});
var featureFile = `/sys/class/net/${device}/device/features`;
function defineFeature({ name: name2, properties, bits, facts, ...texts }) {
  return defineParameter({
    ...texts,
    name: `guest.qemu.net.${name2}`,
    layer: "guest",
    schema: onOff,
    accepted: acceptedOnOff,
    replacedBy: null,
    switching: "deployment",
    source: `Virtual I/O Device (VIRTIO) 1.2, 5.1.3; QEMU device virtio-net-pci, ${properties.join(", ")}`,
    changesFacts: facts ?? [],
    misfit: () => null,
    probe: `${featureFile} in the guest, ${Object.keys(bits).join(" and ")}: what guest and device agreed on`,
    qemu: {
      settings: (value) => ({
        network: { device: Object.fromEntries(properties.map((property) => [property, value ? "on" : "off"])) }
      }),
      guestReads: { files: [featureFile] },
      read: (value, { guest }) => readFeatures(bits, value, guest.files[featureFile] ?? null)
    }
  });
}
function readFeatures(bits, value, text) {
  if (text === null || !/^[01]{32,}$/.test(text)) return { found: `no ${featureFile}`, inForce: false };
  const states = Object.entries(bits).map(([name2, bit]) => ({ name: name2, on: text[bit] === "1" }));
  return {
    found: states.map(({ name: name2, on }) => `${name2} ${on ? "on" : "off"}`).join(", "),
    inForce: states.every(({ on }) => on === value)
  };
}
var inGuest = (...names) => names.map((name2) => `guest.offload.guest.${name2}`);
var ofTap = (...names) => names.map((name2) => `guest.offload.tap.${name2}`);
var qemuFeatures = [
  defineFeature({
    name: "offload.tx-checksum",
    properties: ["csum"],
    bits: { VIRTIO_NET_F_CSUM: 0 },
    summary: "Whether the guest may send packets without a checksum.",
    versions: "every QEMU; on where a profile does not say and the host can",
    effect: { latency: "better", bandwidth: "better", jitter: "none" },
    risk: "Switched off it takes scatter-gather and segmentation inside the guest along.",
    facts: inGuest("tx-checksumming", "scatter-gather", "tcp-segmentation-offload", "generic-segmentation-offload")
  }),
  defineFeature({
    name: "offload.rx-checksum",
    properties: ["guest_csum"],
    bits: { VIRTIO_NET_F_GUEST_CSUM: 1 },
    summary: "Whether the guest takes packets without a checksum.",
    versions: "every QEMU; on where a profile does not say and the host can",
    effect: { latency: "better", bandwidth: "better", jitter: "none" },
    risk: "Off, the host computes what nobody on the same machine needs.",
    facts: [
      ...inGuest("rx-checksumming", "large-receive-offload"),
      ...ofTap("tx-checksumming", "scatter-gather", "tcp-segmentation-offload", "generic-segmentation-offload")
    ]
  }),
  defineFeature({
    name: "offload.tx-segmentation",
    properties: ["host_tso4", "host_tso6", "host_ecn", "host_ufo"],
    bits: { VIRTIO_NET_F_HOST_TSO4: 11, VIRTIO_NET_F_HOST_TSO6: 12 },
    summary: "Whether the guest may send segments larger than the MTU, for the host to cut.",
    versions: "every QEMU; on where a profile does not say and the host can",
    effect: { latency: "none", bandwidth: "better", jitter: "none" },
    risk: "Off costs an exit to the host for every packet of the MTU in place of every 64 KiB.",
    facts: inGuest("tcp-segmentation-offload", "generic-segmentation-offload", "scatter-gather")
  }),
  defineFeature({
    name: "offload.rx-segmentation",
    properties: ["guest_tso4", "guest_tso6", "guest_ecn", "guest_ufo"],
    bits: { VIRTIO_NET_F_GUEST_TSO4: 7, VIRTIO_NET_F_GUEST_TSO6: 8 },
    summary: "Whether the guest takes segments larger than the MTU.",
    versions: "every QEMU; on where a profile does not say and the host can",
    effect: { latency: "none", bandwidth: "better", jitter: "none" },
    risk: "Must be off in a guest that forwards packets; off, the host cuts everything before it comes to the tap.",
    facts: [...inGuest("large-receive-offload"), ...ofTap("tcp-segmentation-offload", "generic-segmentation-offload")]
  }),
  defineFeature({
    name: "mergeable-buffers",
    properties: ["mrg_rxbuf"],
    bits: { VIRTIO_NET_F_MRG_RXBUF: 15 },
    summary: "Whether a packet for the guest may lie in several of its buffers.",
    versions: "every QEMU; on where a profile does not say",
    effect: { latency: "none", bandwidth: "better", jitter: "none" },
    risk: "Off, the guest sets aside 64 KiB for each packet as long as it takes large segments, and the ring holds fewer."
  }),
  defineFeature({
    name: "event-index",
    properties: ["event_idx"],
    bits: { VIRTIO_F_EVENT_IDX: 29 },
    summary: "Whether both sides say from which entry on they want to be woken, in place of always.",
    versions: "every QEMU; on where a profile does not say",
    effect: { latency: "depends", bandwidth: "better", jitter: "depends" },
    risk: "Off brings more interrupts and exits, and now and then the earlier one."
  }),
  defineFeature({
    name: "packed",
    properties: ["packed"],
    bits: { VIRTIO_F_RING_PACKED: 34 },
    summary: "Whether the rings have the packed form, which touches fewer cache lines.",
    versions: "QEMU 4.2 and newer, Linux 5.0 in the guest; off where a profile does not say",
    effect: { latency: "depends", bandwidth: "depends", jitter: "none" },
    risk: "vhost in the kernel has no packed rings: the guest then falls back without a word, which the probe shows."
  })
];

// src/profiles/parameters/qemu-numa.ts
var qemuHostNodes = defineParameter({
  name: "guest.qemu.memory.host-nodes",
  layer: "guest",
  summary: "NUMA nodes of the host from which the guest's memory comes.",
  schema: linuxList,
  accepted: 'a list of NUMA nodes such as 0, "0-1" or [0, 1]; bound to them unless the policy says otherwise',
  versions: "host-nodes of a memory backend since QEMU 2.1, built with libnuma",
  replacedBy: null,
  switching: "deployment",
  effect: { latency: "better", bandwidth: "better", jitter: "better" },
  risk: "Good is the node of the virtual CPUs and of the NIC. Huge pages must be on that node, where they are made. Inert on a machine with one node.",
  source: "QEMU system emulation manual, -object memory-backend-ram, host-nodes; numa_maps in proc(5)",
  changesFacts: [],
  misfit: (value, { nodes }) => {
    const missing = parseCpuList(value).filter((node) => !nodes.includes(node));
    return missing.length === 0 ? null : `this machine has no NUMA node ${formatCpuList(missing)}, accepted are nodes of ${formatCpuList(nodes)}`;
  },
  probe: "/proc/PID/numa_maps, policy of the guest's memory and the nodes of its pages",
  qemu: {
    settings: (value) => ({ memory: { hostNodes: value } }),
    read: (value, { host }) => {
      const { policy, nodes } = findGuestMemory(host);
      const [, asked = ""] = policy.split(":");
      const wanted = parseCpuList(value);
      return {
        found: `policy ${policy}, pages on ${formatCpuList(nodes) || "no node"}`,
        // A preferred node that is full is left for another, which is what the policy allows.
        inForce: asked === value && (policy.startsWith("prefer") || nodes.every((node) => wanted.includes(node)))
      };
    }
  }
});
var policies2 = ["default", "preferred", "bind", "interleave"];
var words = {
  default: /^default$/,
  preferred: /^prefer( \(many\))?:|^prefer$/,
  bind: /^bind[:=]/,
  interleave: /^interleave[:=]/
};
var qemuMemoryPolicy = defineParameter({
  name: "guest.qemu.memory.policy",
  layer: "guest",
  summary: "How strictly the guest gets its memory from those NUMA nodes.",
  schema: _enum(policies2),
  accepted: `${policies2.join(", ")}; all but default need guest.qemu.memory.host-nodes`,
  versions: "policy of a memory backend since QEMU 2.1",
  replacedBy: null,
  switching: "deployment",
  effect: { latency: "depends", bandwidth: "depends", jitter: "depends" },
  risk: "bind ends in a failed start or a killed guest when the node is full; interleave spreads every access over the sockets.",
  source: "QEMU system emulation manual, policy of memory backends; set_mempolicy(2)",
  changesFacts: [],
  misfit: () => null,
  probe: "/proc/PID/numa_maps, policy of the guest's memory",
  qemu: {
    settings: (value) => ({ memory: { policy: value } }),
    read: (value, { host }) => {
      const { policy } = findGuestMemory(host);
      return { found: policy, inForce: words[value].test(policy) };
    }
  }
});

// src/profiles/parameters/qemu-sysctl.ts
function defineSysctl3({ key, namespacedSince: _, ...texts }) {
  const path2 = `/proc/sys/${key.replaceAll(".", "/")}`;
  return defineParameter({
    changesFacts: [],
    ...texts,
    versions: "Linux 4.12 and newer, where the guest's kernel has it; the same in every QEMU",
    name: `guest.qemu.sysctl.${key}`,
    layer: "guest",
    replacedBy: null,
    switching: "deployment",
    source: documentSysctl(key),
    misfit: () => null,
    probe: `${path2} read inside the guest`,
    qemu: {
      guestCommands: (value) => [{ program: "sysctl", args: ["-w", `${key}=${formatSysctl(value)}`] }],
      guestReads: { files: [path2] },
      read: (value, { guest }) => readSysctl(key, value, guest.files[path2])
    }
  });
}
var qemuSysctls = [...networkSysctls, ...machineSysctls].map(defineSysctl3);

// src/profiles/parameters/qemu-tap.ts
var place3 = {
  prefix: "guest.qemu.tap.offload",
  facts: "guest.offload.tap",
  readAt: "of the host's end of the guest's link",
  documents: "Linux drivers/net/tun.c, TUNSETOFFLOAD"
};
var versions2 = "every Linux; QEMU sets checksumming and segmentation of a tap itself, by what the guest can take";
function defineTapOffload(texts) {
  const offload = offloads[texts.name];
  return defineParameter({
    ...describeOffload(place3, { ...texts, versions: versions2 }),
    qemu: {
      commands: (value, { device: device2 }) => [switchOffload(offload, value, device2)],
      read: (value, { host: { features } }) => readOffload(offload, value, features)
    }
  });
}
var qemuTapOffloads = [
  defineTapOffload({
    name: "generic-receive",
    facts: ["generic-receive-offload"],
    summary: "GRO of the tap: packets that the guest sends are joined before the bridge sees them.",
    effect: { latency: "none", bandwidth: "none", jitter: "none" },
    risk: "Without effect on a tap that QEMU writes to: it takes no NAPI on that way."
  }),
  defineTapOffload({
    name: "generic-segmentation",
    facts: ["generic-segmentation-offload"],
    summary: "GSO of the tap: large packets for the guest are cut at the last moment, in software.",
    effect: { latency: "none", bandwidth: "better", jitter: "none" },
    risk: "Off, every large packet is cut before it comes to the bridge."
  }),
  defineTapOffload({
    name: "scatter-gather",
    facts: ["scatter-gather", "tcp-segmentation-offload", "generic-segmentation-offload"],
    summary: "Scatter-gather of the tap: packets for the guest may lie in several pieces of memory.",
    effect: { latency: "none", bandwidth: "better", jitter: "none" },
    risk: "Switched off it takes TCP segmentation and GSO along: set those to off as well, or they are a mismatch."
  }),
  defineTapOffload({
    name: "tcp-segmentation",
    facts: ["tcp-segmentation-offload"],
    summary: "TSO of the tap: segments of up to 64 KiB go to the guest whole.",
    effect: { latency: "none", bandwidth: "better", jitter: "none" },
    risk: "A guest that does not take them (rx-segmentation off) has it off already."
  }),
  defineTapOffload({
    name: "tx-checksumming",
    facts: ["tx-checksumming", "tcp-segmentation-offload"],
    summary: "TX checksumming of the tap: the checksum of packets for the guest is left to it.",
    effect: { latency: "better", bandwidth: "better", jitter: "none" },
    risk: "Nobody ever computes it on one host; captures show wrong ones. Switched off it takes TCP segmentation along."
  })
];
var qemuQueueLength = defineParameter({
  name: "guest.qemu.tap.txqueuelen",
  layer: "guest",
  summary: "Length of the transmit queue of the host's end of the guest's link, packets: those that wait for the guest.",
  schema: int().min(0).max(1e6),
  accepted: "a whole number of packets from 0 to 1000000, such as 1000",
  versions: "every Linux; a tap starts with 1000 (500 before 4.14), and takes it as the size of its ring to QEMU since 4.8",
  replacedBy: null,
  switching: "deployment",
  effect: { latency: "depends", bandwidth: "depends", jitter: "depends" },
  risk: "A long queue hides loss and costs latency, a short one drops bursts of UDP_STREAM.",
  source: "ip-link(8), txqueuelen; Linux drivers/net/tun.c, tun_queue_resize",
  changesFacts: [],
  misfit: () => null,
  probe: "ip -j link of the host's end of the guest's link, txqlen",
  qemu: {
    commands: (value, { device: device2 }) => [
      { program: "ip", args: ["link", "set", "dev", device2, "txqueuelen", String(value)] }
    ],
    read: (value, { host: { queueLength: queueLength2 } }) => ({ found: `txqlen ${queueLength2}`, inForce: queueLength2 === value })
  }
});

// src/profiles/parameters/qemu-thread.ts
var pin = (thread, cpus2) => ({
  program: "taskset",
  args: ["--pid", "--cpu-list", cpus2, String(thread.id)]
});
var common = {
  layer: "guest",
  schema: linuxList,
  replacedBy: null,
  switching: "deployment",
  changesFacts: []
};
var qemuVcpuPin = defineParameter({
  ...common,
  name: "guest.qemu.vcpu.pin",
  summary: "The CPUs of the host on which the virtual CPUs run, one for each: the first on the lowest.",
  accepted: 'a Linux CPU list such as 1, "2-3" or [1, 3], with as many CPUs as the guest has',
  versions: "every QEMU since 2.12 tells its threads by query-cpus-fast; the thesis ran all of QEMU under taskset",
  effect: { latency: "depends", bandwidth: "depends", jitter: "better" },
  risk: "Where client and guest share a CPU answers come sooner and bandwidth falls; always say the placement. A list for all virtual CPUs together would pile them up on the first where CPUs are isolated: here each gets its own.",
  source: "sched_setaffinity(2), taskset(1); QEMU QMP reference, query-cpus-fast; seen with isolcpus on Linux 6.1",
  misfit: (value, { cpus: cpus2 }) => findMissingCpus(value, cpus2),
  probe: "/proc/PID/task/TID Cpus_allowed_list and last CPU of the threads that query-cpus-fast names",
  qemu: {
    settings: (value) => ({ pinnedTo: parseCpuList(value) }),
    commands: (value, { threads }) => {
      const cpus2 = parseCpuList(value);
      return threads.flatMap((thread) => {
        const cpu = thread.vcpu === null ? void 0 : cpus2[thread.vcpu];
        return cpu === void 0 ? [] : [pin(thread, String(cpu))];
      });
    },
    read: (value, { host: { threads } }) => readPinning(parseCpuList(value), threads)
  }
});
function readPinning(cpus2, threads) {
  const vcpus = threads.filter(({ role }) => role === "vcpu");
  if (vcpus.length === 0) return { found: "no thread of a virtual CPU", inForce: false };
  const used = new Set(vcpus.map(({ lastCpu }) => lastCpu));
  const piled = vcpus.length > 1 && used.size === 1 ? `, all on CPU ${[...used][0]}` : "";
  return {
    found: vcpus.map(describePlace).join("; ") + piled,
    inForce: vcpus.length === cpus2.length && vcpus.every(({ vcpu, cpusAllowed, lastCpu }) => {
      const cpu = cpus2[vcpu ?? -1];
      return cpusAllowed === String(cpu) && lastCpu === cpu;
    })
  };
}
function describePlace({ name: name2, cpusAllowed, lastCpu }) {
  return `${name2} may run on ${cpusAllowed}, ran on ${lastCpu}`;
}
function definePin({ role, absent, ...texts }) {
  return defineParameter({
    ...common,
    ...texts,
    accepted: 'a Linux CPU list such as 0, "0-1" or [0, 2]',
    misfit: (value, { cpus: cpus2 }) => findMissingCpus(value, cpus2),
    probe: `/proc/PID/task/TID Cpus_allowed_list of ${role === "vhost" ? "the vhost workers" : "the threads that are no virtual CPU"}`,
    qemu: {
      commands: (value, { threads }) => threads.filter((thread) => thread.role === role).map((thread) => pin(thread, value)),
      read: (value, { host: { threads } }) => {
        const own = threads.filter((thread) => thread.role === role);
        return {
          found: own.map(({ name: name2, cpusAllowed }) => `${name2} may run on ${cpusAllowed}`).join("; ") || absent,
          inForce: own.length > 0 && own.every(({ cpusAllowed }) => isSameList(cpusAllowed, value))
        };
      }
    }
  });
}
function isSameList(found, wanted) {
  return /^\d/.test(found) && formatCpuList(parseCpuList(found)) === wanted;
}
function definePriority({ role, absent, ...texts }) {
  return defineParameter({
    ...common,
    ...texts,
    schema: int().min(1).max(99),
    accepted: "a whole number from 1 to 99: a priority of SCHED_FIFO",
    misfit: () => null,
    probe: `/proc/PID/task/TID/stat, policy and rt_priority of ${role === "vcpu" ? "the threads that query-cpus-fast names" : "the threads that are no virtual CPU"}`,
    qemu: {
      commands: (value, { threads }) => threads.filter((thread) => thread.role === role).map(({ id }) => ({ program: "chrt", args: ["--fifo", "--pid", String(value), String(id)] })),
      read: (value, { host: { threads } }) => {
        const own = threads.filter((thread) => thread.role === role);
        return {
          found: own.map(describeScheduling).join(", ") || absent,
          inForce: own.length > 0 && own.every(({ policy, priority }) => policy === fifo && priority === value)
        };
      }
    }
  });
}
var throttled = "A thread that never sleeps starves whatever shares its CPU. Real time is throttled at 0.95 s of each second unless sched_rt_runtime_us says otherwise.";
var qemuThreads = [
  definePriority({
    name: "guest.qemu.vcpu.priority",
    role: "vcpu",
    absent: "no thread of a virtual CPU",
    summary: "Real-time priority (SCHED_FIFO) of the threads that run the virtual CPUs.",
    versions: "every QEMU; libvirt's vcpusched, 1 in its guide to real time",
    effect: { latency: "better", bandwidth: "depends", jitter: "better" },
    risk: `${throttled} Give each a CPU of its own.`,
    source: "sched(7), chrt(1); libvirt real-time guide"
  }),
  definePin({
    name: "guest.qemu.emulator.pin",
    role: "emulator",
    absent: "no other thread",
    summary: "The CPUs of the host on which QEMU's other threads run: its main loop, which moves the packets without vhost.",
    versions: "every QEMU; libvirt's emulatorpin",
    effect: { latency: "depends", bandwidth: "depends", jitter: "better" },
    risk: "Without vhost every packet passes these threads: on a CPU that is busy they cost more than they spare the virtual CPUs. Several isolated CPUs are as good as the first of them.",
    source: "sched_setaffinity(2), taskset(1); libvirt real-time guide"
  }),
  definePriority({
    name: "guest.qemu.emulator.priority",
    role: "emulator",
    absent: "no other thread",
    summary: "Real-time priority (SCHED_FIFO) of QEMU's other threads.",
    versions: "every QEMU; libvirt's emulatorsched since 7.2",
    effect: { latency: "better", bandwidth: "depends", jitter: "better" },
    risk: `${throttled} Not above the priority of the virtual CPUs they wait as long as a guest on the same CPU is busy, the monitor too.`,
    source: "sched(7), chrt(1)"
  }),
  definePin({
    name: "guest.qemu.vhost.pin",
    role: "vhost",
    absent: "no vhost worker: guest.qemu.net.vhost is off, or the kernel has none",
    summary: "The CPUs of the host on which the kernel's workers of the guest's network run.",
    versions: "kernel threads vhost-PID; threads of QEMU itself since Linux 6.4",
    effect: { latency: "depends", bandwidth: "depends", jitter: "better" },
    risk: "With isolated CPUs they must be named, because they inherit nothing useful from where QEMU was started.",
    source: "taskset(1); Linux kernel/vhost_task.c"
  })
];

// src/profiles/catalogue.ts
var parameters = [
  ...[...hostBootParameters, ...hostConfigSymbols, ...hostParameters, ...daemonParameters],
  ...[dockerAddress, dockerMac],
  ...[dockerCpus, dockerCpuset, dockerCpusetMemory, dockerMemory],
  ...[...dockerOffloads, dockerQueueLength, ...dockerSysctls],
  ...[dockerLockedMemory, dockerServerPriority, dockerTerminal],
  ...[qemuMemoryBackend, qemuMemoryLock, qemuMemoryPath, qemuMemorySize, qemuPageSize, qemuPrealloc],
  ...[qemuHostNodes, qemuMemoryPolicy],
  ...[qemuVcpuCount, qemuVcpuPin, ...qemuThreads],
  ...[qemuCpuModel, qemuHpet, qemuMachineType, qemuTickPolicy],
  ...[qemuVhost, qemuQueues, qemuReceiveRing, ...qemuFeatures],
  ...[...qemuTapOffloads, qemuQueueLength],
  ...[qemuKernel, ...qemuBoot, ...qemuBootCpus, qemuIrqAffinity, ...qemuGuestOffloads, ...qemuSysctls]
];
var catalogue = new Map(
  parameters.map((parameter) => [parameter.name, parameter]).sort(([left], [right]) => left < right ? -1 : 1)
);

// src/profiles/profile.schema.ts
var parameterValueSchema = union([
  string(),
  number(),
  boolean(),
  array(union([string(), number()]))
]);
var name = string().max(100).regex(/^[a-z0-9][a-z0-9-]*$/, { error: "must be lower-case words joined by hyphens" });
var profileSchema = strictObject({
  /** The profile's name; equals the file's. */
  name,
  /** One sentence: what the profile is for. */
  description: string().min(1).optional(),
  /** Profile whose parameters this one starts from. */
  extends: name.optional(),
  /** A new profile is compared with this one instead of `stock`. */
  compareTo: name.optional(),
  /** Parameter name to value; `null` takes back what `extends` brought. */
  parameters: record(string(), parameterValueSchema.nullable()).default({})
});

// src/profiles/unknown-parameter.ts
var mostListed = 30;
var mostWords = 12;
function describeUnknownParameter(name2, parameters2) {
  const known = [...parameters2.keys()];
  const words2 = name2.split(".", mostWords);
  const prefixes = words2.map(
    (_, index) => words2.slice(0, words2.length - 1 - index).map((word) => `${word}.`).join("")
  );
  const prefix = prefixes.find((start) => known.some((other) => other.startsWith(start))) ?? "";
  const beside = known.filter((other) => other.startsWith(prefix));
  const accepted2 = beside.length > mostListed ? [...new Set(beside.map((other) => nameGroup(other, prefix)))] : beside;
  return `unknown parameter "${showText(name2)}"${suggestName(name2, known)}, accepted are ${accepted2.join(", ")}`;
}
function nameGroup(name2, prefix) {
  const [first, ...rest] = name2.slice(prefix.length).split(".");
  return rest.length === 0 ? name2 : `${prefix}${first}.*`;
}

// src/profiles/resolve-profile.ts
var longestChain = 8;
async function resolveProfile(name2, readText, parameters2 = catalogue) {
  const chain = await readChain(name2, readText);
  const values = /* @__PURE__ */ new Map();
  for (const document of chain.toReversed()) mergeParameters(values, document, parameters2);
  const sorted = Object.fromEntries([...values].sort(([left], [right]) => left < right ? -1 : 1));
  const own = chain[0]?.value;
  return {
    name: name2,
    description: own?.description ?? null,
    compareTo: own?.compareTo ?? null,
    parameters: sorted,
    sha256: createHash("sha256").update(JSON.stringify(sorted)).digest("hex")
  };
}
async function parseResolvedProfile(file, parameters2 = catalogue) {
  const document = parseYamlDocument(file.text, file.fileName, profileSchema);
  if (document.value.extends !== void 0) {
    const place4 = document.where(["extends"], "key");
    throw new ConfigurationError(`${place4}: this profile extends another, one that stands alone is accepted here`);
  }
  return resolveProfile(document.value.name, () => file, parameters2);
}
async function readChain(name2, readText) {
  const chain = [parseProfile(name2, await readText(name2))];
  for (; ; ) {
    const child = chain.at(-1);
    const parent = child?.value.extends;
    if (child === void 0 || parent === void 0) return chain;
    chain.push(parseProfile(parent, await readParent(parent, child, chain, readText)));
  }
}
function parseProfile(name2, { text, fileName }) {
  const document = parseYamlDocument(text, fileName, profileSchema);
  requireName(document, name2);
  return document;
}
async function readParent(name2, child, chain, readText) {
  const place4 = child.where(["extends"]);
  const names = chain.map(({ value }) => value.name);
  if (names.includes(name2)) {
    const circle = [...names, name2].join(" -> ");
    throw new ConfigurationError(`${place4}: extends leads in a circle (${circle}), a chain with an end is accepted`);
  }
  if (chain.length >= longestChain) {
    throw new ConfigurationError(
      `${place4}: extends "${name2}" is profile ${chain.length + 1} of a chain, at most ${longestChain} are accepted`
    );
  }
  try {
    return await readText(name2);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new ConfigurationError(`${place4}: extends: ${messageOf(error)}`, { cause: error });
  }
}
function mergeParameters(values, document, parameters2) {
  const problems = [];
  for (const [name2, value] of Object.entries(document.value.parameters)) {
    const parameter = parameters2.get(name2);
    if (parameter === void 0) {
      problems.push(
        () => `${document.where(["parameters", name2], "key")}: ${describeUnknownParameter(name2, parameters2)}`
      );
    } else if (value === null) {
      values.delete(name2);
    } else {
      const outcome = parameter.schema.safeParse(value);
      if (outcome.success) values.set(name2, outcome.data);
      else
        problems.push(
          () => `${document.where(["parameters", name2])}: ${describeRefusal(parameter, value, outcome.error)}`
        );
    }
  }
  if (problems.length > 0) throw new ConfigurationError(joinFindings(problems));
}
function describeRefusal(parameter, value, error) {
  const reason = error.issues.find(({ code }) => code === "custom")?.message;
  const because = reason === void 0 ? "" : ` (${reason})`;
  return `${parameter.name} must be ${parameter.accepted}, found ${describeFound(value)}${because}`;
}

export {
  formatParameterValue,
  catalogue,
  resolveProfile,
  parseResolvedProfile
};
