import type { Run, SampleLine } from '../../../src/results/journal.schema.ts';
import { metricsByTest } from '../../../src/results/metrics.ts';
import { readRun } from '../../../src/results/read-journal.ts';
import { testNames } from '../../../src/vocabulary.ts';

/** Five digits: what is left out is a thousandth of the noise. */
const digits = 5;

/**
 * The primary metric of every test of some runs with equal sides, start by start, as the JSON that the evaluation
 * reads: `node test/evaluation/recording/compact-run.ts RUN... > test/fixtures/evaluation/equal-sides.json`.
 */
function compactRun(run: Run): object[] {
  const { plan } = run.header;
  return plan.guests.flatMap((guest) =>
    testNames
      .filter((test) => plan.tests.includes(test))
      .map((test) => {
        const name = metricsByTest[test][0]?.name ?? '';
        const starts = run.deployments.filter((line) => line.guest === guest);
        const deployments = starts.map(({ id }) =>
          run.samples
            .filter((sample) => sample.deployment === id && sample.test === test && sample.phase === 'measure')
            .flatMap((sample) => readValue(sample, name)),
        );
        return { id: `${guest}/bridge/${test}/${name}`, deployments: deployments.filter(({ length }) => length > 0) };
      }),
  );
}

function readValue(sample: SampleLine, name: string): number[] {
  const found = sample.metrics[name];
  return found !== undefined && 'value' in found ? [Number(found.value.toPrecision(digits))] : [];
}

const runs = await Promise.all(process.argv.slice(2).map(readRun));
const cells = runs.flatMap(compactRun).map((cell) => `  ${JSON.stringify(cell)}`);
const origin = {
  what: 'Primary metrics of guests with the profile stock on both sides: nothing differs. One list for each fresh start, one value for each sample of 1 s, in seconds or bit/s.',
  how: 'tunegate measure --plan test/evaluation/recording/{docker,qemu}.yaml --baseline stock --candidate stock --seed 1, then test/evaluation/recording/compact-run.ts',
  machine:
    'A virtual machine with 2 processors, Debian 12, other work going on; client and server in network namespaces of it; QEMU without KVM (TCG).',
};
process.stdout.write(`{\n "origin": ${JSON.stringify(origin)},\n "cells": [\n${cells.join(',\n')}\n ]\n}\n`);
