import { readRealGroups } from '../real-data.ts';

export const howToRead = `Tunegate says *regressed*, *improved*, *unchanged* or *inconclusive*, and how sure it is. Whether such words can be
trusted is not a matter of taste: invent data whose truth is known, let the rule judge them thousands of times, and count
how often it is wrong. That is what this page does, with Tunegate's own engine (the code that \`tunegate compare\` runs) and
with the rules of eight other tools on exactly the same data.

How to read it:

- **No difference at all** is the most important case. A rule that works at 5 % may raise a false alarm in about 5 of 100
  comparisons; one that raises it in 30 or 80 is no help, however well it finds true changes.
- **A scenario** is a kind of noise: its shape (most network figures are not bell-shaped), whether neighbouring samples hang
  together or drift, and whether every fresh start of a guest leaves something different behind. Its first word says what
  counts as one observation: every *sample*, interleaved *blocks*, or whole *deployments* (fresh starts).
- **Power** is the share of comparisons in which a true change of the size given is found. It means little for a rule that
  does not keep its error rate in the same scenario; such figures stand in brackets.
- In these tables Tunegate's margin is set to 0.01 %, so that nothing is called unchanged for being small; only the section
  on the margin uses margins as one would.
- **The marks** are limits written down before anything was measured.`;

/** A sentence or two above each table. */
export const introduceTables = {
  none: 'Per cent of comparisons of two equal sides in which a rule reports a difference. benchstat and node work at 5 %, Firecracker and Pinpoint at 1 %; lkp and github-action-benchmark have no such level. The last scenarios, measured one side after the other or with one start a side, are what many pipelines do: no rule can mend that, which is why Tunegate measures in blocks or in several fresh starts a side.',
  coverage:
    'The same data again, Tunegate alone: how often its 95 % interval holds the truth, how often p is at most 0.05, and how often a diagnostic (drift, autocorrelation, order, modes, noise, outliers) turned the row into *inconclusive*.',
  power:
    'Per cent of comparisons in which a true change is found, in the right direction. In brackets: rules that report differences in more than 6 % of comparisons without one in the same scenario. The last column is the best peer whose threshold was moved, by knowing the noise of that very scenario, until it reports a difference in 5 % of the comparisons without one; no one has that knowledge in practice.',
  smallest:
    'The smallest change that is found in 80 % of the comparisons, in interquartile ranges (IQR) of single samples, so that scenarios can be compared. Each at its own level: 5 % for Tunegate, benchstat and node, 1 % for Firecracker and Pinpoint.',
  margin:
    'Per cent of comparisons: *found in the right direction / found wrongly / unchanged*; the rest is inconclusive. The true change is so many margins large. At one margin "unchanged" is wrong and may happen in 5 % of cases by design.',
  detectable:
    'Each row of a report prints the change that it would find with power 0.8, alone and, being stricter, in a family of 48 cells. Here exactly that change was injected: into a new run of the same cell, which is what the figure promises, and into the data that printed it. Printed is the median; the figure varies from run to run, the more the fewer starts tell how large the noise is.',
  nightly:
    'Series of 100 nights, looked at again after every night from the 20th on. Half of the series for F1 change by 1 or 2 % at night 50. A report within 3 nights of the true place is a hit; everything else that is reported is false. In the same way for all rules, a place is counted once although it wanders, vanishes and comes back. Tunegate is the change point model of its nightly job (by place, 5,000 nights between false alarms), without what that job does beside it: judging each night against those before it, and asking whether a change matters. It looks for a change of place only, so a series that merely spreads more is seldom its business.',
  alarms:
    'Series without a change: alarms per 1,000 nights, and in brackets the per cent of series of 80 watched nights with at least one.',
  detection:
    'Series with a change at night 50: per cent in which the first alarm comes after it, and in brackets, in nights, the median and the 90th percentile of the delay and the median distance of the place from the true one. A rule that alarms before the change cannot detect it, so false alarms count here too.',
} as const;

export function describeReal(): string {
  const groups = readRealGroups().map(({ description }) => `- ${description}`);
  return `Simulated noise is a model, so the same questions are asked of data in which nothing was changed. Two sides are drawn without
replacement from the recorded starts (or nights), again and again, and the candidate is multiplied by a known factor.

${groups.join('\n')}

Per cent of comparisons in which a rule reports a difference, over all sources of a group; with a change, in its direction.`;
}

export const describePeers = `All rules were written anew from their documentation and source, and are checked in \`test/evaluation/\` against what the
tools themselves say:

- **benchstat** (golang.org/x/perf): its p and marks for the 38 benchmarks in its own \`testdata\`, printed by the real program; among
  them the example of its manual, p = 0.446.
- **Pinpoint** (Chromium): the expectations of its tests for both p values and for different, unknown and same.
- **Firecracker**: a permutation test counted by hand; the tool has no examples of its own. Its pipeline asks for 5 % over all
  cells of a metric; here there is one cell. Its retries are left out.
- **lkp**, **github-action-benchmark**: the rule as documented, examples by hand. **Bencher**: the limits and population deviations
  of its tests; as a comparison of two sides the candidate's median is the new value and the baseline's values are the history.
- **node**: Welch's t against an independent implementation.
- **Apache Otava**: the change points its own test expects in a series of 365 points at nine settings, and what version 0.8.0
  answers on six drawn series at two settings. **Perfherder**: the expectations of its tests. **rustc-perf**: by hand.

The seven graphs of Mozilla's tests (MPL-2.0), MongoDB's series and human labels of change points are not part of this repository:
no set of labels was found whose terms allow to include it. F1 is therefore measured on simulated series only.`;

export const describeLimits = `- Scales are assumptions; what matters is the order of rules, and that holds over all scales tried.
- Peers are compared cell by cell, on one list of values a side. What a tool does around its rule (retries, averaging over cells, people
  who look at it) is not modelled.
- Recorded data come from one small machine. They say how the rules behave on such noise, not how much noise your machines have.
- The history of a lab (learned margins, variance of deployments) is not part of these comparisons.`;

export const describeSpeed = `Figures in CPU time, since machines are shared; \`npm run perf -- computing\` measures Tunegate's own anew.

- 48 cells of 20 + 20 samples with up to 99,999 permutations each, as one command from start to end, with intervals, spread, diagnostics and
  detectable changes: on the same machine within the same minute, \`scipy.stats.permutation_test\` (scipy 1.17.1, vectorised, 99,999 resamples,
  2 cells measured and scaled up) takes 11 times as long for blocks of 4 + 4 and 17 times as long for blocks of 1 + 1, for one p value a cell.
- Up to 120 values a cell p comes from counting or from draws; beyond that from the normal limit with a correction for continuity, and \`pMethod\`
  says so. Over 784 drawn data sets of 60 + 60 to 200 + 200 values in seven shapes, with ties and without, its p and that of 99,999 draws
  differ by at most 0.007.`;
