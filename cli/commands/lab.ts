import { fileURLToPath } from 'node:url';
import { Argument, type Command } from 'commander';
import { ConfigurationError } from '../../src/errors.ts';
import { isRootOf } from '../../src/hosts/privileges.ts';
import { labFolders, labHostNames } from '../../src/lab/lab.ts';
import { takeDown } from '../../src/lab/lab-down.ts';
import { type PowerWord, powerWords, switchPower } from '../../src/lab/lab-power.ts';
import { type HostStatus, type LabStatus, readStatus } from '../../src/lab/lab-status.ts';
import { bringUp } from '../../src/lab/lab-up.ts';
import { runInOurPlace } from '../../src/machines/foreground.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import { renderJson } from '../../src/render-json.ts';
import { createCommand } from '../create-command.ts';
import { exitCodes } from '../exit-codes.ts';
import { loadProfile } from '../load-files.ts';
import { createProgress } from '../progress.ts';
import { renderTable } from '../render-table.ts';
import type { Surroundings } from '../surroundings.ts';

interface LabOptions {
  readonly json?: true;
}

/** Two emulated hosts on this machine, on which everything that concerns hosts can be tried. */
export function createLabCommand(surroundings: Surroundings): Command {
  const lab = createCommand('lab', surroundings).description(
    'Two emulated hosts, stock and tuned, and a client on this machine: a lab without hardware.',
  );
  for (const create of [createUp, createStatus, createDown, createPower]) lab.addCommand(create(surroundings));
  return lab;
}

function createUp(surroundings: Surroundings): Command {
  return createCommand('up', surroundings)
    .description('Bring the lab up and print its inventory file; builds the disk image first unless it is cached.')
    .option('--json', 'print one JSON document')
    .option('--yes', 'install what the lab needs without asking')
    .addHelpText('after', '\nExample:\n  tunegate lab up\n')
    .action(async ({ json, yes }: LabOptions & { readonly yes?: true }) => {
      const code = await setUp(surroundings, yes === true);
      if (code !== 0) return surroundings.setExitCode(code);
      const profiles = {
        stock: await loadProfile('stock', surroundings.home),
        tuned: await loadProfile('tuned', surroundings.home),
      };
      const { inventory, started } = await createProgress(surroundings).step('Bringing the lab up', (voice) =>
        bringUp({
          ...startRequest(surroundings),
          cache: labFolders.cache,
          profiles,
          tunegate: { program: process.execPath, args: [fileURLToPath(new URL('../main.ts', import.meta.url))] },
          ...voice,
        }),
      );
      if (!started) surroundings.stderr.write('The lab was up already.\n');
      surroundings.stdout.write(json === true ? renderJson({ inventory }) : `${inventory}\n`);
    });
}

/**
 * Installs what the machine lacks for the lab, as the npm scripts do; at once over when nothing is missing. A face knows
 * no other, so it is a program of its own. Returns its exit code.
 */
async function setUp({ home, signal }: Surroundings, yes: boolean): Promise<number> {
  const args = [`${home}runner-setup/set-up.ts`, 'lab', ...(yes ? ['--yes'] : [])];
  const code = await runInOurPlace({ program: process.execPath, args }, {}, signal);
  signal.throwIfAborted();
  return code;
}

function createStatus(surroundings: Surroundings): Command {
  return createCommand('status', surroundings)
    .description('Say whether both hosts of the lab answer: exit code 0 when they do, else 1.')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  tunegate lab status\n')
    .action(async ({ json }: LabOptions) => {
      const machine = createLocalMachine();
      await demandRoot();
      const status = await readStatus(machine, labFolders.state, surroundings.signal);
      surroundings.stdout.write(json === true ? renderJson(status) : renderStatus(status));
      if (!status.up || status.hosts.some(({ answers }) => !answers)) surroundings.setExitCode(exitCodes.failed);
    });
}

function createDown(surroundings: Surroundings): Command {
  return createCommand('down', surroundings)
    .description('Take the lab down, or what a killed one left; only the cached disk image stays.')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  tunegate lab down\n')
    .action(async ({ json }: LabOptions) => {
      await demandRoot();
      const removed = await takeDown({ ...startRequest(surroundings), cache: labFolders.cache });
      const text = removed.length === 0 ? 'The lab was not up.\n' : `Removed ${removed.join(', ')}.\n`;
      surroundings.stdout.write(json === true ? renderJson({ removed }) : text);
    });
}

function createPower(surroundings: Surroundings): Command {
  return createCommand('power', surroundings)
    .description('Switch a host as a remote power switch does: off takes the power away at once.')
    .addArgument(new Argument('<host>', 'name of the host').choices(labHostNames))
    .addArgument(new Argument('<state>', 'what to do').choices(powerWords))
    .addHelpText('after', '\nExample:\n  tunegate lab power tuned cycle\n')
    .action(async (host: string, word: PowerWord) => {
      await demandRoot();
      await switchPower(startRequest(surroundings), host, word);
    });
}

function startRequest({ signal }: Surroundings) {
  return { machine: createLocalMachine(), folder: labFolders.state, pid: process.pid, now: () => new Date(), signal };
}

async function demandRoot(): Promise<void> {
  if (await isRootOf(createLocalMachine())) return;
  throw new ConfigurationError('the lab belongs to root of this machine; run it with sudo');
}

function renderStatus({ up, inventory, hosts }: LabStatus): string {
  if (!up) return 'The lab is not up.\n';
  const row = ({ name, on, answers, kernel, uptimeSeconds, problem }: HostStatus) => [
    name,
    on ? 'on' : 'off',
    answers ? 'answers' : (problem ?? ''),
    kernel ?? '',
    uptimeSeconds === null ? '' : `${Math.round(uptimeSeconds)} s`,
  ];
  return `${renderTable(['host', 'power', 'ssh', 'kernel', 'since its boot'], hosts.map(row))}\nInventory: ${inventory}\n`;
}
