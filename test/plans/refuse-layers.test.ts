import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../src/errors.ts';
import { refuseLayers } from '../../src/plans/refuse-layers.ts';

describe('refuseLayers', () => {
  it('names the layers, what the topology can switch, and the flag that leaves the rest out', () => {
    const plan = { name: 'thesis', layers: ['host-boot', 'guest'] } as const;
    const refusal = () => refuseLayers({ ...plan, layers: [...plan.layers] }, 'embedded');
    expect(refusal).toThrow(ConfigurationError);
    expect(refusal).toThrow(
      'plan thesis: layers are host-boot, guest, but the topology embedded can switch guest only; accepted is --layers guest',
    );
  });

  it('lets a plan of the guest layer pass', () => {
    expect(() => refuseLayers({ name: 'smoke', layers: ['guest'] }, 'embedded')).not.toThrow();
  });
});
