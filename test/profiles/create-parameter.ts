import * as z from 'zod';
import type { Parameter } from '../../src/profiles/parameter.ts';
import { parameterValueSchema } from '../../src/profiles/profile.schema.ts';

/** A parameter that accepts, fits and verifies everything, unless a test says otherwise. */
export function createParameter(overrides: Partial<Parameter> & Pick<Parameter, 'name'>): Parameter {
  return {
    layer: 'guest',
    summary: 'A parameter for tests.',
    schema: z.nonoptional(parameterValueSchema),
    accepted: 'anything',
    versions: 'every version',
    replacedBy: null,
    switching: 'deployment',
    effect: { latency: 'none', bandwidth: 'none', jitter: 'none' },
    risk: 'none',
    source: 'this test',
    changesFacts: [],
    misfit: () => null,
    probe: 'nowhere',
    docker: {
      arguments: (value) => ['--option', String(value)],
      read: (value) => ({ found: String(value), inForce: true }),
    },
    ...overrides,
  };
}
