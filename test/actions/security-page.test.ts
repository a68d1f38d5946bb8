import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { home } from './read-workflows.ts';

it('docs/security.md names tests that exist, for every threat', () => {
  const page = readFileSync(`${home}/docs/security.md`, 'utf8');
  const table = page.slice(page.indexOf('| Somebody ...'), page.indexOf('## What you must set yourself'));
  const rows = table
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2);
  expect(rows.length).toBeGreaterThan(10);
  for (const row of rows) expect(row).toMatch(/`test\/[\w./-]+\.test\.ts`/);
  const paths = [...page.matchAll(/`((?:test|src|docs|actions)\/[\w./-]+\.\w+)`/g)].map(([, path = '']) => path);
  expect(paths.filter((path) => !existsSync(`${home}/${path}`))).toEqual([]);
});
