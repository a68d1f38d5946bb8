import type { ParameterCommand } from './parameter-command.ts';

/** Under which name the readings hold what a command printed. */
export function nameCommand({ program, args }: ParameterCommand): string {
  return [program, ...args].join(' ');
}
