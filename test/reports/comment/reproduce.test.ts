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

it('is a command line that the product accepts: all it misses are the files of the artifact, and an inventory', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tunegate-comment-'));
  try {
    const args = readCommand('npx --no-install tunegate').map((word) =>
      /^(out\/|tunegate-plan\/|inventory\.yaml)/.test(word) ? join(folder, word) : word,
    );
    expect(args[0]).toBe('measure');
    const place = args.indexOf('--inventory');
    const onOneMachine = args.toSpliced(place, 4);
    expect(args.slice(place, place + 4)).toEqual(['--inventory', join(folder, 'inventory.yaml'), '--machine', 'lab-1']);
    for (const [words, missing] of [
      [args, 'inventory.yaml'],
      [onOneMachine, 'tunegate-plan/tuned/'],
    ] as const) {
      const { code, stderr } = await startTunegate(...words).ended;
      expect(code).toBe(2);
      expect(stderr).toContain(missing);
      expect(stderr).not.toMatch(/unknown option|too many arguments|missing/i);
    }
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

it('names the host of a lab, and of no other topology', () => {
  const input = tradeOff();
  const [section = createSection(null)] = input.sections;
  const { result } = section;
  if (result === null || result.context === null) throw new Error('the section has no context');
  expect(describeReproduction(input, section)).toContain(' --inventory inventory.yaml --machine lab-1 --out out/');
  expect(describeReproduction(input, { ...section, host: `lab; ${hostile}` })).toBeNull();
  const context = { ...result.context, topology: 'embedded' as const };
  expect(describeReproduction(input, { ...section, result: { ...result, context } })).not.toContain('--inventory');
});

it('is not there where a name would be part of a command', () => {
  const section = createSection(null, { comparison: `tuned; ${hostile}` });
  expect(describeReproduction(tradeOff(), section)).toBeNull();
  expect(describeReproduction({ ...tradeOff(), request: null }, createSection(null))).toBeNull();
});
