import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createProfileCommand } from '../../cli/commands/profile.ts';
import { runCommand } from './fake-surroundings.ts';

const fixtures = fileURLToPath(new URL('../fixtures/profiles', import.meta.url));
const run = (...args: readonly string[]) => runCommand(createProfileCommand, ['profile', ...args]);
const fixture = (name: string) => `${fixtures}/${name}.yaml`;

describe('profile check', () => {
  it('shows each parameter with its layer, value and probe', async () => {
    const { stdout, stderr, exitCode } = await run('check', 'tuned');
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    expect(stdout).toContain(
      'Profile tuned is accepted: Guests and their host tuned for short answers, on a CPU that is kept free for the guest.\n',
    );
    expect(stdout).toMatch(/│ guest\.docker\.cpuset +│ guest +│ 1 +│ \/proc\/PID\/status Cpus_allowed_list +│/);
    expect(stdout).toMatch(/│ guest\.docker\.mac +│ guest +│ 02:54:47:00:00:10 +│/);
    expect(stdout).toMatch(/\nsha256 of the parameters: [0-9a-f]{64}\n$/);
  });

  it('prints one JSON document with --json', async () => {
    const { stdout, exitCode } = await run('check', 'stock', '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      name: 'stock',
      compareTo: null,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      parameters: [
        { name: 'guest.docker.address', layer: 'guest', value: '198.18.0.16', switching: 'deployment' },
        { name: 'guest.docker.mac', layer: 'guest', value: '02:54:47:00:00:10', guests: ['docker'] },
      ],
    });
  });

  it('takes a path; what it extends is looked for beside it, then among the shipped ones', async () => {
    const { stdout, exitCode } = await run('check', fixture('child'), '--json');
    expect(exitCode).toBe(0);
    const { parameters } = JSON.parse(stdout) as { parameters: readonly { name: string; value: unknown }[] };
    expect(parameters.map(({ name, value }) => [name, value])).toEqual([
      ['guest.docker.cpus', 0.5],
      ['guest.docker.cpuset', '0-3'],
      ['guest.docker.mac', '02:54:47:00:00:10'],
      ['guest.docker.memory', '1GiB'],
    ]);
  });

  it.each([
    ['unknown-key', ':2:1: unknown key "parametres" (did you mean "parameters"?), accepted are name, '],
    ['unknown-parameter', ':4:3: unknown parameter "guest.docker.cpusett" (did you mean "guest.docker.cpuset"?), '],
    [
      'impossible-cpu-list',
      ':3:24: guest.docker.cpuset must be a Linux CPU list such as 1, "0-3,5" or [0, 1], found "3-1"',
    ],
    [
      'hostile-cpu-list',
      ':3:24: guest.docker.cpuset must be a Linux CPU list such as 1, "0-3,5" or [0, 1], found "0-9',
    ],
    ['wrong-unit', ':3:24: guest.docker.memory must be a size with the unit MiB or GiB, such as 256MiB, of at least '],
    ['duplicate-key', ':4:3: the key guest.docker.cpus appears twice, once is accepted'],
    ['alias-bomb', ':3:9: anchors and aliases are not accepted, write the value'],
    [
      'empty',
      ':1:1: the file must be a mapping with the keys name, description, extends, compareTo, parameters, found',
    ],
    ['not-a-mapping', ':1:1: the file must be a mapping with the keys name, description, extends, compareTo, '],
    ['circle-a', ': extends leads in a circle (circle-a -> circle-b -> circle-a), a chain with an end is accepted'],
    [
      'orphan',
      ':2:10: extends: there is no profile "stok" (did you mean "stock"?), accepted are stock, thesis-stock, thesis-tuned, thesis-tuned-literal, tuned or the',
    ],
    ['other-name', ':1:7: name must be "other-name" like the file\'s, found "another-name"'],
    ['absent', ': there is no such file, a YAML file is accepted'],
  ])('%s: one sentence and exit code 2', async (name, message) => {
    for (const flags of [[], ['--json']]) {
      const { stdout, stderr, exitCode } = await run('check', fixture(name), ...flags);
      expect(stdout).toBe('');
      expect(stderr).toContain(message);
      expect(stderr).toMatch(/^tunegate: [^\n]+\n$/);
      expect(exitCode).toBe(2);
    }
  });

  it('names what exists when a name is unknown, and goes nowhere else', async () => {
    const { stderr, exitCode } = await run('check', 'tund');
    expect(stderr).toBe(
      'tunegate: there is no profile "tund" (did you mean "tuned"?), accepted are stock, thesis-stock, thesis-tuned, thesis-tuned-literal, tuned or the path of a file\n',
    );
    expect(exitCode).toBe(2);
    expect((await run('check', '..')).stderr).toContain('there is no profile ".."');
  });

  it('refuses what is no file of text', async () => {
    expect((await run('check', '/dev/null')).stderr).toContain('/dev/null: this is no regular file');
    expect((await run('check', fixtures)).stderr).toContain('this is no regular file');
    expect((await run('check', process.execPath)).stderr).toMatch(/the file has \d+ bytes, at most 262144/);
  });
});

describe('profile diff', () => {
  it('shows what differs, and the regime', async () => {
    const { stdout, exitCode } = await run('diff', 'stock', 'tuned');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/│ parameter +│ layer +│ baseline stock +│ candidate tuned +│/);
    expect(stdout).toMatch(/│ guest\.docker\.cpuset +│ guest +│ not set +│ 1 +│/);
    expect(stdout).not.toContain('guest.docker.mac');
    expect(stdout).toMatch(/\nRegime boot: the sides of a comparison alternate by boot\.\n$/);
  });

  it('prints one JSON document with --json', async () => {
    const { stdout } = await run('diff', fixture('child'), 'stock', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      baseline: { profile: 'child' },
      candidate: { profile: 'stock' },
      regime: 'deployment',
      differences: [
        { parameter: 'guest.docker.address', layer: 'guest', baseline: null, candidate: '198.18.0.16' },
        { parameter: 'guest.docker.cpus', baseline: '0.5', candidate: null },
        { parameter: 'guest.docker.cpuset', baseline: '0-3', candidate: null },
        { parameter: 'guest.docker.memory', baseline: '1GiB', candidate: null },
      ],
    });
  });

  it('says so when nothing differs', async () => {
    const { stdout, exitCode } = await run('diff', 'stock', 'stock');
    expect({ stdout, exitCode }).toEqual({ stdout: 'Profiles stock and stock set the same.\n', exitCode: 0 });
  });

  it('wants two profiles', async () => {
    const { stderr, exitCode } = await run('diff', 'stock');
    expect({ stderr, exitCode }).toEqual({ stderr: "error: missing required argument 'candidate'\n", exitCode: 2 });
  });
});

describe('profile --help', () => {
  it('has an example for each subcommand', async () => {
    for (const subcommand of ['check', 'diff']) {
      const { stdout, exitCode } = await run(subcommand, '--help');
      expect(exitCode).toBe(0);
      expect(stdout).toContain(`Example:\n  tunegate profile ${subcommand} `);
    }
  });
});
