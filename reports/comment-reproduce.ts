import type { CommentInput, CommentSection } from './comment-input.ts';

const plainName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/**
 * Commands for a clone of the project, as root where containers are measured: the plan and both profiles come from the
 * run's own artifact, so that exactly what was measured is measured again. null where they cannot be named safely.
 */
export function describeReproduction(input: CommentInput, { host, comparison, result }: CommentSection): string | null {
  const { request, marker, links } = input;
  if (request === null || !plainName.test(comparison) || !plainName.test(host)) return null;
  const artifact =
    links.artifacts.map(({ name }) => name).find((name) => /^tunegate-plan-[0-9]{1,6}$/.test(name)) ??
    `tunegate-plan-${marker.attempt}`;
  const { owner, name } = request.repository;
  const folder = `tunegate-plan/${comparison}`;
  const seed = result === null ? '' : ` --seed ${result.seed}`;
  // The inventory of the lab is its owner's; whoever repeats a measurement has one of their own, with such a host.
  const topology = result?.context?.topology ?? 'embedded';
  const machine = topology === 'embedded' ? '' : ` --inventory inventory.yaml --machine ${host}`;
  return [
    '```sh',
    `gh run download ${marker.runId} --repo ${owner}/${name} --name ${artifact} --dir tunegate-plan`,
    `npx --no-install tunegate measure --plan ${folder}/plan.yaml \\`,
    `  --baseline ${folder}/baseline.yaml --candidate ${folder}/candidate.yaml${seed}${machine} --out out/${comparison}`,
    `npx --no-install tunegate report out/${comparison}`,
    '```',
  ].join('\n');
}
