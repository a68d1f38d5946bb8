import { setTimeout as sleep } from 'node:timers/promises';
import { lastLines, MeasurementError } from '../errors.ts';
import type { RunState } from '../hosts/run-state.ts';
import { guestServer } from '../images/guest-tree.ts';
import type { BackgroundProcess, Machine } from '../machines/machine.ts';
import { guestDevice, handOverWire } from '../networks/hand-over.ts';
import { collectLinkFacts, collectProtocolFacts } from '../networks/link-facts.ts';
import type { Topology, WireEnds } from '../networks/topology.ts';
import { buildDockerParameterArguments, checkDockerParameters } from '../profiles/checks.ts';
import type { Facts } from '../results/journal.schema.ts';
import { UndoStack } from '../undo.ts';
import type { DockerDaemon } from './docker-daemon.ts';
import { dockerNetwork } from './docker-network.ts';
import { collectDockerReadings, enterProcess, findContainerProcess, readEndpoint } from './docker-readings.ts';
import { applyContainerSettings } from './docker-settings.ts';
import type { GuestKindDriver, GuestRequest, RunningGuest } from './guest.ts';
import { releaseContainer } from './release-container.ts';
import { waitUntilReady } from './wait-ready.ts';

export interface DockerGuestOptions extends WireEnds {
  readonly daemon: DockerDaemon;
  readonly topology: Topology;
  /** Image reference, see `buildGuestImage`. */
  readonly image: string;
  /** Notes what a crash would leave behind; its run's id is the label. */
  readonly state: RunState;
  /** CPUs of containers that nothing pins, where the daemon itself has been moved; a Linux CPU list. */
  readonly cpus?: string;
  /** Further arguments of `docker run` that this machine needs; see `findConfinement`. */
  readonly confinement?: readonly string[];
  /** What the container runs; the servers of the measuring tools unless a test wants something else. */
  readonly command?: readonly string[];
}

export function createDockerDriver(options: DockerGuestOptions): GuestKindDriver {
  return { kind: 'docker', launch: (request) => launchContainer(options, request) };
}

/** `--rm`, and every parameter of the profile as its catalogue entry says. */
export function buildRunArguments(options: DockerGuestOptions, request: GuestRequest, idFile: string): string[] {
  return [
    ...['run', '--rm', '--sig-proxy=false', '--cidfile', idFile, '--name', containerName(request.id)],
    ...['--label', `tunegate.run=${options.state.run}`, '--label', `tunegate.deployment=${request.id}`],
    ...['--network', request.attachment === 'physical' ? 'none' : dockerNetwork, '--stop-timeout', '1'],
    ...(options.confinement ?? []),
    ...buildDockerParameterArguments(request.profile.parameters, request.layers, request.attachment),
    options.image,
    ...(options.command ?? [guestServer]),
  ];
}

function containerName(deployment: string): string {
  return `tunegate-${deployment}`;
}

async function launchContainer(options: DockerGuestOptions, request: GuestRequest): Promise<RunningGuest> {
  const { machine, client: asking, daemon, topology } = options;
  const undo = new UndoStack();
  const idFile = `${request.logFile}.id`;
  try {
    undo.push('remove the id file of the container', () => removeFile(machine, idFile));
    const started = performance.now();
    // Attached, so that what the guest prints is kept although --rm removes a container that died together with its log.
    const client = await machine.start(daemon.docker(...buildRunArguments(options, request, idFile)), {
      logFile: request.logFile,
    });
    undo.push(`remove container ${containerName(request.id)}`, () => removeContainer(options, request.id, client));
    const id = await waitFor(() => readId(machine, idFile), 'an id', machine, client, request);
    const pid = await waitFor(() => findContainerProcess(machine, id), 'a process', machine, client, request);
    const address =
      request.attachment === 'physical'
        ? await handOver(options, request, pid, undo)
        : (await waitFor(() => readEndpoint(machine, daemon, id), 'an address', machine, client, request)).address;
    const ready = () =>
      waitUntilReady(machine, {
        client: asking,
        namespace: topology.clientNamespace,
        address,
        deadlineSeconds: request.deadlineSeconds,
        logFile: request.logFile,
        hasEnded: client.hasEnded,
        signal: request.signal,
      });
    await ready();
    // Again, since some NICs lose their link for a moment when their offloads change.
    if (await applyContainerSettings(machine, id, pid, request)) await ready();
    const readySeconds = (performance.now() - started) / 1000;
    if (options.cpus !== undefined) await releaseContainer(machine, pid, options.cpus);
    return {
      address,
      accelerator: null,
      readySeconds,
      watched: { network: pid, threads: null },
      hasEnded: client.hasEnded,
      handle: { kind: 'docker', pid, container: id, dockerSocket: daemon.socket },
      collectFacts: () => collectContainerFacts(machine, pid),
      probe: async (parameters, layers) =>
        checkDockerParameters(
          parameters,
          layers,
          await collectDockerReadings(machine, daemon, id, pid, request.attachment),
        ),
      stop: () => undo.runAll(),
    };
  } catch (thrown) {
    await undo.runAll();
    throw thrown;
  }
}

