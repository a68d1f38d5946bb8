import { afterAll, beforeAll, expect, it } from 'vitest';
import { takeSnapshot } from '../system/machine-snapshot.ts';
import { before } from './changes.ts';
import { expectJobs, listKeptRuns } from './findings.ts';
import { createRig, type Rig } from './rig.ts';

/** Any commit will do: act is told what stands for it. */
const tunegate = `octo-tools/tunegate@${'7'.repeat(40)}`;
const [repository, commit] = tunegate.split('@');

/** What somebody writes who wants no comparison, but one guest and its figures: each action as a step of its own. */
const workflow = `name: by hand
on: workflow_dispatch
permissions: {}
jobs:
  plan:
    runs-on: ubuntu-latest
    permissions: { contents: read }
    steps:
      - uses: ${repository}/actions/plan@${commit}
        with: { github-token: "\${{ github.token }}" }
  measure:
    needs: plan
    runs-on: [self-hosted, tuned]
    permissions: { contents: read }
    steps:
      - uses: actions/checkout@9c091bb21b7c1c1d1991bb908d89e4e9dddfe3e0
      - id: host
        uses: ${repository}/actions/prepare-host@${commit}
        with: { side: candidate, host: tuned }
      - id: guest
        uses: ${repository}/actions/provision-guest@${commit}
        with: { profile-file: runner-setup/profiles/tuned.yaml, guest: docker }
      - id: run
        uses: ${repository}/actions/run-benchmarks@${commit}
        with: { deployment-file: "\${{ steps.guest.outputs.deployment-file }}", tests: tcp_rr, samples: 2, seconds: 1 }
      - shell: bash
        env: { RUN: "\${{ steps.run.outputs.run-directory }}", STATUS: "\${{ steps.run.outputs.status }}" }
        run: |
          echo "status $STATUS, samples $(grep -c '"phase":"measure"' "$RUN/run.jsonl")"
`;

let rig: Rig;
beforeAll(async () => {
  rig = await createRig(before);
  await rig.merge({ '.github/workflows/by-hand.yml': workflow });
});
afterAll(() => rig.close());

it('prepare-host, provision-guest and run-benchmarks are steps of a workflow of somebody else', async () => {
  const [machine, kept] = [await takeSnapshot(), listKeptRuns()];
  const run = await rig.run({
    workflow: 'by-hand.yml',
    eventName: 'workflow_dispatch',
    event: { inputs: {} },
    standIns: ['--local-repository', `${tunegate}=${rig.repository.folder}`],
  });
  expectJobs(run, ['plan', 'measure']);
  expect(run.exitCode, run.log).toBe(0);
  expect(run.log).toContain('status complete, samples 2');
  expect(await takeSnapshot()).toEqual(machine);
  expect(listKeptRuns()).toEqual(kept);
});
