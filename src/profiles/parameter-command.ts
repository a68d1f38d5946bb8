/** A program and its arguments, by which a parameter is set or read. */
export interface ParameterCommand {
  readonly program: string;
  readonly args: readonly string[];
}
