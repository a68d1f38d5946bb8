import type { Command } from 'commander';
import { ConfigurationError } from '../../src/errors.ts';
import { examineMachine, type MachineReport } from '../../src/hosts/examine-machine.ts';
import { canMeasure } from '../../src/hosts/list-unsupported.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import type { Machine } from '../../src/machines/machine.ts';
import { renderJson } from '../../src/render-json.ts';
import { createCommand } from '../create-command.ts';
import { examineInventory } from '../doctor-lab.ts';
import { exitCodes } from '../exit-codes.ts';
import { renderTable } from '../render-table.ts';
import { showFingerprint } from '../show-fingerprint.ts';
import type { Surroundings } from '../surroundings.ts';

/** The version of Node that runs this program, which is not the system's. */
export interface Runtime {
  readonly version: string;
  readonly path: string;
}

interface Options {
  readonly inventory?: string;
  readonly machine?: string;
  readonly fingerprint?: true;
  readonly against?: string;
  readonly json?: true;
}

const examples = `
Examples:
  tunegate doctor
  tunegate doctor --inventory inventory.yaml
  tunegate doctor --inventory inventory.yaml --machine stock --fingerprint > before.json
  tunegate doctor --inventory inventory.yaml --machine stock --fingerprint --against before.json
`;

export function createDoctorCommand(surroundings: Surroundings): Command {
  return createCommand('doctor', surroundings)
    .description(
      'Says what this machine, or every machine of a lab, has, what can be measured there, and why not the rest. Changes nothing.',
    )
    .option('--inventory <file>', 'examine the machines of this inventory instead of this one')
    .option('--machine <name>', 'with --fingerprint: the machine of the inventory')
    .option('--fingerprint', 'the state of one machine, as far as it can move figures, as JSON')
    .option(
      '--against <file>',
      'with --fingerprint: say what differs from this earlier one; exit code 1 if anything does',
    )
    .option('--json', 'one JSON document on standard output')
    .addHelpText('after', examples)
    .action(async (options: Options) => {
      refuseHalves(options);
      if (options.fingerprint) return showFingerprint(options, surroundings);
      if (options.inventory !== undefined)
        return examineInventory(options.inventory, surroundings, options.json === true);
      const runtime = { version: process.versions.node, path: process.execPath };
      return examine(createLocalMachine(), runtime, surroundings, options.json === true);
    });
}

function refuseHalves({ machine, against, fingerprint }: Options): void {
  if (fingerprint) return;
  const option = machine !== undefined ? '--machine' : against !== undefined ? '--against' : null;
  if (option !== null) throw new ConfigurationError(`${option} is accepted together with --fingerprint only`);
}

export async function examine(machine: Machine, node: Runtime, surroundings: Surroundings, json: boolean) {
  const report = await examineMachine(machine);
  const measurable = canMeasure(report.capabilities);
  surroundings.stdout.write(json ? renderJson({ measurable, node, ...report }) : renderMachineReport(report, node));
  if (!measurable) surroundings.setExitCode(exitCodes.failed);
}

/** The report as a person reads it in a terminal. */
export function renderMachineReport(report: MachineReport, node: Runtime): string {
  const tools = report.tools.map(({ name, version, path, problem, packages }) => [
    name,
    version ?? 'no',
    path === null ? `package ${packages.join(' or ')}` : (problem ?? path),
  ]);
  const facilities = report.facilities.map(({ name, available, found, remedy }) => [
    name,
    yesOrNo(available),
    joinReasons(found, remedy),
  ]);
  const capabilities = report.capabilities.map(({ kind, name, available, reason, remedy }) => [
    `${kind} ${name}`,
    yesOrNo(available),
    joinReasons(reason ?? '', remedy),
  ]);
  return [
    `${describeSystem(report)}\n`,
    renderTable(['tool', 'version', 'where'], [['node', node.version, node.path], ...tools]),
    renderTable(['this machine', '', ''], facilities),
    renderTable(['can run here', '', ''], capabilities),
    ...report.notices.map((notice) => `Note: ${notice}.\n`),
    canMeasure(report.capabilities) ? 'Measuring works here.\n' : 'Nothing can be measured here.\n',
  ].join('\n');
}

function describeSystem({ machine, system }: MachineReport): string {
  const memory =
    system.memoryKibibytes === null ? null : `${(system.memoryKibibytes / 1024 ** 2).toFixed(1)} GiB memory`;
  const parts = [
    system.name,
    system.kernel === null ? null : `kernel ${system.kernel}`,
    `${system.cpus} CPUs${system.processor === null ? '' : ` (${system.processor})`}`,
    memory,
  ];
  return `Machine ${machine}: ${parts.filter((part) => part !== null).join(', ')}`;
}

function yesOrNo(available: boolean): string {
  return available ? 'yes' : 'no';
}

function joinReasons(found: string, remedy: string | null): string {
  return remedy === null ? found : `${found}; to get it: ${remedy}`;
}
