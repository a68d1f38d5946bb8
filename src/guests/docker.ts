import { setTimeout as sleep } from 'node:timers/promises';
import { lastLines, MeasurementError } from '../errors.ts';
import { cgroupParent } from '../hosts/leftovers.ts';
import { guestServer } from '../images/guest-tree.ts';
import type { BackgroundProcess, Machine } from '../machines/machine.ts';
import { collectLinkFacts, collectProtocolFacts } from '../networks/link-facts.ts';
import type { Topology } from '../networks/topology.ts';
import { buildDockerParameterArguments, checkDockerParameters } from '../profiles/checks.ts';
import type { Facts } from '../results/journal.schema.ts';
import { UndoStack } from '../undo.ts';
import type { DockerDaemon } from './docker-daemon.ts';
import { dockerNetwork } from './docker-network.ts';
import {
  collectDockerReadings,
  containerDevice,
  enterProcess,
  findContainerProcess,
  readEndpoint,
} from './docker-readings.ts';
import type { GuestKindDriver, GuestRequest, RunningGuest } from './guest.ts';
import { waitUntilReady } from './wait-ready.ts';

export interface DockerGuestOptions {
  readonly machine: Machine;
  readonly daemon: DockerDaemon;
  readonly topology: Topology;
  /** Image reference, see `buildGuestImage`. */
  readonly image: string;
  /** Run id, for the label. */
  readonly run: string;
  /** What the container runs; the servers of the measuring tools unless a test wants something else. */
  readonly command?: readonly string[];
}

export function createDockerDriver(options: DockerGuestOptions): GuestKindDriver {
  return { kind: 'docker', launch: (request) => launchContainer(options, request) };
}

/** `--rm`, no TTY, and every parameter of the profile as its catalogue entry says. */
export function buildRunArguments(options: DockerGuestOptions, request: GuestRequest, idFile: string): string[] {
  return [
    ...['run', '--rm', '--sig-proxy=false', '--cidfile', idFile, '--name', containerName(request.id)],
    ...['--label', `tunegate.run=${options.run}`, '--label', `tunegate.deployment=${request.id}`],
    ...['--network', dockerNetwork, '--stop-timeout', '1'],
    ...buildDockerParameterArguments(request.profile.parameters, request.layers),
    options.image,
    ...(options.command ?? [guestServer]),
  ];
}

function containerName(deployment: string): string {
  return `tunegate-${deployment}`;
}

async function launchContainer(options: DockerGuestOptions, request: GuestRequest): Promise<RunningGuest> {
  const { machine, daemon, topology } = options;
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
    const { address } = await waitFor(() => readEndpoint(machine, daemon, id), 'an address', machine, client, request);
    await waitUntilReady(machine, {
      namespace: topology.clientNamespace,
      address,
      deadlineSeconds: request.deadlineSeconds,
      logFile: request.logFile,
      hasEnded: client.hasEnded,
      signal: request.signal,
    });
    const readySeconds = (performance.now() - started) / 1000;
    const pid = await findContainerProcess(machine, id, cgroupParent);
    return {
      address,
      accelerator: null,
      readySeconds,
      collectFacts: () => collectContainerFacts(machine, pid),
      probe: async (parameters, layers) =>
        checkDockerParameters(parameters, layers, await collectDockerReadings(machine, daemon, id, pid)),
      stop: () => undo.runAll(),
    };
  } catch (thrown) {
    await undo.runAll();
    throw thrown;
  }
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
    collectLinkFacts(machine, enter, containerDevice, 'guest'),
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
