import { access, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCompareCommand } from '../../cli/commands/compare.ts';
import { createPlanCommand } from '../../cli/commands/plan.ts';
import { createProfileCommand } from '../../cli/commands/profile.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import { projectHome, runCommand } from './fake-surroundings.ts';

let folder = '';
const marker = () => join(folder, 'owned');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tunegate-hostile-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function write(name: string, text: string): Promise<string> {
  const file = join(folder, `${name}.yaml`);
  await writeFile(file, text);
  return file;
}

/** A profile that sets one parameter; the value is YAML. */
const setting = (parameter: string, value: string) => `name: hostile\nparameters:\n  ${parameter}: ${value}\n`;

const layers = [
  ['guest', 'guest.docker.cpuset'],
  ['guest boot', 'guest.qemu.boot.isolcpus'],
  ['guest kernel', 'guest.qemu.kernel'],
  ['daemon', 'daemon.address-pool'],
  ['host', 'host.cpu.governor'],
  ['host-boot', 'host-boot.isolcpus'],
  ['host kernel', 'host-boot.kernel'],
] as const;

const values = [
  ['command substitution', (owned: string) => `"$(touch ${owned})"`],
  ['backquotes', (owned: string) => `"\`touch ${owned}\`"`],
  ['a line break in the value', () => '"1\\ninit=/bin/sh"'],
  ['a value over several lines', () => '|\n    1\n    init=/bin/sh'],
  ['another word', () => '"1 init=/bin/sh"'],
  ['another init', () => 'init=/bin/sh'],
  ['a path upwards', () => '/boot/../etc/shadow'],
  ['a mapping', () => '{ __proto__: { polluted: true } }'],
  ['a constructor', () => '{ constructor: { prototype: { polluted: true } } }'],
  ['a tag', () => '!!js/function "function () { return 1 }"'],
] as const;

