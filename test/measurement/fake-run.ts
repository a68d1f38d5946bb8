import { CommandError } from '../../src/errors.ts';
import type { GuestKindDriver, GuestRequest } from '../../src/guests/guest.ts';
import type { Command, Machine, Outcome } from '../../src/machines/machine.ts';
import type { MeasurementEvent } from '../../src/measurement/events.ts';
import type { Stage } from '../../src/measurement/host-steps.ts';
import type { Entrance } from '../../src/measurement/measure.ts';
import type { RunContext } from '../../src/measurement/run-context.ts';
import { embeddedTopology } from '../../src/networks/embedded.ts';
import type { ResolvedPlan } from '../../src/plans/plan.schema.ts';
import type { Check } from '../../src/results/journal.schema.ts';
import type { JournalEntry } from '../../src/results/write-journal.ts';
import { readOutput } from '../benchmarks/fixture.ts';

export const plan: ResolvedPlan = {
  name: 'fake',
  description: 'Two guests, two tests.',
  layers: ['guest'],
  guests: ['docker', 'bare'],
  attachments: ['bridge'],
  tests: ['tcp_rr', 'ping'],
  deployments: 2,
  samples: 2,
  seconds: 1,
  ping: { count: 3, intervalSeconds: 0.1 },
  iperfUdpBitsPerSecond: 100_000_000,
  regime: 'deployment',
  unsupported: [],
};

/** A run whose outermost edge is faked: programs answer with recorded output, guests are made of air. */
export interface FakeRun {
  readonly context: RunContext;
  readonly journal: JournalEntry[];
  readonly events: MeasurementEvent[];
  /** What happened to guests and tools, in order: `launch d001`, `netperf`, `stop d001`. */
  readonly happened: string[];
}

export interface FakeOptions {
  /** Folder for the logs of failed samples. */
  readonly folder: string;
  /** Throws to make a start fail. */
  readonly launch?: (request: GuestRequest) => void;
  /** Whether the guest has ended, from what has happened so far. */
  readonly hasEnded?: (happened: readonly string[]) => boolean;
  readonly probe?: (request: GuestRequest) => Check[];
  /** Name of the recorded output that a measuring tool answers with. */
  readonly answer?: (tool: string, call: number) => string;
  readonly route?: string;
  readonly stop?: (request: GuestRequest) => Promise<void>;
  readonly signal?: AbortSignal;
  /** Whether the connection is lost while a tool runs, by the number of its call. */
  readonly isCut?: (call: number) => boolean;
  /** Boot that the host is in, from what has happened so far. */
  readonly bootId?: (happened: readonly string[]) => string;
  /** Bytes that the client's interface sends in a sample; absent: nobody can look. */
  readonly wireBytes?: number;
}

/** A host that is as both sides ask it to be, with the stage of a fake run. */
export function stayOn(stage: Stage): Entrance {
  return { recovers: false, enter: async () => ({ kind: 'entered', stage, prove: async () => [] }) };
}

export function createFakeRun(options: FakeOptions): FakeRun {
  const journal: JournalEntry[] = [];
  const events: MeasurementEvent[] = [];
  const happened: string[] = [];
  const orders = { deployment: 0, sample: 0 };
  const drivers = new Map(plan.guests.map((kind) => [kind, createDriver(kind, options, happened)]));
  const machine = createMachine(options, happened);
  const profile = { description: null, compareTo: null, parameters: {}, sha256: '0'.repeat(64) };
  return {
    journal,
    events,
    happened,
    context: {
      machine,
      client: machine,
      topology: embeddedTopology,
      plan,
      profiles: { baseline: { ...profile, name: 'stock' }, candidate: { ...profile, name: 'tuned' } },
      drivers,
      windows: options.wireBytes === undefined ? null : { client: 11, host: 12 },
      versions: { netperf: '2.7.0', ping: '20221126' },
      journal: { write: async (entry) => void journal.push(entry), close: async () => {} },
      folder: options.folder,
      watch: (event) => void events.push(event),
      signal: options.signal ?? new AbortController().signal,
      now: () => new Date('2026-01-02T03:04:05Z'),
      nextOrder: { deployment: () => ++orders.deployment, sample: () => ++orders.sample },
    },
  };
}

function createDriver(kind: GuestKindDriver['kind'], options: FakeOptions, happened: string[]): GuestKindDriver {
  return {
    kind,
    launch: async (request) => {
      happened.push(`launch ${request.id} ${kind} ${request.profile.name}`);
      options.launch?.(request);
      return {
        address: '198.18.0.16',
        accelerator: null,
        readySeconds: 0.3,
        handle: null,
        hasEnded: () => options.hasEnded?.(happened) ?? false,
        collectFacts: async () => ({}),
        probe: async () => options.probe?.(request) ?? [],
        stop: async () => {
          happened.push(`stop ${request.id}`);
          await options.stop?.(request);
        },
      };
    },
  };
}

function createMachine(options: FakeOptions, happened: string[]): Machine {
  let calls = 0;
  return {
    name: 'local',
    run: async (command: Command, { signal }): Promise<Outcome> => {
      signal?.throwIfAborted();
      const words = [command.program, ...command.args];
      const tool = words.find((word) => word === 'netperf' || word === 'ping');
      if (tool !== undefined) {
        happened.push(tool);
        calls += 1;
        if (options.isCut?.(calls) === true) throw new CommandError({ ...command, ...cutOff });
        const name = options.answer?.(tool, calls) ?? (tool === 'netperf' ? 'tcp_rr' : 'ping');
        return { ...readOutput(name), signal: null, seconds: 1 };
      }
      return {
        exitCode: 0,
        signal: null,
        timedOut: false,
        stdout: answerSystem(words, options),
        stderr: '',
        seconds: 0,
      };
    },
    start: () => Promise.reject(new Error('nothing is started in the background')),
    readFile: async (path) => {
      if (path === '/proc/sys/kernel/random/boot_id') return options.bootId?.(happened) ?? null;
      if (path === '/proc/loadavg') return '0.25 0.5 0.75 1/100 4242\n';
      if (path === '/proc/11/net/snmp') return 'Udp: InErrors\nUdp: 0\n';
      if (path !== '/proc/11/net/dev') return null;
      // Before and after each call of a tool.
      return `  tgw0: 0 0 0 0 0 0 0 0 ${calls * (options.wireBytes ?? 0)} 0 0 0 0 0 0 0\n`;
    },
    writeFile: async () => {},
    connect: () => Promise.reject(new Error('nothing is connected to here')),
  };
}

const cutOff = {
  ...{ machine: 'tuned', exitCode: null, signal: null, timedOut: false, connectionLost: true },
  ...{ stdout: '', stderr: 'Timeout, server not responding.' },
};

function answerSystem(words: readonly string[], options: FakeOptions): string {
  if (words.includes('route')) return options.route ?? '[{"dst":"198.18.0.16","dev":"tgw0"}]';
  return words.includes('link') ? '[{"ifname":"x","mtu":1500,"qdisc":"noqueue"}]' : '';
}
