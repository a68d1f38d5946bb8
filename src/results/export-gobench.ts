import { sides } from '../vocabulary.ts';
import { type ExportedSample, groupSamples } from './list-values.ts';

/**
 * Go's benchmark format, a line for each sample with all its metrics:
 *
 *     Unit latency-s better=lower
 *     side: baseline
 *     BenchmarkTunegate/guest=docker/attachment=bridge/test=tcp_rr 1 0.000131 latency-s 7633 transactions-1/s
 *
 * `benchstat -col side FILE` compares the sides. Source: golang.org/design/14313-benchmark-format.
 */
export function renderGoBenchmarks(samples: readonly ExportedSample[]): string {
  const units = new Map(
    samples.flatMap(({ metrics }) => metrics.map((metric) => [nameUnit(metric), metric.better] as const)),
  );
  const several = new Set(samples.map(({ deployment }) => deployment.host)).size > 1;
  return [
    ...[...units].map(([unit, better]) => `Unit ${unit} better=${better}\n`),
    ...sides.flatMap((side) => {
      const groups = groupSamples(samples.filter(({ deployment }) => deployment.side === side));
      const lines = groups.flatMap((group) => group.map((sample) => renderSample(sample, several)));
      return lines.length === 0 ? [] : [`side: ${side}\n`, ...lines];
    }),
  ].join('');
}

function renderSample({ deployment, sample, metrics }: ExportedSample, several: boolean): string {
  const { host, guest, attachment } = deployment;
  const name = `${several ? `/host=${host}` : ''}/guest=${guest}/attachment=${attachment}/test=${sample.test}`;
  // A blank would end the name.
  const safe = name.replace(/\s/g, '_');
  return `BenchmarkTunegate${safe} 1 ${metrics.map((metric) => `${metric.value} ${nameUnit(metric)}`).join(' ')}\n`;
}

/** A unit of its own for each metric: the same benchmark has several in seconds. */
function nameUnit({ name, unit }: ExportedSample['metrics'][number]): string {
  return unit === '1' ? name : `${name}-${unit}`;
}
