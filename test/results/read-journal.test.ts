import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../src/errors.ts';
import { parseJournal, readRun } from '../../src/results/read-journal.ts';
import { buildRun, renderJournal } from '../comparison/build-run.ts';

const run = buildRun({ plan: { tests: ['tcp_rr', 'ping'] } });
const text = renderJournal(run);
const lines = text.trimEnd().split('\n');
const parse = (journal: string) => parseJournal(journal, 'out/run.jsonl');

/** The journal with one line, counted from 1, changed or replaced. */
function withLine(number: number, change: (line: string) => string): string {
  return lines.map((line, index) => `${index + 1 === number ? change(line) : line}\n`).join('');
}

const edit = (number: number, changes: object) =>
  withLine(number, (line) => JSON.stringify({ ...JSON.parse(line), ...changes }));

describe('parseJournal', () => {
  it('reads back what was written, sorted by kind', () => {
    expect(parse(text)).toEqual(run);
  });

  it('takes a journal that a kill left without an end', () => {
    const cut = parse(
      lines
        .slice(0, 10)
        .map((line) => `${line}\n`)
        .join(''),
    );
    expect(cut).toMatchObject({ end: null, warnings: [] });
    expect(cut.deployments).toHaveLength(2);
  });

  it('goes on after an interruption that was resumed', () => {
    const time = run.header.time;
    const interrupted = JSON.stringify({
      kind: 'run-end',
      time,
      status: 'interrupted',
      reason: 'interrupted by SIGINT',
    });
    const resume = JSON.stringify({ kind: 'resume', time, reason: 'asked for' });
    const [head, ...rest] = lines;
    expect(parse([head, interrupted, resume, ...rest, ''].join('\n')).end?.status).toBe('complete');
    expect(parse([head, interrupted, resume, ''].join('\n')).end).toBeNull();
    expect(parse([head, interrupted, ''].join('\n')).end?.status).toBe('interrupted');
    expect(parse([head, resume, ...rest.slice(0, 9), resume, ...rest.slice(9), ''].join('\n')).resumedAfter).toEqual([
      0, 2,
    ]);
  });
});

describe('a last line that a crash left half written', () => {
  it('is left out and reported, wherever it was cut', () => {
    const before = lines
      .slice(0, -1)
      .map((line) => `${line}\n`)
      .join('');
    const last = lines.at(-1) ?? '';
    for (const length of [1, 10, last.length - 1]) {
      const recovered = parse(before + last.slice(0, length));
      expect(recovered.end).toBeNull();
      expect(recovered.samples).toHaveLength(run.samples.length);
      expect(recovered.warnings).toEqual([
        `out/run.jsonl:${lines.length}: the last line was half written and is left out.`,
      ]);
    }
  });

  it('counts when only its newline is missing, and that is reported too', () => {
    const recovered = parse(text.trimEnd());
    expect(recovered).toEqual({
      ...run,
      warnings: [`out/run.jsonl:${lines.length}: the last line has no newline; it is complete and counts.`],
    });
  });

  it('may end in a newline, or be zeros that a file system left', () => {
    for (const tail of ['{"kind":"sam\n', '\0\0\0\0', '\n']) {
      expect(parse(text + tail).warnings).toEqual([
        `out/run.jsonl:${lines.length + 1}: the last line was half written and is left out.`,
      ]);
    }
  });

  it('is not forgiven when it is whole and wrong', () => {
    expect(() => parse(edit(lines.length, { status: 'done' }))).toThrow(
      `out/run.jsonl:${lines.length}: status must be complete, partial or interrupted, found "done" (line of kind "run-end")`,
    );
  });
});

