/**
 * Whether the ticks of the CPUs come at different moments, from `/proc/timer_list`; null where fewer than two CPUs have
 * one. Every tick expires at a multiple of its period, plus the CPU's own offset when they are skewed. The timer of a CPU
 * that does without a tick just now stands at whatever comes next; `last_tick` is where its ticks were.
 *
 *     cpu: 1
 *      #0: <00000000487e4ebd>, tick_sched_timer, S:01
 *      # expires at 33824500000-33824500000 nsecs [in 22421625 to 22421625 nsecs]
 *       .last_tick      : 33668000000 nsecs
 *       .tick_stopped   : 0
 */
export function areTicksSkewed(text: string, ticksPerSecond: number): boolean | null {
  const period = BigInt(Math.round(1e9 / ticksPerSecond));
  const ticks = text.split(/^cpu: /m).flatMap((cpu) => readTick(cpu) ?? []);
  return ticks.length < 2 ? null : new Set(ticks.map((tick) => tick % period)).size > 1;
}

/** Nanoseconds; null for a CPU that never had a tick. */
function readTick(cpu: string): bigint | null {
  const isStopped = /^\s*\.tick_stopped\s*: 1$/m.test(cpu);
  const tick = isStopped
    ? /^\s*\.last_tick\s*: (\d+) nsecs$/m.exec(cpu)?.[1]
    : /(?:tick_sched_timer|tick_nohz_handler)\b[^\n]*\n[^\n]*?expires at (\d+)-/.exec(cpu)?.[1];
  return tick === undefined ? null : BigInt(tick);
}
