import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/plans/plan.schema.ts';
import type { ComparisonOrder } from '../../src/plans/plan-comparison.ts';
import { buildPlanDirectory, type Findings, type RequestFacts } from '../../src/plans/plan-directory.ts';
import type { Profile } from '../../src/profiles/profile.schema.ts';
import { createPlan } from './create-plan.ts';

const { regime: _, unsupported: __, ...small } = createPlan();
const plan: Plan = small;
const facts: RequestFacts = {
  repository: { owner: 'acme', name: 'lab' },
  trigger: 'pull-request',
  pullRequest: 7,
  baseSha: 'b'.repeat(40),
  headSha: 'a'.repeat(40),
  approvedBy: null,
  missingApproval: null,
  hosts: ['stock', 'tuned'],
  mostComparisons: 2,
  longestMinutes: 60,
  topology: 'inventory',
};

function profile(name: string, parameters: Profile['parameters']): Profile {
  return {
    name,
    description: null,
    compareTo: null,
    parameters,
    sha256: name.charCodeAt(0).toString(16).padStart(64, '0'),
  };
}

function order(name: string, parameters: Profile['parameters'] = { 'guest.docker.cpus': 2 }): ComparisonOrder {
  return {
    name,
    change: 'modified',
    sides: { baseline: profile('stock', {}), candidate: profile(name, parameters) },
    revisions: { baseline: facts.baseSha, candidate: facts.headSha },
    notes: [],
  };
}

function build(findings: Partial<Findings>, more: Partial<RequestFacts> = {}, overrides: Partial<Plan> = {}) {
  return buildPlanDirectory(
    { ...facts, ...more },
    { name: 'small', plan: { ...plan, ...overrides }, text: 'name: small\n', source: 'default-branch' },
    { orders: [], problems: [], notes: [], hasTuningFiles: true, ...findings },
  );
}

describe('buildPlanDirectory', () => {
  it('has a pair for each host and comparison, and the time of all comparisons', () => {
    const one = build({ orders: [order('a')] });
    const two = build({ orders: [order('a'), order('b')] });
    expect(two.matrix.include).toEqual([
      { host: 'stock', comparison: 'a' },
      { host: 'tuned', comparison: 'a' },
      { host: 'stock', comparison: 'b' },
      { host: 'tuned', comparison: 'b' },
    ]);
    const [seconds = 0] = one.request.comparisons.map(({ estimatedSeconds }) => estimatedSeconds);
    expect(two.estimatedMinutes).toBe(Math.ceil((2 * seconds) / 60));
    expect([...two.files.keys()]).toEqual([
      'request.json',
      ...['a/plan.yaml', 'a/baseline.yaml', 'a/candidate.yaml'],
      ...['b/plan.yaml', 'b/baseline.yaml', 'b/candidate.yaml'],
    ]);
    expect(JSON.parse(two.files.get('request.json') ?? '')).toEqual(two.request);
  });

  it.each([
    [
      'nothing that counts before all else',
      { hasTuningFiles: false, problems: ['x'] },
      { missingApproval: 'm' },
      'no-tuning-files',
    ],
    ['wrong files before nothing to compare', { problems: ['x'] }, {}, 'invalid-files'],
    [
      'wrong files before a missing approval',
      { orders: [order('a')], problems: ['x'] },
      { missingApproval: 'm' },
      'invalid-files',
    ],
    ['nothing to compare before a missing approval', {}, { missingApproval: 'm' }, 'nothing-to-compare'],
    ['a missing approval', { orders: [order('a')] }, { missingApproval: 'm' }, 'needs-approval'],
    ['none', { orders: [order('a')] }, {}, null],
  ])('%s', (_title, findings, more, reason) => {
    const { request, matrix } = build(findings, more);
    expect(request.reason).toBe(reason);
    expect(request.shouldMeasure).toBe(reason === null);
    expect(matrix.include.length > 0).toBe(reason === null);
  });

  it('does not count what is not measured among the most comparisons', () => {
    const deleted: ComparisonOrder = { ...order('a'), change: 'deleted', sides: null };
    const { request, matrix } = build({ orders: [deleted, order('b'), order('c'), order('d')] });
    expect(new Set(matrix.include.map(({ comparison }) => comparison))).toEqual(new Set(['b', 'c']));
    expect(request.comparisons.map(({ candidate }) => candidate?.profile ?? null)).toEqual([null, 'b', 'c', null]);
  });

  it('names what the plan does not apply', () => {
    const parameters = { 'guest.docker.cpus': 2, 'host.cpu.governor': 'performance' };
    const { request } = build({ orders: [order('a', parameters)] });
    expect(request.comparisons[0]?.parameterDifference).toMatchObject([{ applied: true }, { applied: false }]);
    expect(request.comparisons[0]?.notes).toEqual([
      'Not applied, because the plan leaves out their layers or guests: host.cpu.governor.',
    ]);
  });

  it('refuses a profile that the plan has no place for, and what would take too long', () => {
    const queues = build(
      { orders: [order('a', { 'guest.qemu.net.queues': 2 })] },
      {},
      { guests: ['qemu'], attachments: ['physical'] },
    );
    expect(queues.request).toMatchObject({
      reason: 'invalid-files',
      notes: [expect.stringContaining('profile a: guest.qemu.net.queues is 2')],
    });
    const long = build({ orders: [order('a')] }, { longestMinutes: 1 }, { seconds: 100 });
    expect(long.request.notes[0]).toMatch(
      /^measuring this would take about \d+ minutes on each host, at most 1 are accepted/,
    );
    expect([...long.files.keys()]).toEqual(['request.json']);
  });

  it('keeps notes few, short and without control characters', () => {
    const { request } = build({
      problems: Array.from({ length: 100 }, (_title, index) => `\u001b[31m${index}\n${'x'.repeat(3000)}`),
    });
    expect(request.notes).toHaveLength(41);
    expect(request.notes[0]).toMatch(/^\?\[31m0\?x{1900,}\.\.\.$/);
    expect(request.notes[0]).toHaveLength(2000);
    expect(request.notes[40]).toBe('And 60 more.');
  });

  it('takes the highest regime of what is measured', () => {
    expect(build({}).regime).toBe('deployment');
    expect(build({ orders: [order('a')] }).regime).toBe('deployment');
  });
});
