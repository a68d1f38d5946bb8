import { Readable } from 'node:stream';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRootArguments } from '../../../cli/root/parse-root-arguments.ts';
import { readDocument } from '../../../cli/root/read-document.ts';
import { runRootProgram } from '../../../cli/root/run-root-program.ts';
import { ConfigurationError } from '../../../src/errors.ts';
import {
  benchmarkRequestSchema,
  largestDocument,
  measureRequestSchema,
  prepareRequestSchema,
  provisionRequestSchema,
  rootVerbs,
} from '../../../src/hosts/root-requests.schema.ts';
import { createFakeSurroundings } from '../fake-surroundings.ts';

describe('arguments of tunegate-root', () => {
  it('are a verb and an id', () => {
    for (const verb of rootVerbs) expect(parseRootArguments([verb, 'run-1'])).toEqual({ verb, id: 'run-1' });
    expect(parseRootArguments(['stop', 'a'.repeat(64)]).id).toHaveLength(64);
  });

  it.each([
    [[]],
    [['measure']],
    [['measure', '']],
    [['measure', '.']],
    [['measure', '..']],
    [['measure', '../etc']],
    [['measure', '/etc/passwd']],
    [['measure', 'a/b']],
    [['measure', 'a\0b']],
    [['measure', 'a\n']],
    [['measure', 'A']],
    [['measure', '-rf']],
    [['measure', '--help']],
    [['measure', 'ä']],
    [['measure', 'a'.repeat(65)]],
    [['measure', 'a', 'b']],
    [['measure', 'a', '--out=/etc']],
    [['__proto__', 'a']],
    [['constructor', 'a']],
    [['toString', 'a']],
    [['MEASURE', 'a']],
    [['--version']],
  ])('refuses %j with one sentence', (args) => {
    const act = () => parseRootArguments(args);
    expect(act).toThrow(ConfigurationError);
    expect(act).toThrow(/^[^\n\0]*`tunegate-root VERB ID` is accepted[^\n\0]*$/);
  });

  it('lets nothing through as an id that leads out of a folder, whatever is tried', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (id) => {
        try {
          expect(parseRootArguments(['forget', id]).id).toMatch(/^[a-z0-9][a-z0-9-]{0,63}$/);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(ConfigurationError);
        }
      }),
    );
  });
});

