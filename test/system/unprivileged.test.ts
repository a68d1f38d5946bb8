import { chmod, chown, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLocalMachine } from '../../src/machines/local.ts';
import { readRun } from '../../src/results/read-journal.ts';
import { describeWith } from '../requirements.ts';
import { takeSnapshot } from './machine-snapshot.ts';

const machine = createLocalMachine();
const nobody = 65_534;
const tun = '/dev/net/tun';

const plan = (name: string, guests: string, attachment: string, tests: string) =>
  `name: ${name}\ndescription: A test.\nlayers: [guest]\nguests: [${guests}]\nattachments: [${attachment}]\ntests: [${tests}]\ndeployments: 1\nsamples: 1\nseconds: 1\n`;

const needed = ['root', 'user-namespaces', 'namespaces', 'qemu', 'netperf', 'iperf3', 'ping'];

describeWith(needed, 'a user without root', () => {
  let home: string;
  let tunMode: number;
  let before: Awaited<ReturnType<typeof takeSnapshot>>;

  beforeAll(async () => {
    before = await takeSnapshot();
    // Not below root's folder for temporary files, which a test runner may have closed to others.
    home = await mkdtemp('/tmp/tunegate-nobody-');
    await chown(home, nobody, nobody);
    await writeFile(join(home, 'own.yaml'), plan('own', 'qemu', 'user', 'tcp_rr, udp_rr, iperf_tcp, iperf_udp'));
    await writeFile(join(home, 'wire.yaml'), plan('wire', 'qemu, bare', 'bridge', 'tcp_rr, ping'));
    tunMode = (await stat(tun)).mode & 0o777;
  });

  afterAll(async () => {
    await chmod(tun, tunMode);
    await rm(home, { recursive: true });
    expect(await takeSnapshot()).toEqual(before);
  });

  const measure = (name: string) => {
    const asNobody = ['--reuid', String(nobody), '--regid', String(nobody), '--clear-groups', '--inh-caps=-all'];
    const environment = ['-i', `HOME=${home}`, 'PATH=/usr/bin:/bin:/usr/sbin:/sbin', 'NO_COLOR=1'];
    const order = ['measure', '--plan', join(home, `${name}.yaml`), '--candidate', 'stock', '--out', join(home, name)];
    const program = [process.execPath, 'cli/main.ts', ...order];
    const args = [...asNobody, 'env', ...environment, ...program];
    return machine.run({ program: 'setpriv', args }, { timeoutSeconds: 150, allowFailure: true });
  };

  const listMeasured = async (name: string) => {
    const { samples, deployments, end } = await readRun(join(home, name));
    const guests = new Map(deployments.map(({ id, guest, attachment }) => [id, `${guest}/${attachment}`]));
    const measured = samples.filter(({ phase, status }) => phase === 'measure' && status === 'ok');
    const cells = new Set(measured.map(({ deployment, test }) => `${guests.get(deployment)}/${test}`));
    return { status: end?.status, cells: [...cells].sort() };
  };

  it('measures a virtual machine over the network that QEMU itself has', async () => {
    await chmod(tun, 0o600);
    const { stderr, exitCode } = await measure('own');
    expect(exitCode, stderr).toBe(0);
    expect(await listMeasured('own')).toEqual({
      status: 'complete',
      cells: ['iperf_tcp', 'iperf_udp', 'tcp_rr', 'udp_rr'].map((test) => `qemu/user/${test}`),
    });
  });

  it('is refused a bridge where the tun device is closed, and told what works', async () => {
    await chmod(tun, 0o600);
    const { stderr, exitCode } = await measure('wire');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /^tunegate: this machine cannot measure qemu\/bridge of plan wire: tun: .* closed to this user; .*; guest qemu over attachment user can be measured here\n$/,
    );
  });

  it('measures virtual machine and bare host over the bridge where the tun device is open', async () => {
    await chmod(tun, 0o666);
    const { stderr, exitCode } = await measure('wire');
    expect(exitCode, stderr).toBe(0);
    expect(await listMeasured('wire')).toEqual({
      status: 'complete',
      cells: ['bare/bridge/ping', 'bare/bridge/tcp_rr', 'qemu/bridge/ping', 'qemu/bridge/tcp_rr'],
    });
  });
});
