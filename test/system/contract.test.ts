import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { benchmarks } from '../../src/benchmarks/benchmarks.ts';
import type { GuestKindDriver } from '../../src/guests/guest.ts';
import { machineFolders } from '../../src/hosts/folders.ts';
import { type PreparedMachine, prepareMachine } from '../../src/measurement/prepare-machine.ts';
import type { RunContext } from '../../src/measurement/run-context.ts';
import { runDeployment } from '../../src/measurement/run-deployment.ts';
import { takeSample } from '../../src/measurement/take-sample.ts';
import { findWatchedPlaces } from '../../src/measurement/watched-places.ts';
import { checkRoute } from '../../src/networks/route.ts';
import type { ResolvedPlan } from '../../src/plans/plan.schema.ts';
import type { Profile } from '../../src/profiles/profile.schema.ts';
import { type JournalLine, journalLineSchema } from '../../src/results/journal.schema.ts';
import { type Attachment, type GuestKind, guestKinds, testNames } from '../../src/vocabulary.ts';
import { describeWith } from '../requirements.ts';
import { createFaultRig, muteGuest, panicAtStart, panicOnDemand, withMonitor } from './fault-rig.ts';
import { freezeTool, killGuest, listGuestProcesses, setWire, signalProcesses, tellQemu } from './guest-faults.ts';
import { takeSnapshot } from './machine-snapshot.ts';
import { readTopology } from './topology-snapshot.ts';

const { signal } = new AbortController();
const now = () => new Date();
const profile: Profile = { name: 'test', description: null, compareTo: null, parameters: {}, sha256: '0'.repeat(64) };
const plan: ResolvedPlan = {
  ...{ name: 'contract', description: 'One test.', layers: ['guest'], guests: [...guestKinds], tests: ['tcp_rr'] },
  ...{ attachments: ['bridge', 'physical'], deployments: 1, samples: 1, seconds: 1, regime: 'deployment' },
  ...{ ping: { count: 3, intervalSeconds: 0.1 }, iperfUdpBitsPerSecond: 10_000_000, unsupported: [] },
};

const steps = ['start', 'warm-up', 'sample', 'stop'] as const;
const faults = ['guest killed', 'kernel panics', 'wire cut', 'server hangs', 'tool hangs'] as const;
type Step = (typeof steps)[number];
type Fault = (typeof faults)[number];

/** What cannot happen, so that the table says why it is not in it. */
function explainImpossible(kind: GuestKind, fault: Fault, step: Step): string | null {
  if (fault === 'kernel panics' && kind !== 'qemu') return 'it has no kernel of its own';
  if (fault === 'tool hangs' && (step === 'start' || step === 'stop')) return 'no measuring tool runs then';
  return null;
}

/** Every kind with every fault at every step; attachments take turns, so that each fault meets both of every kind. */
const cases = guestKinds.flatMap((kind) =>
  faults.flatMap((fault, row) =>
    steps.map((step, column) => {
      const attachment: Attachment = (row + column) % 2 === 0 ? 'bridge' : 'physical';
      return { kind, attachment, fault, step, impossible: explainImpossible(kind, fault, step) };
    }),
  ),
);

/** A fault that has gone when the failed sample is taken again, as a wire that is plugged in again. */
const passing = new Set<Fault>(['wire cut', 'server hangs', 'tool hangs']);

const nothing = /^$/;

/** Why the start failed, or the first sample that met the fault. */
const sentences: Readonly<Record<Fault, { readonly start: RegExp; readonly sample: RegExp }>> = {
  'guest killed': {
    start: /^the guest ended before it was ready; it/,
    sample: /^netperf (ended with exit code 1 instead of 0: |did not end before its deadline)/,
  },
  'kernel panics': {
    start: /^"Kernel panic - not syncing: .*": the guest ended before it was ready; its last lines: /,
    sample: /^netperf did not end before its deadline$/,
  },
  'wire cut': {
    start: /the guest was not ready after 2 s \(port 12865 of 198\.18\.0\.\d+ does not answer\); it/,
    sample: /^netperf did not end before its deadline$/,
  },
  'server hangs': {
    start: /the guest was not ready after 2 s \(port 12865 of 198\.18\.0\.\d+ does not answer\); it/,
    sample: /^netperf did not end before its deadline$/,
  },
  'tool hangs': { start: nothing, sample: /^netperf did not end before its deadline$/ },
};

const capable = ['root', 'namespaces', 'docker', 'qemu', 'netperf', 'iperf3', 'ping'];

