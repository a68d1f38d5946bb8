/** Why a mark may be missed, by its id; written after looking into the cases. */
const explanations: Readonly<Record<string, string>> = {
  null: 'Single samples are judged by an exact test of level 5 %, the one of benchstat, which finds as many on the same data. Of 1,000 comparisons 55 or more put the upper limit above 7 %, and a rule that is wrong in exactly 5 % of them has so many in one scenario of four.',
  'coverage-independent':
    'With rounded values a whole step of the rounding lies inside nearly every interval, so it covers more than was promised; that errs to the safe side and no interval made of measured values can do otherwise.',
  'power-independent':
    'For single samples our test is the one of benchstat, so what is missing is what the diagnostics take back by chance: they look for drift and dependence, of which there is none here. For blocks the alignment costs some power where nothing drifts, most where the values fall into modes; the scenarios with drift show what is bought with it.',
  'power-dependent':
    'Where the dependence is weak (autocorrelation of 0.3, a ramp of two deviations, starts that differ by a quarter of the scatter of samples) interleaving alone keeps the peers honest or nearly so, and they use every sample, while ours pays for the blocks or counts starts only. The stronger the dependence, the more it turns: see a ramp of 6 deviations or starts that scatter by 0.7 %.',
  detectable:
    'The figure is estimated from the noise of the run that prints it, and is enlarged for that by a factor that gives 80 % on average over normal and exponential noise; where the starts scatter normally it therefore errs to the safe side (in a run with 100 cells for each of 10 designs, 83 % at 0.05 and 86 % at 0.05 / 48), and where they fall into modes by more. Values that are rounded can move by whole steps only, so the injected change is not quite the printed one.',
};

/** One sentence or more for the document. */
export function explainMark(id: string): string {
  return explanations[id] ?? 'The cause is not known.';
}
