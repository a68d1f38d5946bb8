import type { Machine } from '../../machines/machine.ts';
import type { Inventory } from '../../plans/inventory.schema.ts';
import { labTools, listMissingTools } from '../tools.ts';
import { attention, type DoctorCheck, missing, ok } from './check.ts';

/** What the machine that drives the others must have for that: the ssh client, keys, power programs, consoles. */
export async function judgeController(machine: Machine, { machines }: Inventory): Promise<readonly DoctorCheck[]> {
  const entries = Object.entries(machines);
  const remote = entries.flatMap(([name, { ssh }]) => (ssh === undefined ? [] : [{ name, file: ssh.identityFile }]));
  const wanting = await listMissingTools(
    machine,
    labTools.filter(({ name }) => name === 'ssh'),
  );
  const keys = await Promise.all(remote.map(({ name, file }) => judgeKey(machine, name, file)));
  const helps = await Promise.all(
    entries.flatMap(([name, { power, console }]) => [
      ...(power === undefined ? [] : [judgePower(machine, name, power)]),
      ...(console === undefined ? [] : [judgeConsole(machine, name, console)]),
    ]),
  );
  return [
    wanting.length === 0 ? ok('ssh', 'the client is there') : missing('ssh', 'no ssh client; install openssh-client'),
    ...keys,
    ...(await judgeOwnNics(machine, machines)),
    ...helps,
  ];
}

/** A client without ssh is this machine: its interface under test must not be the way to the hosts. */
async function judgeOwnNics(machine: Machine, machines: Inventory['machines']): Promise<readonly DoctorCheck[]> {
  const own = Object.entries(machines).flatMap(([name, { ssh, namespace, nic }]) =>
    ssh === undefined && namespace === undefined && nic !== undefined ? [{ name, nic }] : [],
  );
  if (own.length === 0) return [];
  const targets = Object.entries(machines).flatMap(([name, { ssh }]) =>
    ssh === undefined || ssh.namespace !== undefined ? [] : [{ name, address: ssh.host }],
  );
  const routes = await Promise.all(
    targets.map(async ({ name, address }) => {
      // A name instead of an address is refused by ip, and then nothing can be said.
      const ask = { program: 'ip', args: ['-o', 'route', 'get', address] };
      const { stdout } = await machine.run(ask, { timeoutSeconds: 30, allowFailure: true });
      return { name, device: / dev (\S+)/.exec(stdout)?.[1] ?? null };
    }),
  );
  return own.map(({ name, nic }) => {
    const reached = routes.filter(({ device }) => device === nic).map((route) => route.name);
    if (reached.length === 0) return ok(`way to the hosts`, `it does not lead over ${nic} of ${name}`);
    return missing('way to the hosts', `machines.${name}.nic is ${nic}, over which ${reached.join(', ')} is reached`);
  });
}

async function judgeKey(machine: Machine, name: string, file: string): Promise<DoctorCheck> {
  const what = `key for ${name}`;
  const stat = { program: 'stat', args: ['-L', '-c', '%a %U', file] };
  const { exitCode, stdout } = await machine.run(stat, { timeoutSeconds: 5, allowFailure: true });
  if (exitCode !== 0) return missing(what, `machines.${name}.ssh.identityFile is ${file}, and there is no such file`);
  const [mode = '', owner = ''] = stdout.trim().split(' ');
  // ssh refuses a key that others may read.
  if (/[1-7]/.test(mode.slice(-2))) {
    return missing(what, `${file} has mode ${mode}, which ssh refuses; \`chmod 600 ${file}\``);
  }
  return ok(what, `${file}, mode ${mode}, of ${owner}`);
}

/** The programs are looked for and not started: each of them acts. */
async function judgePower(
  machine: Machine,
  name: string,
  power: Readonly<Record<'on' | 'off' | 'cycle', readonly string[]>>,
): Promise<DoctorCheck> {
  const what = `power of ${name}`;
  const programs = [...new Set(Object.values(power).map(([program = '']) => program))];
  const script = 'for program; do command -v "$program" >/dev/null || printf "%s\\n" "$program"; done';
  const command = { program: 'sh', args: ['-c', script, 'look-up', ...programs] };
  const { stdout } = await machine.run(command, { timeoutSeconds: 5, allowFailure: true });
  const absent = stdout.split('\n').filter(Boolean);
  if (absent.length > 0) return missing(what, `there is no program ${absent.join(', ')} here`);
  return ok(what, `${programs.join(', ')} is there; it was not tried, since on, off and cycle all act`);
}

async function judgeConsole(machine: Machine, name: string, file: string): Promise<DoctorCheck> {
  const what = `console of ${name}`;
  const stat = { program: 'stat', args: ['-L', '-c', '%s %Y', file] };
  const { exitCode, stdout } = await machine.run(stat, { timeoutSeconds: 5, allowFailure: true });
  if (exitCode !== 0) {
    return attention(
      what,
      `machines.${name}.console is ${file}, and there is no such file: a boot that fails has no log`,
    );
  }
  const [bytes, changed] = stdout.trim().split(' ').map(Number);
  const when = new Date((changed ?? 0) * 1000).toISOString();
  if (bytes === 0) return attention(what, `${file} is empty: nothing of the console has come yet`);
  return ok(what, `${file}, ${bytes} bytes, last written ${when}`);
}
