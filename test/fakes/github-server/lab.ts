import { type GitHubServer, startGitHubServer } from './server.ts';

export const lab = { owner: 'acme', repo: 'lab' } as const;

/** A repository with a pull request from a fork, number 7, for the tests of the stand-in itself. */
export function startLab(): Promise<GitHubServer> {
  return startGitHubServer({
    repositories: [
      {
        owner: lab.owner,
        name: lab.repo,
        commits: [
          { name: 'base', files: { 'profiles/stock.yaml': 'name: stock\n', 'README.md': 'Lab\n' } },
          { name: 'moved on', parents: ['base'], change: { 'README.md': 'The lab\n' } },
          {
            name: 'tune',
            parents: ['base'],
            change: { 'profiles/stock.yaml': 'name: stock\nextends: none\n', 'profiles/tuned.yaml': 'name: tuned\n' },
          },
        ],
        branches: { main: 'moved on' },
        pulls: [{ number: 7, author: 'mallory', head: { branch: 'tune', commit: 'tune', fork: 'mallory' } }],
        permissions: { maintainer: 'write', helper: 'triage' },
        labels: ['tunegate:run'],
      },
    ],
  });
}
