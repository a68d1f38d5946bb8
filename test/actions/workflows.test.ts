import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { home, listJobs, readWorkflows, type Step, workflowSchema } from './read-workflows.ts';

type Permissions = Readonly<Record<string, string>>;

/** What each action asks of GitHub. A job has exactly what its steps need. */
const needs: Readonly<Record<string, Permissions>> = {
  'actions/checkout': { contents: 'read' },
  'actions/setup-node': {},
  './actions/plan': { contents: 'read', 'pull-requests': 'read' },
  './actions/measure': {},
  './actions/report': { 'pull-requests': 'write', checks: 'write' },
  './actions/gate': { 'pull-requests': 'read', checks: 'write' },
  './actions/record-history': { contents: 'write', issues: 'write', actions: 'read' },
};

/** Without a pull request there is nothing to read of it, and nothing to write on it. */
const forPullRequests = ['pull-requests', 'checks'];

const workflows = readWorkflows();
const jobs = listJobs(workflows);
const steps = jobs.flatMap(({ title, job }) => job.steps.map((step) => ({ title, step })));

function sumPermissions(of: readonly Step[], hasPullRequest: boolean): Permissions {
  const sum: Record<string, string> = {};
  for (const { uses } of of) {
    if (uses === undefined) continue;
    const asked = needs[uses.split('@')[0] ?? ''];
    if (asked === undefined) throw new Error(`${uses} is not in the table of what actions need`);
    for (const [name, level] of Object.entries(asked)) {
      if (!hasPullRequest && forPullRequests.includes(name)) continue;
      if (sum[name] !== 'write') sum[name] = level;
    }
  }
  return sum;
}

describe('workflows', () => {
  it('are these', () => {
    expect(workflows.map(({ file }) => file)).toEqual(['ci.yml', 'nightly.yml', 'tuning-pr.yml']);
  });

  it.each(workflows)('$file gives its jobs no permission that they do not ask for', ({ permissions }) => {
    expect(permissions).toEqual({});
  });

  it.each(jobs)('$title has exactly the permissions of what it runs', ({ workflow, job }) => {
    const hasPullRequest = 'pull_request_target' in workflow.on;
    expect(job.permissions).toEqual(sumPermissions(job.steps, hasPullRequest));
  });

  it.each(jobs.filter(({ job }) => job['runs-on'].includes('self-hosted')))(
    '$title, on a host under test, may only read the repository and gets no token',
    ({ job }) => {
      expect(job.permissions).toEqual({ contents: 'read' });
      expect(JSON.stringify(job)).not.toContain('github.token');
    },
  );

  it.each(jobs)('$title says when it has taken too long', ({ job }) => {
    expect(job['timeout-minutes']).toBeGreaterThanOrEqual(5);
    expect(job['timeout-minutes']).toBeLessThanOrEqual(720);
  });

  it.each(workflows)('$file knows no secret but the token of the job', ({ text }) => {
    expect(text).not.toMatch(/secrets\s*[.[]/);
  });

  it('actions from elsewhere are pinned by commit, with their version beside it', () => {
    const lines = workflows.flatMap(({ text }) => text.match(/^.*uses: (?!\.\/).*$/gm) ?? []);
    expect(lines.length).toBeGreaterThan(8);
    for (const line of lines) expect(line).toMatch(/uses: [\w.-]+\/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it.each(steps.filter(({ step }) => step.uses?.startsWith('actions/checkout@')))(
    '$title leaves no token in .git/config',
    ({ step }) => {
      expect(step.with['persist-credentials']).toBe(false);
    },
  );

  it('no path filter: a required check would wait for ever', () => {
    for (const { text } of workflows) expect(text).not.toMatch(/^\s*(paths|paths-ignore|branches-ignore):/m);
  });

  it('scripts name their shell where they run on our hosts, and take nothing from an event', () => {
    for (const { step } of steps) expect(step.run ?? '').not.toContain('${{');
  });
});

describe('tuning-pr.yml', () => {
  const workflow = workflows.find(({ file }) => file === 'tuning-pr.yml');
  if (workflow === undefined) throw new Error('there is no tuning-pr.yml');
  const { jobs: byId, text } = workflow;

  it('never names the head of the pull request', () => {
    expect(text).not.toMatch(/head\.(sha|ref|repo)|head_ref|merge_commit/);
    const refs = Object.values(byId).flatMap((job) => job.steps.flatMap(({ with: { ref } }) => ref ?? []));
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub.
    expect(new Set(refs)).toEqual(new Set(['${{ github.event.repository.default_branch }}']));
  });

  it('runs every job after the plan whatever became of the others, and the gate last of all', () => {
    expect(byId.gate?.needs).toEqual(Object.keys(byId).filter((id) => id !== 'gate'));
    expect(byId.gate?.if).toBe(
      // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub.
      "${{ always() && needs.plan.result != 'skipped' && needs.plan.outputs.reason != 'ignored' }}",
    );
    expect(byId.report?.if).toContain('always()');
  });

  it('steps of report and gate run after a cancellation too', () => {
    for (const id of ['report', 'gate']) {
      expect(byId[id]?.steps.map((step) => step.if)).toEqual(byId[id]?.steps.map(() => 'always()'));
    }
  });

  it('the gate is told the results of all jobs', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub.
    expect(byId.gate?.steps.at(-1)?.with.needs).toBe('${{ toJSON(needs) }}');
  });

  it('measures one pair after the other, and goes on when one fails', () => {
    expect(byId.measure?.strategy).toMatchObject({ 'fail-fast': false, 'max-parallel': 1 });
  });

  it('a newer push replaces a waiting run, not one that measures; hosts have no group', () => {
    expect(workflow.concurrency['cancel-in-progress']).toBe(false);
    expect(workflow.concurrency.group).toContain('github.event.pull_request.number');
    expect(Object.values(byId).filter((job) => job.concurrency !== undefined)).toEqual([]);
  });
});

it('the command in docs/github.md makes a workflow for another repository of this one', () => {
  const page = readFileSync(`${home}/docs/github.md`, 'utf8');
  const script = /sed -E '([^']+)' tuning-pr\.yml/.exec(page)?.[1] ?? '';
  const text = execFileSync('sed', ['-E', script, `${home}/.github/workflows/tuning-pr.yml`], { encoding: 'utf8' });
  const other = workflowSchema.parse(parse(text));
  const uses = Object.values(other.jobs).flatMap((job) => job.steps.map((step) => step.uses));
  expect(uses).toEqual(
    ['plan', 'report', 'measure', 'report', 'gate'].map((name) => `OWNER/REPO/actions/${name}@COMMIT`),
  );
});
