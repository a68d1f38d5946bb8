import { getInput } from '@actions/core';
import { runAction } from '../../src/github/action-entry.ts';
import { createRootStep } from '../../src/github/create-root-step.ts';
import { readMeasureInputs } from './inputs.ts';
import { runMeasure } from './run.ts';

await runAction(() => runMeasure(readMeasureInputs(getInput), createRootStep(process.env)));
// A program that outlived its call would keep this process alive; the post ends it.
process.exit();