describe('the document on standard input', () => {
  const measure = { schema: 'tunegate.measure/1', plan: 'p', baseline: 'b', candidate: 'c', options: {} };
  const read = (text: string | Buffer) => readDocument(Readable.from([Buffer.from(text)]), measureRequestSchema);

  it('is read whole, also in pieces', async () => {
    const pieces = [...Buffer.from(JSON.stringify(measure))].map((byte) => Buffer.from([byte]));
    expect(await readDocument(Readable.from(pieces), measureRequestSchema)).toEqual({
      ...measure,
      options: { waitSeconds: 0 },
    });
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['two documents', `${JSON.stringify(measure)}\n${JSON.stringify(measure)}`],
    ['another kind of document', JSON.stringify({ ...measure, schema: 'tunegate.measure/2' })],
    ['a key more', JSON.stringify({ ...measure, out: '/etc' })],
    ['a key more inside', JSON.stringify({ ...measure, options: { out: '/etc' } })],
    ['a key of the prototype', JSON.stringify(measure).replace('"options":{}', '"options":{"__proto__":{"seed":1}}')],
    ['a key of the prototype outside', JSON.stringify(measure).replace('{', '{"__proto__":{},')],
    ['NUL in a text', JSON.stringify({ ...measure, plan: 'a\0b' })],
    ['a text that is too long', JSON.stringify({ ...measure, plan: 'a'.repeat(256 * 1024 + 1) })],
    ['no text', JSON.stringify({ ...measure, plan: ['p'] })],
    ['a number that is no seed', JSON.stringify({ ...measure, options: { seed: -1 } })],
    ['an endless wait', JSON.stringify({ ...measure, options: { waitSeconds: 1e9 } })],
    ['a path to an inventory', JSON.stringify({ ...measure, host: { inventory: '/tmp/lab', machine: 'stock' } })],
    ['a path upwards to one', JSON.stringify({ ...measure, host: { inventory: '../lab', machine: 'stock' } })],
    ['an inventory itself', JSON.stringify({ ...measure, host: { inventory: { machines: {} }, machine: 'stock' } })],
    [
      'a machine that is an option',
      JSON.stringify({ ...measure, host: { inventory: 'lab', machine: '-oProxyCommand=x' } }),
    ],
    ['an inventory without a machine', JSON.stringify({ ...measure, host: { inventory: 'lab' } })],
    ['a way to a machine', JSON.stringify({ ...measure, host: { inventory: 'lab', machine: 'stock', ssh: {} } })],
    ['no UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22])],
    ['too much', `"${'a'.repeat(largestDocument)}"`],
  ])('is refused when it is %s', async (_, text) => {
    const reading = read(text);
    await expect(reading).rejects.toThrow(ConfigurationError);
    await expect(reading).rejects.toThrow(/^the document on standard input \P{Cc}*$/u);
  });

  it('is not read to its end when it has none', async () => {
    let produced = 0;
    const endless = Readable.from(
      (function* () {
        // So much and no more, lest a reader without a limit eat all memory.
        while (produced < 4 * largestDocument) {
          produced += 65_536;
          yield Buffer.alloc(65_536, 0x20);
        }
      })(),
    );
    await expect(readDocument(endless, measureRequestSchema)).rejects.toThrow(/longer than/);
    expect(produced).toBeLessThan(2 * largestDocument);
  });

  it('names no guest, test or attachment that there is not', () => {
    const provision = { schema: 'tunegate.provision/1', profile: 'x', guest: 'docker', attachment: 'bridge' };
    expect(provisionRequestSchema.safeParse(provision).success).toBe(true);
    expect(provisionRequestSchema.safeParse({ ...provision, guest: 'bare' }).success).toBe(false);
    expect(provisionRequestSchema.safeParse({ ...provision, attachment: 'vlan' }).success).toBe(false);
    const benchmark = { schema: 'tunegate.benchmark/1', guest: 'g1', tests: ['ping'], samples: 1, seconds: 1 };
    expect(benchmarkRequestSchema.safeParse(benchmark).success).toBe(true);
    for (const change of [
      { guest: '../g1' },
      { tests: [] },
      { tests: ['ping', 'ping'] },
      { seconds: 0 },
      { samples: 0.5 },
    ])
      expect(benchmarkRequestSchema.safeParse({ ...benchmark, ...change }).success, JSON.stringify(change)).toBe(false);
  });
});

describe('the document of prepare', () => {
  const prepare = { schema: 'tunegate.prepare/1', profile: 'x', layers: ['host'] };
  const accepts = (change: object) => prepareRequestSchema.safeParse({ ...prepare, ...change }).success;

  it('names layers that belong to a host, each once', () => {
    expect(accepts({})).toBe(true);
    expect(accepts({ layers: ['host-boot', 'host'], host: { inventory: 'lab', machine: 'stock' } })).toBe(true);
    for (const layers of [[], ['guest'], ['daemon'], ['host', 'host'], ['__proto__'], 'host']) {
      expect(accepts({ layers }), JSON.stringify(layers)).toBe(false);
    }
  });

  it('has no place for words of a command line, a state file or a folder', () => {
    for (const key of ['words', 'kernel', 'folder', 'state', 'cmdline', 'restore']) {
      expect(accepts({ [key]: 'x' }), key).toBe(false);
    }
  });
});

describe('whoever calls', () => {
  const call = (uid: number, sudoUid?: string) =>
    runRootProgram(['stop', 'a'], { uid, sudoUid }, createFakeSurroundings(), {
      parent: '/nonexistent/runs',
      inventories: '/nonexistent/etc',
    });

  it('is root, by sudo or by itself', async () => {
    await expect(call(65_534)).rejects.toThrow(/must run as root/);
    await expect(call(0)).resolves.toBeUndefined();
    await expect(call(0, '65534')).resolves.toBeUndefined();
  });

  it.each(['-1', '0x0', '1 2', 'root', '1'.repeat(11)])('is not believed to be user %j', async (sudoUid) => {
    await expect(call(0, sudoUid)).rejects.toThrow(ConfigurationError);
  });
});
