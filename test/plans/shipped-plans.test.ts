import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parsePlan } from '../../src/plans/parse-plan.ts';
import { fewestDeploymentsForVerdict } from '../../src/plans/resolve-plan.ts';
import { guestKinds, layers, testNames } from '../../src/vocabulary.ts';

const folder = new URL('../../runner-setup/plans/', import.meta.url);
const names = readdirSync(folder).map((file) => basename(file, '.yaml'));
const parseShipped = (name: string) => parsePlan(readFileSync(new URL(`${name}.yaml`, folder), 'utf8'), name, name);

describe('shipped plans', () => {
  it.each(names)('%s is accepted', (name) => {
    expect(parseShipped(name).name).toBe(name);
  });

  it('smoke has every test and enough fresh starts for a verdict', () => {
    const smoke = parseShipped('smoke');
    expect(smoke).toMatchObject({
      layers: ['guest'],
      samples: 1,
      seconds: 1,
      ping: { count: 10, intervalSeconds: 0.1 },
    });
    expect(smoke.tests.toSorted()).toEqual([...testNames].sort());
    expect(smoke.deployments).toBe(fewestDeploymentsForVerdict);
  });

  it('ci is the bridge, one latency and one bandwidth test, two fresh starts a side', () => {
    expect(parseShipped('ci')).toMatchObject({
      layers: ['guest'],
      attachments: ['bridge'],
      tests: ['tcp_rr', 'udp_stream'],
      deployments: 2,
    });
  });

  it.each([
    ['quick', 5, 3, 2],
    ['full', 10, 2, 10],
  ])(
    '%s is every test on every guest and attachment, %i starts x %i samples x %i s',
    (name, deployments, samples, seconds) => {
      const plan = parseShipped(name);
      expect(plan).toMatchObject({ layers: ['guest'], deployments, samples, seconds });
      expect(plan.guests.toSorted()).toEqual([...guestKinds].sort());
      expect(plan.attachments.toSorted()).toEqual(['bridge', 'physical']);
      expect(plan.tests.toSorted()).toEqual([...testNames].sort());
    },
  );

  it.each([
    ['thesis', 5, 4],
    ['thesis-literal', 1, 20],
  ])('%s has the 20 samples a box of the thesis, of 10 s, on all layers', (name, deployments, samples) => {
    const plan = parseShipped(name);
    expect(plan).toMatchObject({
      guests: ['docker', 'qemu'],
      attachments: ['bridge', 'physical'],
      deployments,
      samples,
      seconds: 10,
      ping: { count: 100, intervalSeconds: 1, samples: 1 },
    });
    expect(plan.deployments * plan.samples).toBe(20);
    expect(plan.layers.toSorted()).toEqual([...layers].sort());
  });
});
