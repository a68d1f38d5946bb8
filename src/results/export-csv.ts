import type { ExportedSample } from './list-values.ts';

/**
 * RFC 4180, one row for each sample, a column for each metric that any of them has (`latency (s)`), base units; a cell
 * is empty where the test has no such metric.
 */
export function renderCsv(samples: readonly ExportedSample[]): string {
  const metrics = [...new Set(samples.flatMap((sample) => sample.metrics.map(nameColumn)))];
  const rows = samples.map((entry) => {
    const { deployment, sample } = entry;
    const values = new Map(entry.metrics.map((metric) => [nameColumn(metric), metric.value]));
    return [
      deployment.side,
      deployment.host,
      deployment.guest,
      deployment.attachment,
      deployment.accelerator ?? '',
      deployment.id,
      deployment.block,
      sample.test,
      sample.order,
      ...metrics.map((metric) => values.get(metric) ?? ''),
    ];
  });
  return [[...places, ...metrics], ...rows].map((row) => `${row.map(quote).join(',')}\r\n`).join('');
}

const places = ['side', 'host', 'guest', 'attachment', 'accelerator', 'deployment', 'block', 'test', 'order'];

function nameColumn({ name, unit }: ExportedSample['metrics'][number]): string {
  return unit === '1' || unit === 'count' ? name : `${name} (${unit})`;
}

function quote(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