describeWith(capable, 'the contract of every guest kind over every attachment', () => {
  const rig = createFaultRig();
  let folder: string;
  let before: Awaited<ReturnType<typeof takeSnapshot>>;
  let prepared: PreparedMachine;
  let withoutGuests: Awaited<ReturnType<typeof readEverything>>;

  /** Without dockerd's own rooms, which it tidies when it likes. */
  const readEverything = async () => {
    const { state = [], ...others } = await takeSnapshot();
    return { ...others, state: state.filter((path) => !path.includes('/exec/')), ...(await readTopology()) };
  };

  beforeAll(async () => {
    before = await takeSnapshot();
    folder = await mkdtemp(join(tmpdir(), 'tunegate-system-'));
    await mkdir(join(folder, 'logs'));
    prepared = await prepareMachine({
      ...{ machine: rig.machine, folders: machineFolders, run: 'contract', guests: guestKinds, logFolder: folder },
      ...{ pid: process.pid, watch: () => {}, signal, now },
    });
    // The first container makes the cgroup that all containers of a run have in common.
    await (await findDriver('docker').launch(request('docker', 'bridge'))).stop();
    withoutGuests = await readEverything();
  });

  afterEach(async () => {
    await setWire('up');
    rig.hurries = false;
    rig.beforeConnect = null;
    rig.change = (command) => command;
  });

  afterAll(async () => {
    await prepared?.restore();
    await rm(folder, { recursive: true });
    expect(await takeSnapshot()).toEqual(before);
  });

  const findDriver = (kind: GuestKind): GuestKindDriver => {
    const driver = prepared.drivers.get(kind);
    if (driver === undefined) throw new Error(`no driver for ${kind}`);
    return driver;
  };

  const request = (kind: GuestKind, attachment: Attachment) => {
    const logFile = join(folder, `${kind}.log`);
    return { id: 'd001', attachment, profile, layers: plan.layers, logFile, deadlineSeconds: 20, signal };
  };

  it.each(guestKinds.flatMap((kind) => plan.attachments.map((attachment) => [kind, attachment] as const)))(
    '%s over %s: started, reached, measured by every test, stopped, and nothing is left',
    async (kind, attachment) => {
      const guest = await findDriver(kind).launch(request(kind, attachment));
      try {
        await checkRoute(rig.machine, prepared.topology, guest.address);
        const places = await findWatchedPlaces(rig.machine, null, prepared.topology, guest);
        for (const test of testNames) {
          const { clientNamespace } = prepared.topology;
          const target = { ...plan, address: guest.address };
          const ends = { machine: rig.machine, client: rig.machine };
          const sampling = { ...ends, clientNamespace, benchmark: benchmarks[test], target, signal, now };
          const { sample } = await takeSample({ ...sampling, places, tool: test });
          expect(sample, test).toMatchObject({ status: 'ok', reason: null });
        }
      } finally {
        await guest.stop();
      }
      expect(await readEverything()).toEqual(withoutGuests);
    },
  );

  /** Runs one deployment as a run does, into a journal in memory. */
  const deploy = async (kind: GuestKind, attachment: Attachment, hooks: Hooks) => {
    const lines: JournalLine[] = [];
    const pending: Promise<void>[] = [];
    const driver = findDriver(kind);
    const deadlineSeconds = hooks.startSeconds;
    const context: RunContext = {
      ...{
        machine: rig.machine,
        client: rig.machine,
        topology: prepared.topology,
        plan,
        signal,
        now,
        folder,
        versions: {},
      },
      profiles: { baseline: profile, candidate: profile },
      drivers: new Map([[kind, { kind, launch: (asked) => driver.launch({ ...asked, deadlineSeconds }) }]]),
      journal: {
        write: async (entry) => {
          const line = journalLineSchema.parse({ time: now().toISOString(), ...entry });
          lines.push(line);
          await hooks.written(line);
        },
        close: async () => {},
      },
      watch: (event) => {
        if (event.kind === 'sample') pending.push(hooks.sampling(event.phase));
      },
      nextOrder: { deployment: () => 1, sample: () => lines.length },
    };
    const scheduled = {
      order: 1,
      block: 1,
      boot: null,
      side: 'baseline' as const,
      kind,
      guest: kind,
      attachment,
      tests: plan.tests,
    };
    const result = await runDeployment(context, scheduled);
    await Promise.all(pending);
    return { ...result, lines };
  };

  /** Makes the fault happen, in the guest that runs; returns how it goes away again. */
  const inject = async (kind: GuestKind, fault: Fault, step: Step): Promise<() => Promise<void>> => {
    if (fault === 'guest killed') await killGuest(kind);
    if (fault === 'kernel panics') await tellQemu(join(folder, 'second.qmp'), 'inject-nmi');
    if (fault === 'tool hangs') await freezeTool();
    if (fault === 'wire cut') {
      await setWire('down');
      return () => setWire('up');
    }
    if (fault !== 'server hangs') return async () => {};
    if (kind === 'qemu' && step !== 'stop') {
      await tellQemu(join(folder, 'second.qmp'), 'stop');
      return () => tellQemu(join(folder, 'second.qmp'), 'cont');
    }
    const frozen = await listGuestProcesses(kind);
    await signalProcesses('STOP', frozen);
    return () => signalProcesses('CONT', frozen);
  };

  /** Has a deployment meet the fault at the step. */
  const meet = async ({ kind, attachment, fault, step }: (typeof cases)[number]) => {
    const once = createOnce(() => inject(kind, fault, step));
    if (step === 'start') {
      if (fault === 'server hangs') rig.change = muteGuest;
      else if (fault === 'kernel panics') rig.change = panicAtStart;
      else rig.beforeConnect = once.happen;
    } else {
      const socket = join(folder, 'second.qmp');
      rig.change = (command) =>
        fault === 'kernel panics' ? panicOnDemand(command, socket) : withMonitor(command, socket);
    }
    const between = fault === 'server hangs';
    const result = await deploy(kind, attachment, {
      startSeconds: step === 'start' && passing.has(fault) ? 2 : 20,
      written: async (line) => {
        // What cannot go away takes the daemon a moment to notice.
        if (line.kind === 'sample' && line.status === 'failed') await (passing.has(fault) ? once.goAway() : sleep(500));
        if (step === 'warm-up' && between && line.kind === 'deployment') await once.happen();
        if (step === 'sample' && between && line.kind === 'sample' && line.phase === 'warmup') await once.happen();
        if (step === 'stop' && line.kind === 'sample' && line.phase === 'measure') await once.happen();
      },
      sampling: async (phase) => {
        if (between || step !== (phase === 'warmup' ? 'warm-up' : 'sample')) return;
        await sleep(400);
        await once.happen();
      },
    });
    if (fault === 'wire cut') await setWire('up');
    return result;
  };

  it.each(cases.filter(({ impossible }) => impossible === null))(
    '$kind over $attachment: $fault at $step',
    async (entry) => {
      rig.hurries = true;
      rig.toolDeadlines.length = 0;
      const { started, reason, lines } = await meet(entry);
      const samples = lines.flatMap((line) => (line.kind === 'sample' ? [line] : []));
      const expected = expectOutcome(entry);
      expect(samples.map(({ phase, status }) => `${phase} ${status}`)).toEqual(expected.samples);
      expect(samples.find(({ status }) => status === 'failed')?.reason ?? '').toMatch(expected.failure);
      expect(started).toBe(entry.step !== 'start');
      expect(reason ?? '').toMatch(expected.reason);
      expect(lines.at(-1)).toMatchObject({ kind: 'deployment-end', status: reason === null ? 'ok' : 'failed', reason });
      // What it would have waited for if it had not had to hurry: the second that was asked for, and the grace.
      expect(rig.toolDeadlines.filter((seconds) => seconds !== 16)).toEqual([]);
      expect(await readEverything()).toEqual(withoutGuests);
    },
    30_000,
  );
});

