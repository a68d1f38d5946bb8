import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GuestChannel, openGuestChannel } from '../../src/guests/guest-channel.ts';
import { channelOutputBytes } from '../../src/images/initramfs-init.ts';
import { createLocalMachine } from '../../src/machines/local.ts';

const machine = createLocalMachine();

const encode = (text: string) => Buffer.from(text).toString('base64');

describe('openGuestChannel', () => {
  let folder: string;
  let server: Server | null = null;
  let channel: GuestChannel | null = null;
  const clients = new Set<Socket>();
  const { signal } = new AbortController();

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tunegate-channel-'));
  });
  afterEach(async () => {
    channel?.close();
    channel = null;
    for (const client of clients) client.destroy();
    server?.close();
    server = null;
    await rm(folder, { recursive: true });
  });

  const socket = () => join(folder, 'channel');

  /** A guest that answers each command as the function says; `null` is no answer. Greetings before `awake` are lost. */
  const boot = (answer: (command: string, id: string, client: Socket) => string | null, awake = () => true) => {
    server = createServer((client) => {
      clients.add(client);
      client.on('error', () => {});
      client.on('data', (data) => {
        for (const line of data.toString().trim().split('\n')) {
          const [, id = '', command = ''] = /^tunegate-request (\d+) exec (.*)$/.exec(line) ?? [];
          if (!awake()) continue;
          const text = command === "'cat'" ? `tunegate-answer ${id} 0  \n` : answer(command, id, client);
          if (text !== null) client.write(text);
        }
      });
    });
    return new Promise<void>((resolve) => server?.listen(socket(), resolve));
  };
  const open = async () => {
    channel = await openGuestChannel(machine, socket(), signal);
    return channel;
  };
  const options = { timeoutSeconds: 0.3 };

  it('matches answers to commands and runs one at a time', async () => {
    const seen: string[] = [];
    await boot((command, id) => {
      seen.push(command);
      return `tunegate-answer ${id} 3 ${encode(`of ${command}`)} ${encode('bad')}\n`;
    });
    const { run } = await open();
    const [first, second] = await Promise.all([
      run({ program: 'a', args: ['x y'] }, options),
      run({ program: 'b', args: [] }, options),
    ]);
    expect(first).toEqual({ exitCode: 3, stdout: "of 'a' 'x y'", stderr: 'bad' });
    expect(second).toEqual({ exitCode: 3, stdout: "of 'b'", stderr: 'bad' });
    expect(seen).toEqual(["'a' 'x y'", "'b'"]);
  });

  it('puts an answer together from pieces, and passes over what is none', async () => {
    await boot((_, id, client) => {
      const text = `rubbish\ntunegate-answer 999 0 ${encode('another')} \ntunegate-answer ${id} 0 ${encode('ä\n')} \n`;
      for (const character of text) client.write(character);
      return null;
    });
    const { run } = await open();
    await expect(run({ program: 'a', args: [] }, options)).resolves.toEqual({ exitCode: 0, stdout: 'ä\n', stderr: '' });
  });

  it('greets again until the guest listens', async () => {
    let greetings = 0;
    await boot(
      (_, id) => `tunegate-answer ${id} 0 ${encode('here')} \n`,
      () => ++greetings > 2,
    );
    const { run } = await open();
    expect((await run({ program: 'a', args: [] }, options)).stdout).toBe('here');
  });

  it('reads files, and tells a missing one from one that cannot be read', async () => {
    await boot((command, id) => {
      if (command.includes('/here')) return `tunegate-answer ${id} 0 ${encode('text')} \n`;
      const reason = command.includes('/missing') ? "can't open '/missing': No such file or directory" : 'read error';
      return `tunegate-answer ${id} 1  ${encode(`cat: ${reason}\n`)}\n`;
    });
    const { readFile } = await open();
    await expect(readFile('/here')).resolves.toBe('text');
    await expect(readFile('/missing')).resolves.toBeNull();
    await expect(readFile('/sys')).rejects.toThrow('/sys in the guest cannot be read: cat: read error');
  });

  it('reads many files at once, and looks again for those of which it learned nothing', async () => {
    const seen: string[] = [];
    await boot((command, id) => {
      seen.push(command);
      if (command.startsWith("'grep'")) return `tunegate-answer ${id} 0 ${encode('/a:1\n/b:c:2\n/b:3\n/ab:\n')} \n`;
      if (command.includes('/empty')) return `tunegate-answer ${id} 0  \n`;
      return `tunegate-answer ${id} 1  ${encode("cat: can't open: No such file or directory\n")}\n`;
    });
    const { readFiles } = await open();
    expect(await readFiles(['/a', '/b', '/ab', '/empty', '/missing'])).toEqual({
      '/a': '1',
      '/b': 'c:2\n3',
      '/ab': '',
      '/empty': '',
      '/missing': null,
    });
    expect(seen).toEqual([
      "'grep' '-sH' '' '--' '/a' '/b' '/ab' '/empty' '/missing'",
      "'cat' '--' '/empty'",
      "'cat' '--' '/missing'",
    ]);
    expect(await readFiles([])).toEqual({});
  });

  it('gives up on a guest that does not answer, for good', async () => {
    await boot(() => null);
    const { run } = await open();
    const reason = 'the guest cannot be asked: sleep did not end within 0.3 s';
    await expect(run({ program: 'sleep', args: ['9'] }, options)).rejects.toThrow(reason);
    await expect(run({ program: 'uname', args: [] }, options)).rejects.toThrow(reason);
  });

  it.each([
    ['ends', (client: Socket) => client.destroy(), 'its machine has ended'],
    [
      'prints without end',
      (client: Socket) => client.write('x'.repeat(4 * channelOutputBytes)),
      /it printed more than \d+ characters in one line/,
    ],
  ])('fails what waits when the guest %s', async (_, act, reason) => {
    await boot((_command, _id, client) => {
      act(client);
      return null;
    });
    const { run } = await open();
    await expect(run({ program: 'uname', args: [] }, { timeoutSeconds: 5 })).rejects.toThrow(reason);
  });

  it('says that a command printed too much, and goes on', async () => {
    await boot((command, id) => `tunegate-answer ${id} ${command === "'dmesg'" ? 153 : 0}  \n`);
    const { run } = await open();
    await expect(run({ program: 'dmesg', args: [] }, options)).rejects.toThrow(
      'dmesg in the guest printed more than 262144 bytes',
    );
    await expect(run({ program: 'uname', args: [] }, options)).resolves.toMatchObject({ exitCode: 0 });
  });

  it('is interrupted', async () => {
    await boot(() => null);
    const controller = new AbortController();
    channel = await openGuestChannel(machine, socket(), controller.signal);
    const running = channel.run({ program: 'sleep', args: ['9'] }, { timeoutSeconds: 5 });
    setTimeout(() => controller.abort(), 10);
    await expect(running).rejects.toThrow('the work was interrupted');
  });

  it('says when there is no socket', async () => {
    await expect(open()).rejects.toThrow(/^the guest's serial port .*\/channel cannot be reached: /);
  });
});
