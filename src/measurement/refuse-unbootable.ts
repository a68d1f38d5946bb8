import { ConfigurationError } from '../errors.ts';
import { judgeBootability, listObstacles } from '../hosts/boot/judge-bootability.ts';
import type { Machine } from '../machines/machine.ts';
import { buildHostBoot } from '../profiles/boot-settings.ts';
import type { Profile } from '../profiles/profile.schema.ts';

/**
 * Throws `ConfigurationError` where a host could not be booted once into each of these profiles, or would not come back
 * by itself: an hour into a run is late to learn that. Changes nothing.
 */
export async function refuseUnbootable(
  machine: Machine,
  profiles: readonly Pick<Profile, 'parameters'>[],
  signal: AbortSignal,
): Promise<void> {
  for (const { parameters } of profiles) buildHostBoot(parameters);
  const findings = await judgeBootability(machine, { power: null, console: null }, signal);
  const obstacles = listObstacles(findings);
  if (obstacles.length === 0) return;
  throw new ConfigurationError(
    `${machine.name} cannot be booted into the sides of this run: ${obstacles.join('; ')}; accepted is also --layers without host-boot`,
  );
}
