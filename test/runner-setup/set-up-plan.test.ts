import { describe, expect, it } from 'vitest';
import type { Release } from '../../runner-setup/release.ts';
import { planSetUp, type SourceFile } from '../../runner-setup/set-up-plan.ts';

const bookworm: Release = { distribution: 'debian', version: 12, codename: 'bookworm', title: 'Debian 12' };
const trixie: Release = { ...bookworm, version: 13, codename: 'trixie', title: 'Debian 13' };
const noble: Release = { distribution: 'ubuntu', version: 24.04, codename: 'noble', title: 'Ubuntu 24.04' };

function createFile(path: string, text: string): SourceFile {
  return { path, format: path.endsWith('.sources') ? 'deb822' : 'one-line', text };
}

const thirdParty = createFile('/etc/apt/sources.list.d/a.list', 'deb https://apt.example.com bookworm main\n');

describe('planSetUp', () => {
  it('adds the component to the file that has the entry of the archive', () => {
    const archive = createFile('/etc/apt/sources.list', 'deb http://mirror.debian.org/debian bookworm main\n');
    expect(planSetUp(['netperf', 'netserver', 'docker', 'dockerd'], bookworm, [thirdParty, archive])).toMatchObject({
      packages: ['docker.io', 'netperf'],
      sourceChanges: [
        {
          path: '/etc/apt/sources.list',
          before: 'deb http://mirror.debian.org/debian bookworm main\n',
          after: 'deb http://mirror.debian.org/debian bookworm main non-free\n',
          component: 'non-free',
          packages: ['netperf'],
        },
      ],
    });
  });

  it('leaves the sources alone where nothing needs another component', () => {
    expect(planSetUp(['iperf3'], bookworm, []).sourceChanges).toEqual([]);
    expect(planSetUp(['netperf', 'docker'], trixie, [])).toMatchObject({
      packages: ['docker-cli', 'netperf'],
      sourceChanges: [],
    });
  });

  it('leaves the sources alone where another file has the component', () => {
    const archive = createFile('/etc/apt/sources.list', 'deb http://mirror.debian.org/debian bookworm main\n');
    const extra = createFile(
      '/etc/apt/sources.list.d/x.list',
      'deb http://mirror.debian.org/debian bookworm main non-free\n',
    );
    expect(planSetUp(['netperf'], bookworm, [archive, extra]).sourceChanges).toEqual([]);
  });

  it('adds two components to one entry, one after the other', () => {
    const archive = createFile('/etc/apt/sources.list', 'deb http://mirror.ubuntu.com/ubuntu noble main\n');
    const { sourceChanges } = planSetUp(['netperf', 'iperf3'], noble, [archive]);
    expect(sourceChanges.map(({ component, after }) => [component, after])).toEqual([
      ['universe', 'deb http://mirror.ubuntu.com/ubuntu noble main universe\n'],
      ['multiverse', 'deb http://mirror.ubuntu.com/ubuntu noble main universe multiverse\n'],
    ]);
    expect(sourceChanges[1]?.before).toBe(sourceChanges[0]?.after);
  });

  it('says what to do where the archive has no entry', () => {
    expect(() => planSetUp(['netperf'], bookworm, [thirdParty])).toThrow(
      "netperf is in the component non-free of Debian 12, and none of apt's sources (/etc/apt/sources.list.d/a.list) has",
    );
  });
});
