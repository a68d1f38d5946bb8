import { describe, expect, it } from 'vitest';
import { describeForwarding } from '../../src/networks/netfilter-facts.ts';

/** From `iptables --list-rules` 1.8.9 in the namespace of a dockerd 20.10 with --iptables, shortened. */
const docker = `-P INPUT ACCEPT
-P FORWARD DROP
-P OUTPUT ACCEPT
-N DOCKER
-N DOCKER-USER
-A FORWARD -j DOCKER-USER
-A FORWARD -o tgbr0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A DOCKER-USER -j RETURN
`;

describe('describeForwarding', () => {
  it('says that there is nothing where only the policies are', () => {
    expect(describeForwarding('-P INPUT ACCEPT\n-P FORWARD ACCEPT\n-P OUTPUT ACCEPT\n')).toBe('policy ACCEPT, 0 rules');
  });

  it('counts the rules and tells them apart by their content', () => {
    const found = describeForwarding(docker);
    expect(found).toMatch(/^policy DROP, 3 rules \([0-9a-f]{8}\)$/);
    expect(describeForwarding(docker.replace('RETURN', 'ACCEPT'))).not.toBe(found);
  });

  it('leaves out what a forwarded frame does not meet', () => {
    expect(describeForwarding(`${docker}-A INPUT -p tcp -j DROP\n`)).toBe(describeForwarding(docker));
  });

  it('says so when the listing names no policy', () => {
    expect(describeForwarding('')).toBe('policy unknown, 0 rules');
  });
});
