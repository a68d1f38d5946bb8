import { readTreatment } from '../src/hosts/treatment/treatment-state.ts';
import { verifyTreatment } from '../src/hosts/treatment/verify-treatment.ts';
import type { Profile } from '../src/profiles/profile.schema.ts';
import { renderJson } from '../src/render-json.ts';
import { exitCodes } from './exit-codes.ts';
import { listNotAsked, parseHostLayers, renderNotAsked } from './host-layers.ts';
import { type HostOptions, withHost } from './profile-host.ts';
import { isInForce, renderChecks } from './render-checks.ts';
import type { Surroundings } from './surroundings.ts';

interface Options extends HostOptions {
  readonly layers?: string;
  readonly json?: true;
}

/** What of a profile is in force on a host, whoever has brought that about. Changes nothing. */
export async function verifyHost(profile: Profile, options: Options, surroundings: Surroundings): Promise<void> {
  const layers = parseHostLayers(options.layers);
  const { signal, stdout } = surroundings;
  const verification = await withHost(options, surroundings, async (host) => {
    const { machine, folder } = host;
    const checks = await verifyTreatment(machine, profile.parameters, layers, await host.findPlace(), { signal });
    const applied = await readTreatment(machine, folder);
    return {
      profile: { name: profile.name, sha256: profile.sha256 },
      machine: machine.name,
      layers,
      /** What Tunegate has applied and not restored. */
      applied: applied === null ? null : { ...applied.profile, run: applied.run, appliedAt: applied.appliedAt },
      inForce: isInForce(checks),
      checks,
      notAsked: listNotAsked(profile, layers),
    };
  });
  stdout.write(options.json ? renderJson(verification) : renderVerification(verification));
  if (!verification.inForce) surroundings.setExitCode(exitCodes.failed);
}

interface Verification {
  readonly profile: { readonly name: string };
  readonly machine: string;
  readonly applied: { readonly name: string; readonly appliedAt: string } | null;
  readonly inForce: boolean;
  readonly checks: Parameters<typeof renderChecks>[0];
  readonly notAsked: readonly string[];
}

function renderVerification({ profile, machine, applied, inForce, checks, notAsked }: Verification): string {
  const inPart = inForce ? 'is in force' : 'is not in force';
  return [
    checks.length === 0
      ? `Profile ${profile.name} asks nothing of the host ${machine} itself.\n`
      : `${renderChecks(checks)}Profile ${profile.name} ${inPart} on ${machine}.\n`,
    applied === null
      ? ''
      : `Profile ${applied.name} has been applied there since ${applied.appliedAt} and not been restored.\n`,
    renderNotAsked(notAsked),
  ].join('');
}
