import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCompareCommand } from '../../cli/commands/compare.ts';
import { createHistoryCommand } from '../../cli/commands/history.ts';
import { comparisonSchema } from '../../src/comparison/comparison.schema.ts';
import type { Run } from '../../src/results/journal.schema.ts';
import { buildRun, renderJournal, verified } from '../comparison/build-run.ts';
import { projectHome, runCommand } from './fake-surroundings.ts';

const runs = join(projectHome, 'test/fixtures/runs');
const [faster, slower] = [join(runs, 'faster'), join(runs, 'slower')];
const golden = readFileSync(join(faster, 'comparison.json'), 'utf8');
const run = (...args: string[]) => runCommand(createCompareCommand, ['compare', ...args]);

let scratch = '';
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'tunegate-compare-'));
});
afterAll(() => rmSync(scratch, { recursive: true }));

function store(name: string, content: Run): string {
  const folder = join(scratch, name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'run.jsonl'), renderJournal(content));
  return folder;
}

function storePolicy(name: string, text: string): string {
  const file = join(scratch, name);
  writeFileSync(file, text);
  return file;
}

describe('tunegate compare', () => {
  it('prints exactly the document with --json: the same bytes each time, without times or paths', async () => {
    const first = await run(faster, '--json');
    expect(first).toEqual({ stdout: golden, stderr: '', exitCode: 0 });
    expect((await run(faster, '--json')).stdout).toBe(golden);
    expect(comparisonSchema.safeParse(JSON.parse(first.stdout)).success).toBe(true);
    expect(first.stdout).not.toContain(runs);
    expect(first.stdout).not.toContain('2026-01');
  });

  it('prints a table for people', async () => {
    const { stdout, exitCode } = await run(faster);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('tcp_rr');
    expect(stdout).toContain('improved');
    expect(stdout).not.toContain('\u001b[');
  });

  it('writes the document to --out as well', async () => {
    const file = join(scratch, 'comparison.json');
    const { stdout } = await run(faster, '--out', file);
    expect(readFileSync(file, 'utf8')).toBe(golden);
    expect(stdout).toContain('tcp_rr');
  });

  it('takes the seed from the command line, else from the run', async () => {
    expect(JSON.parse((await run(faster, '--json', '--seed', '3')).stdout).seed).toBe(3);
    expect(JSON.parse(golden).seed).toBe(7);
  });

  it('compares two runs, and says that they were not interleaved', async () => {
    const { context, cells } = comparisonSchema.parse(JSON.parse((await run(faster, slower, '--json')).stdout));
    expect(context).toMatchObject({ runs: ['faster', 'slower'], interleaved: false });
    expect(cells[0]).toMatchObject({ id: 'docker/bridge/tcp_rr/latency', verdict: 'regressed' });
  });
});

describe('the gate', () => {
  it('stays out of the way without --gate', async () => {
    expect((await run(slower)).exitCode).toBe(0);
  });

  it('passes an improvement and ends a regression with 3', async () => {
    expect((await run(faster, '--gate')).exitCode).toBe(0);
    const { exitCode, stderr, stdout } = await run(slower, '--gate', '--json');
    expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: '' });
    expect(JSON.parse(stdout).family.verdict).toBe('regressed');
  });

  it('ends an invalid cell and an incomplete run with 4', async () => {
    const mismatch = { ...verified, result: 'mismatch' } as const;
    expect((await run(store('invalid', buildRun({ checks: () => [mismatch] })), '--gate')).exitCode).toBe(4);
    expect((await run(store('killed', { ...buildRun(), end: null }), '--gate')).exitCode).toBe(4);
  });

  it('lets the policy move margins and fail what is inconclusive', async () => {
    const wide = storePolicy('wide.yaml', 'margins: { latency: 0.5 }\n');
    expect((await run(slower, '--gate', '--policy', wide)).exitCode).toBe(0);
    const few = store('few', buildRun({ plan: { deployments: 2 } }));
    expect((await run(few)).exitCode).toBe(0);
    // No change, however large, could close this gate.
    const idle = await run(few, '--gate', '--json');
    expect(idle).toMatchObject({ stdout: '', exitCode: 2 });
    expect(idle.stderr).toContain('--gate can never close: every primary cell needs at least 4 fresh starts per side');
    const strict = storePolicy('strict.yaml', 'gate: { inconclusive: fail }\n');
    expect((await run(few, '--gate', '--policy', strict)).exitCode).toBe(4);
  });

  it('has nothing to judge when no cell is usable: 1, with the document all the same', async () => {
    const { exitCode, stdout, stderr } = await run(store('empty', { ...buildRun(), samples: [] }), '--gate', '--json');
    expect(exitCode).toBe(1);
    expect(stderr).toBe('tunegate: no cell has measured samples on both sides, so nothing can be compared\n');
    expect(comparisonSchema.safeParse(JSON.parse(stdout)).success).toBe(true);
  });
});

