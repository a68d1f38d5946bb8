import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../src/github/command.ts';

const sha = '0123456789abcdef0123456789abcdef01234567';

describe('parseCommand', () => {
  it.each([
    [`/tunegate run ${sha}`, null],
    [`/tunegate run ${sha.toUpperCase()}`, null],
    [`/tunegate  run\t${sha}   `, null],
    [`/tunegate run ${sha} --deployments 10`, 10],
    [`/tunegate run ${sha} --deployments 1\r\nThank you!\n/tunegate run ${'f'.repeat(40)}`, 1],
    [`/tunegate run ${sha} --deployments 100`, 100],
  ])('%j', (body, deployments) => {
    expect(parseCommand(body)).toEqual({ kind: 'run', sha, deployments });
  });

  it.each([
    '',
    'Looks good',
    `> /tunegate run ${sha}`,
    ` /tunegate run ${sha}`,
    `\n/tunegate run ${sha}`,
    `Please /tunegate run ${sha}`,
    `/tunegated run ${sha}`,
    // A slash and letters that only look like ours.
    `\u2215tunegate run ${sha}`,
    `/t\u03c5negate run ${sha}`,
    `/tunegate\u00a0run ${sha}`,
  ])('%j is no command', (body) => {
    expect(parseCommand(body)).toBeNull();
  });

  it.each([
    ['/tunegate', 'the command has no verb'],
    ['/tunegate stop', 'the verb is "stop"'],
    ['/tunegate Run', 'the verb is "Run"'],
    ['/tunegate run', 'the commit is missing'],
    ['/tunegate run HEAD', 'the commit is "HEAD"'],
    [`/tunegate run ${sha.slice(0, 12)}`, 'the commit is "0123456789ab"'],
    [`/tunegate run ${sha}0`, 'the commit is "0123'],
    [`/tunegate run ${sha.replace('0', '\u041e')}`, 'the commit is "'],
    [`/tunegate run ${sha} now`, '"now" follows the commit'],
    [`/tunegate run ${sha}\u2028x`, 'the commit is "'],
    [`/tunegate run ${sha} --deployments`, '--deployments is nothing, it must be a whole number from 1 to 100'],
    [`/tunegate run ${sha} --deployments 0`, '--deployments is "0"'],
    [`/tunegate run ${sha} --deployments 101`, '--deployments is "101"'],
    [`/tunegate run ${sha} --deployments 1e2`, '--deployments is "1e2"'],
    [`/tunegate run ${sha} --deployments -4`, '--deployments is "-4"'],
    [`/tunegate run ${sha} --deployments \u0665`, '--deployments is "\\u{665}"'],
    [`/tunegate run ${sha} --deployments 4 --seconds 900`, '"--seconds" follows the number of deployments'],
    [`/tunegate run ${sha} --deployments=4`, '"--deployments=4" follows the commit'],
    ['/tunegate run javascript:alert(1)', 'the commit is "javascript:alert(1)"'],
    ['/tunegate __proto__', 'the verb is "__proto__"'],
  ])('%j is refused with a sentence', (body, finding) => {
    expect(parseCommand(body)).toEqual({
      kind: 'refused',
      sentence: expect.stringContaining(`The command is not understood: ${finding}`),
    });
  });

  it('throws for nothing, and approves nothing but a full commit id', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const command = parseCommand(`/tunegate run ${text}`);
        expect(command === null || command.kind === 'refused' || /^[0-9a-f]{40}$/.test(command.sha)).toBe(true);
      }),
    );
  });
});
