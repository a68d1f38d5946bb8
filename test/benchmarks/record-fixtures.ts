/**
 * Records the output of the real tools: `node test/benchmarks/record-fixtures.ts [CASE...]`, as root.
 *
 * Needs netperf, iperf3, iperf, iputils ping, busybox, iptables, iproute2. Works in two network namespaces of its own and
 * removes them; about a minute. Figures change with every recording, and the expectations in the tests with them.
 */
import { writeFile } from 'node:fs/promises';
import os from 'node:os';
import {
  parseIperf2Version,
  parseIperf3Version,
  parseNetperfVersion,
  parsePingVersion,
} from '../../src/benchmarks/tool-versions.ts';
import { InterruptionError } from '../../src/errors.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import type { Command } from '../../src/machines/machine.ts';
import { type Fixture, fixtureFolder } from './fixture.ts';
import { type FixtureCase, fixtureCases } from './fixture-cases.ts';
import { createLab, type Lab } from './fixture-lab.ts';

const machine = createLocalMachine();
const interruption = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => interruption.abort(new InterruptionError(name)));
}

const read = async (program: string, ...args: string[]) => {
  const { stdout, stderr } = await machine.run({ program, args }, { timeoutSeconds: 5, allowFailure: true });
  return stdout + stderr;
};

const tools = {
  netperf: `netperf ${parseNetperfVersion(await read('netperf', '-V'))}`,
  iperf: `iperf2 ${parseIperf2Version(await read('iperf', '-v'))}`,
  iperf3: `iperf3 ${parseIperf3Version(await read('iperf3', '--version'))}`,
  ping: `ping ${parsePingVersion(await read('ping', '-V'))}`,
  busybox: `busybox ${/v(\S+)/.exec(await read('busybox'))?.[1]}`,
};

function nameTool(command: Command): string {
  const program = command.program === 'sh' ? 'iperf3' : command.program;
  const tool = Object.entries(tools).find(([name]) => name === program)?.[1];
  if (tool === undefined) throw new Error(`no version is known of ${program}`);
  return tool;
}

/** iperf3 prints the machine's name and the build of its kernel, which are nobody's business; iperf 2 the time. */
const anonymize = (text: string) =>
  text
    .replaceAll([os.type(), os.hostname(), os.release(), os.version(), os.machine()].join(' '), 'Linux host')
    .replaceAll(/ on \d{4}-\d\d-\d\d \d\d:\d\d:\d\d \(UTC\)/g, '');

async function record(lab: Lab, testCase: FixtureCase): Promise<Fixture> {
  const { situation, command, rules = [], timeoutSeconds = 60, before, meanwhile } = testCase;
  await lab.filter(rules);
  await before?.(lab);
  const [{ exitCode, timedOut, stdout, stderr }] = await Promise.all([
    machine.run(lab.inClient(command), { timeoutSeconds, allowFailure: true, signal: interruption.signal }),
    meanwhile?.(lab, machine),
  ]);
  await lab.clear();
  return {
    situation,
    tool: nameTool(command),
    argv: [command.program, ...command.args],
    exitCode,
    timedOut,
    stdout: anonymize(stdout).split('\n'),
    stderr: anonymize(stderr).split('\n'),
  };
}

const asked = process.argv.slice(2);
const lab = await createLab(machine);
try {
  for (const testCase of fixtureCases.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
    const fixture = await record(lab, testCase);
    await writeFile(new URL(`${testCase.name}.json`, fixtureFolder), `${JSON.stringify(fixture, null, 1)}\n`);
    process.stdout.write(`${testCase.name}: ${fixture.timedOut ? 'deadline' : `exit code ${fixture.exitCode}`}\n`);
    await lab.killServers();
    await lab.startServers();
  }
} finally {
  await lab.undo();
}
