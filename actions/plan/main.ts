import { runAction } from '../../src/github/action-entry.ts';

process.stdout.write('Planning what to measure.\n');
await runAction(async () => {
  const { startPlan } = await import('./start.ts');
  await startPlan();
});
