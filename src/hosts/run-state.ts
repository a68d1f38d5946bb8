import * as z from 'zod';
import type { Machine } from '../machines/machine.ts';
import { type NicRecord, nicRecordSchema } from './nic.schema.ts';
import type { ProcessMark } from './processes.ts';

const markSchema = z.strictObject({ pid: z.int(), startTicks: z.int() });

/** What a run has made on a machine and must not leave behind; written before each thing is made. */
export const runStateSchema = z.strictObject({
  schema: z.literal('tunegate.state/1'),
  run: z.string(),
  bootId: z.string(),
  /** Whether /run/netns was a mount before: `ip netns add` makes it one and never takes that back. */
  netnsMountExisted: z.boolean(),
  /** Name to inode of the namespace; null: about to be made. */
  namespaces: z.record(z.string(), z.int().nullable()),
  processes: z.array(markSchema.extend({ what: z.string() })),
  /** Files of the kernel that were written: what they held before, and what was written. */
  settings: z.record(z.string(), z.strictObject({ former: z.string(), written: z.string() })).default({}),
  /** Interfaces of the machine that are used, by name: where they belong and as what. */
  nics: z.record(z.string(), nicRecordSchema).default({}),
});

export type RunStateDocument = z.infer<typeof runStateSchema>;

/** Keeps `FOLDER/state.json` in step with what exists. */
export class RunState {
  readonly #machine: Machine;
  readonly #file: string;
  #document: RunStateDocument;

  constructor(machine: Machine, folder: string, document: RunStateDocument) {
    this.#machine = machine;
    this.#file = stateFile(folder);
    this.#document = document;
  }

  get run(): string {
    return this.#document.run;
  }

  async save(): Promise<void> {
    await this.#machine.writeFile(this.#file, `${JSON.stringify(this.#document)}\n`);
  }

  async noteNamespace(name: string, inode: number | null): Promise<void> {
    this.#document = { ...this.#document, namespaces: { ...this.#document.namespaces, [name]: inode } };
    await this.save();
  }

  async forgetNamespace(name: string): Promise<void> {
    const { [name]: _, ...others } = this.#document.namespaces;
    this.#document = { ...this.#document, namespaces: others };
    await this.save();
  }

  async noteProcess(what: string, mark: ProcessMark): Promise<void> {
    this.#document = { ...this.#document, processes: [...this.#document.processes, { ...mark, what }] };
    await this.save();
  }

  async noteSetting(path: string, former: string, written: string): Promise<void> {
    this.#document = { ...this.#document, settings: { ...this.#document.settings, [path]: { former, written } } };
    await this.save();
  }

  async noteNic(record: NicRecord): Promise<void> {
    this.#document = { ...this.#document, nics: { ...this.#document.nics, [record.before.name]: record } };
    await this.save();
  }

  async forgetSetting(path: string): Promise<void> {
    const { [path]: _, ...others } = this.#document.settings;
    this.#document = { ...this.#document, settings: others };
    await this.save();
  }
}

export function stateFile(folder: string): string {
  return `${folder}/state.json`;
}

/** Starts the state of a run on a machine that has been cleaned of earlier ones. */
export async function createRunState(machine: Machine, folder: string, run: string): Promise<RunState> {
  const state = new RunState(machine, folder, {
    schema: 'tunegate.state/1',
    run,
    bootId: await readBootId(machine),
    netnsMountExisted: await isNetnsMounted(machine),
    namespaces: {},
    processes: [],
    settings: {},
    nics: {},
  });
  await state.save();
  return state;
}

export async function readBootId(machine: Machine): Promise<string> {
  return ((await machine.readFile('/proc/sys/kernel/random/boot_id')) ?? 'unknown').trim();
}

export async function isNetnsMounted(machine: Machine): Promise<boolean> {
  return / \/run\/netns /.test((await machine.readFile('/proc/self/mounts')) ?? '');
}
