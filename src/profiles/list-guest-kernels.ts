import type { Layer } from '../vocabulary.ts';
import { type Catalogue, catalogue } from './catalogue.ts';
import type { Profile } from './profile.schema.ts';
import { buildVirtualMachineSettings } from './virtual-machine-checks.ts';

/** Kernels that the virtual machines of these profiles have, each once, by name or path; null where a profile names none. */
export function listGuestKernels(
  profiles: readonly Pick<Profile, 'parameters'>[],
  layers: readonly Layer[],
  known: Catalogue = catalogue,
): readonly (string | null)[] {
  const kernels = profiles.map(({ parameters }) => buildVirtualMachineSettings(parameters, layers, known).kernel);
  return [...new Set(kernels.map((kernel) => kernel ?? null))];
}