/** Gives the container the host's end of the wire, with the address and MAC of its profile; returns the address. */
async function handOver(
  options: DockerGuestOptions,
  request: GuestRequest,
  pid: number,
  undo: UndoStack,
): Promise<string> {
  const { topology, state } = options;
  const parameters = request.layers.includes('guest') ? request.profile.parameters : {};
  const text = (name: string) => (typeof parameters[name] === 'string' ? parameters[name] : null);
  const address = text('guest.docker.address') ?? topology.guestAddress;
  const owner = { namespace: `tg-${request.id}`, pid, mac: text('guest.docker.mac'), address };
  undo.push('give the wire back', await handOverWire(options, topology, state, owner));
  return address;
}

/** Asks every few milliseconds until there is an answer; a client that ends instead has printed why. */
async function waitFor<Answer>(
  ask: () => Promise<Answer | null>,
  what: string,
  machine: Machine,
  client: BackgroundProcess,
  request: GuestRequest,
): Promise<Answer> {
  const deadline = performance.now() + request.deadlineSeconds * 1000;
  for (;;) {
    request.signal.throwIfAborted();
    const answer = await ask();
    if (answer !== null) return answer;
    if (client.hasEnded()) {
      const said = lastLines((await machine.readFile(request.logFile)) ?? '', 5);
      throw new MeasurementError(`the container ended before it had ${what}${said === '' ? '' : `: ${said}`}`);
    }
    if (performance.now() > deadline) {
      throw new MeasurementError(`the container had not got ${what} after ${request.deadlineSeconds} s`);
    }
    await sleep(5);
  }
}

/** The client writes the id once the daemon has created the container. */
async function readId(machine: Machine, idFile: string): Promise<string | null> {
  return (await machine.readFile(idFile))?.trim() || null;
}

async function collectContainerFacts(machine: Machine, pid: number): Promise<Facts> {
  const enter = enterProcess(pid);
  const [link, protocol] = await Promise.all([
    collectLinkFacts(machine, enter, guestDevice, 'guest'),
    collectProtocolFacts(machine, enter),
  ]);
  return { ...protocol, ...link };
}

async function removeContainer(
  options: DockerGuestOptions,
  deployment: string,
  client: BackgroundProcess,
): Promise<void> {
  const { machine, daemon } = options;
  const name = containerName(deployment);
  const remove = daemon.docker('rm', '--force', '--volumes', name);
  await machine.run(remove, { timeoutSeconds: 30, allowFailure: true });
  await client.stop(5);
  const { stdout } = await machine.run(daemon.docker('ps', '--all', '--quiet', '--filter', `name=^${name}$`), {
    timeoutSeconds: 10,
  });
  if (stdout.trim() !== '') throw new MeasurementError(`container ${name} is still there after its removal`);
}

async function removeFile(machine: Machine, path: string): Promise<void> {
  await machine.run({ program: 'rm', args: ['-f', path] }, { timeoutSeconds: 5 });
}
