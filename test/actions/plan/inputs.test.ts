import { describe, expect, it } from 'vitest';
import { readInputs } from '../../../actions/plan/inputs.ts';

const usual: Readonly<Record<string, string>> = {
  'github-token': 'token',
  'profiles-directory': 'runner-setup/profiles',
  'plans-directory': 'runner-setup/plans',
  plan: 'quick',
  hosts: 'tuned',
  baseline: 'stock',
  candidate: 'tuned',
  comparisons: '3',
  'longest-minutes': '360',
  'history-branch': 'tunegate-history',
};
const read = (changes: Readonly<Record<string, string>> = {}) => {
  const texts: Readonly<Record<string, string>> = { ...usual, ...changes };
  return readInputs((name) => texts[name] ?? '');
};

describe('inputs of the action plan', () => {
  it('knows what counts as tuning from the folders', () => {
    expect(read({ 'profiles-directory': 'lab/p', 'plans-directory': 'lab/plans' }).paths).toEqual([
      'lab/p/*.yaml',
      'lab/plans/*.yaml',
      'runner-setup/kernels/*.config',
    ]);
    expect(read({ paths: ' a/**\n\nb/*.yaml\n' }).paths).toEqual(['a/**', 'b/*.yaml']);
  });

  it('reads lists by commas and lines, each entry once', () => {
    expect(read({ hosts: 'stock, tuned\ntuned,\n' }).hosts).toEqual(['stock', 'tuned']);
    expect(read({ 'host-paths': '/a b\n/c,d\n' }).hostPaths).toEqual(['/a b', '/c,d']);
  });

  it('takes an empty text for what is absent', () => {
    expect(read().deployments).toBeNull();
    expect(read({ deployments: '7' }).deployments).toBe(7);
  });

  it.each([
    ['github-token', ''],
    ['profiles-directory', ''],
    ['profiles-directory', '/etc'],
    ['profiles-directory', 'a/../../etc'],
    ['plans-directory', 'a//b'],
    ['plan', '../quick'],
    ['plan', 'Quick'],
    ['hosts', ' , '],
    ['hosts', 'tuned; reboot'],
    ['history-branch', 'nights..main'],
    ['history-branch', ''],
    ['candidate', '__proto__'],
    ['deployments', '0'],
    ['deployments', '1e1'],
    ['deployments', 'false'],
    ['deployments', '101'],
    ['comparisons', '0'],
    ['comparisons', '21'],
    ['longest-minutes', '-1'],
    ['host-paths', 'boot/vmlinuz'],
  ])('%s: %j is refused by name', (name, text) => {
    expect(() => read({ [name]: text })).toThrow(new RegExp(`^inputs: [^\\n]*${name}`));
  });

  it('refuses more jobs than a matrix can have', () => {
    const hosts = Array.from({ length: 86 }, (_, index) => `host${index}`).join('\n');
    expect(() => read({ hosts })).toThrow('86 hosts with 3 comparisons each are more than the 256 jobs of a matrix');
  });
});
