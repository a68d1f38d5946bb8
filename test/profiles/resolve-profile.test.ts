import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../src/errors.ts';
import { catalogue } from '../../src/profiles/catalogue.ts';
import { resolveProfile } from '../../src/profiles/resolve-profile.ts';

/** Resolves `name` among texts instead of files. */
async function resolve(name: string, texts: Readonly<Record<string, string>>) {
  return resolveProfile(name, (wanted) => {
    const text = texts[wanted];
    if (text === undefined) throw new ConfigurationError(`there is no profile "${wanted}"`);
    return { text, fileName: `${wanted}.yaml` };
  });
}

const stock = 'name: stock\nparameters:\n  guest.docker.mac: 02:54:47:00:00:1A\n  guest.docker.address: 198.18.0.16\n';

describe('resolveProfile', () => {
  it('sorts the parameters and makes their values canonical', async () => {
    const profile = await resolve('stock', { stock });
    expect(profile).toEqual({
      name: 'stock',
      description: null,
      compareTo: null,
      parameters: { 'guest.docker.address': '198.18.0.16', 'guest.docker.mac': '02:54:47:00:00:1a' },
      // printf '%s' '{"guest.docker.address":"198.18.0.16","guest.docker.mac":"02:54:47:00:00:1a"}' | sha256sum
      sha256: '40b070a5cf3ee34f51941010b272a9b8f6cbaf1661d14ceebe90384e7dc4ac90',
    });
    expect(Object.keys(profile.parameters)).toEqual(['guest.docker.address', 'guest.docker.mac']);
  });

  it('works extends in: adds, replaces, takes back with null', async () => {
    const profile = await resolve('child', {
      stock,
      parent:
        'name: parent\nextends: stock\nparameters:\n  guest.docker.cpuset: [3, 0, 1, "2"]\n  guest.docker.cpus: 2\n',
      child:
        'name: child\ndescription: A child.\ncompareTo: parent\nextends: parent\n' +
        'parameters:\n  guest.docker.mac: null\n  guest.docker.cpus: 0.5\n',
    });
    expect(profile.description).toBe('A child.');
    expect(profile.compareTo).toBe('parent');
    expect(profile.parameters).toEqual({
      'guest.docker.address': '198.18.0.16',
      'guest.docker.cpus': 0.5,
      'guest.docker.cpuset': '0-3',
    });
  });

  it('hashes the tuning, not how it is written', async () => {
    const texts = {
      stock,
      one: 'name: one\nextends: stock\nparameters:\n  guest.docker.cpuset: "0,1"\n',
      two:
        'name: two\ndescription: The same.\n# With a comment.\nparameters:\n  guest.docker.mac: 02:54:47:00:00:1a\n' +
        '  guest.docker.cpuset: [1, 0]\n  guest.docker.address: 198.18.0.16\n',
      three: 'name: three\nextends: stock\nparameters:\n  guest.docker.cpuset: 0-2\n',
    };
    const [one, two, three] = await Promise.all([
      resolve('one', texts),
      resolve('two', texts),
      resolve('three', texts),
    ]);
    expect(one.sha256).toBe(two.sha256);
    expect(one.sha256).not.toBe(three.sha256);
  });

  it('refuses a parameter that the catalogue does not have, and says which ones it has', async () => {
    const text = 'name: x\nparameters:\n  guest.docker.cpusett: 1\n';
    await expect(resolve('x', { x: text })).rejects.toThrow(
      new ConfigurationError(
        'x.yaml:3:3: unknown parameter "guest.docker.cpusett" (did you mean "guest.docker.cpuset"?), accepted are ' +
          [...catalogue.keys()].filter((name) => name.startsWith('guest.docker.')).join(', '),
      ),
    );
  });

  it('refuses an unknown parameter also where it is taken back', async () => {
    const text = 'name: x\nparameters:\n  guest.docker.colour: null\n';
    await expect(resolve('x', { x: text })).rejects.toThrow(
      /^x\.yaml:3:3: unknown parameter "guest\.docker\.colour", /,
    );
  });

  it.each([
    [
      'guest.docker.cpuset: 3-1',
      '24: guest.docker.cpuset must be a Linux CPU list such as 1, "0-3,5" or [0, 1], found "3-1" ' +
        '(the range 3-1 runs backwards, 1-3 is accepted)',
    ],
    [
      'guest.docker.cpuset: true',
      '24: guest.docker.cpuset must be a Linux CPU list such as 1, "0-3,5" or [0, 1], found true',
    ],
    [
      'guest.docker.cpus: 0',
      '22: guest.docker.cpus must be a number of CPUs from 0.01 to those of the machine, such as 0.5, found 0',
    ],
    [
      'guest.docker.memory: 256MB',
      '24: guest.docker.memory must be a size with the unit MiB or GiB, such as 256MiB, of at least 6MiB, ' +
        'found "256MB" (a whole number with the unit MiB or GiB is accepted, such as 256MiB)',
    ],
    [
      'guest.docker.mac: 03:54:47:00:00:10',
      '21: guest.docker.mac must be a unicast MAC address such as 02:54:47:00:00:10, found "03:54:47:00:00:10" ' +
        '(a group address is no interface)',
    ],
    [
      'guest.docker.address: 198.18.0.300',
      '25: guest.docker.address must be a free IPv4 address of the test network, such as 198.18.0.16, ' +
        'found "198.18.0.300" ("198.18.0.300" is no IPv4 address such as 198.18.0.16)',
    ],
  ])('refuses %s', async (line, message) => {
    const text = `name: x\nparameters:\n  ${line}\n`;
    await expect(resolve('x', { x: text })).rejects.toThrow(new ConfigurationError(`x.yaml:3:${message}`));
  });

  it('finds all mistakes of a file at once', async () => {
    const text = 'name: x\nparameters:\n  guest.docker.cpus: 0\n  nonsense: 1\n';
    await expect(resolve('x', { x: text })).rejects.toThrow(/^x\.yaml:3:22: .*; x\.yaml:4:3: .*$/);
  });

  it('points at the file that is wrong, not at the one that extends it', async () => {
    const texts = { child: 'name: child\nextends: bad\n', bad: 'name: bad\nparameters:\n  nonsense: 1\n' };
    await expect(resolve('child', texts)).rejects.toThrow(/^bad\.yaml:3:3: /);
  });

  it('refuses a parent that does not exist, a circle, and a chain too long to follow', async () => {
    await expect(resolve('x', { x: 'name: x\nextends: stok\n' })).rejects.toThrow(
      new ConfigurationError('x.yaml:2:10: extends: there is no profile "stok"'),
    );
    await expect(resolve('x', { x: 'name: x\nextends: x\n' })).rejects.toThrow(
      new ConfigurationError('x.yaml:2:10: extends leads in a circle (x -> x), a chain with an end is accepted'),
    );
    const circle = { a: 'name: a\nextends: b\n', b: 'name: b\nextends: c\n', c: 'name: c\nextends: a\n' };
    await expect(resolve('a', circle)).rejects.toThrow(/^c\.yaml:2:10: extends leads in a circle \(a -> b -> c -> a\)/);
    const chain = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`p${index}`, `name: p${index}\nextends: p${index + 1}\n`]),
    );
    await expect(resolve('p0', chain)).rejects.toThrow(
      new ConfigurationError('p7.yaml:2:10: extends "p8" is profile 9 of a chain, at most 8 are accepted'),
    );
  });

  it('refuses names that are no file names', async () => {
    const text = 'name: x\nextends: ../../etc/passwd\n';
    await expect(resolve('x', { x: text })).rejects.toThrow(
      new ConfigurationError(
        'x.yaml:2:10: extends must be text of at most 100 characters, found "../../etc/passwd" (must be lower-case words joined by hyphens)',
      ),
    );
  });

  it('refuses a file whose name says something else', async () => {
    await expect(resolve('x', { x: stock })).rejects.toThrow(
      new ConfigurationError('x.yaml:1:7: name must be "x" like the file\'s, found "stock"'),
    );
  });

  it('does not dress up errors that are none of the user', async () => {
    const failure = new TypeError('broken');
    const text = 'name: x\nextends: stock\n';
    const read = (name: string) => {
      if (name !== 'x') throw failure;
      return { text, fileName: 'x.yaml' };
    };
    await expect(resolveProfile('x', read)).rejects.toBe(failure);
  });

  it('throws nothing but its own error, whatever the parameters', async () => {
    const name = fc.constantFrom(
      'guest.docker.cpuset',
      'guest.docker.cpus',
      'guest.docker.memory',
      'guest.docker.mac',
      'guest.docker.address',
      'constructor',
    );
    await fc.assert(
      fc.asyncProperty(fc.dictionary(name, fc.jsonValue()), async (parameters) => {
        try {
          await resolve('x', { x: JSON.stringify({ name: 'x', parameters }) });
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigurationError);
        }
      }),
    );
  });
});
