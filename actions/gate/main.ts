import { runAction } from '../../src/github/action-entry.ts';

await runAction(async () => {
  const { getInput } = await import('@actions/core');
  const [{ readGateInputs }, { runGate }] = await Promise.all([import('./inputs.ts'), import('./run.ts')]);
  const { createHostedStep } = await import('../../src/github/create-hosted-step.ts');
  const inputs = readGateInputs(getInput);
  await runGate(inputs, await createHostedStep(inputs.token, process.env));
});
