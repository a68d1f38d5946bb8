import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type * as z from 'zod';
import { MeasurementError, messageOf } from '../errors.ts';
import type { Machine } from '../machines/machine.ts';
import { greetingSchema, messageSchema } from './qemu-monitor.schema.ts';

/** An answer that takes longer comes from a QEMU that hangs. */
const answerDeadlineSeconds = 3;

/** QEMU's own word on a running guest (QMP: https://qemu.readthedocs.io/en/master/interop/qmp-spec.html). */
export interface Monitor {
  /** Version that this QEMU process says it has, `7.2.22`. */
  readonly version: string;
  /** Throws a `MeasurementError` when QEMU refuses, ends, or does not answer in time. */
  execute<Answer>(
    command: string,
    schema: z.ZodType<Answer>,
    args?: Readonly<Record<string, unknown>>,
  ): Promise<Answer>;
  close(): void;
}

interface Waiting {
  resolve(answer: unknown): void;
  reject(reason: Error): void;
}

export interface MonitorPlace {
  /** Where QEMU runs. */
  readonly machine: Pick<Machine, 'connect'>;
  readonly socket: string;
  readonly deadlineSeconds: number;
  /** Whether QEMU has ended: then nobody will listen any more. */
  hasEnded(): boolean;
  readonly signal: AbortSignal;
}

/** Connects as soon as QEMU listens, and leaves the monitor's negotiation mode. */
export async function connectMonitor(place: MonitorPlace): Promise<Monitor> {
  const deadline = performance.now() + place.deadlineSeconds * 1000;
  for (;;) {
    place.signal.throwIfAborted();
    const socket = await place.machine.connect(place.socket);
    if (socket !== null) return negotiate(socket);
    if (place.hasEnded()) throw new MeasurementError('QEMU ended before its monitor answered');
    if (performance.now() > deadline) {
      throw new MeasurementError(`QEMU's monitor ${place.socket} was not there after ${place.deadlineSeconds} s`);
    }
    await sleep(5);
  }
}

async function negotiate(socket: Socket): Promise<Monitor> {
  const waiting = new Map<number, Waiting>();
  let gone: Error | null = null;
  let nextId = 1;
  const fail = (reason: string) => {
    gone ??= new MeasurementError(reason);
    for (const { reject } of waiting.values()) reject(gone);
    waiting.clear();
    socket.destroy();
  };
  // Its end is told by 'close', which follows.
  socket.on('error', () => {});
  socket.on('close', () => fail('QEMU closed its monitor'));
  // The guest must not keep us alive when all else is done.
  socket.unref();

  const ask = (send: string | null, id: number, what: string) =>
    withDeadline(what, (resolve, reject) => {
      if (gone !== null) return reject(gone);
      waiting.set(id, { resolve, reject });
      if (send !== null) socket.write(send);
    }).finally(() => waiting.delete(id));

  const lines = createInterface({ input: socket });
  // The socket's errors come out here as well.
  lines.on('error', () => {});
  lines.on('line', (line) => {
    try {
      receive(waiting, JSON.parse(line));
    } catch (thrown) {
      fail(`QEMU's monitor said what is no answer: ${messageOf(thrown)}`);
    }
  });
  const execute: Monitor['execute'] = async (command, schema, args) => {
    const id = nextId++;
    const answer = await ask(`${JSON.stringify({ execute: command, id, arguments: args })}\n`, id, command);
    return schema.parse(answer);
  };
  try {
    const { qemu } = greetingSchema.parse(await ask(null, greetingId, 'the greeting')).QMP.version;
    await ask(`${JSON.stringify({ execute: 'qmp_capabilities', id: 0 })}\n`, 0, 'qmp_capabilities');
    const version = `${qemu.major}.${qemu.minor}.${qemu.micro}`;
    return { version, execute, close: () => fail('the monitor was closed') };
  } catch (thrown) {
    fail(messageOf(thrown));
    throw thrown;
  }
}

/** The greeting answers no question; it is waited for under a number that no question has. */
const greetingId = -1;

function receive(waiting: ReadonlyMap<number, Waiting>, line: unknown): void {
  const greeting = waiting.get(greetingId);
  if (greeting !== undefined) {
    greeting.resolve(line);
    return;
  }
  const { id, error, event, return: answer } = messageSchema.parse(line);
  if (event !== undefined) return;
  if (id === undefined) throw new Error(error?.desc ?? 'it has no number');
  if (error === undefined) waiting.get(id)?.resolve(answer);
  else waiting.get(id)?.reject(new MeasurementError(`QEMU refused: ${error.desc}`));
}

function withDeadline(
  what: string,
  start: (resolve: (answer: unknown) => void, reject: (reason: Error) => void) => void,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new MeasurementError(`QEMU's monitor did not answer ${what} within ${answerDeadlineSeconds} s`)),
      answerDeadlineSeconds * 1000,
    );
    start(
      (answer) => {
        clearTimeout(timer);
        resolve(answer);
      },
      (reason) => {
        clearTimeout(timer);
        reject(reason);
      },
    );
  });
}
