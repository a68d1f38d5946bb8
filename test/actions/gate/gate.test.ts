import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readGateInputs } from '../../../actions/gate/inputs.ts';
import { runGate } from '../../../actions/gate/run.ts';
import { writeCheckRun } from '../../../src/github/check-run.ts';
import { createClient } from '../../../src/github/client.ts';
import type { TriggerEvent } from '../../../src/github/event.ts';
import type { GitHubServer } from '../../fakes/github-server/server.ts';
import type { Scopes } from '../../fakes/github-server/tokens.ts';
import { listCheckRuns, pullNumber, repository, startLab } from '../report/stage.ts';

let server: GitHubServer;
beforeEach(async () => {
  server = await startLab();
});
afterEach(async () => {
  const { violations } = server;
  await server.close();
  expect(violations).toEqual([]);
});

const connect = (scopes?: Scopes) =>
  createClient(server.token(40, scopes), { apiUrl: server.origin, waitUnitMilliseconds: 1 });

const passing = {
  plan: { result: 'success', outputs: { 'should-measure': 'true' } },
  announce: { result: 'success', outputs: {} },
  measure: { result: 'success', outputs: {} },
  report: {
    result: 'success',
    outputs: { verdict: 'unchanged', 'gate-result': 'success', 'gate-sentence': 'Nothing changed.' },
  },
};

interface GateOptions {
  readonly needs?: object;
  readonly event?: TriggerEvent;
  readonly attempt?: number;
  readonly scopes?: Scopes;
  readonly headSha?: string;
}

async function gate({ needs = passing, event, attempt = 1, scopes, headSha = '' }: GateOptions = {}) {
  const texts = new Map([
    ['github-token', 'token'],
    ['needs', JSON.stringify(needs)],
    ['head-sha', headSha],
  ]);
  const said: { outputs: Record<string, string>; failures: string[]; warnings: string[] } = {
    ...{ outputs: {}, failures: [], warnings: [] },
  };
  const usual: TriggerEvent = {
    ...({ kind: 'pull-request', action: 'opened', number: pullNumber, sender: 'mallory' } as const),
    headSha: server.sha('tune'),
  };
  const thrown = await runGate(
    readGateInputs((name) => texts.get(name) ?? ''),
    {
      github: connect(scopes),
      environment: { repository, runId: 40, attempt, serverUrl: 'https://github.com' },
      event: event ?? usual,
      setOutput: (name, value) => {
        said.outputs[name] = value;
      },
      info: () => {},
      warning: (message) => void said.warnings.push(message),
      setFailed: (message) => void said.failures.push(message),
    },
  ).then(
    () => null,
    (error: unknown) => error,
  );
  return { ...said, thrown };
}

describe('the gate', () => {
  it('concludes the check run that the announcement made, and keeps the text of the report', async () => {
    await writeCheckRun({
      ...{ github: connect(), repository, headSha: server.sha('tune'), run: { runId: '40', attempt: 1 } },
      ...{ detailsUrl: 'https://github.com/run', conclusion: null },
      describe: () => ({ title: 'Unchanged', summary: 'The whole table.' }),
    });
    expect(await gate()).toMatchObject({
      ...{ thrown: null, failures: [], warnings: [] },
      outputs: { conclusion: 'success', sentence: 'Nothing changed.' },
    });
    expect(listCheckRuns(server)).toMatchObject([
      {
        ...{ name: 'tunegate', headSha: server.sha('tune'), status: 'completed', conclusion: 'success' },
        output: { title: 'Unchanged', summary: 'Nothing changed.\n\nThe whole table.' },
      },
    ]);
  });

  it('makes the check run where no job before it came so far, and fails itself', async () => {
    const result = await gate({ needs: { plan: { result: 'cancelled', outputs: {} } } });
    expect(result).toMatchObject({ failures: ['The job plan was cancelled.'], outputs: { conclusion: 'failure' } });
    expect(listCheckRuns(server)).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
  });

  it('gives each attempt a check run of its own', async () => {
    await gate({ needs: { plan: { result: 'failure', outputs: {} } } });
    await gate({ attempt: 2 });
    expect(listCheckRuns(server)).toMatchObject([{ conclusion: 'failure' }, { conclusion: 'success' }]);
  });

  it('goes to the commit that the plan job found, whatever the event says', async () => {
    const plan = { result: 'success', outputs: { 'should-measure': 'true', 'head-sha': server.sha('other') } };
    await gate({ needs: { ...passing, plan } });
    await gate({ headSha: server.sha('base') });
    expect(listCheckRuns(server).map(({ headSha }) => headSha)).toEqual([server.sha('other'), server.sha('base')]);
  });

  it('asks for the head where a comment started it and the plan job failed', async () => {
    const event = { kind: 'comment', number: pullNumber, body: '/tunegate run', author: 'ann' } as const;
    await gate({ event, needs: { plan: { result: 'failure', outputs: {} } } });
    expect(listCheckRuns(server)).toMatchObject([{ headSha: server.sha('tune'), conclusion: 'failure' }]);
  });

  it('has no check to conclude where the workflow is about no pull request', async () => {
    const needs = { ...passing, measure: { result: 'failure', outputs: {} } };
    expect(await gate({ event: { kind: 'schedule' }, needs })).toMatchObject({
      thrown: null,
      failures: [expect.stringContaining('measure')],
    });
    expect(listCheckRuns(server)).toEqual([]);
  });

  it('fails by its decision before it asks GitHub for anything', async () => {
    server.misbehave({ kind: 'bad-gateway', times: Number.POSITIVE_INFINITY });
    const { failures, thrown } = await gate({ needs: { plan: { result: 'failure', outputs: {} } } });
    expect(failures).toEqual(['The job plan failed.']);
    expect(thrown).toBeInstanceOf(Error);
  });

  it('is red and not green where the check cannot be written', async () => {
    server.misbehave({ kind: 'bad-gateway', times: Number.POSITIVE_INFINITY });
    expect((await gate()).thrown).toBeInstanceOf(Error);
  });

  it('warns where the token may not write checks', async () => {
    const { warnings, thrown } = await gate({ scopes: { checks: 'read' } });
    expect(thrown).toBeNull();
    expect(warnings).toEqual([expect.stringContaining('checks: write')]);
  });

  it.each(['bad-gateway', 'truncated', 'disconnect', 'too-many-requests'] as const)(
    'comes through when every second call fails (%s)',
    async (kind) => {
      server.misbehave({ kind, every: 2 });
      expect((await gate()).thrown).toBeNull();
      server.behave();
      const all = listCheckRuns(server);
      expect(all.length).toBeGreaterThan(0);
      expect(all.every(({ conclusion }) => conclusion === 'success')).toBe(true);
    },
  );

  it('refuses inputs that are none', () => {
    expect(() => readGateInputs(() => '')).toThrow('github-token');
    expect(() => readGateInputs((name) => (name === 'needs' ? '{' : 'x'))).toThrow('head-sha');
  });
});
