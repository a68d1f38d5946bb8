import { copyFile, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createPlanCommand } from '../../cli/commands/plan.ts';
import { runCommand } from './fake-surroundings.ts';

const fixture = (path: string) => fileURLToPath(new URL(`../fixtures/${path}.yaml`, import.meta.url));
const run = (...args: readonly string[]) => runCommand(createPlanCommand, ['plan', ...args]);

describe('plan', () => {
  it('shows what would be measured, in which order, how long, and what a person should know', async () => {
    const { stdout, stderr, exitCode } = await run('ci');
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    expect(stdout).toMatchInlineSnapshot(`
      "Plan ci: One latency and one bandwidth test on the bridge, to try the whole way from start to report.
      stock (baseline) against tuned (candidate), layers guest, regime deployment.
      2 fresh starts per side of each guest, 1 sample of each test in it after one warm-up; 1 s a sample.
      8 fresh starts in all, about 44 s.

      ┌──────────────────────────────────────────┬───────────┬────────────────┬─────────────────┬─────────┐
      │ parameter                                │ layer     │ baseline stock │ candidate tuned │ applied │
      ├──────────────────────────────────────────┼───────────┼────────────────┼─────────────────┼─────────┤
      │ guest.docker.cpuset                      │ guest     │ not set        │ 1               │ yes     │
      │ guest.qemu.sysctl.kernel.timer_migration │ guest     │ not set        │ off             │ no      │
      │ guest.qemu.sysctl.net.core.busy_poll     │ guest     │ not set        │ 50              │ no      │
      │ guest.qemu.sysctl.net.core.busy_read     │ guest     │ not set        │ 50              │ no      │
      │ guest.qemu.sysctl.vm.stat_interval       │ guest     │ not set        │ 10              │ no      │
      │ guest.qemu.vcpu.pin                      │ guest     │ not set        │ 1               │ no      │
      │ host-boot.irqaffinity                    │ host-boot │ not set        │ 0               │ no      │
      │ host-boot.isolcpus                       │ host-boot │ not set        │ 1               │ no      │
      │ host-boot.nohz_full                      │ host-boot │ not set        │ 1               │ no      │
      │ host-boot.rcu_nocbs                      │ host-boot │ not set        │ 1               │ no      │
      │ host.cpu.governor                        │ host      │ not set        │ performance     │ no      │
      │ host.cpu.idle-state                      │ host      │ not set        │ 1               │ no      │
      │ host.memory.ksm                          │ host      │ not set        │ unmerge         │ no      │
      │ host.memory.transparent-hugepages        │ host      │ not set        │ madvise         │ no      │
      │ host.nic.coalesce.adaptive-rx            │ host      │ not set        │ off             │ no      │
      │ host.nic.coalesce.rx-usecs               │ host      │ not set        │ 0               │ no      │
      │ host.nic.irq-affinity                    │ host      │ not set        │ 0               │ no      │
      │ host.sysctl.kernel.nmi_watchdog          │ host      │ not set        │ off             │ no      │
      │ host.sysctl.kernel.numa_balancing        │ host      │ not set        │ off             │ no      │
      │ host.sysctl.kernel.timer_migration       │ host      │ not set        │ off             │ no      │
      │ host.sysctl.net.core.busy_poll           │ host      │ not set        │ 50              │ no      │
      │ host.sysctl.net.core.busy_read           │ host      │ not set        │ 50              │ no      │
      │ host.sysctl.vm.stat_interval             │ host      │ not set        │ 10              │ no      │
      │ host.sysctl.vm.swappiness                │ host      │ not set        │ 10              │ no      │
      └──────────────────────────────────────────┴───────────┴────────────────┴─────────────────┴─────────┘

      4 cells that decide:
      ┌─────────────────────────────────────┬────────┐
      │ cell                                │ better │
      ├─────────────────────────────────────┼────────┤
      │ docker/bridge/tcp_rr/latency        │ lower  │
      │ docker/bridge/udp_stream/throughput │ higher │
      │ bare/bridge/tcp_rr/latency          │ lower  │
      │ bare/bridge/udp_stream/throughput   │ higher │
      └─────────────────────────────────────┴────────┘
      14 further metrics beside them, which decide nothing.

      Order from seed 1:
      ┌───┬───────┬───────────┬────────┬────────────┬───────────────────┐
      │ # │ block │ side      │ guest  │ attachment │ tests             │
      ├───┼───────┼───────────┼────────┼────────────┼───────────────────┤
      │ 1 │ 1     │ candidate │ bare   │ bridge     │ udp_stream tcp_rr │
      │ 2 │ 1     │ baseline  │ bare   │ bridge     │ udp_stream tcp_rr │
      │ 3 │ 1     │ baseline  │ bare   │ bridge     │ udp_stream tcp_rr │
      │ 4 │ 1     │ candidate │ bare   │ bridge     │ udp_stream tcp_rr │
      │ 5 │ 2     │ candidate │ docker │ bridge     │ udp_stream tcp_rr │
      │ 6 │ 2     │ baseline  │ docker │ bridge     │ udp_stream tcp_rr │
      │ 7 │ 2     │ baseline  │ docker │ bridge     │ udp_stream tcp_rr │
      │ 8 │ 2     │ candidate │ docker │ bridge     │ udp_stream tcp_rr │
      └───┴───────┴───────────┴────────┴────────────┴───────────────────┘

      Note: A cell needs at least 4 fresh starts per side for a verdict; this plan has 2, so every cell will be inconclusive, and compare --gate will refuse it.
      Note: Not applied, because the plan leaves out their layers or guests: guest.qemu.sysctl.kernel.timer_migration, guest.qemu.sysctl.net.core.busy_poll, guest.qemu.sysctl.net.core.busy_read, guest.qemu.sysctl.vm.stat_interval, guest.qemu.vcpu.pin, host-boot.irqaffinity, host-boot.isolcpus, host-boot.nohz_full, host-boot.rcu_nocbs, host.cpu.governor, host.cpu.idle-state, host.memory.ksm, host.memory.transparent-hugepages, host.nic.coalesce.adaptive-rx, host.nic.coalesce.rx-usecs, host.nic.irq-affinity, host.sysctl.kernel.nmi_watchdog, host.sysctl.kernel.numa_balancing, host.sysctl.kernel.timer_migration, host.sysctl.net.core.busy_poll, host.sysctl.net.core.busy_read, host.sysctl.vm.stat_interval, host.sysctl.vm.swappiness.
      Note: How small a change each cell can show depends on its history, and there is no history of these cells.
      "
    `);
  });

  it('prints one JSON document with --json', async () => {
    const { stdout } = await run(
      fixture('plans/odd'),
      '--candidate',
      fixture('profiles/child'),
      '--json',
      '--seed',
      '7',
    );
    const preview = JSON.parse(stdout) as Record<string, unknown>;
    expect(preview).toMatchObject({
      plan: { name: 'odd', deployments: 5, regime: 'deployment', unsupported: [], ping: { count: 10 } },
      seed: 7,
      baseline: { profile: 'stock' },
      candidate: { profile: 'child' },
      detectableChange: null,
      estimatedSeconds: expect.any(Number),
    });
    expect(preview.schedule).toHaveLength(20);
    expect(preview.cells).toContainEqual({
      id: 'bare/bridge/tcp_rr/latency_p99',
      role: 'secondary',
      unit: 's',
      better: 'lower',
    });
    expect(preview.notes).toEqual([
      'How small a change each cell can show depends on its history, and there is no history of these cells.',
    ]);
  });

  it('says how often a host of an inventory would boot, in which order, and where its cost comes from', async () => {
    const example = await readFile(new URL('../../runner-setup/inventory.example.yaml', import.meta.url), 'utf8');
    // The machine that runs this remembers how long hosts took to boot, by their names.
    const inventory = join(await mkdtemp(join(tmpdir(), 'tunegate-plan-')), 'inventory.yaml');
    await writeFile(inventory, example.replace('  tuned:\n', '  never-booted:\n'));
    const profiles = ['--baseline', 'thesis-stock', '--candidate', 'thesis-tuned'];
    const thesis = ['thesis', ...profiles, '--deployments', '3', '--inventory', inventory];
    const { stdout } = await run(...thesis, '--machine', 'never-booted');
    expect(stdout).toContain('layers host-boot, host, daemon, guest, regime boot.\n');
    expect(stdout).toMatch(/^24 fresh starts in all on never-booted, about \d h \d+ min\.$/m);
    expect(stdout).toMatch(
      /^The host boots 7 times \(3 boots per side and the one back\), 3 min each, which is assumed: /m,
    );
    expect(stdout).toMatch(/^│ # {2}│ block │ boot │ side/m);
    expect(stdout).not.toContain('cannot switch');
    const { stdout: json } = await run(...thesis, '--machine', 'never-booted', '--json');
    expect(JSON.parse(json)).toMatchObject({ host: 'never-booted', boots: { count: 7, seconds: 180, seen: false } });
    expect(await run(...thesis)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--machine is missing'),
    });
  });

  it('says that one machine cannot switch its kernel', async () => {
    expect((await run('thesis')).stdout).toContain(
      'Note: One machine cannot switch host-boot, host between the sides: measuring this plan needs --inventory FILE with a host, or --layers without those layers.\n',
    );
    expect(await run('thesis', '--machine', 'tuned')).toMatchObject({ exitCode: 2 });
  });

  it('lets flags take the place of what the plan says', async () => {
    const { stdout } = await run(
      'ci',
      '--deployments',
      '6',
      '--samples',
      '3',
      '--seconds',
      '5',
      '--layers',
      'host, guest',
      '--tests',
      'udp_rr,tcp_rr',
      '--json',
    );
    const { plan, schedule } = JSON.parse(stdout) as { plan: Record<string, unknown>; schedule: readonly unknown[] };
    expect(plan).toMatchObject({
      deployments: 6,
      samples: 3,
      seconds: 5,
      layers: ['host', 'guest'],
      tests: ['udp_rr', 'tcp_rr'],
    });
    expect(schedule).toHaveLength(24);
  });

  it('gives the same order for the same seed, another for another', async () => {
    const first = await run('smoke', '--json', '--seed', '5');
    expect(await run('smoke', '--json', '--seed', '5')).toEqual(first);
    expect((await run('smoke', '--json', '--seed', '6')).stdout).not.toBe(first.stdout);
    expect((await run('smoke', '--json')).stdout).toBe((await run('smoke', '--json', '--seed', '1')).stdout);
  });

  it('says what the plan does not apply, and that the sides then are the same', async () => {
    const { stdout } = await run('smoke', '--layers', 'daemon');
    expect(stdout).toMatch(/│ guest\.docker\.cpuset +│ guest +│ not set +│ 1 +│ no +│/);
    expect(stdout).toContain(
      'Note: Not applied, because the plan leaves out their layers or guests: guest.docker.cpuset, guest.qemu.sysctl.',
    );
    expect(stdout).toContain('Note: The sides do not differ in any applied parameter: this is an A/A comparison, ');
    expect(stdout).not.toContain('fresh starts per side for a verdict');
  });

  it('says that a profile is compared with itself', async () => {
    const { stdout } = await run('smoke', '--candidate', 'stock');
    expect(stdout).toContain('stock (baseline) against stock (candidate)');
    expect(stdout).toContain('The profiles set the same.\n');
    expect(stdout).toContain('A/A comparison');
  });

  it('reads the files of a plan directory, which are named after their role', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'plan-directory-'));
    const [plan, baseline, candidate] = ['plan', 'baseline', 'candidate'].map((role) => join(folder, `${role}.yaml`));
    await copyFile(fixture('plans/odd'), plan ?? '');
    await writeFile(baseline ?? '', 'name: tuned\nparameters:\n  guest.docker.cpus: 1\n');
    await writeFile(candidate ?? '', 'name: tuned\nparameters:\n  guest.docker.cpus: 2\n');
    const { stdout } = await run(`${plan}`, '--baseline', `${baseline}`, '--candidate', `${candidate}`, '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      plan: { name: 'odd' },
      baseline: { profile: 'tuned' },
      candidate: { profile: 'tuned' },
      parameterDifference: [{ baseline: '1', candidate: '2' }],
    });
  });

  it.each([
    [['ci', '--deployments', '0'], '--deployments must be a whole number from 1 to 100, found "0"'],
    [['ci', '--deployments', '2.5'], '--deployments must be a whole number from 1 to 100, found "2.5"'],
    [['ci', '--samples', ''], '--samples must be a whole number from 1 to 1000, found ""'],
    [['ci', '--samples', '0x10'], '--samples must be a whole number from 1 to 1000, found "0x10"'],
    [['ci', '--seconds', '1s'], '--seconds must be a whole number from 1 to 3600, found "1s"'],
    [['ci', '--seconds', '1e9'], '--seconds must be a whole number from 1 to 3600, found "1e9"'],
    [
      ['ci', '--layers', 'guest,gest'],
      '--layers must be a list of one or more of host-boot, host, daemon or guest, joined by commas, each once, ' +
        'found "guest,gest"',
    ],
    [['ci', '--tests', 'tcp_rr,tcp'], 'iperf_udp or ping, joined by commas, each once, found "tcp_rr,tcp"'],
    [
      ['ci', '--layers', 'guest,guest'],
      '--layers must be a list of one or more of host-boot, host, daemon or guest, joined by commas, each once, ' +
        'found "guest,guest"',
    ],
    [['ci', '--seed', '-1'], '--seed must be a whole number from 0 to 9007199254740991, found "-1"'],
    [['ci', '--seed', '9007199254740992'], '--seed must be a whole number from 0 to 9007199254740991, found "90'],
    [
      ['cii'],
      'there is no plan "cii" (did you mean "ci"?), accepted are ci, full, quick, smoke, thesis, thesis-literal or the path of a file',
    ],
    [
      ['ci', '--candidate', 'tund'],
      'there is no profile "tund" (did you mean "tuned"?), accepted are stock, thesis-stock, thesis-tuned, thesis-tuned-literal, tuned or',
    ],
    [['ci', '--baseline', './absent.yaml'], './absent.yaml: there is no such file, a YAML file is accepted'],
    [
      [fixture('plans/unknown-key')],
      'unknown-key.yaml:4:1: unknown key "gests" (did you mean "guests"?), accepted are',
    ],
    [[fixture('plans/wrong-unit')], 'wrong-unit.yaml:9:10: seconds must be a whole number from 1 to 3600, found "10s"'],
  ])('%j: one sentence and exit code 2', async (args, message) => {
    const { stdout, stderr, exitCode } = await run(...args);
    expect(stdout).toBe('');
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^tunegate: [^\n]+\n$/);
    expect(exitCode).toBe(2);
  });

  it.each([
    [[], "error: missing required argument 'plan'\n"],
    [['ci', '--sedd', '1'], "error: unknown option '--sedd'\n(Did you mean --seed?)\n"],
  ])('%j: the command line itself is wrong', async (args, message) => {
    const { stderr, exitCode } = await run(...args);
    expect({ stderr, exitCode }).toEqual({ stderr: message, exitCode: 2 });
  });

  it('has an example in its help', async () => {
    const { stdout, exitCode } = await run('--help');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Example:\n  tunegate plan smoke ');
  });
});
