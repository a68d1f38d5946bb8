/**
 * Whether the ticks of the CPUs come at different moments, from `/proc/timer_list`; null where fewer than two CPUs have
 * one just now. Every tick expires at a multiple of its period, plus the CPU's own offset when they are skewed:
 *
 *     cpu: 1
 *      #0: <00000000487e4ebd>, tick_sched_timer, S:01
 *      # expires at 33824500000-33824500000 nsecs [in 22421625 to 22421625 nsecs]
 */
export function areTicksSkewed(text: string, ticksPerSecond: number): boolean | null {
  const period = Math.round(1e9 / ticksPerSecond);
  const ticks = /(?:tick_sched_timer|tick_nohz_handler)\b[^\n]*\n[^\n]*?expires at (\d+)-/g;
  const phases = [...text.matchAll(ticks)].map(([, nanoseconds]) => Number(BigInt(nanoseconds ?? 0) % BigInt(period)));
  return phases.length < 2 ? null : new Set(phases).size > 1;
}
