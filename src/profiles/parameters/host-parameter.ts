import { defineParameter } from '../define-parameter.ts';
import { findMissingCpus, linuxList } from '../linux-list.ts';
import type { MachineLimits, Parameter } from '../parameter.ts';
import type { ParameterValue } from '../profile.schema.ts';

export type Texts<Value extends ParameterValue> = Pick<
  Parameter<Value>,
  'summary' | 'schema' | 'accepted' | 'versions' | 'effect' | 'risk' | 'source' | 'probe'
>;

export interface HostParameter<Value extends ParameterValue>
  extends Texts<Value>,
    Required<Pick<Parameter<Value>, 'host'>>,
    Partial<Pick<Parameter<Value>, 'misfit' | 'replacedBy' | 'changesFacts'>> {
  /** Follows `host.`. */
  readonly name: string;
}

/** A setting of the running host. Changing it needs no boot, so the sides alternate by deployment. */
export function defineHostParameter<Value extends ParameterValue>(parameter: HostParameter<Value>): Parameter {
  return defineParameter<Value>({
    misfit: () => null,
    replacedBy: null,
    changesFacts: [],
    ...parameter,
    name: `host.${parameter.name}`,
    layer: 'host',
    switching: 'deployment',
  });
}

/** What parameters that take CPUs of the host have in common. */
export const cpus = {
  schema: linuxList,
  accepted: 'a Linux CPU list such as 0, "0-1" or [0, 2]',
  misfit: (value: string, limits: MachineLimits) => findMissingCpus(value, limits.cpus),
};

export const betterAnswers = { latency: 'better', bandwidth: 'none', jitter: 'better' } as const;
export const itDepends = { latency: 'depends', bandwidth: 'depends', jitter: 'depends' } as const;
