import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { renderComment } from '../../../reports/comment.ts';
import { describeReproduction } from '../../../reports/comment-reproduce.ts';
import { startTunegate } from '../../run-tunegate.ts';
import { createInput, createSection } from './comment-factory.ts';
import { hostile } from './hostile.ts';
import { situations } from './situations.ts';

const tradeOff = () => situations['trade-off']?.() ?? createInput();

/** The words of the command that begins so, from the text of the comment. */
function readCommand(beginning: string): string[] {
  const block = /```sh\n(.*?)\n```/s.exec(renderComment(tradeOff()).full)?.[1] ?? '';
  const command = block
    .replaceAll('\\\n', ' ')
    .split('\n')
    .find((line) => line.startsWith(beginning));
  return (command ?? '').slice(beginning.length).trim().split(/\s+/);
}

it('is a command line that the product accepts: all it misses are the files of the artifact', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tunegate-comment-'));
  try {
    const args = readCommand('npx --no-install tunegate').map((word) =>
      word.startsWith('out/') || word.startsWith('tunegate-plan/') ? join(folder, word) : word,
    );
    const { code, stderr } = await startTunegate(...args).ended;
    expect(args[0]).toBe('measure');
    expect(code).toBe(2);
    expect(stderr).toContain('tunegate-plan/tuned/');
    expect(stderr).not.toMatch(/unknown option|too many arguments|missing/i);
  } finally {
    await rm(folder, { recursive: true });
  }
});

it('takes the plan from the artifact of the run, of the attempt that planned', () => {
  const input = tradeOff();
  const [section = createSection(null)] = input.sections;
  expect(readCommand('gh run download')).toEqual(
    '4711 --repo example/tuning --name tunegate-plan-1 --dir tunegate-plan'.split(' '),
  );
  const later = { ...input, marker: { ...input.marker, attempt: 2 } };
  expect(describeReproduction(later, section)).toContain('--name tunegate-plan-1 ');
  expect(describeReproduction({ ...later, links: { ...input.links, artifacts: [] } }, section)).toContain(
    '--name tunegate-plan-2 ',
  );
});

it('is not there where a name would be part of a command', () => {
  const section = createSection(null, { comparison: `tuned; ${hostile}` });
  expect(describeReproduction(tradeOff(), section)).toBeNull();
  expect(describeReproduction({ ...tradeOff(), request: null }, createSection(null))).toBeNull();
});
