import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { findMachine, loadInventory, openMachine } from '../../cli/load-inventory.ts';
import { messageOf } from '../../src/errors.ts';
import { cyclePower } from '../../src/hosts/boot/power.ts';
import type { Fingerprint } from '../../src/hosts/fingerprint.schema.ts';
import { collectFingerprint, compareFingerprints } from '../../src/hosts/fingerprint.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import type { Inventory } from '../../src/plans/inventory.schema.ts';
import { checkSchema } from '../../src/results/journal.schema.ts';
import { isUnproven } from '../../src/results/unproven.ts';
import { createRandom } from '../../src/statistics/random.ts';
import { endTunegate, killTunegate, type Running, startTunegate } from '../run-tunegate.ts';
import type { SoakRequest } from './soak-options.ts';

/** The profiles that ship. A host called like one of them idles in it, every other in the first; it is switched to the other. */
const profiles = ['stock', 'tuned'] as const;

/** A host that was cut off in the middle of a boot needs two more, and an emulated one takes minutes for each. */
const recoverySeconds = 1500;

interface Round {
  readonly what: string;
  readonly seconds: number;
  readonly faults: readonly string[];
}

interface Stage {
  readonly request: SoakRequest;
  readonly idle: string;
  readonly other: string;
  readonly inventory: Inventory;
  /** The state of the host in its own profile, before anything was done. */
  readonly before: Fingerprint;
}

/**
 * Switches a host of a lab to another profile and back, boot and all: each state is proven, and the restored one must be
 * the one of the beginning. Then the same, ended at random moments by a kill of the program that drives it or by a loss
 * of the host's power, after which `restore` must lead back.
 */
export async function switchHosts(request: SoakRequest) {
  const { count, kills, seed, say, signal } = request;
  const inventory = await loadInventory(request.inventory, signal);
  say(`reading the state of ${request.machine}`);
  const [first, second] = profiles;
  const isSecond = request.machine === second;
  const stage = {
    ...{ request, inventory, idle: isSecond ? second : first, other: isSecond ? first : second },
    before: await readState(request, inventory),
  };
  const wrong = await judgeIdle(stage);
  if (wrong.length > 0)
    throw new Error(`${request.machine} does not idle in profile ${stage.idle}: ${wrong.join('; ')}`);
  const rounds: Round[] = [];
  const tell = (round: Round) => {
    rounds.push(round);
    const outcome = round.faults.length === 0 ? 'as before' : round.faults.join('; ');
    say(`${rounds.length} of ${count + kills}: ${round.what}, ${round.seconds} s: ${outcome}`);
  };
  for (let index = 0; index < count; index += 1) tell(await timed('there and back', () => switchOnce(stage)));
  const longest = Math.max(120, ...rounds.map(({ seconds }) => seconds));
  for (const interruption of drawInterruptions(kills, seed, longest)) {
    tell(await timed(describeInterruption(interruption), () => interrupt(stage, interruption)));
  }
  return { ...{ count, kills, machine: request.machine }, failed: rounds.filter(isFaulty).length, rounds };
}

const isFaulty = ({ faults }: Round) => faults.length > 0;

async function timed(what: string, work: () => Promise<readonly string[]>): Promise<Round> {
  const started = performance.now();
  const faults = await work();
  return { what, seconds: Math.round((performance.now() - started) / 1000), faults };
}

async function switchOnce(stage: Stage): Promise<readonly string[]> {
  const applied = await run(stage, 'profile', 'apply', stage.other, ...hostOf(stage), '--reboot');
  const restored = await run(stage, 'profile', 'restore', ...hostOf(stage), '--reboot');
  return [...applied, ...restored, ...(await judgeRestored(stage))];
}

interface Interruption {
  readonly kind: 'kill' | 'power';
  /** After so many seconds of the switching. */
  readonly afterSeconds: number;
}

/** Kills and losses of power in turn, at moments from the first second to the end of a switch. */
export function drawInterruptions(kills: number, seed: number, longestSeconds: number): readonly Interruption[] {
  const random = createRandom(seed);
  return Array.from({ length: kills }, (_, index) => ({
    kind: index % 2 === 0 ? 'kill' : 'power',
    afterSeconds: 1 + random.nextBelow(longestSeconds),
  }));
}

