import { describe, expect, it } from 'vitest';
import { buildServerCommands } from '../../src/guests/bare.ts';
import { buildDaemonCommand } from '../../src/guests/docker-daemon.ts';
import { buildNetworkArguments } from '../../src/guests/docker-network.ts';
import { buildConnectCommand, buildHeldConnectCommand } from '../../src/guests/wait-ready.ts';
import { embeddedTopology } from '../../src/networks/embedded.ts';

describe('the commands of containers and of the bare host', () => {
  it('start a dockerd of our own inside the host namespace, with nothing of the machine', () => {
    const place = { namespace: 'tghost', dataFolder: '/data', stateFolder: '/state', logFile: '/log' };
    const { program, args } = buildDaemonCommand(place);
    expect(program).toBe('nsenter');
    expect(args.slice(0, 9)).toEqual([
      '--net=/run/netns/tghost',
      'unshare',
      '--mount',
      '--propagation',
      'private',
      '--pid',
      '--fork',
      '--kill-child',
      '--mount-proc',
    ]);
    expect(args.slice(args.indexOf('--data-root')).join(' ')).toBe(
      '--data-root /data --exec-root /state/exec --pidfile /state/docker.pid --host unix:///state/docker.sock ' +
        '--config-file /state/daemon.json --storage-driver overlay2 --exec-opt native.cgroupdriver=cgroupfs ' +
        '--cgroup-parent /tunegate --bridge none --iptables=false --ip6tables=false --ip-forward=false ' +
        '--userland-proxy=false',
    );
  });

  it('make a Docker network of the bridge, without NAT and without the addresses of others', () => {
    expect(buildNetworkArguments(embeddedTopology).join(' ')).toBe(
      'network create --driver bridge --subnet 198.18.0.0/24 --gateway 198.18.0.2 --ip-range 198.18.0.16/28 ' +
        '--aux-address client=198.18.0.1 --aux-address wire=198.18.0.31 ' +
        '--opt com.docker.network.bridge.name=tgbr0 --opt com.docker.network.bridge.enable_ip_masquerade=false tunegate',
    );
  });

  it('start the servers of the bare host, the control port last', () => {
    const commands = buildServerCommands({ namespace: 'tghost', address: '198.18.0.2' });
    expect(commands.map(({ program, args }) => `${program} ${args.join(' ')}`)).toEqual([
      'nsenter --net=/run/netns/tghost -- iperf3 --server --version4 --bind 198.18.0.2 --logfile /dev/null',
      'nsenter --net=/run/netns/tghost -- iperf --server --bind 198.18.0.2',
      'nsenter --net=/run/netns/tghost -- sh -c while iperf --server --udp --parallel 1 "$@" || [ $? -ne 127 ]; do sleep 0.01; done iperf2-udp --bind 198.18.0.2',
      'nsenter --net=/run/netns/tghost -- netserver -D -4 -L 198.18.0.2',
    ]);
  });

  it('try the control port where QEMU answers before the guest does: only a connection that stays counts', () => {
    const { program, args } = buildHeldConnectCommand(null, '127.0.0.1', 12865);
    expect([program, ...args]).toEqual([
      ...['timeout', '1', 'bash', '-c', 'exec 3<>"/dev/tcp/$0/$1"; read -r -t 0.2 -u 3; [ $? -gt 128 ]'],
      ...['127.0.0.1', '12865'],
    ]);
  });

  it('try the control port with a short limit, address and port as arguments', () => {
    const { args } = buildConnectCommand('tgclient', '198.18.0.16', 12865);
    expect(args).toEqual([
      '--net=/run/netns/tgclient',
      '--',
      'timeout',
      '0.25',
      'bash',
      '-c',
      'exec 3<>"/dev/tcp/$0/$1"',
      '198.18.0.16',
      '12865',
    ]);
  });
});
