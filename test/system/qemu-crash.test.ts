import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { machineFolders } from '../../src/hosts/folders.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import { prepareMachine } from '../../src/measurement/prepare-machine.ts';
import { readRun } from '../../src/results/read-journal.ts';
import { describeWith } from '../requirements.ts';
import { takeSnapshot } from './machine-snapshot.ts';

const machine = createLocalMachine();

const plan = `name: tiny
description: A virtual machine on the bridge, one test.
layers: [guest]
guests: [qemu]
attachments: [bridge]
tests: [tcp_rr]
deployments: 1
samples: 2
seconds: 2
`;

async function findQemu(): Promise<string> {
  const find = { program: 'pgrep', args: ['-f', '^qemu-system-x86_64 -name tunegate-'] };
  return (await machine.run(find, { timeoutSeconds: 5, allowFailure: true })).stdout.trim();
}

describeWith(['root', 'namespaces', 'qemu', 'netperf'], 'a run with virtual machines that is killed', () => {
  it('keeps its journal, and the next start removes the virtual machine it left', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tunegate-system-'));
    const before = await takeSnapshot();
    await writeFile(join(folder, 'tiny.yaml'), plan);
    const out = join(folder, 'killed');
    const args = [
      'cli/tunegate.mjs',
      'measure',
      '--plan',
      join(folder, 'tiny.yaml'),
      '--out',
      out,
      '--candidate',
      'stock',
    ];
    const child = spawn(process.execPath, args, { stdio: 'ignore' });
    await expect
      .poll(() => readFile(join(out, 'run.jsonl'), 'utf8').catch(() => ''), { timeout: 60_000, interval: 20 })
      .toMatch(/"kind":"sample"/);
    // The process that measures, not the one that found it a newer Node.
    const { pid } = JSON.parse(await readFile(`${machineFolders.state}/lock`, 'utf8'));
    process.kill(pid, 'SIGKILL');
    await once(child, 'exit');
    const left = await findQemu();
    expect(left).toMatch(/^\d+$/);
    const run = await readRun(out);
    expect(run.deployments[0]).toMatchObject({ guest: 'qemu', attachment: 'bridge', checks: [] });
    expect(run.deployments[0]?.accelerator).toMatch(/^(kvm|tcg)$/);

    const steps: string[] = [];
    const next = await prepareMachine({
      machine,
      folders: machineFolders,
      run: 'after-crash',
      guests: [],
      logFolder: folder,
      pid: process.pid,
      watch: (event) => {
        if (event.kind === 'step') steps.push(event.text);
      },
      signal: new AbortController().signal,
      now: () => new Date(),
    });
    await next.restore();
    expect(steps[0]).toContain(`removed what an earlier run left behind: process ${left} (qemu tunegate-d001)`);
    expect(await findQemu()).toBe('');
    expect(await takeSnapshot()).toEqual(before);
    await rm(folder, { recursive: true });
  });
});