function describeInterruption({ kind, afterSeconds }: Interruption): string {
  return kind === 'kill' ? `killed after ${afterSeconds} s` : `without power after ${afterSeconds} s`;
}

/** What is interrupted: the way there and the way back, as one. */
async function interrupt(stage: Stage, { kind, afterSeconds }: Interruption): Promise<readonly string[]> {
  const { signal } = stage.request;
  let current: Running | null = null;
  let over = false;
  const work = (async () => {
    for (const words of [['apply', stage.other], ['restore']]) {
      if (over) return;
      current = startTunegate('profile', ...words, ...hostOf(stage), '--reboot');
      await current.ended;
    }
  })();
  const moment = sleep(afterSeconds * 1000, undefined, { signal }).catch(() => undefined);
  await Promise.race([work, moment]);
  over = true;
  // Whoever ends the soak ends what it drives too, in good order.
  if (signal.aborted) killTunegate(current, 'SIGTERM');
  else if (kind === 'kill') killTunegate(current, 'SIGKILL');
  // The program that drives sees the host go, and ends by itself.
  else await losePower(stage);
  await work;
  signal.throwIfAborted();
  return recover(stage);
}

async function losePower({ request, inventory }: Stage): Promise<void> {
  const { power } = findMachine(inventory, request.machine);
  if (power === undefined) throw new Error(`${request.machine} has no power commands in the inventory`);
  await cyclePower(createLocalMachine(), power, request.signal);
}

/** As its owner would do it: `restore` until it succeeds, for the host may be in the middle of a boot. */
async function recover(stage: Stage): Promise<readonly string[]> {
  const deadline = performance.now() + recoverySeconds * 1000;
  for (;;) {
    const faults = await run(stage, 'profile', 'restore', ...hostOf(stage), '--reboot');
    if (faults.length === 0) return judgeRestored(stage);
    if (performance.now() > deadline) return faults;
    stage.request.say(`  again: ${faults.join('; ')}`);
    await sleep(5000, undefined, { signal: stage.request.signal });
  }
}

/** The host is in its own profile, and nothing about it is another than at the beginning. */
async function judgeRestored(stage: Stage): Promise<readonly string[]> {
  const verified = await judgeIdle(stage);
  try {
    const differences = compareFingerprints(stage.before, await readState(stage.request, stage.inventory));
    return [...verified, ...differences.map(({ key, before, after }) => `${key} was ${before} and is ${after}`)];
  } catch (thrown) {
    stage.request.signal.throwIfAborted();
    return [...verified, messageOf(thrown)];
  }
}

const verificationSchema = z.object({
  checks: z.array(z.object({ parameter: z.string(), found: z.string(), result: checkSchema.shape.result })),
});

/** What of the host's own profile is not in force. */
async function judgeIdle(stage: Stage): Promise<readonly string[]> {
  const words = ['profile', 'verify', stage.idle, ...hostOf(stage), '--json'];
  const { code, stdout, stderr } = await endTunegate(stage.request.signal, ...words);
  if (code === 0) return [];
  if (stdout === '') return [`tunegate profile verify ended with ${code}: ${stderr.trim().split('\n').at(-1)}`];
  return verificationSchema
    .parse(JSON.parse(stdout))
    .checks.filter(isUnproven)
    .map(({ parameter, found }) => `${parameter} is ${found}`);
}

function hostOf({ request: { machine, inventory } }: Stage): readonly string[] {
  return ['--machine', machine, '--inventory', inventory];
}

/** A command to its end; one sentence when it did not end with 0. */
async function run({ request: { signal } }: Stage, ...args: readonly string[]): Promise<readonly string[]> {
  const { code, stderr, stdout } = await endTunegate(signal, ...args);
  if (code === 0) return [];
  const said = (stderr.trim() || stdout.trim()).split('\n').at(-1);
  return [`tunegate ${args.slice(0, 2).join(' ')} ended with ${code}: ${said}`];
}

async function readState({ machine: name, signal }: SoakRequest, inventory: Inventory): Promise<Fingerprint> {
  const { nic } = findMachine(inventory, name);
  const machine = openMachine(inventory, name);
  try {
    return await collectFingerprint(machine, nic === undefined ? null : { name: nic, namespace: null }, signal);
  } finally {
    await machine.close();
  }
}
