import { describe, expect, it } from 'vitest';
import { buildConfigurePending, buildInstall, listWithoutCandidate } from '../../runner-setup/apt-commands.ts';
import { buildDisableCommand, listEnabled } from '../../runner-setup/disable-services.ts';
import { parseServices } from '../../runner-setup/installed-packages.ts';

describe('parseServices', () => {
  it('finds units and init scripts among the files of a package', () => {
    const files = `/.
/etc/default/docker
/etc/init.d
/etc/init.d/docker
/lib/systemd/system/docker.service
/usr/lib/systemd/system/docker.socket
/usr/lib/systemd/system/instance@.service
/usr/sbin/dockerd
`;
    expect(parseServices('docker.io', files)).toEqual([
      { name: 'docker', kind: 'init-script', package: 'docker.io' },
      { name: 'docker.service', kind: 'unit', package: 'docker.io' },
      { name: 'docker.socket', kind: 'unit', package: 'docker.io' },
    ]);
  });
});

describe('listEnabled', () => {
  const services = parseServices('p', '/etc/init.d/netperf\n/etc/init.d/iperf3\n/lib/systemd/system/docker.service\n');

  it('takes those that a link starts at boot', () => {
    const links =
      '/etc/systemd/system/multi-user.target.wants/docker.service\n/etc/rc2.d/S01netperf\n/etc/rc2.d/K01iperf3\n';
    expect(listEnabled(services, links).map(({ name }) => name)).toEqual(['netperf', 'docker.service']);
    expect(listEnabled(services, '')).toEqual([]);
  });
});

describe('commands', () => {
  it('disables by what the machine has', () => {
    const unit = { name: 'docker.socket', kind: 'unit', package: 'docker.io' } as const;
    expect(buildDisableCommand(unit, true)).toEqual({ program: 'systemctl', args: ['disable', 'docker.socket'] });
    expect(buildDisableCommand(unit, false)).toEqual({
      program: 'env',
      args: ['DPKG_MAINTSCRIPT_PACKAGE=docker.io', 'deb-systemd-helper', 'disable', 'docker.socket'],
    });
    const script = { name: 'netperf', kind: 'init-script', package: 'netperf' } as const;
    expect(buildDisableCommand(script, true)).toEqual({ program: 'update-rc.d', args: ['netperf', 'disable'] });
  });

  it('installs without asking, without more than is needed, and removes nothing', () => {
    expect(buildInstall(['netperf', 'tini'], '--download-only')).toEqual({
      program: 'env',
      args: [
        'DEBIAN_FRONTEND=noninteractive',
        'NEEDRESTART_SUSPEND=1',
        'apt-get',
        '--yes',
        '--quiet',
        '-o',
        'DPkg::Lock::Timeout=120',
        '-o',
        'Dpkg::Options::=--force-confdef',
        '-o',
        'Dpkg::Options::=--force-confold',
        'install',
        '--no-install-recommends',
        '--no-remove',
        '--download-only',
        'netperf',
        'tini',
      ],
    });
    expect(buildConfigurePending()).toEqual({
      program: 'env',
      args: [
        'DEBIAN_FRONTEND=noninteractive',
        'dpkg',
        '--force-confdef',
        '--force-confold',
        '--configure',
        '--pending',
      ],
    });
  });
});

describe('listWithoutCandidate', () => {
  it('names packages without a candidate and packages that apt has never heard of', () => {
    const policy = `netperf:
  Installed: (none)
  Candidate: (none)
  Version table:
     2.7.0-0.1 -1
tini:
  Installed: (none)
  Candidate: 0.19.0-1+b3
  Version table:
     0.19.0-1+b3 500
        500 http://mirror.debian.org/debian bookworm/main amd64 Packages
`;
    expect(listWithoutCandidate(['netperf', 'tini', 'docker-cli'], policy)).toEqual(['netperf', 'docker-cli']);
    expect(listWithoutCandidate(['tini'], '')).toEqual(['tini']);
  });
});
