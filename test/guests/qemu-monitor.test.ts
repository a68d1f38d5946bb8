import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kvmSchema, statusSchema } from '../../src/guests/qemu-monitor.schema.ts';
import { connectMonitor } from '../../src/guests/qemu-monitor.ts';
import { createLocalMachine } from '../../src/machines/local.ts';

const greeting =
  '{"QMP": {"version": {"qemu": {"micro": 22, "minor": 2, "major": 7}, "package": ""}, "capabilities": []}}';
const { signal } = new AbortController();

describe('connectMonitor', () => {
  let folder: string;
  let server: Server | null = null;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tunegate-qmp-'));
  });
  afterEach(async () => {
    server?.close();
    server = null;
    await rm(folder, { recursive: true });
  });

  const socket = () => join(folder, 'monitor');
  const connect = (hasEnded = () => false) =>
    connectMonitor({ machine: createLocalMachine(), socket: socket(), deadlineSeconds: 1, hasEnded, signal });

  /** A QEMU that greets, and answers each question as the table says; `null` is no answer. */
  const listen = (answers: Record<string, (id: number, client: Socket) => string | null>, first = greeting) => {
    server = createServer((client) => {
      client.on('error', () => {});
      client.write(`${first}\r\n`);
      client.on('data', (data) => {
        for (const line of data.toString().trim().split('\n')) {
          const { execute, id } = JSON.parse(line);
          const answer =
            execute === 'qmp_capabilities' ? `{"return": {}, "id": ${id}}` : answers[execute]?.(id, client);
          if (typeof answer === 'string') client.write(`${answer}\r\n`);
        }
      });
    });
    return new Promise<void>((resolve) => server?.listen(socket(), resolve));
  };

  it('negotiates, passes over events and matches answers to questions', async () => {
    await listen({
      'query-status': (id) =>
        `{"event": "RESUME", "timestamp": {"seconds": 1, "microseconds": 2}}\n{"return": {"running": true, "status": "running", "singlestep": false}, "id": ${id}}`,
      'query-kvm': (id) => `{"return": {"enabled": false, "present": true}, "id": ${id}}`,
    });
    const monitor = await connect();
    expect(monitor.version).toBe('7.2.22');
    const [status, kvm] = await Promise.all([
      monitor.execute('query-status', statusSchema),
      monitor.execute('query-kvm', kvmSchema),
    ]);
    expect([status.running, kvm.enabled]).toEqual([true, false]);
    monitor.close();
    await expect(monitor.execute('query-kvm', kvmSchema)).rejects.toThrow('the monitor was closed');
  });

  it('waits for a QEMU that does not listen yet', async () => {
    const connecting = connect();
    await listen({});
    (await connecting).close();
  });

  it('tells a refusal, an answer of another form, silence, rubbish and an end apart', async () => {
    await listen({
      refused: (id) => `{"id": ${id}, "error": {"class": "GenericError", "desc": "no such thing"}}`,
      'query-kvm': (id) => `{"return": {"enabled": "no"}, "id": ${id}}`,
      silent: () => null,
      end: (_, client) => {
        client.destroy();
        return null;
      },
    });
    const monitor = await connect();
    await expect(monitor.execute('refused', kvmSchema)).rejects.toThrow('QEMU refused: no such thing');
    await expect(monitor.execute('query-kvm', kvmSchema)).rejects.toThrow(/boolean/);
    await expect(monitor.execute('silent', kvmSchema)).rejects.toThrow('did not answer silent within 3 s');
    await expect(monitor.execute('end', kvmSchema)).rejects.toThrow('QEMU closed its monitor');
  });

  it('gives up when what listens is no QEMU', async () => {
    await listen({}, '{"hello": 1}');
    await expect(connect()).rejects.toThrow(/QMP/);
    server?.close();
    await rm(socket(), { force: true });
    await listen({}, 'hello');
    await expect(connect()).rejects.toThrow("QEMU's monitor said what is no answer");
  });

  it('gives up when QEMU has ended, and at the deadline', async () => {
    await expect(connect(() => true)).rejects.toThrow('QEMU ended before its monitor answered');
    await expect(connect()).rejects.toThrow(/was not there after 1 s/);
  });
});
