import type { PlanPreview } from '../src/plans/plan-preview.ts';
import { formatDuration } from '../src/units.ts';
import { renderTable } from './render-table.ts';

/** A preview for people: what, how it is judged, in which order. */
export function renderPlan(preview: PlanPreview): string {
  const { plan, baseline, candidate, schedule, seed, estimatedSeconds } = preview;
  const primary = preview.cells.filter(({ role }) => role === 'primary');
  const alternatesBoots = plan.regime === 'boot';
  return [
    `Plan ${plan.name}: ${plan.description}\n`,
    `${baseline.profile} (baseline) against ${candidate.profile} (candidate), layers ${plan.layers.join(', ')}, regime ${plan.regime}.\n`,
    `${count(plan.deployments, 'fresh start')} per side of each guest, ${count(plan.samples, 'sample')} of each test in it after one warm-up;`,
    ` ${plan.seconds} s a sample${describePing(preview)}.\n`,
    `${count(schedule.length, 'fresh start')} in all${preview.host === null ? '' : ` on ${preview.host}`}, about ${formatDuration(estimatedSeconds)}.\n`,
    ...describeBoots(preview),
    '\n',
    renderDifferences(preview),
    `\n${count(primary.length, 'cell')} that decide:\n`,
    renderTable(
      ['cell', 'better'],
      primary.map(({ id, better }) => [id, better]),
    ),
    `${count(preview.cells.length - primary.length, 'further metric')} beside them, which decide nothing.\n`,
    `\nOrder from seed ${seed}:\n`,
    renderTable(
      ['#', 'block', ...(alternatesBoots ? ['boot'] : []), 'side', 'guest', 'attachment', 'tests'],
      schedule.map(({ order, block, boot, side, guest, attachment, tests }) => [
        String(order),
        String(block),
        ...(alternatesBoots ? [String(boot)] : []),
        side,
        guest,
        attachment,
        tests.join(' '),
      ]),
    ),
    '\n',
    ...preview.notes.map((note) => `Note: ${note}\n`),
  ].join('');
}

function describePing({ plan: { tests, ping } }: PlanPreview): string {
  if (!tests.includes('ping')) return '';
  const own = ping.samples === undefined ? '' : `, ${count(ping.samples, 'sample')} of it`;
  return `, ping ${ping.count} x ${ping.intervalSeconds} s${own}`;
}

function describeBoots({ plan, boots }: PlanPreview): readonly string[] {
  if (boots === null) return [];
  const why =
    plan.regime === 'boot'
      ? `${count(plan.deployments, 'boot')} per side and the one back`
      : 'one for both sides and the one back';
  const cost = `${formatDuration(boots.seconds)} each, ${boots.seen ? 'as earlier runs showed' : 'which is assumed: no boot of that host was seen yet'}`;
  return [`The host boots ${boots.count} times (${why}), ${cost}.\n`];
}

function renderDifferences({ parameterDifference, baseline, candidate }: PlanPreview): string {
  if (parameterDifference.length === 0) return 'The profiles set the same.\n';
  return renderTable(
    ['parameter', 'layer', `baseline ${baseline.profile}`, `candidate ${candidate.profile}`, 'applied'],
    parameterDifference.map((difference) => [
      difference.parameter,
      difference.layer,
      difference.baseline ?? 'not set',
      difference.candidate ?? 'not set',
      difference.applied ? 'yes' : 'no',
    ]),
  );
}

function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}
