import type { CommentInput, CommentSection } from '../../../reports/comment.ts';
import type { Comparison } from '../../../src/comparison/comparison.schema.ts';
import type { Request, RequestedComparison } from '../../../src/plans/request.schema.ts';

export const headSha = '0f1e2d3c4b5a69788796a5b4c3d2e1f001234567';
export const baseSha = '7654321001fe2d3c4b5a69788796a5b4c3d2e1f0';

export function createRequested(overrides: Partial<RequestedComparison> = {}): RequestedComparison {
  return {
    name: 'tuned',
    change: 'modified',
    baseline: { profile: 'tuned', sha256: 'a'.repeat(64), revision: baseSha },
    candidate: { profile: 'tuned', sha256: 'b'.repeat(64), revision: headSha },
    parameterDifference: [
      { parameter: 'guest.docker.cpuset', layer: 'guest', baseline: null, candidate: '1', applied: true },
    ],
    regime: 'deployment',
    cells: 5,
    deployments: 5,
    samples: 3,
    estimatedSeconds: 1180,
    detectableChange: null,
    notes: [],
    ...overrides,
  };
}

export function createRequest(overrides: Partial<Request> = {}): Request {
  return {
    schema: 'tunegate.request/1',
    repository: { owner: 'example', name: 'tuning' },
    trigger: 'pull-request',
    pullRequest: 7,
    baseSha,
    headSha,
    approvedBy: null,
    plan: { name: 'quick', sha256: 'c'.repeat(64), source: 'default-branch' },
    hosts: ['lab-1'],
    comparisons: [createRequested()],
    shouldMeasure: true,
    reason: null,
    notes: [],
    ...overrides,
  };
}

export function createSection(result: Comparison | null, overrides: Partial<CommentSection> = {}): CommentSection {
  return { comparison: 'tuned', host: 'lab-1', result, missing: null, ...overrides };
}

export function createInput(overrides: Partial<CommentInput> = {}): CommentInput {
  const address = 'https://github.com/example/tuning/actions/runs/4711';
  return {
    state: 'finished',
    request: createRequest(),
    sections: [],
    marker: { pullRequest: 7, headSha, runId: '4711', attempt: 1 },
    links: {
      run: address,
      artifacts: [
        { name: 'tunegate-plan-1', url: `${address}/artifacts/1` },
        { name: 'tunegate-run-lab-1-tuned-1', url: `${address}/artifacts/2` },
        { name: 'tunegate-report-1', url: `${address}/artifacts/3` },
      ],
    },
    gate: null,
    ...overrides,
  };
}
