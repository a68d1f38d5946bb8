import { getInput } from '@actions/core';
import { runAction } from '../../src/github/action-entry.ts';
import { createRootStep } from '../../src/github/create-root-step.ts';
import { readProvisionInputs } from './inputs.ts';
import { runProvisionGuest } from './run.ts';

await runAction(() => runProvisionGuest(readProvisionInputs(getInput), createRootStep(process.env)));
// A program that outlived its call would keep this process alive; the post ends it.
process.exit();
