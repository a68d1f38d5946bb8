import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDoctorCommand } from '../../cli/commands/doctor.ts';
import { renderLabReport } from '../../cli/doctor-lab.ts';
import { runCommand } from './fake-surroundings.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tunegate-doctor-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function write(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

const doctor = (...args: readonly string[]) => runCommand(createDoctorCommand, ['doctor', ...args]);

const hostKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKsnrr07nYmRcKTB3iFtTG8Q3eTrO9rwhYJ/Nre7wGkG';
const ssh = `{ host: 127.0.0.1, port: 9, user: root, identityFile: /nowhere, hostKey: ${hostKey} }`;
const good = `machines:\n  stock: { role: host, ssh: ${ssh}, nic: eth1 }\n  load: { role: client, nic: no-such-nic }\n`;

describe('doctor --inventory', () => {
  it('ends with 1, and says why, where a machine cannot be reached', { timeout: 60_000 }, async () => {
    const file = await write('good.yaml', good);
    const { stdout, stderr, exitCode } = await doctor('--inventory', file, '--json');
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 1 });
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ schema: 'tunegate.doctor/1', usable: false });
    expect(report.machines[0]).toMatchObject({ name: 'stock', role: 'host', checks: [{ state: 'missing' }] });
    expect(report.machines[0].checks[0].found).toMatch(/^root@127\.0\.0\.1 port 9 cannot be reached: /);
    expect(report.machines[1].checks.length).toBeGreaterThan(5);
  });

  it.each([
    ['no such file', null, /there is no such file, an inventory is accepted/],
    ['an anchor', 'machines: &a { x: *a }\n', /anchors and aliases are not accepted/],
    ['__proto__', 'machines: { __proto__: { role: host } }\n', /the key "__proto__" is not accepted/],
    ['constructor', 'constructor: { role: host }\n', /unknown key "constructor", accepted are machines, /],
    ['a name that is a path', good.replace('stock:', '../stock:'), /machines/],
    ['a name with a letter from elsewhere', good.replace('load:', 'lоad:'), /machines\["l\\u\{43e\}ad"\]/],
    ['command substitution', good.replace('nic: eth1', 'nic: "$(reboot)"'), /machines\.stock\.nic must be text/],
    ['an option for a name', good.replace('host: 127.0.0.1', 'host: -oProxyCommand=reboot'), /ssh\.host/],
    ['a line break in a path', good.replace('/nowhere', '"/nowhere\\nProxyCommand reboot"'), /identityFile/],
    ['too many brackets', '['.repeat(60_000), /nested too deeply/],
    ['too much', `# ${'x'.repeat(300_000)}`, /the file has \d+ bytes/],
  ])('%s: one sentence and exit code 2', async (_, text, message) => {
    const file = text === null ? '/nowhere/inventory.yaml' : await write('hostile.yaml', text);
    const { stdout, stderr, exitCode } = await doctor('--inventory', file);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^tunegate: [^\n]+\n$/);
  });
});

describe('doctor --fingerprint', () => {
  it('prints the state of this machine, which is then as it was', { timeout: 60_000 }, async () => {
    const { stdout, exitCode } = await doctor('--fingerprint');
    expect(exitCode).toBe(0);
    const fingerprint = JSON.parse(stdout);
    expect(fingerprint).toMatchObject({ schema: 'tunegate.fingerprint/1', machine: 'local' });
    const before = { ...fingerprint, facts: { ...fingerprint.facts, 'made.up': 'gone' } };
    const file = await write('before.json', JSON.stringify(before));
    const compared = await doctor('--fingerprint', '--against', file);
    expect(compared.exitCode).toBe(1);
    expect(compared.stdout).toMatch(/│ made\.up +│ gone +│ not there │/);
  });

  it.each([
    ['--machine without the rest', ['--machine', 'stock'], '--machine is accepted together with --fingerprint only'],
    ['--against without the rest', ['--against', 'x'], '--against is accepted together with --fingerprint only'],
    ['a machine without an inventory', ['--fingerprint', '--machine', 'stock'], '--inventory FILE is missing'],
  ])('%s is refused', async (_, args, message) => {
    const { stderr, exitCode } = await doctor(...args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });

  it('wants a machine that the inventory has, and a fingerprint to compare with', async () => {
    const file = await write('good.yaml', good);
    const missing = await doctor('--fingerprint', '--inventory', file);
    expect(missing.stderr).toBe('tunegate: --machine is missing: a fingerprint is that of one machine\n');
    for (const name of ['constructor', 'stok', '__proto__']) {
      const { stderr, exitCode } = await doctor('--fingerprint', '--inventory', file, '--machine', name);
      expect(exitCode).toBe(2);
      expect(stderr).toContain(`the inventory has no machine "${name}"`);
    }
    for (const text of ['{', '[]', '{"schema":"tunegate.fingerprint/1","machine":"x","facts":{"a":1}}']) {
      const against = await write('against.json', text);
      const { stderr, exitCode } = await doctor('--fingerprint', '--against', against);
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(/^tunegate: \S+against\.json: this is no fingerprint, [^\n]+\n$/);
    }
  });
});

describe('renderLabReport', () => {
  it('shows a table for each machine and the sum', () => {
    const report = {
      schema: 'tunegate.doctor/1' as const,
      usable: true,
      machines: [
        {
          ...{ name: 'stock', role: 'host' as const },
          checks: [
            { what: 'reachable', state: 'ok' as const, found: 'root@192.0.2.11 over ssh' },
            { what: 'irqbalance', state: 'attention' as const, found: `it runs: ${'word '.repeat(25)}end` },
          ],
        },
      ],
      together: [{ what: 'wire', state: 'ok' as const, found: 'both ends have a carrier' }],
    };
    expect(renderLabReport(report)).toMatchInlineSnapshot(`
      "┌──────────────┬───────────┬────────────────────────────────────────────────────────────────────────────────────────────────────┐
      │ stock (host) │           │                                                                                                    │
      ├──────────────┼───────────┼────────────────────────────────────────────────────────────────────────────────────────────────────┤
      │ reachable    │ ok        │ root@192.0.2.11 over ssh                                                                           │
      │ irqbalance   │ attention │ it runs: word word word word word word word word word word word word word word word word word word │
      │              │           │ word word word word word word word end                                                             │
      └──────────────┴───────────┴────────────────────────────────────────────────────────────────────────────────────────────────────┘

      ┌──────────┬────┬──────────────────────────┐
      │ together │    │                          │
      ├──────────┼────┼──────────────────────────┤
      │ wire     │ ok │ both ends have a carrier │
      └──────────┴────┴──────────────────────────┘

      This lab can measure; 1 line asks for attention.
      "
    `);
    expect(renderLabReport({ ...report, usable: false })).toContain('This lab cannot measure: no thing is missing');
  });
});
