import { applyTreatment } from '../../../src/hosts/treatment/apply-treatment.ts';
import { restoreTreatment } from '../../../src/hosts/treatment/restore-treatment.ts';
import type { Machine } from '../../../src/machines/machine.ts';
import { createRequest, everything, openFolderHost } from './folder-host.ts';

/**
 * Applies or restores a treatment and kills itself with the given command, counted from 1, in front of
 * it. Prints `done` when it got to the end.
 */
const [action, folder = '', command = ''] = process.argv.slice(2);
const host = openFolderHost(folder);
let count = 0;
const machine: Machine = {
  ...host.machine,
  run: (...args) => {
    count += 1;
    if (count === Number(command)) process.kill(process.pid, 'SIGKILL');
    return host.machine.run(...args);
  },
};
if (action === 'apply') await applyTreatment(machine, host.state, createRequest(everything), { known: host.known });
else await restoreTreatment(machine, host.state, { known: host.known });
process.stdout.write('done\n');
