import { runAction } from '../../src/github/action-entry.ts';

await runAction(async () => {
  const { getInput, info } = await import('@actions/core');
  info(`Tunegate report: ${getInput('phase') || 'result'}`);
  const [{ readReportInputs }, { runReport }] = await Promise.all([import('./inputs.ts'), import('./run.ts')]);
  const inputs = readReportInputs(getInput);
  const { createReportWorld } = await import('./create-world.ts');
  await runReport(inputs, await createReportWorld(inputs.token, process.env));
});
