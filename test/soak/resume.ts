import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../src/errors.ts';
import { readRun } from '../../src/results/read-journal.ts';
import { createRandom } from '../../src/statistics/random.ts';
import { killTunegate, type Running, runTunegate, startTunegate } from '../run-tunegate.ts';
import { takeSnapshot } from '../system/machine-snapshot.ts';
import { compareSnapshots } from './compare-snapshots.ts';
import { judgeResumed } from './judge-resumed.ts';
import type { SoakRequest } from './soak-options.ts';
import { writePlan } from './write-plan.ts';

/** Two plans in turn: containers and no guest, and virtual machines. */
const guests = [['docker', 'bare'], ['qemu']] as const;

/** Lines of a whole journal of such a plan: the run's first and last, and of each deployment its two and its samples. */
const journalLines = (kinds: number) => 2 + kinds * 2 * (2 + 2 * 2);

interface Round {
  /** Line of the journal at which the run was killed. */
  readonly line: number;
  readonly guests: readonly string[];
  readonly faults: readonly string[];
}

/**
 * Kills a run at one line of its journal after another, and goes on with it: what the kill left must be gone, and no
 * finished sample lost or repeated.
 */
export async function resume({ count, seed, say, signal }: SoakRequest) {
  const folder = await mkdtemp(join(tmpdir(), 'tunegate-resume-'));
  const before = await takeSnapshot();
  const rounds: Round[] = [];
  try {
    for (const [index, { line, kinds }] of drawLines(count, seed).entries()) {
      signal.throwIfAborted();
      const plan = await writePlan(folder, { guests: kinds, tests: ['tcp_rr', 'udp_rr'], deployments: 1 });
      const out = join(folder, String(index));
      const failures = await killAndResume(plan, out, line, signal);
      const faults = [...failures, ...compareSnapshots(before, await takeSnapshot())];
      rounds.push({ line, guests: kinds, faults });
      say(`${index + 1} of ${count}: ${kinds.join(' and ')}, line ${line}: ${faults.join('; ') || 'complete'}`);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  return { count: rounds.length, failed: rounds.filter(({ faults }) => faults.length > 0).length, rounds };
}

/** A line for each round, spread over the journal from the first to the last before the run's end; plans take turns. */
function drawLines(count: number, seed: number) {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, index) => {
    const kinds = guests[index % guests.length] ?? guests[0];
    const width = (journalLines(kinds.length) - 2) / count;
    return { kinds, line: 1 + Math.floor(width * index) + random.nextBelow(Math.max(1, Math.floor(width))) };
  });
}

async function killAndResume(plan: string, out: string, line: number, signal: AbortSignal): Promise<readonly string[]> {
  try {
    const command = ['measure', '--plan', plan, '--out', out];
    await killAtLine(startTunegate(...command), join(out, 'run.jsonl'), line, signal);
    const killed = await readRun(out);
    await runTunegate(signal, ...command, '--resume');
    return judgeResumed(killed, await readRun(out));
  } catch (thrown) {
    signal.throwIfAborted();
    return [messageOf(thrown)];
  }
}

/** Whatever comes instead of the line, the run goes on no longer than we do, and cleans up then. */
async function killAtLine(running: Running, file: string, line: number, signal: AbortSignal): Promise<void> {
  let ending: 'SIGTERM' | 'SIGKILL' = 'SIGTERM';
  try {
    await waitForLine(file, line, running.ended, signal);
    ending = 'SIGKILL';
  } finally {
    killTunegate(running, ending);
    await running.ended;
  }
}

/** Resolves when the journal has so many whole lines; throws when the run ends before, or takes more than two minutes. */
async function waitForLine(file: string, line: number, ended: Promise<{ stderr: string }>, signal: AbortSignal) {
  const deadline = performance.now() + 120_000;
  for (;;) {
    signal.throwIfAborted();
    const text = await readFile(file, 'utf8').catch(() => '');
    if (text.split('\n').length > line) return;
    const over = await Promise.race([ended, sleep(10, null)]);
    if (over !== null) throw new Error(`the run ended before line ${line}: ${over.stderr.trim().split('\n').at(-1)}`);
    if (performance.now() > deadline) throw new Error(`the journal has no line ${line} after 120 s`);
  }
}
