import { describe, expect, it } from 'vitest';
import { parseMitigations } from '../../src/hosts/facts.ts';

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
