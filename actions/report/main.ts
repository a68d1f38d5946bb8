import { runAction } from '../../src/github/action-entry.ts';

await runAction(async () => {
  const { getInput } = await import('@actions/core');
  const [{ readReportInputs }, { runReport }] = await Promise.all([import('./inputs.ts'), import('./run.ts')]);
  const { createHostedStep } = await import('../../src/github/create-hosted-step.ts');
  const artifacts = await import('../../src/github/artifacts.ts');
  const inputs = readReportInputs(getInput);
  await runReport(inputs, { ...(await createHostedStep(inputs.token, process.env)), ...artifacts });
});
