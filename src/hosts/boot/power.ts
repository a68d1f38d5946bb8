import { messageOf } from '../../errors.ts';
import type { Machine } from '../../machines/machine.ts';

/** How a host is switched: programs with their arguments, run on the controller. */
export interface Power {
  readonly on: readonly string[];
  readonly off: readonly string[];
  readonly cycle: readonly string[];
}

/** A management controller answers within seconds; one that has to be woken takes longer. */
const commandSeconds = 60;

/** Takes the power away and gives it back; a host that was off is switched on. Says in words what was done. */
export async function cyclePower(controller: Machine, power: Power, signal?: AbortSignal): Promise<string> {
  try {
    await runPower(controller, power.cycle, signal);
    return 'cycled its power';
  } catch (thrown) {
    signal?.throwIfAborted();
    // `chassis power cycle` refuses for a chassis without power.
    const trouble = messageOf(thrown);
    return runPower(controller, power.on, signal).then(
      () => `switched its power on (${trouble})`,
      (second: unknown) => `could not switch its power (${trouble}; ${messageOf(second)})`,
    );
  }
}

async function runPower(controller: Machine, [program = '', ...args]: readonly string[], signal?: AbortSignal) {
  await controller.run({ program, args }, { timeoutSeconds: commandSeconds, signal });
}
