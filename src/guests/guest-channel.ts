import { randomInt } from 'node:crypto';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { lastLines, MeasurementError } from '../errors.ts';
import { channelOutputBytes } from '../images/initramfs-init.ts';
import type { Command, Machine } from '../machines/machine.ts';
import { buildRequest, type GuestOutcome, parseAnswer } from './guest-channel-lines.ts';

/** An emulated guest may be busy when it is greeted: with the start of its servers, or with what is measured. */
const greetingDeadlineSeconds = 10;

/**
 * A greeting before the guest has opened its end is lost, so there is a next one. Each waits twice as long as the one
 * before it: a guest that is only slow must not get more to do than it can answer.
 */
const firstGreetingMilliseconds = 200;

/** Both outputs in base64 at their limit, and the words around them. */
const longestAnswer = 2 * Math.ceil((channelOutputBytes * 4) / 3) + 64;

/** What the shell says of a program that was ended by SIGXFSZ, since its output is a file that has a limit. */
const tooMuchOutput = 153;

/** A way into a running virtual machine that does not touch the measured network and costs nothing while it is not used. */
export interface GuestChannel {
  /**
   * Runs a program as root inside the guest; one at a time, in the order of the calls. A failure is an outcome. Throws a
   * `MeasurementError` when the guest has ended or does not answer in time; then the channel is of no more use.
   */
  run(command: Command, options: { readonly timeoutSeconds: number }): Promise<GuestOutcome>;
  /** null when there is no such file. */
  readFile(path: string): Promise<string | null>;
  /** The same of many, at hardly more than the cost of one, each without the line break at its end. */
  readFiles(paths: readonly string[]): Promise<Record<string, string | null>>;
  close(): void;
}

/** Connects to the serial port of a guest that has booted, and waits until it answers there. */
export async function openGuestChannel(
  machine: Pick<Machine, 'connect'>,
  socketPath: string,
  signal: AbortSignal,
): Promise<GuestChannel> {
  signal.throwIfAborted();
  const socket = await machine.connect(socketPath);
  if (socket === null) {
    throw new MeasurementError(`the guest's serial port ${socketPath} cannot be reached: nobody listens there`);
  }
  const exchange = createExchange(socket);
  const interrupt = () => exchange.end('the work was interrupted');
  signal.addEventListener('abort', interrupt);
  const close = () => {
    signal.removeEventListener('abort', interrupt);
    exchange.end('the channel was closed');
  };
  try {
    await greet(exchange);
  } catch (thrown) {
    close();
    signal.throwIfAborted();
    throw thrown;
  }
  let last: Promise<unknown> = Promise.resolve();
  const run: GuestChannel['run'] = (command, { timeoutSeconds }) => {
    const next = last.then(() => runInGuest(exchange, command, timeoutSeconds));
    last = next.catch(() => {});
    return next;
  };
  const readFile = (path: string) => readInGuest(run, path);
  return { run, readFile, readFiles: (paths) => readManyInGuest(run, paths), close };
}

/** Opens the channel for as long as the work lasts. The port serves one client: whoever comes meanwhile waits. */
export async function withGuestChannel<Result>(
  machine: Pick<Machine, 'connect'>,
  socketPath: string,
  signal: AbortSignal,
  work: (channel: GuestChannel) => Promise<Result>,
): Promise<Result> {
  const channel = await openGuestChannel(machine, socketPath, signal);
  try {
    return await work(channel);
  } finally {
    channel.close();
  }
}

/** Requests and answers over one socket, matched by number. */
interface Exchange {
  /** Sends a command; the answer, or a `MeasurementError` when the guest has ended. No deadline. */
  ask(command: Command): Promise<GuestOutcome>;
  /** Fails all that waits, and all that will be asked. Idempotent. */
  end(reason: string): void;
}

interface Waiting {
  resolve(outcome: GuestOutcome): void;
  reject(reason: Error): void;
}

