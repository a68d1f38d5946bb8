import { describe, expect, it } from 'vitest';
import { dropMarker, parseMitigations } from '../../src/hosts/facts.ts';

describe('reading mitigations', () => {
  it('has one fact for each weakness, sorted, with colons in the text kept', () => {
    const listing =
      '/v/spectre_v2:Mitigation: Retpolines; STIBP: disabled\n/v/mds:Not affected\ngrep: /v: a complaint\n';
    expect(parseMitigations(listing, '/v')).toEqual({
      'mitigations.mds': 'Not affected',
      'mitigations.spectre_v2': 'Mitigation: Retpolines; STIBP: disabled',
    });
    expect(Object.keys(parseMitigations(listing, '/v'))).toEqual(['mitigations.mds', 'mitigations.spectre_v2']);
  });
});

describe('the command line of the kernel', () => {
  it('is told without the word that is another one at every boot', () => {
    expect(dropMarker('ro quiet isolcpus=1 tunegate.boot=44304f6c6c93 panic=10')).toBe('ro quiet isolcpus=1 panic=10');
    expect(dropMarker('ro quiet')).toBe('ro quiet');
    expect(dropMarker(null)).toBeNull();
  });
});
