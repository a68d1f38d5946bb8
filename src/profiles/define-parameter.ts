import * as z from 'zod';
import { messageOf } from '../errors.ts';
import type { DockerPart } from './docker-part.ts';
import type { HostPart } from './host-part.ts';
import type { Parameter } from './parameter.ts';
import type { ParameterValue } from './profile.schema.ts';
import type { QemuPart } from './qemu-part.ts';

type Parse<Value> = (value: ParameterValue) => Value;

/**
 * Forgets the type of a parameter's value, so that parameters of all types fit into one catalogue.
 * Every value that comes back is parsed again; a parameter's schema therefore accepts what it has yielded.
 */
export function defineParameter<Value extends ParameterValue>(parameter: Parameter<Value>): Parameter {
  const parse: Parse<Value> = (value) => parameter.schema.parse(value);
  const { docker, qemu, host, misfit, hostPath, ...rest } = parameter;
  return {
    ...rest,
    misfit: (value, limits) => misfit(parse(value), limits),
    ...(hostPath === undefined ? {} : { hostPath: (value) => hostPath(parse(value)) }),
    ...(docker === undefined ? {} : { docker: forgetDocker(docker, parse) }),
    ...(qemu === undefined ? {} : { qemu: forgetQemu(qemu, parse) }),
    ...(host === undefined ? {} : { host: forgetHost(host, parse) }),
  };
}

function forgetDocker<Value>(part: DockerPart<Value>, parse: Parse<Value>): DockerPart<ParameterValue> {
  return {
    arguments: (value, attachment) => part.arguments?.(parse(value), attachment) ?? [],
    commands: (value, container) => part.commands?.(parse(value), container) ?? [],
    read: (value, readings) => part.read(parse(value), readings),
  };
}

function forgetQemu<Value>(part: QemuPart<Value>, parse: Parse<Value>): QemuPart<ParameterValue> {
  return {
    settings: (value) => part.settings?.(parse(value)) ?? {},
    commands: (value, running) => part.commands?.(parse(value), running) ?? [],
    guestCommands: (value, inside) => part.guestCommands?.(parse(value), inside) ?? [],
    ...(part.guestReads === undefined ? {} : { guestReads: part.guestReads }),
    read: (value, readings) => part.read(parse(value), readings),
  };
}

function forgetHost<Value>(part: HostPart<Value>, parse: Parse<Value>): HostPart<ParameterValue> {
  const { change, boot, bootKeys, daemonArguments } = part;
  return {
    reads: (value, place) => part.reads(parse(value), place),
    ...(change === undefined ? {} : { change: (value, before, place) => change(parse(value), before, place) }),
    ...(boot === undefined ? {} : { boot: (value) => boot(parse(value)) }),
    ...(bootKeys === undefined ? {} : { bootKeys }),
    ...(daemonArguments === undefined ? {} : { daemonArguments: (value) => daemonArguments(parse(value)) }),
    read: (value, readings, place) => part.read(parse(value), readings, place),
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
