import { readFileSync } from 'node:fs';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findWorkflowTools, setUpWorkflowTools } from '../../runner-setup/workflow-tools.ts';
import type { Command, Machine, Outcome } from '../../src/machines/machine.ts';

const list = fileURLToPath(new URL('../../runner-setup/workflow-tools.txt', import.meta.url));

/** A machine that writes down what it is told to run. `fails` names programs that end with 1. */
class NotedMachine implements Machine {
  readonly name = 'local';
  readonly files = new Map([[list, readFileSync(list, 'utf8')]]);
  readonly ran: string[] = [];
  readonly #fails: (line: string) => boolean;
  readonly #userId: string;

  constructor(fails: (line: string) => boolean = () => false, userId = '0') {
    this.#fails = fails;
    this.#userId = userId;
  }

  async run({ program, args }: Command): Promise<Outcome> {
    const line = [program, ...args].join(' ');
    if (program !== 'id' && program !== 'sh') this.ran.push(line);
    const stdout = program === 'id' ? this.#userId : '/home/me/.cache\n/home/me/.local/state\n';
    return {
      exitCode: this.#fails(line) ? 1 : 0,
      signal: null,
      timedOut: false,
      stdout,
      stderr: 'no luck\n',
      seconds: 0,
    };
  }

  start(): never {
    throw new Error('set-up starts nothing in the background');
  }

  async readFile(path: string): Promise<string | null> {
    return this.files.get(path) ?? null;
  }

  async connect(): Promise<never> {
    throw new Error('nothing is connected to here');
  }

  async writeFile(path: string, text: string): Promise<void> {
    this.files.set(path, text);
  }
}

async function setUp(machine: NotedMachine): Promise<string> {
  let said = '';
  const stderr = new Writable({
    write: (chunk, _encoding, done) => {
      said += String(chunk);
      done();
    },
  });
  await setUpWorkflowTools({ machine, stderr, signal: new AbortController().signal });
  return said;
}

describe('setUpWorkflowTools', () => {
  it('takes exactly the files of the list, into a folder of its own, once', async () => {
    const machine = new NotedMachine();
    const folder = await findWorkflowTools(machine);
    expect(folder).toMatch(/^\/var\/cache\/tunegate\/workflow-tools-[0-9a-f]{12}$/);
    expect(await setUp(machine)).toContain(`into ${folder} ...\n`);
    expect(machine.ran).toEqual([
      'python3 -c import ensurepip, venv',
      `rm -rf -- ${folder}`,
      `python3 -m venv ${folder}`,
      `${folder}/bin/pip install --quiet --disable-pip-version-check --no-deps --only-binary=:all: --require-hashes --requirement ${list}`,
    ]);
    machine.ran.length = 0;
    expect(await setUp(machine)).toBe('');
    expect(machine.ran).toEqual([]);
  });

  it('begins anew when a file could not be had', async () => {
    const machine = new NotedMachine((line) => line.includes('/bin/pip'));
    await expect(setUp(machine)).rejects.toThrow('the tools for workflows could not be installed: no luck');
    await expect(setUp(machine)).rejects.toThrow('could not be installed');
  });

  it('brings python3-venv where it is missing, which only root can', async () => {
    const machine = new NotedMachine((line) => line.startsWith('python3 -c'));
    expect(await setUp(machine)).toContain('python3-venv');
    expect(machine.ran.filter((line) => line.includes('apt-get')).at(-1)).toMatch(/ install .*python3-venv$/);
    await expect(setUp(new NotedMachine((line) => line.startsWith('python3 -c'), '1000'))).rejects.toThrow(
      'this machine lacks python3-venv, and only root may install it',
    );
  });

  it('every entry of the list has a version and a hash', () => {
    const entries = readFileSync(list, 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(entries).toHaveLength(4);
    for (const entry of entries) expect(entry).toMatch(/^[a-z-]+==[\d.]+ --hash=sha256:[0-9a-f]{64}$/);
  });
});
