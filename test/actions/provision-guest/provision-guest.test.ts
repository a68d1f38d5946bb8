import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readProvisionInputs } from '../../../actions/provision-guest/inputs.ts';
import { runProvisionGuest } from '../../../actions/provision-guest/run.ts';
import { readBenchmarkInputs } from '../../../actions/run-benchmarks/inputs.ts';
import { runBenchmarks } from '../../../actions/run-benchmarks/run.ts';
import { ConfigurationError } from '../../../src/errors.ts';
import { runPost } from '../../../src/github/action-entry.ts';
import { benchmarkRequestSchema, provisionRequestSchema } from '../../../src/hosts/root-requests.schema.ts';
import { listPostSteps } from '../../../src/hosts/root-step.ts';
import { buildRun, renderJournal } from '../../comparison/build-run.ts';
import { createFakeWorld } from '../fake-root-program.ts';

const deployment = {
  ...{ schema: 'tunegate.deployment/1', id: 'd001', bootId: 'b', startTicks: 1, attachment: 'bridge' },
  ...{ address: '198.18.0.16', profile: { name: 'mine', sha256: 'a'.repeat(64) }, layers: ['guest'] },
  guest: { kind: 'docker', pid: 2, container: 'c'.repeat(64), dockerSocket: '/var/lib/tunegate/docker.sock' },
  held: { id: 'guest-1', controlPort: 12_865 },
};

async function writeFiles(files: Readonly<Record<string, string>>) {
  const folder = await mkdtemp(join(tmpdir(), 'provision-'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

describe('provision-guest', () => {
  const provide = async (
    verb: string,
    profile = 'name: mine\nextends: base\nparameters:\n  guest.docker.cpuset: "1"\n',
  ) => {
    const base = 'name: base\nparameters:\n  guest.docker.memory: 512MiB\n';
    const folder = await writeFiles({ 'mine.yaml': profile, 'base.yaml': base, 'd.json': JSON.stringify(deployment) });
    const fake = await createFakeWorld({ provision: verb.replace('DEPLOYMENT', join(folder, 'd.json')) });
    const inputs = { profileFile: join(folder, 'mine.yaml'), guest: 'docker' as const, attachment: 'bridge' as const };
    return { ...fake, provisioning: runProvisionGuest(inputs, fake.world) };
  };

  it('says where the guest is, and keeps a copy of what describes it', async () => {
    const { provisioning, outputs, readDocument, post, state, readCalls } = await provide(
      'cp DEPLOYMENT "$folder/deployment.json"',
    );
    await provisioning;
    expect(outputs.get('address')).toBe('198.18.0.16');
    expect(outputs.get('control-port')).toBe('12865');
    expect(JSON.parse(await readFile(outputs.get('deployment-file') ?? '', 'utf8'))).toEqual(deployment);
    const { profile, guest } = provisionRequestSchema.parse(await readDocument());
    expect(JSON.parse(profile)).toEqual({
      name: 'mine',
      parameters: { 'guest.docker.cpuset': '1', 'guest.docker.memory': '512MiB' },
    });
    expect(guest).toBe('docker');
    await runPost(listPostSteps(post, 'remove'));
    expect((await readCalls()).at(-1)).toBe(`remove ${state.get('id')}`);
  });

  it('sets no output and fails with request and reading when a setting is not in force', async () => {
    const sentence = 'treatment not in force: guest.docker.cpuset asked for 1, found 0-1';
    const { provisioning, outputs } = await provide(`echo 'tunegate-root: ${sentence}' >&2; exit 1`);
    await expect(provisioning).rejects.toThrow(sentence);
    expect([...outputs]).toEqual([]);
  });

  it('refuses a profile that is not in order before the program is called', async () => {
    const { provisioning, readCalls } = await provide('', 'name: mine\nparameters:\n  guest.docker.colour: red\n');
    await expect(provisioning).rejects.toThrow(/guest.docker.colour/);
    expect(await readCalls()).toEqual([]);
  });

  it('has no bare guest and no other words', () => {
    const read = (given: Record<string, string>) => readProvisionInputs((name) => given[name] ?? '');
    expect(read({ 'profile-file': 'a.yaml', guest: 'qemu' })).toEqual({
      ...{ profileFile: 'a.yaml', guest: 'qemu', attachment: 'bridge' },
    });
    for (const change of [{ guest: 'bare' }, { attachment: 'x' }, { 'profile-file': 'a.json' }])
      expect(() => read({ 'profile-file': 'a.yaml', guest: 'qemu', ...change })).toThrow(ConfigurationError);
  });
});

describe('run-benchmarks', () => {
  const work = { tests: ['tcp_rr' as const], samples: 2, seconds: 1 };

  it('measures the guest of the file, and says where the run is', async () => {
    const folder = await writeFiles({
      'deployment.json': JSON.stringify(deployment),
      'run.jsonl': renderJournal(buildRun()),
    });
    const { world, outputs, uploads, readDocument } = await createFakeWorld({
      benchmark: `cp '${folder}/run.jsonl' "$run/run.jsonl"`,
    });
    await runBenchmarks({ deploymentFile: join(folder, 'deployment.json'), work }, world);
    expect(benchmarkRequestSchema.parse(await readDocument())).toMatchObject({ guest: 'guest-1', ...work });
    expect(outputs.get('status')).toBe('complete');
    expect(outputs.get('run-directory')).toMatch(/tunegate-benchmark-4711-2-[0-9a-f]{8}$/);
    expect(uploads).toEqual([]);
  });

  it.each([
    ['a guest of a run', { ...deployment, held: undefined }],
    ['an id that leads elsewhere', { ...deployment, held: { id: '../x', controlPort: 1 } }],
    ['something else', { schema: 'x' }],
  ])('refuses %s', async (_, document) => {
    const folder = await writeFiles({ 'deployment.json': JSON.stringify(document) });
    const { world, readCalls } = await createFakeWorld({});
    const deploymentFile = join(folder, 'deployment.json');
    await expect(runBenchmarks({ deploymentFile, work }, world)).rejects.toThrow(/deployment.json/);
    expect(await readCalls()).toEqual([]);
  });

  it('reads its inputs', () => {
    const read = (given: Record<string, string>) => readBenchmarkInputs((name) => given[name] ?? '');
    expect(read({ 'deployment-file': 'd', tests: 'ping, tcp_rr\nudp_rr' })).toEqual({
      ...{ deploymentFile: 'd', work: { tests: ['ping', 'tcp_rr', 'udp_rr'], samples: 3, seconds: 2 } },
    });
    for (const change of [
      { tests: 'ping ping' },
      { tests: ',' },
      { tests: 'http' },
      { seconds: '0' },
      { samples: '1.5' },
    ])
      expect(() => read({ 'deployment-file': 'd', ...change }), JSON.stringify(change)).toThrow(ConfigurationError);
  });
});
