import { describe, expect, it } from 'vitest';
import { listJobs, renderLog } from '../e2e/act-output.ts';

/** Lines of act 0.2.89, shortened; the last was cut off when act was killed. */
const output = `Couldn't get a valid docker connection
{"level":"info","msg":"Run Set up job","jobID":"plan","stage":""}
{"jobID":"plan","matrix":{},"msg":"it runs","raw_output":true,"stage":"Main","step":"./actions/plan","stepID":["plan"]}
{"jobID":"plan","matrix":{},"msg":"Success","stage":"Main","step":"./actions/plan","stepResult":"success"}
{"jobID":"plan","matrix":{},"msg":"Job succeeded","jobResult":"success"}
{"jobID":"skipped","matrix":{},"msg":"Skipping job: no matching runner","jobResult":""}
{"jobID":"measure","matrix":{"host":"tuned"},"msg":"Failure","stage":"Main","step":"./actions/measure","stepResult":"failure"}
{"jobID":"measure","matrix":{"host":"tuned"},"msg":"Success","stage":"Post","step":"./actions/measure","stepResult":"success"}
{"jobID":"measure","matrix":{"host":"tuned"},"msg":"Job failed","jobResult":"failure"}
{"jobID":"report","matrix":{},"msg":"Succ`;

describe('listJobs', () => {
  it('tells jobs and legs that did something, not those that act skipped without a word', () => {
    expect(listJobs(output)).toEqual([
      {
        id: 'plan',
        matrix: {},
        result: 'success',
        steps: [{ step: './actions/plan', stage: 'Main', result: 'success' }],
      },
      {
        id: 'measure',
        matrix: { host: 'tuned' },
        result: 'failure',
        steps: [
          { step: './actions/measure', stage: 'Main', result: 'failure' },
          { step: './actions/measure', stage: 'Post', result: 'success' },
        ],
      },
    ]);
  });
});

describe('renderLog', () => {
  it('is what the steps said, in order', () => {
    expect(renderLog(output).split('\n')[1]).toBe('[plan Main] it runs');
  });
});