describe('a damaged journal', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    [
      'a broken line in the middle',
      withLine(5, (line) => line.slice(0, 40)),
      'out/run.jsonl:5: expected one JSON object, found "',
    ],
    ['an empty line in the middle', withLine(5, () => ''), 'out/run.jsonl:5: expected one JSON object, found ""'],
    [
      'a line that is no object',
      withLine(5, () => '17'),
      'out/run.jsonl:5: kind must be one of run, deployment, sample, deployment-end, resume, run-end, found nothing',
    ],
    [
      'an unknown kind',
      edit(5, { kind: 'smaple' }),
      'out/run.jsonl:5: kind must be one of run, deployment, sample, deployment-end, resume, run-end, found "smaple"',
    ],
    ['an unknown key', edit(3, { colour: 'red' }), 'out/run.jsonl:3: unknown key "colour"'],
    [
      'a missing key',
      edit(3, { seconds: undefined }),
      'out/run.jsonl:3: seconds is missing, it must be a number (line of kind "sample")',
    ],
    ['a wrong type', edit(3, { seconds: '1' }), 'out/run.jsonl:3: seconds must be a number, found "1"'],
    [
      'a wrong nested value',
      edit(2, { checks: [{ parameter: 1 }] }),
      'out/run.jsonl:2: checks[0].parameter must be text, found 1',
    ],
    ['no number', edit(3, { metrics: { latency: { value: null, unit: 's' } } }), 'out/run.jsonl:3: metrics.latency'],
    [
      'an unknown deployment of a sample',
      edit(3, { deployment: 'd099' }),
      'out/run.jsonl:3: deployment must be one that an earlier line names, found "d099"',
    ],
    [
      'an unknown deployment that ends',
      edit(9, { id: 'd077' }),
      'out/run.jsonl:9: deployment must be one that an earlier line names, found "d077"',
    ],
    [
      'a deployment twice',
      edit(10, { id: 'd001' }),
      'out/run.jsonl:10: deployment "d001" appears twice, once is accepted',
    ],
    [
      'a second run',
      withLine(5, () => lines[0] ?? ''),
      'out/run.jsonl:5: a second line of kind "run", one is accepted',
    ],
    [
      'a second end without a resume between',
      `${text}${lines.at(-1)}\n`,
      `out/run.jsonl:${lines.length + 1}: a second line of kind "run-end", accepted only after one of kind "resume"`,
    ],
    [
      'another version',
      edit(1, { schema: 'tunegate.run/2' }),
      'out/run.jsonl:1: schema must be "tunegate.run/1", found "tunegate.run/2"',
    ],
    [
      'no run line',
      lines.slice(1).join('\n'),
      'out/run.jsonl:1: a journal begins with a line of kind "run", found a line of kind "deployment"',
    ],
    ['nothing', '', 'out/run.jsonl:1: a journal begins with a line of kind "run", found no complete line'],
    [
      'half a first line',
      (lines[0] ?? '').slice(0, 100),
      'out/run.jsonl:1: a journal begins with a line of kind "run", found no complete line',
    ],
  ];
  it.each(cases)('%s', (_, journal, message) => {
    expect(() => parse(journal)).toThrow(ConfigurationError);
    expect(() => parse(journal)).toThrow(message);
  });

  it('throws nothing but its own error, whatever the text', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.json(),
      fc.json().map((json) => `${lines[0]}\n${json}\n${lines[1]}\n`),
    );
    const cut = fc
      .tuple(fc.nat(text.length), fc.nat(text.length), fc.string())
      .map(([start, end, patch]) => text.slice(0, start) + patch + text.slice(end));
    fc.assert(
      fc.property(fc.oneof(anything, cut), (journal) => {
        try {
          expect(parse(journal).header.schema).toBe('tunegate.run/1');
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(ConfigurationError);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('readRun', () => {
  const scratch = mkdtempSync(`${tmpdir()}/tunegate-read-`);
  afterAll(() => rmSync(scratch, { recursive: true }));

  it('reads the journal of a folder', async () => {
    const folder = fileURLToPath(new URL('../fixtures/runs/faster/', import.meta.url));
    expect((await readRun(folder)).header.id).toBe('faster');
  });

  it.each([
    ['a folder that is not there', () => `${scratch}/none`],
    ['a folder without a journal', () => scratch],
    [
      'a file',
      () => {
        writeFileSync(`${scratch}/file`, '');
        return `${scratch}/file`;
      },
    ],
  ])('refuses %s in one sentence', async (_, prepare) => {
    const folder = prepare();
    const failure = await readRun(folder).catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(ConfigurationError);
    expect(String(failure)).toContain(`${folder} is no run folder`);
    expect(String(failure)).not.toContain('\n');
  });
});
