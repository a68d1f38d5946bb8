import { describe, expect, it } from 'vitest';
import { choosePackage, findComponent, parseOsRelease, type Release } from '../../runner-setup/release.ts';

function createRelease(distribution: Release['distribution'], version: number | null): Release {
  return { distribution, version, codename: null, title: 'a release' };
}

describe('parseOsRelease', () => {
  it('reads Debian 12', () => {
    const text = `PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
NAME="Debian GNU/Linux"
VERSION_ID="12"
VERSION="12 (bookworm)"
VERSION_CODENAME=bookworm
ID=debian
`;
    expect(parseOsRelease(text)).toEqual({
      distribution: 'debian',
      version: 12,
      codename: 'bookworm',
      title: 'Debian GNU/Linux 12 (bookworm)',
    });
  });

  it('reads a Debian without a number', () => {
    expect(parseOsRelease('ID=debian\nVERSION_CODENAME=forky\n')).toMatchObject({ version: null, codename: 'forky' });
  });

  it('reads Ubuntu', () => {
    const text =
      'PRETTY_NAME="Ubuntu 22.04.5 LTS"\nVERSION_ID="22.04"\nVERSION_CODENAME=jammy\nID=ubuntu\nID_LIKE=debian\n';
    expect(parseOsRelease(text)).toMatchObject({ distribution: 'ubuntu', version: 22.04, codename: 'jammy' });
  });

  it.each(['ID=fedora\nVERSION_ID=41\n', 'ID=linuxmint\nID_LIKE="ubuntu debian"\n', ''])('is null for %j', (text) => {
    expect(parseOsRelease(text)).toBeNull();
  });
});

describe('findComponent', () => {
  it.each([
    ['debian', 11, 'non-free'],
    ['debian', 12, 'non-free'],
    ['debian', 13, 'main'],
    ['debian', null, 'main'],
    ['ubuntu', 22.04, 'multiverse'],
    ['ubuntu', 25.04, 'multiverse'],
    ['ubuntu', 25.1, 'universe'],
    ['ubuntu', 26.04, 'universe'],
  ] as const)('netperf in %s %s is in %s', (distribution, version, component) => {
    expect(findComponent('netperf', createRelease(distribution, version))).toBe(component);
  });

  it('the rest is in main in Debian, and partly in universe in Ubuntu', () => {
    expect(findComponent('docker.io', createRelease('debian', 12))).toBe('main');
    expect(findComponent('docker.io', createRelease('ubuntu', 24.04))).toBe('universe');
    expect(findComponent('ethtool', createRelease('ubuntu', 24.04))).toBe('main');
  });
});

describe('choosePackage', () => {
  it('takes the Docker client from where the release keeps it', () => {
    const client = ['docker-cli', 'docker.io'];
    expect(choosePackage(client, createRelease('debian', 12))).toBe('docker.io');
    expect(choosePackage(client, createRelease('debian', 13))).toBe('docker-cli');
    expect(choosePackage(client, createRelease('debian', null))).toBe('docker-cli');
    expect(choosePackage(client, createRelease('ubuntu', 24.04))).toBe('docker.io');
  });
});
