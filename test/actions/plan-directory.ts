import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseResolvedProfile } from '../../src/profiles/resolve-profile.ts';

/** Small enough for a test. */
export const tinyPlan = `name: tiny
description: Docker and bare on the bridge, one test.
layers: [guest]
guests: [docker, bare]
attachments: [bridge]
tests: [tcp_rr]
deployments: 1
samples: 1
seconds: 1
`;

export const profileTexts = {
  baseline: 'name: tuned\nparameters:\n  guest.docker.memory: 512MiB\n',
  candidate: 'name: tuned\nparameters:\n  guest.docker.memory: 256MiB\n',
};

/** A plan directory with one comparison, `tuned`, and one that has nothing to measure, `gone`. */
export async function writePlanDirectory(folder: string, change: { plan?: string; request?: object } = {}) {
  const { plan = tinyPlan, request = {} } = change;
  await mkdir(join(folder, 'tuned'), { recursive: true });
  await writeFile(join(folder, 'tuned', 'plan.yaml'), plan);
  const sides = { baseline: await write(folder, 'baseline'), candidate: await write(folder, 'candidate') };
  const common = { parameterDifference: [], regime: 'deployment', deployments: 1, samples: 1, detectableChange: null };
  const document = {
    schema: 'tunegate.request/1',
    repository: { owner: 'octo', name: 'tuning' },
    trigger: 'manual',
    pullRequest: null,
    baseSha: 'a'.repeat(40),
    headSha: 'b'.repeat(40),
    approvedBy: null,
    plan: { name: 'tiny', sha256: 'c'.repeat(64), source: 'default-branch' },
    hosts: ['stock'],
    comparisons: [
      { name: 'tuned', change: 'modified', ...sides, cells: 2, estimatedSeconds: 20, notes: [], ...common },
      {
        ...{ name: 'gone', change: 'deleted', baseline: null, candidate: null },
        ...{ cells: 0, estimatedSeconds: 0, notes: [], ...common },
      },
    ],
    shouldMeasure: true,
    reason: null,
    notes: [],
    ...request,
  };
  await writeFile(join(folder, 'request.json'), JSON.stringify(document));
  return folder;
}

async function write(folder: string, side: 'baseline' | 'candidate') {
  const text = profileTexts[side];
  await writeFile(join(folder, 'tuned', `${side}.yaml`), text);
  const { name, sha256 } = await parseResolvedProfile({ text, fileName: side });
  return { profile: name, sha256, revision: null };
}
