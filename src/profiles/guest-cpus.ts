import type { Layer } from '../vocabulary.ts';
import { parseCpuList } from './cpu-list.ts';
import type { Profile } from './profile.schema.ts';

/** The parameters of the layer `guest` that give a guest CPUs of the machine. */
const pins = ['guest.docker.cpuset', 'guest.qemu.vcpu.pin', 'guest.qemu.emulator.pin', 'guest.qemu.vhost.pin'] as const;

/** The CPUs that any of the profiles gives to guests, ascending; empty when none pins or the run does not apply it. */
export function listGuestCpus(
  profiles: readonly Pick<Profile, 'parameters'>[],
  layers: readonly Layer[],
): readonly number[] {
  if (!layers.includes('guest')) return [];
  const lists = profiles.flatMap(({ parameters }) =>
    pins.flatMap((name) => {
      const value = parameters[name];
      return value === undefined ? [] : parseCpuList(Array.isArray(value) ? value.join(',') : String(value));
    }),
  );
  return [...new Set(lists)].sort((left, right) => left - right);
}
