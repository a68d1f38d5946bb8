import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { chooseFiles, usual } from '../e2e/choose-files.ts';

const folder = fileURLToPath(new URL('../e2e', import.meta.url));
const present = globSync('*.test.ts', { cwd: folder }).map((name) => name.replace('.test.ts', ''));

describe('chooseFiles', () => {
  it('without arguments takes the main path, the linters and four variants, all of which exist', () => {
    expect(chooseFiles([], present)).toEqual(usual);
    expect(usual).toHaveLength(6);
    expect(usual.filter((name) => !present.includes(name))).toEqual([]);
  });

  it('takes all, or those that are named', () => {
    expect(chooseFiles(['--all'], present)).toEqual(present.filter((name) => name !== 'lab'));
    expect(chooseFiles(['linters'], present)).toEqual(['linters']);
  });

  it('boots hosts of the lab only where that is asked for', () => {
    expect(present).toContain('lab');
    expect(usual).not.toContain('lab');
    expect(chooseFiles(['--lab'], present)).toEqual(['lab']);
  });

  it('refuses a name that is not there', () => {
    expect(() => chooseFiles(['lintres'], ['linters', 'main-path'])).toThrow(
      'there is no workflow test lintres; accepted are --all, --lab or linters, main-path',
    );
  });
});
