import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { renderJson } from '../../src/render-json.ts';
import { parseJournal } from '../../src/results/read-journal.ts';
import { compare } from './compare.ts';

const read = (file: string) => readFileSync(new URL(`../fixtures/runs/faster/${file}`, import.meta.url), 'utf8');

it('compares a journal into the same bytes as ever', () => {
  const run = parseJournal(read('run.jsonl'), 'run.jsonl');
  expect(renderJson(compare(run, { seed: run.header.seed }))).toBe(read('comparison.json'));
});
