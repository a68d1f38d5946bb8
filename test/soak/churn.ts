import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../src/errors.ts';
import type { GuestKindDriver, GuestRequest } from '../../src/guests/guest.ts';
import { machineFolders } from '../../src/hosts/folders.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import { type PreparedMachine, prepareMachine } from '../../src/measurement/prepare-machine.ts';
import { createRandom, type Random } from '../../src/statistics/random.ts';
import { type Attachment, type GuestKind, guestKinds } from '../../src/vocabulary.ts';
import { killGuest } from '../system/guest-faults.ts';
import { takeSnapshot } from '../system/machine-snapshot.ts';
import { compareSnapshots } from './compare-snapshots.ts';
import type { SoakRequest } from './soak-options.ts';

const endings = ['stop', 'kill', 'kill while it starts', 'interrupt while it starts'] as const;
type Ending = (typeof endings)[number];

interface Turn {
  readonly kind: GuestKind;
  readonly attachment: Attachment;
  readonly ending: Ending;
  /** For the endings that come while it starts. */
  readonly afterMilliseconds: number;
}

interface Sequence {
  readonly turns: readonly string[];
  readonly seconds: number;
  /** What was not as before afterwards, and what failed that must not. */
  readonly faults: readonly string[];
}

/** Random starts, stops and kills of guests; after each sequence the machine must be as before. */
export async function churn({ count, seed, say, signal }: SoakRequest) {
  const random = createRandom(seed);
  const folder = await mkdtemp(join(tmpdir(), 'tunegate-churn-'));
  const before = await takeSnapshot();
  const sequences: Sequence[] = [];
  try {
    for (let index = 1; index <= count; index += 1) {
      signal.throwIfAborted();
      const started = performance.now();
      const turns = drawTurns(random);
      const failures = await runSequence(turns, join(folder, String(index)), signal);
      const faults = [...failures, ...compareSnapshots(before, await takeSnapshot())];
      const seconds = Math.round((performance.now() - started) / 100) / 10;
      const told = turns.map(({ kind, attachment, ending }) => `${kind}/${attachment} ${ending}`);
      sequences.push({ turns: told, seconds, faults });
      say(`${index} of ${count}: ${told.join(', ')}; ${faults.length === 0 ? 'as before' : faults.join('; ')}`);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  const failed = sequences.filter(({ faults }) => faults.length > 0).length;
  return { count: sequences.length, failed, guests: sequences.flatMap(({ turns }) => turns).length, sequences };
}

function drawTurns(random: Random): readonly Turn[] {
  return Array.from({ length: 1 + random.nextBelow(3) }, () => ({
    kind: draw(random, guestKinds),
    attachment: draw(random, ['bridge', 'physical'] as const),
    ending: draw(random, endings),
    afterMilliseconds: random.nextBelow(1000),
  }));
}

function draw<Item>(random: Random, items: readonly [Item, ...Item[]]): Item {
  return items[random.nextBelow(items.length)] ?? items[0];
}

async function runSequence(turns: readonly Turn[], folder: string, signal: AbortSignal): Promise<readonly string[]> {
  await mkdir(folder);
  let prepared: PreparedMachine | null = null;
  const faults: string[] = [];
  try {
    prepared = await prepareMachine({
      ...{ machine: createLocalMachine(), folders: machineFolders, run: 'churn', logFolder: folder },
      ...{ guests: [...new Set(turns.map(({ kind }) => kind))], pid: process.pid, signal },
      ...{ watch: () => {}, now: () => new Date() },
    });
    for (const [index, turn] of turns.entries()) {
      const driver = prepared.drivers.get(turn.kind);
      if (driver !== undefined) await runTurn(driver, turn, { id: `d00${index + 1}`, folder });
    }
  } catch (thrown) {
    faults.push(messageOf(thrown));
  }
  try {
    await prepared?.restore();
  } catch (thrown) {
    faults.push(messageOf(thrown));
  }
  return faults;
}

async function runTurn(driver: GuestKindDriver, turn: Turn, { id, folder }: { id: string; folder: string }) {
  const interruption = new AbortController();
  const request: GuestRequest = {
    ...{ id, attachment: turn.attachment, layers: ['guest'], deadlineSeconds: 30, signal: interruption.signal },
    profile: { name: 'churn', description: null, compareTo: null, parameters: {}, sha256: '0'.repeat(64) },
    logFile: join(folder, `${id}.log`),
  };
  const starting = driver.launch(request);
  if (turn.ending === 'stop' || turn.ending === 'kill') {
    const guest = await starting;
    if (turn.ending === 'kill') await killGuest(turn.kind);
    return guest.stop();
  }
  const settled = starting.then(
    (guest) => guest.stop(),
    // The start that was ended has failed, as it must.
    () => {},
  );
  await sleep(turn.afterMilliseconds);
  if (turn.ending === 'interrupt while it starts') interruption.abort(new Error('churn'));
  // It may not have come so far yet, or be over already: then it is a start and a stop.
  else await killGuest(turn.kind).catch(() => {});
  return settled;
}