describe('nights of the same host', () => {
  const record = (folder: string, nights: string) =>
    runCommand(createHistoryCommand, ['history', 'add', folder, '--store', nights]);
  const few = { deployments: 2, regime: 'deployment' } as const;

  it('tell what differs without a change, which is said on standard error', async () => {
    const nights = join(scratch, 'nights');
    const names = Array.from({ length: 8 }, (_, index) => `night-${index}`);
    for (const id of names) await record(store(id, buildRun({ id, plan: few })), nights);
    const today = store('today', buildRun({ id: 'today', plan: few }));
    const alone = await run(today, '--json');
    expect(comparisonSchema.parse(JSON.parse(alone.stdout)).cells[0]?.pMethod).toBeNull();
    const taught = await run(today, '--json', '--history', nights);
    expect(comparisonSchema.parse(JSON.parse(taught.stdout)).cells[0]?.pMethod).toBe('empirical-deployments');
    expect(taught.stderr).toBe('8 nights of tuned on local tell what differs without a change.\n');
  });

  it('are those of one run only, and must be there', async () => {
    const twice = await run(faster, slower, '--history', scratch);
    expect(twice).toMatchObject({ exitCode: 2, stdout: '' });
    expect(twice.stderr).toContain('--history teaches about one run folder; found two of them');
    const samples = await run('--samples', 'x.json', '--history', scratch);
    expect(samples.stderr).toContain('found --samples');
    const none = await run(faster, '--history', '/nowhere');
    expect(none).toMatchObject({ exitCode: 2, stdout: '' });
    expect(none.stderr).toContain('--history /nowhere holds no night');
  });
});

describe('a wrong request', () => {
  const cases: readonly (readonly [string, readonly string[], string])[] = [
    ['no run folder', ['/nowhere/at-all'], '/nowhere/at-all is no run folder'],
    ['a bad seed', [faster, '--seed', '-1'], '--seed must be a whole number'],
    ['a policy that is not there', [faster, '--policy', '/nowhere.yaml'], '/nowhere.yaml: there is no such file'],
    [
      'an --out that cannot be written',
      [faster, '--out', '/nowhere/x.json'],
      '--out /nowhere/x.json: the comparison cannot be written',
    ],
    ['three runs', [faster, faster, faster], 'too many arguments'],
    ['no run', [], 'what to compare must be one or two run folders'],
    ['two sources', [faster, '--samples', 'x.json'], 'found a run folder and --samples'],
    ['half a pair', ['--baseline', 'old.txt'], '--candidate is missing'],
    ['no samples file', ['--samples', '/nowhere.json'], '/nowhere.json: the file cannot be read'],
    ['an unknown flag', [faster, '--gates'], "unknown option '--gates'"],
  ];
  it.each(cases)('%s is exit 2, one sentence, nothing on standard output', async (_, args, message) => {
    const { stdout, stderr, exitCode } = await run(...args);
    expect(stderr).toContain(message);
    expect(
      stderr
        .trim()
        .split('\n')
        .filter((line) => !line.startsWith('(Did you mean')),
    ).toHaveLength(1);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
  });

  it('names file, line and key of a wrong policy, and line of a damaged journal', async () => {
    const policy = storePolicy('wrong.yaml', 'margins:\n  latency: high\n');
    expect((await run(faster, '--policy', policy)).stderr).toContain(
      'wrong.yaml:2:12: margins.latency must be a number',
    );
    const folder = store('damaged', buildRun());
    const lines = readFileSync(join(folder, 'run.jsonl'), 'utf8').split('\n');
    writeFileSync(join(folder, 'run.jsonl'), lines.with(3, '{"kind":').join('\n'));
    const { stderr, exitCode } = await run(folder);
    expect(stderr).toContain('damaged/run.jsonl:4: expected one JSON object');
    expect(exitCode).toBe(2);
  });
});

it('has help with an example', async () => {
  const { stdout, exitCode } = await run('--help');
  expect(stdout).toContain('Example:\n  tunegate compare out/a');
  expect(exitCode).toBe(0);
});
