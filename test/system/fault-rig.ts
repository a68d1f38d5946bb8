import { guestServer } from '../../src/images/guest-tree.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import type { Command, Machine } from '../../src/machines/machine.ts';

/** The local machine with three places where a test can lay hands on what passes. */
export interface FaultRig {
  readonly machine: Machine;
  /** Done once, just before the control port is asked for the first time: the guest has been started. */
  beforeConnect: (() => Promise<void>) | null;
  /** What a guest is started with instead. */
  change: (command: Command) => Command;
  /** Whether measuring tools get little time, so that those that hang do not hold the test up. */
  hurries: boolean;
  /** Deadlines that measuring tools were given, seconds. */
  readonly toolDeadlines: number[];
}

/** What a measuring tool may take that is asked for one second, when it has to hurry. */
const hurriedSeconds = 2.2;

export function createFaultRig(): FaultRig {
  const local = createLocalMachine();
  const rig: FaultRig = {
    beforeConnect: null,
    change: (command) => command,
    hurries: false,
    toolDeadlines: [],
    machine: {
      ...local,
      run: async (command, options) => {
        if (command.args.some((arg) => arg.includes('/dev/tcp/'))) {
          const inject = rig.beforeConnect;
          rig.beforeConnect = null;
          await inject?.();
        }
        if (!command.args.includes('netperf')) return local.run(command, options);
        rig.toolDeadlines.push(options.timeoutSeconds);
        return local.run(command, rig.hurries ? { ...options, timeoutSeconds: hurriedSeconds } : options);
      },
      start: (command, options) => local.start(rig.change(command), options),
    },
  };
  return rig;
}

/** A guest that runs and never listens; virtual machines get no CPU time at all. */
export function muteGuest({ program, args }: Command): Command {
  const sleep = (from: number) => ({ program, args: [...args.slice(0, from), 'sleep', '60'] });
  if (args.includes('qemu-system-x86_64')) return { program, args: [...args, '-S'] };
  if (args.includes(guestServer)) return sleep(args.indexOf(guestServer));
  return args.includes('netserver') ? sleep(args.indexOf('netserver')) : { program, args };
}

/** A kernel that finds nothing to run. */
export function panicAtStart(command: Command): Command {
  return addKernelArgument(command, 'rdinit=/missing');
}

/** A kernel that panics when it gets an interrupt that nobody explains, and a monitor by which to send one. */
export function panicOnDemand(command: Command, socket: string): Command {
  return withMonitor(addKernelArgument(command, 'unknown_nmi_panic'), socket);
}

/** A second monitor: the first has its one client. */
export function withMonitor({ program, args }: Command, socket: string): Command {
  const monitor = args.includes('qemu-system-x86_64') ? ['-qmp', `unix:${socket},server=on,wait=off`] : [];
  return { program, args: [...args, ...monitor] };
}

function addKernelArgument({ program, args }: Command, argument: string): Command {
  const line = args.indexOf('-append') + 1;
  return { program, args: args.map((arg, index) => (line > 0 && index === line ? `${arg} ${argument}` : arg)) };
}
