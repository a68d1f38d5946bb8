import type { Comparison, Context } from '../src/comparison/comparison.schema.ts';
import { formatQuantity } from '../src/units.ts';
import { count } from './comment-words.ts';

/** Where and with what it was measured, and how far such figures carry; one sentence or list each. */
export function describeContext({ context, seed }: Comparison): string[] {
  if (context === null) return [`The values came from files; how they were measured is not known. Seed ${seed}.`];
  return [
    describeMachine(context),
    describeSettings(context),
    describeTools(context),
    describeSamples(context),
    describeBoots(context),
    describeReadiness(context),
    ...(context.topology === 'embedded'
      ? [
          'The wire is a stand-in, a veth pair between two namespaces of one machine: it has no line rate and no ' +
            'network card, and the load of the machine moves such figures more than tuning does.',
        ]
      : []),
    ...(context.topology === 'lab'
      ? ['The hosts are emulated on one machine: such figures show the way and the order of magnitude, no performance.']
      : []),
    describeLoad(context),
    describeOrigin(context, seed),
  ].filter((line) => line !== '');
}

/** `Label: a, b`, or nothing when nothing is known. */
function list(label: string, known: readonly (string | undefined)[]): string {
  const words = known.filter((word) => word !== undefined && word !== '');
  return words.length === 0 ? '' : `${label}: ${words.join(', ')}.`;
}

/** A fact in words; one that the machine does not tell is left out. */
function readFact({ facts }: Context, key: string, describe: (value: string) => string): string | undefined {
  const value = facts[key];
  return value === undefined || value === '' || value === 'unknown' ? undefined : describe(value);
}

function describeMachine(context: Context): string {
  return list('Host', [
    readFact(context, 'host.cpu.model', (model) => model),
    readFact(context, 'host.cpu.online', (cpus) => `CPUs ${cpus}`),
    readFact(context, 'host.memory.gibibytes', (size) => `${size} GiB`),
    readFact(context, 'host.kernel.release', (release) => `Linux ${release}`),
  ]);
}

function describeSettings(context: Context): string {
  return list('Settings', [
    readFact(context, 'host.cpu.governor', (governor) => `governor ${governor}`),
    readFact(context, 'host.tcp.congestion_control', (control) => `congestion control ${control}`),
    readFact(context, 'host.qdisc.wire', (qdisc) => `qdisc ${qdisc}`),
    readFact(context, 'host.mtu.wire', (mtu) => `MTU ${mtu}`),
  ]);
}

/** Tools whose version moves figures; the comparison names every other as well. */
const shownTools = [
  'tunegate',
  'netperf',
  'iperf3',
  'iperf2',
  'ping',
  'dockerd',
  'qemu',
  'guest-image',
  'guest-kernel',
];

function describeTools({ versions }: Context): string {
  return list(
    'Versions',
    shownTools.map((tool) => (versions[tool] === undefined ? undefined : `${tool} ${versions[tool]}`)),
  );
}

function describeSamples({ plan }: Context): string {
  const { ping, tests } = plan;
  const parts = [
    ...(tests.some((test) => test !== 'ping') ? [`${plan.seconds} s of a test`] : []),
    ...(tests.includes('ping')
      ? [`${ping.count} requests of ping, ${formatQuantity(ping.intervalSeconds, 's')} apart`]
      : []),
    ...(tests.includes('iperf_udp') ? [`iperf_udp offers ${formatQuantity(plan.iperfUdpBitsPerSecond, 'bit/s')}`] : []),
  ];
  return `One sample: ${parts.join('; ')}.`;
}

function describeBoots({ boots }: Context): string {
  if (boots === undefined) return '';
  const { baseline, candidate } = boots;
  const each =
    baseline === candidate
      ? `${count(baseline, 'boot')} a side`
      : `${count(baseline, 'boot')} of the baseline, ${candidate} of the candidate`;
  return `The host was booted into each side in turn: ${each}, each with one fresh start of every guest. A boot is one observation.`;
}

function describeReadiness({ readySeconds }: Context): string {
  return list(
    'Ready after',
    readySeconds.map(({ guest, attachment, median }) => `${guest} over ${attachment} ${formatQuantity(median, 's')}`),
  );
}

function describeLoad({ load }: Context): string {
  if (load === null) return '';
  return `Load average of the machine while it was measured: median ${load.median.toFixed(2)}, highest ${load.maximum.toFixed(2)}.`;
}

function describeOrigin({ runs, baseline, candidate }: Context, seed: number): string {
  const side = (name: string, { profile, sha256, revision }: Context['baseline']) =>
    `${name} ${profile} ${sha256.slice(0, 12)}${revision === null ? '' : ` at ${revision.slice(0, 12)}`}`;
  return list(runs.length === 1 ? 'Run' : 'Runs', [
    runs.join(' and '),
    `seed ${seed}`,
    side('baseline', baseline),
    side('candidate', candidate),
  ]);
}
