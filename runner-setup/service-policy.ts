import type { Machine } from '../src/machines/machine.ts';

/** Debian's packages ask this program whether they may start a service; exit code 101 says no. */
const policyRcD = '/usr/sbin/policy-rc.d';

/** The mark by which the next set-up knows a policy that a crash left behind. */
const mark = '# tunegate:';
const text = `#!/bin/sh
${mark} no service starts while its package is being installed; this file goes away right afterwards
exit 101
`;

const savedName = (policy: string) => `${policy}.tunegate-saved`;
const draftName = (policy: string) => `${policy}.tunegate-draft`;

/**
 * Forbids that packages start services, until `allowServices`. What was there is kept by renaming: mode, owner and a
 * link to somewhere else survive. A prohibition that a crash left behind is taken over.
 */
export async function forbidServices(machine: Machine, policy = policyRcD): Promise<void> {
  if (await isOurs(machine, policy)) return;
  await machine.writeFile(draftName(policy), text);
  await run(machine, 'chmod', '755', draftName(policy));
  if (await exists(machine, policy)) await run(machine, 'mv', '-T', policy, savedName(policy));
  await run(machine, 'mv', '-T', draftName(policy), policy);
}

/** Puts back exactly what was there before `forbidServices`. Idempotent; also after a crash. */
export async function allowServices(machine: Machine, policy = policyRcD): Promise<void> {
  if (await exists(machine, savedName(policy))) {
    await run(machine, 'mv', '-T', savedName(policy), policy);
  } else if (await isOurs(machine, policy)) {
    await run(machine, 'rm', '-f', policy);
  }
  await run(machine, 'rm', '-f', draftName(policy));
}

/** Whether a set-up was killed while services were forbidden. */
export async function areServicesForbidden(machine: Machine, policy = policyRcD): Promise<boolean> {
  return (await isOurs(machine, policy)) || (await exists(machine, savedName(policy)));
}

async function isOurs(machine: Machine, policy: string): Promise<boolean> {
  return (await machine.readFile(policy))?.includes(mark) === true;
}

/** Also true of a link to nowhere. */
async function exists(machine: Machine, path: string): Promise<boolean> {
  const command = { program: 'test', args: ['-e', path, '-o', '-L', path] };
  return (await machine.run(command, { timeoutSeconds: 5, allowFailure: true })).exitCode === 0;
}

async function run(machine: Machine, program: string, ...args: string[]): Promise<void> {
  await machine.run({ program, args }, { timeoutSeconds: 5 });
}
