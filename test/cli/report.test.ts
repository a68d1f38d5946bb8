import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createReportCommand } from '../../cli/commands/report.ts';
import { renderMarkdown } from '../../reports/markdown.ts';
import { comparisonSchema } from '../../src/comparison/comparison.schema.ts';
import { createMixedComparison } from '../reports/comparison-factory.ts';
import { projectHome, runCommand } from './fake-surroundings.ts';

const run = (...args: string[]) => runCommand(createReportCommand, ['report', ...args]);
const faster = join(projectHome, 'test/fixtures/runs/faster');
const comparison = createMixedComparison();

let root = '';
let folder = '';
let count = 0;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'tunegate-report-'));
});
beforeEach(() => {
  count += 1;
  folder = join(root, String(count));
  mkdirSync(folder);
});
afterAll(() => rmSync(root, { recursive: true }));

/** Writes a file into the folder of the test at hand. */
function store(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const storeComparison = (document: unknown = comparison) => store('comparison.json', JSON.stringify(document));
const storeRun = () => store('run.jsonl', readFileSync(join(faster, 'run.jsonl'), 'utf8'));

describe('tunegate report', () => {
  it('shows a comparison in the terminal, by its file and by its folder', async () => {
    const file = storeComparison();
    const shown = await run(file);
    expect(shown).toEqual({
      stdout: expect.stringContaining('Regressed: tuned against stock'),
      stderr: '',
      exitCode: 0,
    });
    expect(await run(folder)).toEqual(shown);
  });

  it('writes Markdown and JSON on request', async () => {
    const file = storeComparison();
    expect((await run(file, '--format', 'markdown')).stdout).toBe(renderMarkdown(comparison));
    const { stdout } = await run(file, '--json');
    expect(JSON.parse(stdout)).toEqual(comparison);
    expect(await run(file, '--format', 'json')).toEqual({ stdout, stderr: '', exitCode: 0 });
  });

  it('compares a run that was not yet compared', async () => {
    storeRun();
    const { stdout, exitCode } = await run(folder, '--json');
    expect(exitCode).toBe(0);
    expect(stdout).toBe(readFileSync(join(faster, 'comparison.json'), 'utf8'));
    expect(readdirSync(folder)).toEqual(['run.jsonl']);
  });

  it('takes the comparison of a run as it stands, with the margins it was judged by', async () => {
    storeRun();
    storeComparison();
    expect(JSON.parse((await run(folder, '--json')).stdout)).toEqual(comparison);
  });

  it('writes report, pictures and comparison into a folder, which may be that of the run', async () => {
    storeRun();
    storeComparison();
    for (const out of [folder, join(folder, 'new/one')]) {
      expect((await run(folder, '--out', out)).exitCode).toBe(0);
      const pictures = readdirSync(join(out, 'plots')).sort();
      expect(pictures).toEqual(['ping-bridge.svg', 'tcp_rr-bridge.svg', 'tcp_stream-bridge.svg']);
      const report = readFileSync(join(out, 'report.md'), 'utf8');
      for (const name of pictures) expect(report).toContain(`](plots/${name})`);
      expect(comparisonSchema.parse(JSON.parse(readFileSync(join(out, 'comparison.json'), 'utf8')))).toEqual(
        comparison,
      );
    }
  });

  it('says which formats there are', async () => {
    const { stderr, exitCode } = await run(storeComparison(), '--format', 'html');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('terminal, markdown, json');
    expect((await run(folder, '--json', '--format', 'markdown')).exitCode).toBe(2);
  });
});

describe('tunegate report refuses', () => {
  /** One sentence, exit code 2, nothing on standard output. */
  async function expectRefusal(args: readonly string[], ...parts: readonly string[]): Promise<void> {
    const { stdout, stderr, exitCode } = await run(...args);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    for (const part of parts) expect(stderr).toContain(part);
  }

  it('what is not there', async () => {
    await expectRefusal([join(folder, 'nowhere')], 'nowhere: found neither a run', 'is accepted');
    await expectRefusal([folder], 'found neither a run');
  });

  it('text that is no JSON', async () => {
    await expectRefusal(
      [store('a.json', '{"schema":\n\nx}')],
      'a.json: this is no JSON',
      'tunegate.comparison/1 document is accepted',
    );
  });

  it('another kind of document', async () => {
    await expectRefusal([storeComparison({ ...comparison, schema: 'tunegate.run/1' })], 'comparison.json: schema:');
    await expectRefusal([storeComparison(7)], 'the document: ');
  });

  it('a field that is wrong, missing or unknown, naming it', async () => {
    const [first, ...rest] = comparison.cells;
    const broken = { ...first, verdict: 'fine' };
    await expectRefusal([storeComparison({ ...comparison, cells: [broken, ...rest] })], 'cells[0].verdict: ');
    await expectRefusal([storeComparison({ ...comparison, family: undefined })], 'family: ');
    await expectRefusal([storeComparison({ ...comparison, extra: 1 })], 'extra');
  });

  it('a run whose journal is broken in the middle', async () => {
    store('run.jsonl', `{"kind":"run"}\n${readFileSync(join(faster, 'run.jsonl'), 'utf8')}`);
    await expectRefusal([folder], 'run.jsonl');
  });

  it('to mix a report into the folder of another run', async () => {
    const file = storeComparison();
    const other = join(folder, 'other');
    mkdirSync(other);
    writeFileSync(join(other, 'run.jsonl'), '');
    await expectRefusal([file, '--out', other], 'holds another run', 'accepted is');
    expect(readdirSync(other)).toEqual(['run.jsonl']);
  });

  it('a folder that cannot be made', async () => {
    const file = storeComparison();
    await expectRefusal([file, '--out', join(file, 'below')], 'the report cannot be written', 'is accepted');
  });
});
