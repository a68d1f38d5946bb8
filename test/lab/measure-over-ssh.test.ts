import { mkdir, mkdtemp, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { prepareBoots } from '../../src/guests/qemu-boots.ts';
import { machineFolders } from '../../src/hosts/folders.ts';
import type { NicState } from '../../src/hosts/nic.schema.ts';
import { listLinks, readNic } from '../../src/hosts/read-nic.ts';
import { change, ip } from '../../src/machines/ip.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import type { Run } from '../../src/results/journal.schema.ts';
import { readRun } from '../../src/results/read-journal.ts';
import { isUnproven } from '../../src/results/unproven.ts';
import { describeWith } from '../requirements.ts';
import { startTunegate } from '../run-tunegate.ts';
import { takeSnapshot } from '../system/machine-snapshot.ts';
import { removeLeftovers, type SshServer, server, startSshServer } from '../system/ssh-server.ts';

const machine = createLocalMachine();
/** Of which the server has its own, unseen by the client on the same machine. */
const ownFolders = [machineFolders.state, machineFolders.cache];
const placeholder = join(machineFolders.state, 'inventory-test');
/** Names of their own: nothing else on the machine is called so. */
const [hostNic, clientNic, load] = ['invtest0', 'invtest1', 'invtest-load'];

/** One machine plays all: an sshd in a namespace is the host, with a state folder of its own; another the client. */
describeWith(
  ['root', 'namespaces', 'docker', 'qemu', 'netperf', 'ssh', 'sshd', 'ss'],
  'tunegate measure on a host over ssh',
  () => {
    let folder: string;
    let host: SshServer;
    let before: Awaited<ReturnType<typeof takeSnapshot>>;
    let nics: readonly NicState[];

    const readNics = () => Promise.all([readNic(machine, server, hostNic), readNic(machine, load, clientNic)]);

    beforeAll(async () => {
      await removeLeftovers();
      await machine.run(ip('netns', 'delete', load), { timeoutSeconds: 5, allowFailure: true });
      before = await takeSnapshot();
      folder = await mkdtemp(join(tmpdir(), 'tunegate-inventory-'));
      for (const path of ownFolders) await mkdir(path, { recursive: true });
      // A run removes its state folder where it can, and with it what the server has mounted there.
      await writeFile(placeholder, '');
      host = await startSshServer(ownFolders);
      await change(machine, ip('netns', 'add', load));
      for (const line of [
        `-n ${server} link set lo up`,
        `-n ${server} link add ${hostNic} type veth peer name ${clientNic} netns ${load}`,
        `-n ${server} address add 192.0.2.7/24 dev ${hostNic}`,
        `-n ${server} link set ${hostNic} mtu 1480 txqueuelen 500 alias its.owner`,
        `-n ${server} link set ${hostNic} up`,
        `-n ${server} route add 203.0.113.0/24 via 192.0.2.1`,
        `-n ${load} link set ${clientNic} mtu 1480`,
        `-n ${load} link set ${clientNic} up`,
      ]) {
        await change(machine, ip(...line.split(' ')));
      }
      nics = await readNics();
      await writeFile(join(folder, 'inventory.yaml'), writeInventory({}));
      await writePlan('tiny', {});
      await writePlan('long', { guests: ['bare'], attachments: ['bridge'], seconds: 4 });
    });

    const writeInventory = (change: object) =>
      stringify({
        machines: {
          rig: { role: 'host', ssh: { ...host.target('root'), namespace: 'sshtest-client' }, nic: hostNic, ...change },
          load: { role: 'client', namespace: load, nic: clientNic },
        },
      });
    const writePlan = (name: string, change: object) =>
      writeFile(
        join(folder, `${name}.yaml`),
        stringify({
          ...{ name, description: 'A container, both ways to the wire.', layers: ['guest'] },
          ...{ guests: ['docker'], attachments: ['bridge', 'physical'], tests: ['tcp_rr'] },
          ...{ deployments: 1, samples: 1, seconds: 1, ...change },
        }),
      );

    afterEach(async () => {
      await host.setWire('up');
      // Whatever happened: the interfaces are as they were, and nothing is left over there.
      expect(await readNics()).toEqual(nics);
      expect((await listLinks(machine, server)).map(({ ifname }) => ifname).toSorted()).toEqual([
        'invtest0',
        'lo',
        'sshtest0',
      ]);
      expect(await readdir(folder)).not.toContain('lock');
    });

    afterAll(async () => {
      await machine.run(ip('netns', 'delete', load), { timeoutSeconds: 5, allowFailure: true });
      await host?.remove();
      await rm(placeholder, { force: true });
      for (const path of ownFolders) await rmdir(path).catch(() => {});
      await rm(folder, { recursive: true });
      expect(await takeSnapshot()).toEqual(before);
    });

    const start = (plan: string, out: string, inventory = 'inventory.yaml') =>
      startTunegate(
        ...['measure', '--plan', join(folder, `${plan}.yaml`), '--inventory', join(folder, inventory)],
        ...['--out', join(folder, out)],
      );
    const journalHas = (out: string, pattern: RegExp) =>
      expect
        .poll(() => readFile(join(folder, out, 'run.jsonl'), 'utf8').catch(() => ''), {
          timeout: 240_000,
          interval: 50,
        })
        .toMatch(pattern);
    const ends = (run: Run) => run.deploymentEnds.map(({ status }) => status);

    it('measures containers over both attachments, with facts of both sides and the logs of the host', {
      timeout: 400_000,
    }, async () => {
      const { code, stderr } = await start('tiny', 'whole').ended;
      expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
      const run = await readRun(join(folder, 'whole'));
      expect(run.end).toMatchObject({ status: 'complete' });
      expect(run.header).toMatchObject({ topology: 'inventory' });
      expect(run.header.versions).toMatchObject({ netperf: expect.any(String), 'host.netserver': expect.any(String) });
      expect(run.deployments.map(({ host: name }) => name)).toEqual(Array(4).fill('rig'));
      // Over physical the guest has the wire, and the host nothing to say of it.
      const bridged = run.deployments.find(({ attachment }) => attachment === 'bridge');
      expect(bridged?.facts?.host).toMatchObject({ 'driver.wire': 'veth', 'mtu.wire': 1480 });
      expect(bridged?.facts?.client).toMatchObject({ 'driver.wire': 'veth', 'kernel.release': expect.any(String) });
      expect(run.samples.filter(({ phase }) => phase === 'measure').map(({ status }) => status)).toEqual(
        Array(4).fill('ok'),
      );
      expect(run.samples[0]?.diagnostics).toMatchObject({
        'client.wire.bytesSent': expect.any(Number),
        'client.contextSwitches.machine': expect.any(Number),
        'host.udp.inErrors': 0,
        'load.1m': expect.any(Number),
      });
      expect(await readFile(join(folder, 'whole/logs/dockerd.log'), 'utf8')).toContain('API listen on');
    });

    it('fails the sample when the way to the host is cut in the middle of it, cleans up and goes on', {
      timeout: 400_000,
    }, async () => {
      await writePlan('cut', { guests: ['bare'], attachments: ['physical'], seconds: 3 });
      const { ended } = start('cut', 'cut');
      await journalHas('cut', /"phase":"warmup"/);
      await sleep(500);
      await host.setWire('down');
      await journalHas('cut', /connection to the machine is lost/);
      await host.setWire('up');
      const { code, stderr } = await ended;
      // The other side was measured, and alone says nothing.
      expect(stderr).toContain('can be compared: no cell has measured samples on both sides');
      expect(code).toBe(1);
      const run = await readRun(join(folder, 'cut'));
      expect(run.end).toMatchObject({
        status: 'partial',
        reason: expect.stringMatching(/1 deployment incomplete.*lost/),
      });
      expect(ends(run)).toEqual(['failed', 'ok']);
      const failed = run.samples.filter(({ status }) => status === 'failed');
      expect(failed).toMatchObject([{ phase: 'measure', metrics: {}, reason: expect.stringMatching(/lost/) }]);
    });

    it('fails the sample when the measured cable is pulled, and goes on', { timeout: 400_000 }, async () => {
      const { ended } = start('long', 'pulled');
      await journalHas('pulled', /"phase":"warmup"/);
      await sleep(1000);
      await change(machine, ip('-n', load, 'link', 'set', clientNic, 'down'));
      await journalHas('pulled', /"phase":"measure".*"status":"failed"/);
      await change(machine, ip('-n', load, 'link', 'set', clientNic, 'up'));
      const { code } = await ended;
      expect(code).toBe(0);
      const run = await readRun(join(folder, 'pulled'));
      // Taken again at the end of its deployment.
      expect(run.samples.filter(({ phase }) => phase === 'measure').map(({ status }) => status)).toContain('failed');
    });

    it('that was killed leaves its things to the next run, which removes them and measures', {
      timeout: 400_000,
    }, async () => {
      await writePlan('killed', { attachments: ['physical'] });
      const { pid, ended } = start('killed', 'killed');
      await journalHas('killed', /"phase":"warmup"/);
      process.kill(pid, 'SIGKILL');
      await ended;
      expect((await listLinks(machine, server)).map(({ ifname }) => ifname)).not.toContain(hostNic);
      const next = await start('killed', 'next').ended;
      expect(next.stderr).toMatch(
        /removed what an earlier run left behind on rig: .*process \d+ \(dockerd\).*interface invtest0 given back/,
      );
      expect(next.stderr).toMatch(/removed what an earlier run left behind on load: interface invtest1 given back/);
      expect(next.code).toBe(0);
      expect((await readRun(join(folder, 'next'))).end).toMatchObject({ status: 'complete' });
    });

    it('refuses the interface by which the host is reached', async () => {
      await writeFile(join(folder, 'wrong.yaml'), writeInventory({ nic: 'sshtest0' }));
      const { code, stderr } = await start('long', 'wrong', 'wrong.yaml').ended;
      expect(stderr).toMatch(
        /machines\.rig\.nic: sshtest0 cannot be measured: it carries the ssh connection with 198\.18\.7\.1/,
      );
      expect(code).toBe(2);
    });

    it('measures virtual machines, whose monitor and serial port are sockets over there', {
      timeout: 600_000,
    }, async () => {
      // A host fetches its kernel from Debian; this one reaches nobody, and gets that of the machine.
      await prepareBoots(machine, machineFolders, [null], new AbortController().signal);
      const [pid] = await host.listProcesses();
      const cache = join(machineFolders.cache, 'kernels');
      const copy = { program: 'cp', args: ['-a', cache, join(`/proc/${pid}/root`, machineFolders.cache)] };
      await machine.run(copy, { timeoutSeconds: 60 });
      await writePlan('virtual', { guests: ['qemu'] });
      const { code, stderr } = await start('virtual', 'virtual').ended;
      expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
      const run = await readRun(join(folder, 'virtual'));
      expect(run.end).toMatchObject({ status: 'complete' });
      expect(ends(run)).toEqual(Array(4).fill('ok'));
      expect(run.header.versions).toMatchObject({ qemu: expect.any(String) });
      const [first] = run.deployments;
      expect(first?.accelerator).toMatch(/^(kvm|tcg)$/);
      expect(first?.facts?.guest).toMatchObject({ 'kernel.release': expect.any(String) });
      // Every check was made, and what can only be read inside or from QEMU was as asked for.
      const checks = run.deployments.flatMap((deployment) => deployment.checks);
      expect(checks.length).toBeGreaterThan(0);
      expect(checks.filter(isUnproven)).toEqual([]);
    });
  },
);
