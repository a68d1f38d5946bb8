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
    expect(chooseFiles(['--all'], present)).toEqual(present);
    expect(chooseFiles(['linters'], present)).toEqual(['linters']);
  });

  it('refuses a name that is not there', () => {
    expect(() => chooseFiles(['lintres'], ['linters', 'main-path'])).toThrow(
      'there is no workflow test lintres; accepted are --all or linters, main-path',
    );
  });
});
