import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../src/errors.ts';
import { listFixedLayers, refuseLayers } from '../../src/plans/refuse-layers.ts';

describe('refuseLayers', () => {
  it('names the layers, what the topology can switch, and the flag that leaves the rest out', () => {
    const plan = { name: 'thesis', layers: ['host-boot', 'guest'] } as const;
    const refusal = () => refuseLayers({ ...plan, layers: [...plan.layers] }, 'embedded');
    expect(refusal).toThrow(ConfigurationError);
    expect(refusal).toThrow(
      'plan thesis: layers are host-boot, guest, but the topology embedded can switch daemon, guest only; accepted is --inventory FILE with a host to be switched, or --layers daemon,guest, with the rest',
    );
  });

  it('lets pass what the dockerd of the run and its guests are given, and on hosts of an inventory everything', () => {
    expect(() => refuseLayers({ name: 'smoke', layers: ['guest'] }, 'embedded')).not.toThrow();
    expect(() => refuseLayers({ name: 'smoke', layers: ['daemon', 'guest'] }, 'embedded')).not.toThrow();
    for (const topology of ['lab', 'inventory'] as const) {
      const layers = ['host-boot', 'host', 'daemon', 'guest'] as const;
      expect(() => refuseLayers({ name: 'thesis', layers: [...layers] }, topology)).not.toThrow();
    }
  });

  it('lists what stays as it is', () => {
    expect(listFixedLayers({ layers: ['host', 'guest', 'host-boot'] }, 'embedded')).toEqual(['host', 'host-boot']);
    expect(listFixedLayers({ layers: ['host', 'guest', 'host-boot'] }, 'lab')).toEqual([]);
  });
});
