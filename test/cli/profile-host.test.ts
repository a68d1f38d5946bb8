import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProfileCommand } from '../../cli/commands/profile.ts';
import { runCommand } from './fake-surroundings.ts';

const run = (...args: readonly string[]) => runCommand(createProfileCommand, ['profile', ...args]);

/** Two hosts that nobody reaches: what is wrong with a request is said before any machine is asked. */
const inventory = `
machines:
  stock: { role: host, nic: eth1, ssh: ${renderSsh(1)} }
  tuned: { role: host, nic: eth1, ssh: ${renderSsh(2)} }
  load: { role: client, nic: eth2 }
`;

function renderSsh(byte: number): string {
  const key = Buffer.concat([Buffer.from('\0\0\0\x0bssh-ed25519'), Buffer.alloc(36, byte)]).toString('base64');
  return `{ host: 198.18.0.${byte}, user: root, identityFile: /nowhere, hostKey: "ssh-ed25519 ${key}" }`;
}

describe('profile verify, apply and restore on a host', () => {
  let folder: string;
  let swappiness: number;
  const write = async (name: string, text: string) => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };
  /** Every Linux has this setting, and anybody may read it. */
  const writeProfile = (name: string, value: number) =>
    write(
      `${name}.yaml`,
      `name: ${name}\nparameters: { host.sysctl.vm.swappiness: ${value}, guest.docker.cpus: 1, daemon.iptables: off }\n`,
    );

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tunegate-test-'));
    swappiness = Number(await readFile('/proc/sys/vm/swappiness', 'utf8'));
    await write('inventory.yaml', inventory);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('reads back what is in force on this machine, without any applied state', async () => {
    const { stdout, stderr, exitCode } = await run('verify', await writeProfile('as-it-is', swappiness));
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    expect(stdout).toMatch(
      new RegExp(
        `│ host\\.sysctl\\.vm\\.swappiness │ ${swappiness} +│ ${swappiness} +│ /proc/sys/vm/swappiness │ verified │`,
      ),
    );
    expect(stdout).toContain('\n1 verified.\nProfile as-it-is is in force on local.\n');
    expect(stdout).toContain(
      'Not asked of the host: daemon.iptables, guest.docker.cpus; those of the layer daemon are set by a run, on the dockerd that it starts.\n',
    );
  });

  it('says what is not in force, with exit code 1', async () => {
    const profile = await writeProfile('other', (swappiness + 1) % 100);
    const { stdout, exitCode } = await run('verify', profile, '--json');
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      profile: { name: 'other' },
      machine: 'local',
      layers: ['host-boot', 'host'],
      inForce: false,
      checks: [
        {
          parameter: 'host.sysctl.vm.swappiness',
          requested: String((swappiness + 1) % 100),
          found: String(swappiness),
          result: 'mismatch',
        },
      ],
      notAsked: ['daemon.iptables', 'guest.docker.cpus'],
    });
    expect((await run('verify', profile)).stdout).toContain('\n1 mismatch.\nProfile other is not in force on local.\n');
  });

  it('asks only the layers that it is told to', async () => {
    const { stdout, exitCode } = await run('verify', await writeProfile('layers', 1), '--layers', 'host-boot');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Profile layers asks nothing of the host local itself.\n');
  });

  it.each([
    [['verify', 'tuned', '--machine', 'stock'], '--machine stock names a machine of an inventory, but --inventory is'],
    [
      ['verify', 'tuned', '--inventory', 'INVENTORY'],
      '--machine is missing and the inventory has 2 hosts, accepted is',
    ],
    [['verify', 'tuned', '--inventory', 'INVENTORY', '--machine', 'stok'], 'no machine "stok" (did you mean "stock"?)'],
    [
      ['apply', 'tuned', '--inventory', 'INVENTORY', '--machine', 'load'],
      '--machine load is a client in the inventory',
    ],
    [['restore', '--inventory', 'absent.yaml'], 'absent.yaml: there is no such file, an inventory is accepted'],
    [
      ['verify', 'tuned', '--layers', 'daemon'],
      '--layers: found "daemon", accepted are host-boot, host, and a dockerd',
    ],
    [['apply', 'tuned', '--layers', 'guest'], '--layers: found "guest", accepted are host-boot, host, and guests are'],
    [['apply', 'tuned', '--layers', 'host,'], '--layers: found "", accepted are host-boot, host'],
    [['apply', 'tund'], 'there is no profile "tund" (did you mean "tuned"?)'],
    [['apply', 'tuned', '--reboot'], '--reboot: local is the machine that this program runs on, which cannot boot'],
    [['restore', '--reboot'], '--reboot: local is the machine that this program runs on, which cannot boot'],
    [['verify', 'tuned', '--deployment', 'x', '--machine', 'stock'], '--deployment asks a guest and --machine a host'],
    [['verify', 'tuned', '--deployment', 'x', '--layers', 'host'], '--deployment asks a guest and --layers a host'],
  ])('refuses %j with one sentence and exit code 2', async (args, message) => {
    const words = args.map((word) => (word === 'INVENTORY' ? join(folder, 'inventory.yaml') : word));
    const { stdout, stderr, exitCode } = await run(...words);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^tunegate: [^\n]+\n$/);
  });

  it('has an example for each', async () => {
    for (const [name, line] of [
      ['apply', 'tunegate profile apply tuned --machine '],
      ['verify', 'tunegate profile verify tuned --machine '],
      ['restore', 'tunegate profile restore --machine '],
    ] as const) {
      const { stdout, exitCode } = await run(name, '--help');
      expect(exitCode).toBe(0);
      expect(stdout).toContain(`Example:\n  ${line}`);
    }
  });
});
