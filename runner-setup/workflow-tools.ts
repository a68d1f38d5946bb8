import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { ConfigurationError, lastLines } from '../src/errors.ts';
import { findFolders } from '../src/hosts/folders.ts';
import { isRootOf } from '../src/hosts/privileges.ts';
import type { Machine } from '../src/machines/machine.ts';
import { buildAptGet, buildInstall } from './apt-commands.ts';

const requirementsFile = fileURLToPath(new URL('workflow-tools.txt', import.meta.url));

export interface WorkflowToolsRequest {
  readonly machine: Machine;
  readonly stderr: Writable;
  readonly signal: AbortSignal;
}

/** Folder of the programs act, actionlint, shellcheck and zizmor: another one as soon as their list changes. */
export async function findWorkflowTools(machine: Machine): Promise<string> {
  const text = await machine.readFile(requirementsFile);
  const hash = createHash('sha256')
    .update(text ?? '')
    .digest('hex');
  return join((await findFolders(machine)).cache, `workflow-tools-${hash.slice(0, 12)}`);
}

/**
 * Installs the programs that try and check workflows into a virtual environment of Python in the cache folder, after
 * saying so; silent when they are there. Only files with the hashes of our list are taken.
 */
export async function setUpWorkflowTools({ machine, stderr, signal }: WorkflowToolsRequest): Promise<void> {
  const folder = await findWorkflowTools(machine);
  const mark = join(folder, 'complete');
  if ((await machine.readFile(mark)) !== null) return;
  stderr.write(`Installing act, actionlint, shellcheck and zizmor for workflows into ${folder} ...\n`);
  await demandPython(machine, stderr, signal);
  const run = (program: string, ...args: string[]) =>
    machine.run({ program, args }, { timeoutSeconds: 600, signal, allowFailure: true });
  await run('rm', '-rf', '--', folder);
  const steps = [
    ['python3', '-m', 'venv', folder],
    [join(folder, 'bin/pip'), ...installArguments],
  ] as const;
  for (const [program, ...args] of steps) {
    const { exitCode, stdout, stderr: said } = await run(program, ...args);
    if (exitCode !== 0)
      throw new Error(`the tools for workflows could not be installed: ${lastLines(said || stdout, 3)}`);
  }
  await machine.writeFile(mark, `${steps[1].join(' ')}\n`);
}

const installArguments = [
  'install',
  '--quiet',
  '--disable-pip-version-check',
  '--no-deps',
  '--only-binary=:all:',
  '--require-hashes',
  '--requirement',
  requirementsFile,
];

/** Debian's python3 comes without `ensurepip`: that is the package python3-venv. */
async function demandPython(machine: Machine, stderr: Writable, signal: AbortSignal): Promise<void> {
  const look = { program: 'python3', args: ['-c', 'import ensurepip, venv'] };
  const { exitCode } = await machine.run(look, { timeoutSeconds: 30, signal, allowFailure: true });
  if (exitCode === 0) return;
  if (!(await isRootOf(machine))) {
    throw new ConfigurationError('this machine lacks python3-venv, and only root may install it');
  }
  stderr.write('  - package: python3-venv, with what it depends on (for good)\n');
  for (const command of [buildAptGet('update'), buildInstall(['python3-venv'])]) {
    await machine.run(command, { timeoutSeconds: 900, signal });
  }
}