function createExchange(socket: Socket): Exchange {
  const waiting = new Map<number, Waiting>();
  let gone: Error | null = null;
  // An answer that an earlier connection did not wait for must not be taken for one of ours.
  let nextId = randomInt(2 ** 40);
  const end = (reason: string) => {
    gone ??= new MeasurementError(`the guest cannot be asked: ${reason}`);
    for (const { reject } of waiting.values()) reject(gone);
    waiting.clear();
    socket.destroy();
  };
  // Its end is told by 'close', which follows.
  socket.on('error', () => {});
  socket.on('close', () => end('its machine has ended'));
  // The guest must not keep us alive when all else is done.
  socket.unref();
  const receive = (line: string) => {
    const answer = parseAnswer(line);
    if (answer !== null) waiting.get(answer.id)?.resolve(answer.outcome);
  };
  socket.on(
    'data',
    createLineReader(receive, () => end(`it printed more than ${longestAnswer} characters in one line`)),
  );
  const ask = async (command: Command) => {
    const id = nextId++;
    const request = buildRequest(id, command);
    try {
      return await new Promise<GuestOutcome>((resolve, reject) => {
        if (gone !== null) return reject(gone);
        waiting.set(id, { resolve, reject });
        socket.write(request);
      });
    } finally {
      waiting.delete(id);
    }
  };
  return { ask, end };
}

/** Puts lines together from the small pieces in which a serial port yields them. */
function createLineReader(receive: (line: string) => void, refuse: () => void): (data: Buffer) => void {
  let pieces: string[] = [];
  let length = 0;
  return (data) => {
    const [first = '', ...lines] = data.toString('latin1').split('\n');
    for (const next of lines.length === 0 ? [] : [first, ...lines.slice(0, -1)]) {
      receive(pieces.join('') + next);
      pieces = [];
      length = 0;
    }
    const rest = lines.at(-1) ?? first;
    pieces.push(rest);
    length += rest.length;
    if (length > longestAnswer) refuse();
  };
}

/** Whichever greeting is answered counts. */
async function greet(exchange: Exchange): Promise<void> {
  const deadline = performance.now() + greetingDeadlineSeconds * 1000;
  const greetings: Promise<GuestOutcome>[] = [];
  for (let patience = firstGreetingMilliseconds; performance.now() < deadline; patience *= 2) {
    greetings.push(exchange.ask({ program: 'cat', args: [] }));
    const left = deadline - performance.now();
    const answer = await Promise.race([...greetings, sleep(Math.min(patience, left), null)]);
    if (answer !== null) return;
  }
  throw new MeasurementError(`the guest did not answer on its serial port within ${greetingDeadlineSeconds} s`);
}

async function runInGuest(exchange: Exchange, command: Command, timeoutSeconds: number): Promise<GuestOutcome> {
  const expire = () => exchange.end(`${command.program} did not end within ${timeoutSeconds} s`);
  const timer = setTimeout(expire, timeoutSeconds * 1000);
  try {
    const outcome = await exchange.ask(command);
    if (outcome.exitCode !== tooMuchOutput) return outcome;
    throw new MeasurementError(`${command.program} in the guest printed more than ${channelOutputBytes} bytes`);
  } finally {
    clearTimeout(timer);
  }
}

async function readInGuest(run: GuestChannel['run'], path: string): Promise<string | null> {
  const { exitCode, stdout, stderr } = await run({ program: 'cat', args: ['--', path] }, { timeoutSeconds: 10 });
  if (exitCode === 0) return stdout;
  if (stderr.includes('No such file or directory')) return null;
  throw new MeasurementError(`${path} in the guest cannot be read: ${lastLines(stderr, 1)}`);
}

async function readManyInGuest(run: GuestChannel['run'], paths: readonly string[]) {
  if (paths.length === 0) return {};
  const { stdout } = await run({ program: 'grep', args: ['-sH', '', '--', ...paths] }, { timeoutSeconds: 10 });
  const lines = stdout.split('\n');
  const texts: [string, string | null][] = [];
  for (const path of paths) {
    const own = lines.filter((line) => line.startsWith(`${path}:`)).map((line) => line.slice(path.length + 1));
    // Of an empty file grep says as little as of none.
    const text = own.length > 0 ? own.join('\n') : ((await readInGuest(run, path))?.replace(/\n$/, '') ?? null);
    texts.push([path, text]);
  }
  return Object.fromEntries(texts);
}