/** What the journal says of a deployment with one test that met the fault. */
function expectOutcome({ fault, step }: { fault: Fault; step: Step }) {
  const { start, sample: failure } = sentences[fault];
  if (step === 'start') return { samples: [], failure: nothing, reason: start };
  if (step === 'stop') return { samples: ['warmup ok', 'measure ok'], failure: nothing, reason: nothing };
  // A failed warm-up costs nothing; a failed sample is taken again at the end of its deployment.
  const met = step === 'warm-up' ? ['warmup failed'] : ['warmup ok', 'measure failed'];
  if (passing.has(fault)) return { samples: [...met, 'measure ok'], failure, reason: nothing };
  return { samples: met, failure, reason: /^the guest ended by itself while it was measured$/ };
}

/** Something that happens once, and goes away once if it has happened. */
function createOnce(begin: () => Promise<() => Promise<void>>) {
  let ending: Promise<() => Promise<void>> | null = null;
  let over = false;
  return {
    happen: async () => {
      ending ??= begin();
      await ending;
    },
    goAway: async () => {
      if (ending === null || over) return;
      over = true;
      await (await ending)();
    },
  };
}

interface Hooks {
  readonly startSeconds: number;
  written(line: JournalLine): Promise<void>;
  sampling(phase: 'warmup' | 'measure'): Promise<void>;
}
