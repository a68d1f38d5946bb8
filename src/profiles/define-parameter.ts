import * as z from 'zod';
import { messageOf } from '../errors.ts';
import type { Parameter } from './parameter.ts';
import type { ParameterValue } from './profile.schema.ts';

/**
 * Forgets the type of a parameter's value, so that parameters of all types fit into one catalogue.
 * Every value that comes back is parsed again; a parameter's schema therefore accepts what it has yielded.
 */
export function defineParameter<Value extends ParameterValue>(parameter: Parameter<Value>): Parameter {
  const parse = (value: ParameterValue) => parameter.schema.parse(value);
  const { dockerCommands, ...rest } = parameter;
  return {
    ...rest,
    misfit: (value, limits) => parameter.misfit(parse(value), limits),
    dockerArguments: (value, attachment) => parameter.dockerArguments(parse(value), attachment),
    ...(dockerCommands === undefined
      ? {}
      : { dockerCommands: (value, container) => dockerCommands(parse(value), container) }),
    read: (value, readings) => parameter.read(parse(value), readings),
  };
}

/** Builds the `transform` of a schema from a function that throws on values it does not accept. */
export function transformWith<From, To>(convert: (value: From) => To) {
  return (value: From, context: z.RefinementCtx): To => {
    try {
      return convert(value);
    } catch (error) {
      context.addIssue({ code: 'custom', message: messageOf(error) });
      return z.NEVER;
    }
  };
}
