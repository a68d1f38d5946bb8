import { runPost } from '../../src/github/action-entry.ts';
import { createPostStep } from '../../src/github/create-root-step.ts';
import { listPostSteps } from '../../src/hosts/root-step.ts';

await runPost(listPostSteps(createPostStep(process.env), 'remove'));
