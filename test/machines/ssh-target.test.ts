import { describe, expect, it } from 'vitest';
import {
  buildMasterCommand,
  buildSessionCommand,
  defaultSshTiming,
  renderKnownHosts,
  type SshTarget,
} from '../../src/machines/ssh-target.ts';

const target: SshTarget = {
  ...{ host: '192.0.2.11', port: 2222, user: 'lab', identityFile: '/etc/a "b" 100%' },
  hostKey: 'ssh-ed25519 AAAA',
};
const files = { socket: '/tmp/s/socket', knownHosts: '/tmp/s/known_hosts' };

describe('the client that holds a connection', () => {
  it('takes nothing from the user, and knows one key', () => {
    const { program, args } = buildMasterCommand(target, files, defaultSshTiming, 'exec true');
    expect(program).toBe('ssh');
    expect(args.filter((word) => word !== '-o')).toEqual([
      ...['-F', 'none', '-T', '-e', 'none'],
      ...['BatchMode=yes', 'PreferredAuthentications=publickey', 'IdentitiesOnly=yes', 'IdentityAgent=none'],
      ...['IdentityFile="/etc/a \\"b\\" 100%%"', 'HostKeyAlias=tunegate-machine', 'CheckHostIP=no'],
      ...['StrictHostKeyChecking=yes', 'UserKnownHostsFile="/tmp/s/known_hosts"', 'GlobalKnownHostsFile=/dev/null'],
      ...['UpdateHostKeys=no', 'VerifyHostKeyDNS=no', 'HostKeyAlgorithms=ssh-ed25519'],
      ...['ControlMaster=yes', 'ControlPath="/tmp/s/socket"', 'ControlPersist=no'],
      ...['ConnectTimeout=10', 'ConnectionAttempts=1', 'TCPKeepAlive=yes'],
      ...['ServerAliveInterval=2', 'ServerAliveCountMax=4'],
      ...['ForwardAgent=no', 'ForwardX11=no', 'ClearAllForwardings=yes', 'LogLevel=INFO'],
      ...['-l', 'lab', '-p', '2222', '--', '192.0.2.11', 'exec true'],
    ]);
    expect(renderKnownHosts(target)).toBe('tunegate-machine ssh-ed25519 AAAA\n');
  });

  it('lets an RSA key sign with SHA-2 only', () => {
    const { args } = buildMasterCommand({ ...target, hostKey: 'ssh-rsa AAAA' }, files, defaultSshTiming, 'exec true');
    expect(args).toContain('HostKeyAlgorithms=rsa-sha2-512,rsa-sha2-256');
  });
});

describe('a session over a connection', () => {
  it('never connects by itself', () => {
    expect(buildSessionCommand(files, 'exec true').args.filter((word) => word !== '-o')).toEqual([
      ...['-F', 'none', '-T', '-e', 'none', 'BatchMode=yes', 'ControlMaster=no', 'ControlPath="/tmp/s/socket"'],
      ...['ProxyCommand=false', '--', 'tunegate-machine', 'exec true'],
    ]);
  });
});
