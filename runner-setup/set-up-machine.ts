import { ConfigurationError, InterruptionError, messageOf } from '../src/errors.ts';
import { listMissingTools } from '../src/hosts/tools.ts';
import { areServicesForbidden } from './service-policy.ts';
import type { SetUpRequest } from './set-up-request.ts';

/** Installs what the machine lacks, after saying so; silent when nothing is missing. Returns the exit code. */
export async function setUpMachine(request: SetUpRequest): Promise<number> {
  const { machine, signal, stderr, mayGoOnWithout } = request;
  try {
    if ((await listMissingTools(machine, request.tools)).length === 0 && !(await areServicesForbidden(machine)))
      return 0;
    // Loaded only when needed: on almost every start there is nothing to do.
    const { changeMachine } = await import('./change-machine.ts');
    await changeMachine(request);
    signal.throwIfAborted();
    return 0;
  } catch (thrown) {
    if (signal.aborted || thrown instanceof InterruptionError) {
      stderr.write('tunegate: interrupted while the machine was being set up; nothing is half done.\n');
      return 130;
    }
    stderr.write(`tunegate: ${messageOf(thrown)}\n`);
    if (mayGoOnWithout) stderr.write('Going on without; what needs it is skipped by name.\n');
    return mayGoOnWithout ? 0 : thrown instanceof ConfigurationError ? 2 : 1;
  }
}
