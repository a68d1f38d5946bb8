import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/profiles/catalogue.ts';

describe('catalogue', () => {
  it('holds what this version can apply and probe', () => {
    expect([...catalogue.keys()]).toEqual([
      'guest.docker.address',
      'guest.docker.cpus',
      'guest.docker.cpuset',
      'guest.docker.mac',
      'guest.docker.memory',
    ]);
  });

  it.each([...catalogue.values()].map((parameter) => [parameter.name, parameter] as const))(
    '%s is complete and named after its layer',
    (name, parameter) => {
      expect(catalogue.get(name)).toBe(parameter);
      expect(name.startsWith(`${parameter.layer}.`)).toBe(true);
      const { summary, accepted, versions, risk, source, probe } = parameter;
      for (const text of [summary, accepted, versions, risk, source, probe]) expect(text.length).toBeGreaterThan(10);
      expect(parameter.guests.length).toBeGreaterThan(0);
    },
  );
});
