import { info } from '@actions/core';
import { runPost } from '../../src/github/action-entry.ts';
import { nothingToRestore } from './run.ts';

await runPost([async () => info(nothingToRestore)]);
