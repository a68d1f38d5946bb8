import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { listRootPackages } from '../../runner-setup/list-root-packages.ts';
import { parseProgramRequest } from '../../runner-setup/program-request.ts';
import { buildSudoersRule, buildWrapper, describeProgramChange } from '../../runner-setup/program-texts.ts';
import { ConfigurationError } from '../../src/errors.ts';

describe('npm run install-host', () => {
  it('reads its flags', () => {
    expect(parseProgramRequest(['--user', 'runner', '--yes'])).toEqual({
      action: 'install',
      user: 'runner',
      places: {
        ...{ prefix: '/opt/tunegate', program: '/usr/local/sbin/tunegate-root', sudoersFolder: '/etc/sudoers.d' },
      },
      consents: true,
    });
    expect(parseProgramRequest(['--user', 'runner', '--prefix', '/srv/t', '--uninstall'])).toMatchObject({
      ...{ action: 'uninstall', consents: false, places: { prefix: '/srv/t' } },
    });
    expect(parseProgramRequest(['--help'])).toBeNull();
  });

  it.each([
    [[]],
    [['--user', '']],
    [['--user', 'root']],
    [['--user', 'ALL']],
    [['--user', '%wheel']],
    [['--user', 'a b']],
    [['--user', 'a\nb ALL=(ALL) NOPASSWD: ALL']],
    [['--user', 'a,b']],
    [['--user', '#0']],
    [['--user', 'runner', '--prefix', 'opt']],
    [['--user', 'runner', '--prefix', '/opt/../etc']],
    [['--user', 'runner', '--prefix', '/opt/a b']],
    [['--user', 'runner', '--prefix', '/opt/$(x)']],
    [['--user', 'runner', '--prefix', '/']],
    [['--user', 'runner', 'more']],
    [['--user', 'runner', '--other']],
  ])('refuses %j', (args) => {
    expect(() => parseProgramRequest(args)).toThrow(ConfigurationError);
  });

  it('lets one user run one program', () => {
    expect(buildSudoersRule('runner', '/usr/local/sbin/tunegate-root')).toBe(
      'runner ALL=(root) NOPASSWD: /usr/local/sbin/tunegate-root\n',
    );
  });

  it('starts the program with an environment of its own', () => {
    expect(buildWrapper('/opt/tunegate').split('\n').slice(2)).toEqual([
      'cd / || exit 1',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own placeholder.
      'exec /usr/bin/env -i PATH=/opt/tunegate/node_modules/node/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 SUDO_UID="${SUDO_UID:-}" \\',
      '  /opt/tunegate/node_modules/node/bin/node /opt/tunegate/cli/root-main.ts "$@"',
      '',
    ]);
  });

  it('says what it changes', () => {
    const request = parseProgramRequest(['--user', 'runner']);
    if (request === null) throw new Error('no request');
    expect(describeProgramChange(request, 'a'.repeat(40))).toBe(
      [
        'This host will be changed so:',
        "  /opt/tunegate: a copy of commit aaaaaaaaaaaa and of the npm packages it needs, root's own (about 150 MB)",
        '  /usr/local/sbin/tunegate-root: starts that copy, with an empty environment',
        '  /etc/sudoers.d/tunegate-runner: runner ALL=(root) NOPASSWD: /usr/local/sbin/tunegate-root',
        'User runner can then measure as root, with plans and profiles that the program checks; nothing else.',
        '',
      ].join('\n'),
    );
  });
});

describe('packages that run as root', () => {
  it('are those that the project depends on, as Node finds them, without the clients of GitHub', () => {
    const lock = {
      packages: {
        '': { dependencies: { a: '1', '@actions/core': '1' }, devDependencies: { d: '1' } },
        'node_modules/a': { dependencies: { b: '1', c: '1' } },
        'node_modules/a/node_modules/b': { dependencies: { c: '1', e: '1' }, optionalDependencies: { missing: '1' } },
        'node_modules/b': {},
        'node_modules/c': { dependencies: { a: '1' } },
        'node_modules/d': {},
        'node_modules/e': {},
        'node_modules/@actions/core': { dependencies: { f: '1' } },
        'node_modules/f': {},
      },
    };
    expect(listRootPackages(JSON.stringify(lock))).toEqual([
      ...['node_modules/a', 'node_modules/a/node_modules/b', 'node_modules/c', 'node_modules/e', 'node_modules/node'],
    ]);
  });

  it('of this project are few, and Node is one of them', async () => {
    const packages = listRootPackages(await readFile('package-lock.json', 'utf8'));
    for (const name of ['node', 'execa', 'zod', 'yaml', 'listr2', 'commander']) {
      expect(packages).toContain(`node_modules/${name}`);
    }
    expect(packages.filter((name) => /@actions|@octokit|vega|typescript|vitest/.test(name))).toEqual([]);
  });
});
