import { runPost } from '../../src/github/action-entry.ts';
import { createPostStep } from '../../src/github/create-root-step.ts';
import { listPostSteps } from '../../src/hosts/root-step.ts';

/** A host may have to boot twice until it is in its usual entry again, by a power cycle the second time. */
const longestSeconds = 1500;

await runPost(listPostSteps(createPostStep(process.env), 'remove', longestSeconds));
