import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { setUpMachine } from '../../runner-setup/set-up-machine.ts';
import type { SetUpRequest } from '../../runner-setup/set-up-request.ts';
import { labTools, tools } from '../../src/hosts/tools.ts';
import { debianSources, FakeDebian, policyPath, sourcesPath } from './fake-debian.ts';

const wholePlan = `This machine lacks netperf, netserver, iperf3, iperf2, dockerd, docker, tini, busybox, qemu-system-x86_64, lz4, xz, zstd. Setting it up changes for good:
  - package sources: component non-free added to the entry in /etc/apt/sources.list.d/debian.sources, for netperf
  - packages: busybox-static, docker.io, iperf, iperf3, lz4, netperf, qemu-system-x86, tini, xz-utils, zstd, with what they depend on
  - folder: /var/cache/tunegate, for the guest image and the data of a private dockerd
No server is started, and none that comes with these packages starts when the machine boots.
`;

async function setUp(machine: FakeDebian, overrides: Partial<SetUpRequest> = {}) {
  let said = '';
  const stderr = new Writable({
    write: (chunk, _encoding, done) => {
      said += String(chunk);
      done();
    },
  });
  const exitCode = await setUpMachine({
    machine,
    command: 'bench',
    mayGoOnWithout: false,
    needsConsent: true,
    consents: false,
    pid: 7,
    stderr,
    signal: new AbortController().signal,
    ...overrides,
  });
  return { exitCode, said };
}

/** Exactly the files of a machine that nobody has set up. */
function expectUntouched(machine: FakeDebian) {
  expect([...machine.files].sort()).toEqual([...new FakeDebian().files].sort());
  expect(machine.packages).toEqual(new FakeDebian().packages);
}

async function createCompleteMachine(): Promise<FakeDebian> {
  const machine = new FakeDebian();
  await setUp(machine, { consents: true });
  machine.happened.length = 0;
  return machine;
}