describe.each(layers)('a profile that misuses layer %s', (_, parameter) => {
  it.each(values)('%s is refused in one sentence, and nothing happens', async (what, describeValue) => {
    const file = await write('hostile', setting(parameter, describeValue(marker())));
    const { stdout, stderr, exitCode } = await runCommand(createProfileCommand, ['profile', 'check', file]);
    expect({ what, stdout, exitCode }).toEqual({ what, stdout: '', exitCode: 2 });
    expect(stderr).toMatch(/^tunegate: [^\n]+hostile\.yaml:\d+:\d+: [^\n]+(accepted|must be|found)[^\n]*\n$/);
    await expect(access(marker())).rejects.toThrow();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe('keys that are not what they seem', () => {
  it.each([
    ['a letter from elsewhere', 'guest.docker.cpuѕet', /unknown parameter "guest\.docker\.cpu\\u\{455\}et" \(did you/],
    ['a turned direction', '"guest.docker.\\u202ecpuset"', /unknown parameter "guest\.docker\.\\u\{202e\}cpuset"/],
    [
      'a space of no width',
      '"guest.docker.cpuset\\u200b"',
      /cpuset\\u\{200b\}" \(did you mean "guest\.docker\.cpuset"/,
    ],
    ['__proto__', '__proto__', /the key "__proto__" is not accepted/],
    ['constructor', 'constructor', /unknown parameter "constructor", accepted are /],
    ['prototype', 'prototype', /unknown parameter "prototype", accepted are /],
    ['hasOwnProperty', 'hasOwnProperty', /unknown parameter "hasOwnProperty", accepted are /],
    ['a path', '../../etc/passwd', /unknown parameter "\.\.\/\.\.\/etc\/passwd", accepted are /],
  ])('%s', async (_, key, message) => {
    const file = await write('hostile', setting(key, '1'));
    const { stderr, exitCode } = await runCommand(createProfileCommand, ['profile', 'check', file]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^[\x20-\x7e]+\n$/);
  });

  it.each(['__proto__', 'constructor', 'toString', 'parametеrs'])('%s at the top of a file', async (key) => {
    const file = await write('hostile', `name: hostile\n${key}: { polluted: true }\n`);
    const { stderr, exitCode } = await runCommand(createProfileCommand, ['profile', 'check', file]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^tunegate: \S+:2:1: (unknown key|the key "__proto__")[^\n]+\n$/);
  });
});

/** Everything with which 64 KiB can be made to cost time or memory. */
const letters = [...'abcdefghijklmnopqrstuvwxyz'];
const names = letters.flatMap((a) => letters.flatMap((b) => letters.map((c) => a + b + c)));
/** As many entries as a file may hold. */
function fill(entry: string, separator: string): string {
  const text = names
    .map((name) => `${name}: ${entry}`)
    .join(separator)
    .slice(0, 63_000);
  return text.slice(0, text.lastIndexOf(separator));
}

const bombs: Readonly<Record<string, string>> = {
  'anchors that double': `name: hostile\nparameters:\n  a: &a [x,x]\n${letters
    .slice(1)
    .map((name, index) => `  ${name}: &${name} [*${letters[index]},*${letters[index]}]`)
    .join('\n')}`,
  'an anchor on the file': '&a\nname: hostile\nparameters: *a\n',
  'a merge of keys': 'name: hostile\nbase: &b { x: 1 }\nparameters:\n  <<: *b\n',
  'thousands of parameters': `name: hostile\nparameters: {${fill('1', ',')}}`,
  'thousands of mappings': `name: hostile\nparameters: {${fill('{}', ',')}}`,
  'thousands of keys': `name: hostile\n${fill('1', '\n')}`,
  'one key thousands of times': `name: hostile\n${'a: 1\n'.repeat(12_000)}`,
  'a key of dots only': `name: hostile\nparameters:\n  ? ${'.'.repeat(63_000)}\n  : 1`,
  'a key without an end': `name: hostile\nparameters:\n  ? ${'q'.repeat(63_000)}\n  : 1`,
  'brackets only': '['.repeat(65_000),
  'a list of a million ranges': setting('guest.docker.cpuset', `"${'0-1,'.repeat(15_000)}0"`),
  'a list as long as the file': setting(
    'guest.docker.cpuset',
    `[${Array.from({ length: 9000 }, () => '0-8191').join(',')}]`,
  ),
  'a range of a billion CPUs': setting('host-boot.isolcpus', '0-999999999'),
  'CPU 8192': setting('host-boot.isolcpus', '8192'),
  'a name as long as the file': `name: ${'a'.repeat(63_000)}`,
  'another profile with a long name': `name: hostile\nextends: ${'a'.repeat(63_000)}`,
};

describe('files made to cost time', () => {
  // A minute each is generous: all of them together take seconds. Before they were bounded, one took four minutes.
  it.each(Object.entries(bombs))('%s', { timeout: 60_000 }, async (_, text) => {
    const file = await write('hostile', text);
    const { stdout, stderr, exitCode } = await runCommand(createProfileCommand, ['profile', 'check', file]);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    expect(stderr).toMatch(/^tunegate: [^\n]+\n$/);
    expect(stderr.length).toBeLessThan(3000);
  });

  it('ten megabytes, and a hole of a terabyte, are refused unread in little memory', { timeout: 60_000 }, async () => {
    const large = await write('large', 'name: large\n'.repeat(900_000));
    const hole = await write('hole', '');
    await truncate(hole, 2 ** 40);
    for (const file of [large, hole]) {
      const args = ['--max-old-space-size=96', join(projectHome, 'cli/main.ts'), 'profile', 'check', file];
      const command = { program: process.execPath, args };
      const outcome = await createLocalMachine().run(command, { timeoutSeconds: 50, allowFailure: true });
      expect(outcome.exitCode).toBe(2);
      expect(outcome.stderr).toMatch(/the file has \d+ bytes, at most 262144, a YAML file is accepted\n$/);
    }
  });
});

describe('plans and policies', () => {
  const hostile: Readonly<Record<string, string>> = {
    'an anchor': 'name: &a hostile\n',
    __proto__: '__proto__: { polluted: true }\n',
    constructor: 'constructor: { polluted: true }\n',
    'command substitution': 'name: "$(reboot)"\nmargins: { "$(reboot)": 0.1 }\n',
    'thousands of keys': fill('1', '\n'),
    brackets: '['.repeat(65_000),
    'a value of its own tag': 'name: !run x\n',
    'too much': 'a: 1\n'.repeat(100_000),
  };

  it.each(Object.entries(hostile))('a plan with %s', { timeout: 60_000 }, async (_, text) => {
    const file = await write('hostile', text);
    const { stderr, exitCode } = await runCommand(createPlanCommand, ['plan', file]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^tunegate: [^\n]+\n$/);
    expect(stderr.length).toBeLessThan(3000);
  });

  it.each(Object.entries(hostile))('a policy with %s', { timeout: 60_000 }, async (_, text) => {
    const file = await write('hostile', text);
    const samples = join(projectHome, 'test/fixtures/statistics/none.json');
    const args = ['compare', '--samples', samples, '--policy', file];
    const { stderr, exitCode } = await runCommand(createCompareCommand, args);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^tunegate: [^\n]*hostile\.yaml[^\n]+\n$/);
    expect(stderr.length).toBeLessThan(3000);
  });
});
