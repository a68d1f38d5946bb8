/** Keys of a sample's diagnostics that tell how much the machine was disturbed; who writes and who judges them share these. */
export const disturbanceKeys = {
  /** Share of the time of all CPUs that a hypervisor below gave to others, per cent. */
  steal: 'steal.percent',
  /** Share of the sample's time in which some task waited for a CPU, per cent. */
  pressure: 'pressure.cpuSome.percent',
  /** Processor time of the program that measures, while the tool ran, seconds. */
  harnessCpu: 'harness.cpuSeconds',
} as const;
