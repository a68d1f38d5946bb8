import { getInput, info } from '@actions/core';
import { runAction } from '../../src/github/action-entry.ts';
import { createRootStep } from '../../src/github/create-root-step.ts';
import { readPrepareInputs } from './inputs.ts';
import { runPrepareHost } from './run.ts';

await runAction(() => runPrepareHost(readPrepareInputs(getInput), { ...createRootStep(process.env), info }));
// A program that outlived its call would keep this process alive; the post ends it.
process.exit();
