/** A program and its arguments, by which a parameter is set or read. */
export interface ParameterCommand {
  readonly program: string;
  readonly args: readonly string[];
}

/**
 * The same command inside a network namespace (null: the host's own). `ip netns exec` and not `nsenter`: it shows the
 * namespace's own interfaces below /sys/class/net.
 */
export function enterNamespace(namespace: string | null, command: ParameterCommand): ParameterCommand {
  if (namespace === null) return command;
  return { program: 'ip', args: ['netns', 'exec', namespace, command.program, ...command.args] };
}
