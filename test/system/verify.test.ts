import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Deployment, deploymentSchema } from '../../src/guests/deployment.schema.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import type { Command } from '../../src/machines/machine.ts';
import { describeWith } from '../requirements.ts';
import { startTunegate } from '../run-tunegate.ts';
import { takeSnapshot } from './machine-snapshot.ts';

const machine = createLocalMachine();

const profile = `name: asked
parameters:
  guest.docker.cpuset: "0"
  guest.docker.txqueuelen: 500
  guest.qemu.vcpu.pin: "0"
  guest.qemu.tap.txqueuelen: 500
  guest.qemu.sysctl.net.core.somaxconn: 1234
`;

const buildPlan = (guest: string) => `name: ${guest}
description: One guest for as long as it takes to look at it.
layers: [guest]
guests: [${guest}]
attachments: [bridge]
tests: [tcp_rr]
deployments: 1
samples: 1
seconds: 30
ping: { count: 3, intervalSeconds: 0.1 }
`;

const changes = {
  docker: { setting: 'guest.docker.cpuset', found: 'Cpus_allowed_list 1', verified: ['guest.docker.txqueuelen'] },
  qemu: {
    setting: 'guest.qemu.tap.txqueuelen',
    found: 'txqlen 501',
    verified: ['guest.qemu.sysctl.net.core.somaxconn', 'guest.qemu.vcpu.pin'],
  },
} as const;

function changeSetting({ guest }: Deployment): Command {
  if (guest.kind === 'qemu') {
    return { program: 'ip', args: `-n ${guest.namespace} link set dev ${guest.device} txqueuelen 501`.split(' ') };
  }
  const update = ['update', '--cpuset-cpus', '1', guest.container];
  return { program: '/usr/bin/docker', args: ['--host', `unix://${guest.dockerSocket}`, ...update] };
}

describeWith(['root', 'namespaces', 'docker', 'qemu', 'netperf'], 'tunegate profile verify on a running guest', () => {
  let folder: string;
  let before: Awaited<ReturnType<typeof takeSnapshot>>;

  beforeAll(async () => {
    before = await takeSnapshot();
    folder = await mkdtemp(join(tmpdir(), 'tunegate-system-'));
    await writeFile(join(folder, 'asked.yaml'), profile);
    for (const guest of Object.keys(changes)) await writeFile(join(folder, `${guest}.yaml`), buildPlan(guest));
  });

  afterAll(async () => {
    await rm(folder, { recursive: true });
    expect(await takeSnapshot()).toEqual(before);
  });

  const verify = (file: string, ...flags: string[]) =>
    startTunegate('profile', 'verify', join(folder, 'asked.yaml'), '--deployment', file, ...flags).ended;

  it.each(['docker', 'qemu'] as const)(
    '%s: names the one setting that was changed behind its back',
    async (kind) => {
      const out = join(folder, kind);
      const asked = join(folder, 'asked.yaml');
      const plan = ['--plan', join(folder, `${kind}.yaml`), '--baseline', asked, '--candidate', asked, '--out', out];
      const { pid, ended: measured } = startTunegate('measure', ...plan);
      const file = join(out, 'deployment.json');
      try {
        const text = () => readFile(file, 'utf8').catch(() => '');
        await expect.poll(text, { timeout: 60_000, interval: 50 }).not.toBe('');
        const deployment = deploymentSchema.parse(JSON.parse(await text()));

        const unchanged = await verify(file);
        expect(unchanged, unchanged.stderr).toMatchObject({ code: 0, stderr: '' });
        expect(unchanged.stdout).toContain(`was started with profile asked.\n`);
        expect(unchanged.stdout).not.toContain('mismatch');
        expect(unchanged.stdout).toMatch(new RegExp(`\\n${changes[kind].verified.length + 1} verified\\.\\n`));

        await machine.run(changeSetting(deployment), { timeoutSeconds: 10 });
        const changed = await verify(file, '--json');
        expect(changed.code, changed.stderr).toBe(1);
        const { inForce, checks } = JSON.parse(changed.stdout);
        expect(inForce).toBe(false);
        const named = (wanted: string) =>
          checks.filter(({ result }: { result: string }) => result === wanted).map((check: object) => ({ ...check }));
        expect(named('mismatch')).toEqual([
          expect.objectContaining({ parameter: changes[kind].setting, found: changes[kind].found }),
        ]);
        expect(named('verified').map(({ parameter }: { parameter: string }) => parameter)).toEqual(
          changes[kind].verified,
        );
        await copyFile(file, join(folder, 'kept.json'));
      } finally {
        process.kill(pid, 'SIGINT');
        await measured;
      }
      expect((await measured).code).toBe(130);
      expect(await readdir(out)).not.toContain('deployment.json');
      const late = await verify(join(folder, 'kept.json'));
      expect(late).toMatchObject({ code: 1, stdout: '' });
      expect(late.stderr).toMatch(/^tunegate: guest d001 \(\w+, process \d+\) no longer runs on local, [^\n]+\n$/);
    },
    90_000,
  );
});
