import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { SshTarget } from '../../src/machines/ssh-target.ts';
import { parseInventory } from '../../src/plans/parse-inventory.ts';

const example = readFileSync(new URL('../../runner-setup/inventory.example.yaml', import.meta.url), 'utf8');
const parse = (text: string) => parseInventory(text, 'inventory.yaml');

/** The example with one text in place of another, at its first place. */
function change(before: string, after: string): string {
  expect(example).toContain(before);
  return example.replace(before, after);
}

describe('an inventory', () => {
  it('is the example that ships', () => {
    const { machines } = parse(example);
    expect(Object.entries(machines).map(([name, { role }]) => `${name} ${role}`)).toEqual([
      ...['stock host', 'tuned host', 'load client', 'controller controller'],
    ]);
    // What the machine over ssh takes.
    const target: SshTarget | undefined = machines.stock?.ssh;
    expect(target).toMatchObject({ host: '192.0.2.11', port: 22, user: 'root' });
    expect(machines.stock?.power?.cycle.at(-1)).toBe('cycle');
    expect(machines.stock?.console).toBe('/var/log/tunegate/stock.console');
  });

  it('is one of real machines over a network of its own unless it says otherwise', () => {
    const without = change('network: 198.18.0.0/24\n', '');
    expect(parse(without)).toMatchObject({ topology: 'inventory', network: '198.18.0.0/24' });
    const lab = change('network: 198.18.0.0/24', 'topology: lab\nnetwork: 10.77.0.64/26');
    expect(parse(lab)).toMatchObject({ topology: 'lab', network: '10.77.0.64/26' });
  });

  it.each([
    '198.18.0.1/24',
    '198.18.0.0/27',
    '10.0.0.0/8',
    '127.0.0.0/24',
    '224.0.0.0/24',
    '300.1.0.0/24',
    'fd00::/64',
  ])('with the test network %s is refused', (network) => {
    expect(() => parse(change('198.18.0.0/24', network))).toThrow(
      /network must be .*an IPv4 network from \/16 to \/26/,
    );
  });

  it('may have a client on this machine, in a namespace', () => {
    const start = example.indexOf('  load:');
    const text = `${example.slice(0, start)}  load: { role: client, namespace: lab, nic: tgw0 }\n`;
    expect(parse(text).machines.load).toEqual({ role: 'client', namespace: 'lab', nic: 'tgw0' });
  });

  it.each([
    [
      'host: 192.0.2.11',
      'host: -oProxyCommand=id',
      /:9:13: machines\.stock\.ssh\.host must be .*found "-oProxyCommand=id"/,
    ],
    ['host: 192.0.2.11', 'host: "a b"', /ssh\.host must be/],
    ['user: root', 'user: "root -o x"', /ssh\.user must be/],
    ['port: 22', 'port: 0', /ssh\.port must be a whole number from 1 to 65535, found 0/],
    ['/etc/tunegate/identity', 'identity', /ssh\.identityFile must be .*absolute path/],
    ['ssh-ed25519 AAAA', 'ssh-dss AAAA', /ssh\.hostKey must be/],
    ['ssh-ed25519 AAAA', 'ssh-rsa AAAA', /ssh\.hostKey must be/],
    ['ssh-ed25519 AAAA', '"*" AAAA', /inventory\.yaml:/],
    ['ssh-ed25519 AAAA', 'ssh-ed25519 BBBB', /ssh\.hostKey must be/],
    ['role: host', 'role: hots', /role must be host, client or controller, found "hots"/],
    ['nic: enp1s0f0', 'nic: ../eth0', /nic must be/],
    ['nic: enp1s0f0', 'note: x', /unknown key "note".* in machines\.stock/],
    ['  stock:', '  Stock_1:', /Stock_1/],
    ['  stock:', '  __proto__:', /__proto__/],
    ['    role: controller', '    role: client\n    nic: eth1', /machines has 2 clients, one is accepted/],
    ['role: client', 'role: host', /machines has 0 clients, one is accepted/],
    [
      '    role: controller',
      '    role: host\n    nic: eth1',
      /machines\.controller\.ssh is missing, a host is reached over ssh/,
    ],
    ['    nic: enp1s0f1\n', '', /machines\.load\.nic is missing, a client has a network interface under test/],
    [
      '    role: controller',
      '    role: controller\n    power: { on: [a], off: [b], cycle: [c] }',
      /power belongs to hosts only/,
    ],
    [
      '    role: controller',
      '    role: controller\n    console: /var/log/console',
      /machines\.controller\.console belongs to hosts only/,
    ],
    ['console: /var', 'console: var', /console must be .*absolute path/],
    ['network: 198.18.0.0/24', 'topology: embedded', /topology must be inventory or lab, found "embedded"/],
    ['nic: enp1s0f0', 'nic: enp1s0f0\n    namespace: lab', /stock\.namespace belongs to clients and controllers/],
    ['cycle: [ipmitool', 'cycle: ipmitool #', /power\.cycle must be/],
  ])('with "%s" as "%s" is refused', (before, after, sentence) => {
    expect(() => parse(change(before, after))).toThrow(sentence);
    expect(() => parse(change(before, after))).toThrow(/^inventory\.yaml:\d+:\d+: /);
  });

  it('is refused when two machines are one', () => {
    const [first = '', second = ''] = [...example.matchAll(/hostKey: (ssh-ed25519 \S+)/g)].map((match) => match[1]);
    expect(() => parse(change(second, first))).toThrow(/machines\.tuned\.ssh\.hostKey is that of stock/);
  });

  it.each(['', 'machines:', 'machines: {}', 'machines: []', '- x'])('"%s" is none', (text) => {
    expect(() => parse(text)).toThrow(/inventory\.yaml:/);
  });
});
