import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../src/errors.ts';
import { findProfileChanges, type ProfileFiles } from '../../src/plans/profile-changes.ts';

type Texts = Readonly<Record<string, string | ConfigurationError>>;

function build(texts: Texts): ProfileFiles {
  return new Map(
    Object.entries(texts).map(([name, text]) => {
      const read = () => {
        if (text instanceof ConfigurationError) throw text;
        return { text, fileName: `${name}.yaml` };
      };
      return [name, { sha: createHash('sha1').update(String(text)).digest('hex'), read }] as const;
    }),
  );
}

const find = (base: Texts, head: Texts, counts = (_: string) => true) =>
  findProfileChanges(build(base), build(head), counts);
const cpus = (name: string, value: number, more = '') =>
  `name: ${name}\n${more}parameters:\n  guest.docker.cpus: ${value}\n`;
const child = (name: string, parent: string, more = '') => `name: ${name}\nextends: ${parent}\n${more}`;
const stock = cpus('stock', 1);

describe('findProfileChanges', () => {
  it('finds nothing where nothing changed', async () => {
    const texts = { stock, tuned: child('tuned', 'stock') };
    expect(await find(texts, texts)).toEqual({ changes: [], problems: [], notes: [] });
  });

  it('follows a change through extends: own file first, then by name', async () => {
    const rest = { a: child('a', 'z'), b: child('b', 'a'), c: cpus('c', 3) };
    const { changes } = await find({ z: cpus('z', 1), ...rest }, { z: cpus('z', 2), ...rest });
    expect(changes.map(({ name, ownFile }) => [name, ownFile])).toEqual([
      ['z', true],
      ['a', false],
      ['b', false],
    ]);
  });

  it('does not take a child for changed that overrides what its parent changed', async () => {
    const tuned = child('tuned', 'stock', 'parameters:\n  guest.docker.cpus: 4\n');
    const { changes } = await find({ stock, tuned }, { stock: cpus('stock', 2), tuned });
    expect(changes.map(({ name }) => name)).toEqual(['stock']);
  });

  it('says that an edit changes nothing', async () => {
    const { changes, notes } = await find({ stock }, { stock: `# Words.\n${stock}` });
    expect(changes).toEqual([]);
    expect(notes).toEqual(['The file of the profile stock changed, but the profile sets the same as before.']);
  });

  it('looks only at what counts', async () => {
    const { changes } = await find({ stock }, { stock: cpus('stock', 2) }, (name) => name !== 'stock');
    expect(changes).toEqual([]);
  });

  it('compares a new profile with another as the base has it, not as the head has', async () => {
    const head = { stock: cpus('stock', 2), fresh: cpus('fresh', 2) };
    const { changes } = await find({ stock }, head, (name) => name === 'fresh');
    expect(changes[0]?.sides?.baseline.parameters).toEqual({ 'guest.docker.cpus': 1 });
  });

  it.each([
    ['stock', 'it names none with compareTo, and of stock there is no profile "stock", there are none', {}],
    [
      'the other new one',
      'compareTo names other: there is no profile "other", accepted are stock',
      { compareTo: 'other' },
    ],
    ['itself', 'compareTo names fresh: there is no profile "fresh", accepted are stock', { compareTo: 'fresh' }],
    ['a prototype', 'compareTo names constructor: there is no profile "constructor"', { compareTo: 'constructor' }],
  ])(
    'refuses a new profile whose counterpart is not there: %s',
    async (_, sentence, { compareTo }: { compareTo?: string }) => {
      const base = compareTo === undefined ? {} : { stock };
      const more = compareTo === undefined ? '' : `compareTo: ${compareTo}\n`;
      const { changes, problems } = await find(
        base,
        { ...base, fresh: cpus('fresh', 2, more), other: cpus('other', 3) },
        (name) => name === 'fresh',
      );
      expect(changes).toEqual([]);
      expect(problems).toEqual([expect.stringContaining(sentence)]);
    },
  );

  it('has nothing to compare where a new profile sets the same', async () => {
    const { changes, notes } = await find({ stock }, { stock, copy: child('copy', 'stock') });
    expect(changes).toEqual([]);
    expect(notes).toEqual(['The new profile copy sets the same as stock, so there is nothing to compare.']);
  });

  it('takes a profile that is in order again for a new one', async () => {
    const { changes } = await find(
      { stock, tuned: 'name: tuned\nparameters: 7\n' },
      { stock, tuned: cpus('tuned', 2) },
    );
    expect(changes).toMatchObject([{ name: 'tuned', change: 'added', sides: { baseline: { name: 'stock' } } }]);
    expect(changes[0]?.notes[0]).toMatch(/^Before this change the profile tuned was not in order: tuned\.yaml:2:13: /);
  });

  it('blames the head for what it broke, and for a broken file that it touched', async () => {
    const broken = 'name: tuned\nparameters: 7\n';
    expect((await find({ stock, tuned: stock }, { stock, tuned: broken })).problems).toHaveLength(1);
    expect((await find({ tuned: broken }, { tuned: `${broken}\n` })).problems).toHaveLength(1);
    expect(await find({ tuned: broken }, { tuned: broken })).toMatchObject({
      problems: [],
      notes: [expect.any(String)],
    });
  });

  it('passes on what is no fault of the files', async () => {
    const head = new Map([['stock', { sha: 'x', read: () => Promise.reject(new Error('no connection')) }]]);
    await expect(findProfileChanges(new Map(), head, () => true)).rejects.toThrow('no connection');
  });
});
