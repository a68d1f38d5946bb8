import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parsePlan } from '../../src/plans/parse-plan.ts';
import { fewestDeploymentsForVerdict } from '../../src/plans/resolve-plan.ts';
import { testNames } from '../../src/vocabulary.ts';

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
});