describe('setUpMachine', () => {
  it('installs what is missing: lists first, no service starts, servers do not start at boot, and says what changed', async () => {
    const machine = new FakeDebian();
    const { exitCode, said } = await setUp(machine, { consents: true });
    expect(exitCode).toBe(0);
    expect(machine.happened).toEqual([
      'apt-get update',
      'apt-get download',
      'apt-get install without services',
      'systemctl disable docker.io.service',
      'update-rc.d docker.io disable',
      'update-rc.d netperf disable',
    ]);
    expect(said).toBe(`${wholePlan}Adding the component non-free to /etc/apt/sources.list.d/debian.sources ...
Refreshing the package lists ...
Downloading busybox-static, docker.io, iperf, iperf3, lz4, netperf, qemu-system-x86, tini, xz-utils, zstd and what they depend on ...
Installing; services are forbidden to start meanwhile ...
Changed on this machine for good:
  - package sources: component non-free added in /etc/apt/sources.list.d/debian.sources
  - packages installed: busybox-static, docker.io, iperf, iperf3, lz4, netperf, qemu-system-x86, tini, xz-utils, zstd
  - services that came with them, kept from starting: docker.io, docker.io.service, netperf
  - folder: /var/cache/tunegate (measuring keeps its guest image and Docker data there)
`);
    expect(machine.files.get(sourcesPath)).toBe(debianSources.replace('main', 'main non-free'));
    expect([...machine.files.keys()].sort()).toEqual([...new FakeDebian().files.keys()].sort());
  });

  it('installs what the lab needs for the lab alone', async () => {
    const machine = await createCompleteMachine();
    const { exitCode, said } = await setUp(machine, {
      command: 'lab',
      needsConsent: false,
      tools: [...tools, ...labTools],
    });
    expect(exitCode).toBe(0);
    expect(said).toContain('This machine lacks mmdebstrap, sfdisk, mkfs.ext4, ssh.');
    expect([...machine.packages]).toEqual(
      expect.arrayContaining(['mmdebstrap', 'fdisk', 'e2fsprogs', 'openssh-client']),
    );
  });

  it('is silent and does nothing the second time', async () => {
    const machine = await createCompleteMachine();
    expect(await setUp(machine)).toEqual({ exitCode: 0, said: '' });
    expect(machine.happened).toEqual([]);
  });

  it('bench off a terminal without --yes lists everything, changes nothing and ends with 2', async () => {
    const machine = new FakeDebian();
    const { exitCode, said } = await setUp(machine);
    expect(exitCode).toBe(2);
    expect(said).toBe(
      `${wholePlan}tunegate: nothing was changed, since nobody can be asked here; run \`npm run bench -- --yes\` to agree\n`,
    );
    expectUntouched(machine);
    expect(machine.happened).toEqual([]);
  });

  it('test off a terminal does not ask', async () => {
    const machine = new FakeDebian();
    const { exitCode } = await setUp(machine, { command: 'test', needsConsent: false, mayGoOnWithout: true });
    expect(exitCode).toBe(0);
    expect(machine.packages).toContain('netperf');
  });

  it.each([
    [true, false, 0],
    [false, false, 2],
    [false, true, 0],
    [null, false, 130],
    [null, true, 130],
  ])('on a terminal asks: answer %s, may go on without %s, ends with %s', async (answer, mayGoOnWithout, expected) => {
    const machine = new FakeDebian();
    const asked: string[] = [];
    const ask = async (question: string) => {
      asked.push(question);
      return answer;
    };
    const { exitCode } = await setUp(machine, { mayGoOnWithout, ask });
    expect(exitCode).toBe(expected);
    expect(asked).toEqual(['Change this machine so?']);
    if (answer !== true) expectUntouched(machine);
  });

  it('without root says what is missing and how to get it', async () => {
    const machine = new FakeDebian();
    machine.userId = '1000';
    const { exitCode, said } = await setUp(machine, { consents: true });
    expect(exitCode).toBe(2);
    expect(said).toBe(
      'tunegate: this machine lacks netperf, netserver, iperf3, iperf2, dockerd, docker, tini, busybox, qemu-system-x86_64, lz4, xz, zstd, and only root may change that; run `sudo npm run bench`\n',
    );
    expectUntouched(machine);
  });

  it('without root the tests go on', async () => {
    const machine = new FakeDebian();
    machine.userId = '1000';
    const { exitCode, said } = await setUp(machine, { command: 'test', mayGoOnWithout: true });
    expect(exitCode).toBe(0);
    expect(said).toContain('Going on without; what needs it is skipped by name.');
  });

  it('refuses a distribution that it does not know', async () => {
    const machine = new FakeDebian();
    machine.files.set('/etc/os-release', 'ID=fedora\nVERSION_ID=41\n');
    const { exitCode, said } = await setUp(machine, { consents: true });
    expect(exitCode).toBe(2);
    expect(said).toMatch(/^tunegate: this machine lacks netperf, .*written for Debian and Ubuntu only/);
  });

  it('takes the package sources back when the packages cannot be had', async () => {
    const machine = new FakeDebian();
    machine.onApt = (subcommand) => (subcommand === 'download' ? 100 : 0);
    const { exitCode, said } = await setUp(machine, { consents: true });
    expect(exitCode).toBe(1);
    expect(said).toMatch(/\ntunegate: could not download the packages; apt said: E: env does not want to\n$/);
    expectUntouched(machine);
  });

  it('a broken third-party source is no obstacle as long as the packages are there', async () => {
    const machine = new FakeDebian();
    machine.onApt = (subcommand) => (subcommand === 'update' ? 100 : 0);
    expect((await setUp(machine, { consents: true })).exitCode).toBe(0);
  });

  it('an interruption before installing takes everything back', async () => {
    const machine = new FakeDebian();
    const interruption = new AbortController();
    machine.onApt = () => {
      interruption.abort(new Error('interrupted'));
      return 0;
    };
    const { exitCode } = await setUp(machine, { consents: true, signal: interruption.signal });
    expect(exitCode).toBe(130);
    expect(machine.happened).toEqual(['apt-get update']);
    expectUntouched(machine);
  });

  it('an interruption while installing lets it finish, so that nothing is half configured', async () => {
    const machine = new FakeDebian();
    const interruption = new AbortController();
    machine.onApt = (subcommand) => {
      if (subcommand === 'install') interruption.abort(new Error('interrupted'));
      return 0;
    };
    const { exitCode } = await setUp(machine, { consents: true, signal: interruption.signal });
    expect(exitCode).toBe(130);
    expect(machine.happened).toContain('update-rc.d netperf disable');
    expect(machine.files.has(policyPath)).toBe(false);
  });

  it('a failure while installing gives services free again', async () => {
    const machine = new FakeDebian();
    machine.files.set(policyPath, '#!/bin/sh\nexit 0\n');
    machine.onApt = (subcommand) => (subcommand === 'install' ? 100 : 0);
    const { exitCode, said } = await setUp(machine, { consents: true });
    expect(exitCode).toBe(1);
    expect(said).toContain('tunegate: could not install the packages; apt said:');
    expect(machine.happened).toContain('apt-get install without services');
    expect(machine.files.get(policyPath)).toBe('#!/bin/sh\nexit 0\n');
  });

  it('finishes what a killed set-up left, before it looks for what is missing', async () => {
    const machine = new FakeDebian();
    const killed = await createCompleteMachine();
    for (const name of killed.packages) machine.packages.add(name);
    machine.files.set(policyPath, '#!/bin/sh\n# tunegate: left behind\nexit 101\n');
    const { exitCode, said } = await setUp(machine);
    expect(exitCode).toBe(0);
    expect(said).toContain('An earlier set-up was killed while it installed packages; finishing that ...');
    expect(machine.happened).toEqual(['apt-get check without services', 'dpkg dpkg without services']);
    expect(machine.files.has(policyPath)).toBe(false);
  });

  it('leaves a machine alone that is being measured', async () => {
    const machine = new FakeDebian();
    machine.files.set('/var/lib/tunegate/lock', JSON.stringify({ pid: 7, startTicks: 123, since: 'now' }));
    const { exitCode, said } = await setUp(machine, { consents: true });
    expect(exitCode).toBe(2);
    expect(said).toMatch(/local is already being measured by process 7/);
    expect(machine.packages).not.toContain('netperf');
  });
});
