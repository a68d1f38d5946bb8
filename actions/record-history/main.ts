import { runAction } from '../../src/github/action-entry.ts';

await runAction(async () => {
  const { startRecordHistory } = await import('./start.ts');
  await startRecordHistory();
});
