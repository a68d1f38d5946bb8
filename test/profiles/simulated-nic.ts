/** A card as ethtool shows one with combined queues, two interrupts and everything that can be set. */
const start = {
  coalesce: {
    'adaptive-rx': 'on',
    'adaptive-tx': 'on',
    'rx-usecs': '50',
    'tx-usecs': '50',
    'rx-frames': '8',
    'tx-frames': '8',
  },
  ring: { rx: '256', tx: '256' },
  channels: { combined: '2' },
  pause: { autoneg: 'on', rx: 'on', tx: 'on' },
  features: {
    rx: 'on',
    tx: 'on',
    sg: 'on',
    tso: 'on',
    gso: 'on',
    gro: 'on',
    lro: 'on',
    rxhash: 'on',
    rxvlan: 'on',
  },
  sysfs: {
    tx_queue_len: '1000',
    threaded: '0',
    gro_flush_timeout: '0',
    napi_defer_hard_irqs: '0',
    'queues/rx-0/rps_cpus': '00000000',
    'queues/rx-1/rps_cpus': '00000001',
    'queues/tx-0/xps_cpus': '00000001',
    'queues/tx-1/xps_cpus': '00000002',
  } as Record<string, string>,
  interrupts: { 24: '0-1', 25: '1' } as Record<string, string>,
};

type Words = readonly string[];

export interface SimulatedNic {
  /** undefined: the program fails. */
  show(words: Words): string | undefined;
  /** false: there is no such command. */
  change(words: Words): boolean;
  snapshot(): unknown;
}

/** `eth1`; the host's own files tell where new interrupts go. */
export function simulateNic(files: Readonly<Record<string, string>>): SimulatedNic {
  const state = structuredClone(start);
  return {
    snapshot: () => state,
    show: ([program, ...args]) => {
      if (program === 'cat') return state.sysfs[args[0]?.replace('/sys/class/net/eth1/', '') ?? ''];
      if (program === 'grep') return showQueues(state.sysfs, args.at(-1)?.replace('--include=', '') ?? '');
      if (program === 'sh') return showInterrupts(state.interrupts, files['/proc/irq/default_smp_affinity'] ?? '');
      return program === 'ethtool' && args[1] === 'eth1' ? showEthtool(state, args[0] ?? '') : undefined;
    },
    change: ([program, ...args]) => {
      if (program === 'ip') state.sysfs.tx_queue_len = args.at(-1) ?? '';
      else if (program === 'sh') return writeFile(state, args.at(-2) ?? '', args.at(-1) ?? '');
      else return program === 'ethtool' && args[1] === 'eth1' && changeEthtool(state, args);
      return true;
    },
  };
}

function showQueues(sysfs: Readonly<Record<string, string>>, file: string): string {
  return Object.entries(sysfs)
    .filter(([path]) => path.endsWith(`/${file}`))
    .map(([path, text]) => `/sys/class/net/eth1/${path}:${text}\n`)
    .join('');
}

function showInterrupts(interrupts: Readonly<Record<string, string>>, fallback: string): string {
  const lines = Object.entries(interrupts).map(([irq, cpus]) => `${irq} ${cpus} ${cpus.slice(-1)}\n`);
  return [`new ${fallback}\n`, ...lines].join('');
}

function writeFile({ sysfs, interrupts }: typeof start, path: string, text: string): boolean {
  const irq = /^\/proc\/irq\/(\d+)\/smp_affinity_list$/.exec(path)?.[1];
  if (irq !== undefined) interrupts[irq] = text;
  else sysfs[path.replace('/sys/class/net/eth1/', '')] = path.endsWith('ps_cpus') ? text.padStart(8, '0') : text;
  return true;
}

function showEthtool({ coalesce, ring, channels, pause, features }: typeof start, option: string): string | undefined {
  const long = (value: string | undefined) => value ?? 'n/a';
  switch (option) {
    case '-i':
      return 'driver: simulated\n';
    case '-c':
      return `Coalesce parameters for eth1:
Adaptive RX: ${coalesce['adaptive-rx']}  TX: ${coalesce['adaptive-tx']}
stats-block-usecs: n/a
rx-usecs: ${coalesce['rx-usecs']}
rx-frames: ${coalesce['rx-frames']}
rx-usecs-irq: n/a
tx-usecs: ${coalesce['tx-usecs']}
tx-frames: ${coalesce['tx-frames']}
`;
    case '-g':
      return `Ring parameters for eth1:
Pre-set maximums:
RX:\t\t4096
RX Mini:\tn/a
TX:\t\t4096
Current hardware settings:
RX:\t\t${ring.rx}
RX Mini:\tn/a
TX:\t\t${ring.tx}
`;
    case '-l':
      return `Channel parameters for eth1:
Pre-set maximums:
RX:\t\tn/a
TX:\t\tn/a
Other:\t\t1
Combined:\t2
Current hardware settings:
RX:\t\tn/a
TX:\t\tn/a
Other:\t\t1
Combined:\t${long(channels.combined)}
`;
    case '-a':
      return `Pause parameters for eth1:
Autonegotiate:\t${pause.autoneg}
RX:\t\t${pause.rx}
TX:\t\t${pause.tx}
RX negotiated: on
`;
    case '-k':
      return `Features for eth1:
rx-checksumming: ${features.rx}
tx-checksumming: ${features.tx}
\ttx-checksum-ipv4: off [fixed]
\ttx-checksum-ip-generic: ${features.tx}
scatter-gather: ${features.sg}
\ttx-scatter-gather: ${features.sg}
tcp-segmentation-offload: ${features.tso}
\ttx-tcp-segmentation: ${features.tso}
generic-segmentation-offload: ${features.gso}
generic-receive-offload: ${features.gro}
large-receive-offload: ${features.lro}
rx-vlan-offload: ${features.rxvlan}
receive-hashing: ${features.rxhash}
`;
    default:
      return undefined;
  }
}

const groups = { '-C': 'coalesce', '-G': 'ring', '-L': 'channels', '-A': 'pause', '-K': 'features' } as const;

/** ethtool ends with an error when nothing would change. */
function changeEthtool(state: typeof start, [option = '', , word = '', text = '']: Words): boolean {
  const group: Record<string, string> = isGroup(option) ? state[groups[option]] : {};
  if (group[word] === undefined || group[word] === text) return false;
  group[word] = text;
  return true;
}

function isGroup(option: string): option is keyof typeof groups {
  return Object.hasOwn(groups, option);
}
