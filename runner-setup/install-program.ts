import { fileURLToPath } from 'node:url';
import { ConfigurationError, messageOf } from '../src/errors.ts';
import { createLocalMachine } from '../src/machines/local.ts';
import { findCommit } from './copy-program.ts';
import { installProgram, uninstallProgram } from './place-program.ts';
import { type ProgramRequest, parseProgramRequest, usage } from './program-request.ts';
import { describeProgramChange } from './program-texts.ts';

// `npm run install-host`: see docs/security.md for what it allows, and to whom.
const home = fileURLToPath(new URL('..', import.meta.url));
const machine = createLocalMachine();
try {
  process.umask(0o022);
  const request = parseProgramRequest(process.argv.slice(2));
  if (request === null) process.stdout.write(usage);
  else await carryOut(request);
} catch (thrown) {
  process.stderr.write(`tunegate: ${messageOf(thrown)}\n`);
  process.exitCode = thrown instanceof ConfigurationError ? 2 : 1;
}

async function carryOut(request: ProgramRequest): Promise<void> {
  if (process.getuid?.() !== 0) {
    throw new ConfigurationError('only root may install the program; run `sudo npm run install-host -- ...`');
  }
  const commit = request.action === 'install' ? await findCommit(machine, home) : '';
  process.stderr.write(describeProgramChange(request, commit));
  await demandConsent(request);
  if (request.action === 'uninstall') {
    const removed = await uninstallProgram(machine, request);
    process.stderr.write(removed.length === 0 ? 'Nothing was installed.\n' : `Removed ${removed.join(', ')}.\n`);
    return;
  }
  await installProgram(machine, request, { home, commit });
  const { user, places } = request;
  process.stderr.write(`Installed. Try it as ${user}: sudo -n ${places.program} stop nothing\n`);
}

async function demandConsent({ consents }: ProgramRequest): Promise<void> {
  if (consents) return;
  if (process.stdin.isTTY !== true || process.stderr.isTTY !== true) {
    throw new ConfigurationError('nothing was changed, since nobody can be asked here; --yes agrees');
  }
  const { confirm } = await import('@clack/prompts');
  const answer = await confirm({ message: 'Change this host so?', output: process.stderr });
  if (answer !== true) throw new ConfigurationError('nothing was changed');
}
