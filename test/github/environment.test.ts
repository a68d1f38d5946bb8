import { describe, expect, it } from 'vitest';
import { parseEnvironment } from '../../src/github/environment.ts';

const variables = {
  GITHUB_EVENT_NAME: 'schedule',
  GITHUB_EVENT_PATH: '/tmp/event.json',
  GITHUB_REPOSITORY: 'acme/lab.of-many_things',
  GITHUB_SHA: 'a'.repeat(40),
  GITHUB_RUN_ID: '4711',
  RUNNER_TEMP: '/tmp',
  SOMETHING_ELSE: 'x',
};

describe('parseEnvironment', () => {
  it('reads what a step has, with what a runner may leave out', () => {
    expect(parseEnvironment({ ...variables, GITHUB_STEP_SUMMARY: '' })).toEqual({
      eventName: 'schedule',
      eventPath: '/tmp/event.json',
      repository: { owner: 'acme', repo: 'lab.of-many_things' },
      sha: 'a'.repeat(40),
      runId: 4711,
      attempt: 1,
      temporaryFolder: '/tmp',
      serverUrl: 'https://github.com',
      apiUrl: 'https://api.github.com',
      stepSummary: null,
    });
  });

  it.each([
    ['GITHUB_REPOSITORY', 'acme/lab/../../x'],
    ['GITHUB_REPOSITORY', ''],
    ['GITHUB_SHA', 'main'],
    ['GITHUB_RUN_ID', '0x10'],
    ['GITHUB_RUN_ATTEMPT', '0'],
    ['GITHUB_API_URL', 'javascript:alert(1)'],
    ['GITHUB_API_URL', 'file:///etc/passwd'],
    ['RUNNER_TEMP', undefined],
  ])('%s %j: not the environment of a step', (name, value) => {
    expect(() => parseEnvironment({ ...variables, [name]: value })).toThrow(
      new RegExp(`^the environment is not that of a GitHub Actions step: [^\\n]*${name}`),
    );
  });
});
