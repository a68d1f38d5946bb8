import type { ProgramPlaces, ProgramRequest } from './program-request.ts';

/**
 * What sudo starts. Nothing of the caller's environment comes through but the number of the user, which sudo itself sets:
 * no PATH, no NODE_OPTIONS, no LD_PRELOAD.
 */
export function buildWrapper(prefix: string): string {
  const path = `${prefix}/node_modules/node/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`;
  return [
    '#!/bin/sh',
    "# Tunegate's privileged program; made by `npm run install-host`, which also replaces and removes it.",
    'cd / || exit 1',
    `exec /usr/bin/env -i PATH=${path} HOME=/root LC_ALL=C.UTF-8 SUDO_UID="\${SUDO_UID:-}" \\`,
    `  ${prefix}/node_modules/node/bin/node ${prefix}/cli/root-main.ts "$@"`,
    '',
  ].join('\n');
}

/** One line: this user, as root, without a password, this program and no other. */
export function buildSudoersRule(user: string, program: string): string {
  return `${user} ALL=(root) NOPASSWD: ${program}\n`;
}

export function findSudoersFile({ sudoersFolder }: ProgramPlaces, user: string): string {
  return `${sudoersFolder}/tunegate-${user}`;
}

/** What will be changed, as a person reads it before agreeing. */
export function describeProgramChange({ action, user, places }: ProgramRequest, commit: string): string {
  const rule = buildSudoersRule(user, places.program).trim();
  const file = findSudoersFile(places, user);
  if (action === 'uninstall') {
    return [
      'This will be removed:\n',
      `  ${file} (${rule})\n`,
      `  ${places.program} and ${places.prefix} with the folder it leads to, unless another user is still allowed\n`,
    ].join('');
  }
  return [
    'This host will be changed so:\n',
    `  ${places.prefix}: a copy of commit ${commit.slice(0, 12)} and of the npm packages it needs, root's own (about 150 MB)\n`,
    `  ${places.program}: starts that copy, with an empty environment\n`,
    `  ${file}: ${rule}\n`,
    `User ${user} can then measure as root, with plans and profiles that the program checks; nothing else.\n`,
  ].join('');
}
