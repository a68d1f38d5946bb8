import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../src/errors.ts';
import { type Continuation, refuseChanges } from '../../src/measurement/refuse-changes.ts';
import { buildRun } from '../comparison/build-run.ts';

const run = buildRun();
const { plan, seed, versions, baseline, candidate } = run.header;
const profiles = {
  baseline: { name: 'stock', sha256: baseline.sha256 },
  candidate: { name: 'tuned', sha256: candidate.sha256 },
};
const same: Continuation = { plan, profiles, seed, versions, bootId: 'boot-1' };
const refuse = (change: Partial<Continuation>, recorded = run) =>
  refuseChanges('out/a', recorded, { ...same, ...change });

describe('refusing to go on with something else', () => {
  it('lets the same go on', () => {
    expect(() => refuse({})).not.toThrow();
    expect(() => refuse(structuredClone(same))).not.toThrow();
  });

  const other = '0123456789abcdef'.repeat(4);
  it.each<readonly [string, Partial<Continuation>, string]>([
    ['a plan', { plan: { ...plan, seconds: 2 } }, 'seconds of the plan is 2, but was 1'],
    ['the regime', { plan: { ...plan, regime: 'boot' } }, 'regime of the plan is "boot", but was "deployment"'],
    [
      'a list of the plan',
      { plan: { ...plan, tests: ['tcp_rr', 'ping'] } },
      'tests of the plan is ["tcp_rr","ping"], but was ["tcp_rr"]',
    ],
    [
      'the baseline',
      { profiles: { ...profiles, baseline: { name: 'mine', sha256: other } } },
      'the profile of the baseline is mine with sha256 0123456789ab, but was stock with sha256 aaaaaaaaaaaa',
    ],
    [
      'the candidate',
      { profiles: { ...profiles, candidate: { name: 'tuned', sha256: other } } },
      'the profile of the candidate is tuned with sha256 0123456789ab, but was tuned with sha256 bbbbbbbbbbbb',
    ],
    ['the seed', { seed: 8 }, 'the seed is 8, but was 7'],
    ['a tool', { versions: { ...versions, netperf: '2.7.1' } }, 'the version of netperf is "2.7.1", but was "2.7.0"'],
    ['a missing tool', { versions: {} }, 'the version of netperf is not to be found, but was "2.7.0"'],
    ['the boot', { bootId: 'boot-2' }, 'the boot id of the machine is "boot-2", but was "boot-1"'],
  ])('names %s', (_, change, finding) => {
    expect(() => refuse(change)).toThrow(ConfigurationError);
    expect(() => refuse(change)).toThrow(finding);
    expect(() => refuse(change)).toThrow(
      /^the run in out\/a cannot be resumed: .*; accepted is what the run began with, or another --out for a new run$/,
    );
  });

  it('names everything that differs', () => {
    expect(() => refuse({ seed: 8, bootId: 'boot-2' })).toThrow(/the seed is 8.*; the boot id of the machine/);
  });

  it('does not ask what was not known when the run began, nor what cannot be measured', () => {
    const unsupported = [{ guest: 'docker' as const, attachment: 'vf' as const, test: null, reason: 'no' }];
    expect(() => refuse({ plan: { ...plan, unsupported } })).not.toThrow();
    expect(() => refuse({ versions: { ...versions, strace: '6.1' } })).not.toThrow();
    expect(() => refuse({ bootId: 'boot-2' }, { ...run, deployments: [] })).not.toThrow();
  });

  const booted = { ...plan, layers: ['host-boot' as const, 'host' as const] };
  const host = { name: 'local', machineId: '0123456789abcdef' };
  const withBoots = { ...run, header: { ...run.header, plan: booted, machineId: host.machineId } };

  it('expects another boot where the run itself boots the host, but the same host', () => {
    const resume = (change: Partial<Continuation>) =>
      refuse({ plan: booted, bootId: 'boot-9', host, ...change }, withBoots);
    expect(() => resume({})).not.toThrow();
    expect(() => resume({ host: { ...host, name: 'tuned' } })).toThrow('the host is "tuned", but was "local"');
    expect(() => resume({ host: { ...host, machineId: 'fedcba9876543210' } })).toThrow(
      'the machine that answers as local is "fedcba9876543210", but was "0123456789abcdef"',
    );
    expect(() => resume({ versions: { ...versions, netperf: '2.7.1' } })).toThrow('the version of netperf');
    expect(() => refuse({ bootId: 'boot-9', host })).toThrow('the boot id of the machine');
  });
});
