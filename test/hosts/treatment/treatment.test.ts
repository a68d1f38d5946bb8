import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { ConfigurationError, InterruptionError, MeasurementError } from '../../../src/errors.ts';
import { applyTreatment } from '../../../src/hosts/treatment/apply-treatment.ts';
import { restoreTreatment } from '../../../src/hosts/treatment/restore-treatment.ts';
import { readTreatment } from '../../../src/hosts/treatment/treatment-state.ts';
import { verifyTreatment } from '../../../src/hosts/treatment/verify-treatment.ts';
import type { Command, Machine, RunOptions } from '../../../src/machines/machine.ts';
import { createFolderHost, createRequest, everything, type FolderHost, untouched } from './folder-host.ts';

const nothing = { profile: null, rebooted: false, restored: [], left: [] };

describe('a treatment of a host', () => {
  let host: FolderHost;
  let known: FolderHost['known'];
  const apply = (parameters: Parameters<typeof createRequest>[0], machine = host.machine) =>
    applyTreatment(machine, host.state, createRequest(parameters), { known });
  const restore = (machine = host.machine) => restoreTreatment(machine, host.state, { known });
  const stateFiles = () => readdir(host.state).catch(() => []);

  beforeEach(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tunegate-test-'));
    host = await createFolderHost(folder);
    known = host.known;
    return () => rm(folder, { recursive: true });
  });

  it('sets every parameter, proves it, and puts exactly back what was there', async () => {
    const checks = await apply(everything);
    expect(checks.map(({ parameter, found, result }) => [parameter, found, result])).toEqual([
      ['host.plain', 'tuned', 'verified'],
      ['host.queues', '1000', 'verified'],
      ['host.ring', '512', 'verified'],
      ['host.scope', 'isolated', 'verified'],
      ['host.zlast', 'tuned', 'verified'],
    ]);
    expect(await host.readAll()).toEqual({
      plain: 'tuned\n',
      'queue1/length': '1000\n',
      'queue2/length': '1000\n',
      ring: '512\n',
      'scope/mode': 'isolated\n',
      last: 'tuned\n',
    });
    expect(await restore()).toEqual({
      profile: { name: 'tuned', sha256: 'a'.repeat(64) },
      rebooted: false,
      restored: ['host.zlast', 'host.scope', 'host.ring', 'host.queues', 'host.plain'],
      left: [],
    });
    expect(await host.readAll()).toEqual(untouched);
    expect(await stateFiles()).toEqual([]);
    expect(await restore()).toEqual(nothing);
  });

  it('changes only what is not as asked, and only of the layer host', async () => {
    const parameters = { 'host.plain': 'stock', 'host.ring': 512, 'guest.docker.cpus': 1, 'host-boot.word': 'on' };
    const checks = await apply(parameters);
    expect(checks.map(({ parameter }) => parameter)).toEqual(['host.plain', 'host.ring']);
    expect((await readTreatment(host.machine, host.state))?.changes.map(({ parameter }) => parameter)).toEqual([
      'host.ring',
    ]);
    expect((await restore()).restored).toEqual(['host.ring']);
  });

  it('says of a setting that the host has not got that it does not apply', async () => {
    const [check] = await apply({ 'host.absent': 'on' });
    expect(check).toMatchObject({ result: 'not-applicable', found: 'no such thing' });
    expect(await restore()).toMatchObject({ profile: { name: 'tuned' }, restored: [] });
  });

  it('writes the way back for root alone, before the first change', async () => {
    const seen: unknown[] = [];
    const watching = intercept(host.machine, async ({ args }) => {
      if (args.at(-1)?.endsWith('treatment.json') && args[0] === '-e') {
        seen.push(await host.readAll(), (await stat(join(host.state, 'treatment.json'))).mode & 0o777);
      }
    });
    await apply({ 'host.plain': 'tuned' }, watching);
    expect(seen).toEqual([untouched, 0o600]);
    expect(JSON.parse(await readFile(join(host.state, 'treatment.json'), 'utf8'))).toEqual({
      schema: 'tunegate.treatment/1',
      profile: { name: 'tuned', sha256: 'a'.repeat(64) },
      run: null,
      appliedAt: '2026-01-02T03:04:05.000Z',
      bootId: 'boot-1',
      place: { cpus: [0], nic: null, dockerSocket: null },
      changes: [
        {
          parameter: 'host.plain',
          value: 'tuned',
          restore: [{ kind: 'write', path: host.path('plain'), text: 'stock' }],
          before: { [host.path('plain')]: 'stock' },
          after: { [host.path('plain')]: 'tuned' },
          probe: { before: 'stock', verified: true },
        },
      ],
    });
  });

  it('refuses a second one over an unrestored one, and names the way out', async () => {
    await apply({ 'host.plain': 'tuned' });
    const second = apply({ 'host.zlast': 'tuned' });
    await expect(second).rejects.toThrow(ConfigurationError);
    await expect(second).rejects.toThrow(
      'profile tuned has been applied to local since 2026-01-02T03:04:05.000Z and not been restored, one treatment at a time is accepted; `tunegate profile restore` puts back what was there before',
    );
    await expect(apply({ 'host.zlast': 'tuned' }, { ...host.machine, name: 'stock' })).rejects.toThrow(
      '`tunegate profile restore --machine stock`',
    );
    expect(await host.readAll()).toEqual({ ...untouched, plain: 'tuned\n' });
  });

  it('is gone after another boot, for restoring and for applying', async () => {
    await apply({ 'host.plain': 'tuned' });
    await host.boot('boot-2');
    expect(await restore()).toEqual({
      ...nothing,
      profile: { name: 'tuned', sha256: 'a'.repeat(64) },
      rebooted: true,
    });
    expect(await host.readAll()).toMatchObject({ plain: 'tuned\n' });
    expect(await stateFiles()).toEqual([]);
    await apply({ 'host.zlast': 'tuned' });
    await host.boot('boot-3');
    await apply({ 'host.ring': 512 });
    expect((await readTreatment(host.machine, host.state))?.bootId).toBe('boot-3');
  });

  it.each([
    ['misfit', { 'host.plain': 'misfit' }, 'host.plain is misfit, but this machine has no such thing'],
    ['a parameter without a way to set it', { 'host.unreadable': 1 }, 'host.unreadable cannot be applied to a host'],
    ['an unknown parameter', { 'host.plane': 1 }, 'unknown parameter "host.plane" (did you mean "host.plain"?)'],
  ])('refuses %s before it changes anything', async (_, parameters, message) => {
    const refused = apply({ ...everything, ...parameters });
    await expect(refused).rejects.toThrow(ConfigurationError);
    await expect(refused).rejects.toThrow(message);
    expect(await host.readAll()).toEqual(untouched);
    expect(await stateFiles()).toEqual([]);
  });

  it('goes back at once when a step fails, and says so', async () => {
    const failing = apply({ ...everything, 'host.refused': 'tuned' });
    await expect(failing).rejects.toThrow(MeasurementError);
    await expect(failing).rejects.toThrow(
      /^profile tuned could not be applied: writing \S+\/nowhere\/refused: No such file or directory; what had been changed has been put back$/,
    );
    expect(await host.readAll()).toEqual(untouched);
    expect(await stateFiles()).toEqual([]);
  });

  it('goes back before an interruption is passed on', async () => {
    const interruption = new AbortController();
    const machine = intercept(host.machine, async ({ args }) => {
      if ((await host.readAll()).plain === 'tuned\n' && args[0] === '-e')
        interruption.abort(new InterruptionError('SIGINT'));
    });
    const request = createRequest(everything);
    const interrupted = applyTreatment(machine, host.state, request, { known, signal: interruption.signal });
    await expect(interrupted).rejects.toThrow(InterruptionError);
    expect(await host.readAll()).toEqual(untouched);
    expect(await stateFiles()).toEqual([]);
  });

  it('keeps what cannot be put back for the next try, and puts the rest back', async () => {
    await apply(everything);
    // A program that is not there any more when it would be needed.
    const state = await readFile(join(host.state, 'treatment.json'), 'utf8');
    await writeFile(join(host.state, 'treatment.json'), state.replace('"program":"rm"', '"program":"rm-absent"'));
    await expect(restore()).rejects.toThrow(
      /^could not put back host\.scope on local: No such file or directory \/ rm-absent \S+ \S+ ended with exit code 127; try again, or boot/,
    );
    expect(await host.readAll()).toEqual({ ...untouched, 'scope/mode': 'isolated\n' });
    await writeFile(
      join(host.state, 'treatment.json'),
      (await readFile(join(host.state, 'treatment.json'), 'utf8')).replace('rm-absent', 'rm'),
    );
    expect((await restore()).restored).toEqual(['host.scope']);
    expect(await host.readAll()).toEqual(untouched);
  });

  it('leaves what somebody has changed since, and names it', async () => {
    await apply(everything);
    await writeFile(host.path('plain'), 'theirs\n');
    await writeFile(host.path('queue2/length'), '7\n');
    await writeFile(host.path('ring'), '4096\n');
    await writeFile(host.path('scope/mode'), 'theirs\n');
    expect(await restore()).toMatchObject({
      restored: ['host.zlast', 'host.scope', 'host.queues'],
      left: [
        'host.ring was set and is 4096 now',
        `${host.path('queue2/length')} was set to "1000" and is "7" now`,
        `${host.path('plain')} was set to "tuned" and is "theirs" now`,
      ],
    });
    expect(await host.readAll()).toEqual({ ...untouched, plain: 'theirs\n', 'queue2/length': '7\n', ring: '4096\n' });
    expect(await stateFiles()).toEqual([]);
  });

  it('does not mind a setting that is gone, nor one that somebody has put back', async () => {
    await apply(everything);
    await rm(host.path('plain'));
    await writeFile(host.path('ring'), '64\n');
    await writeFile(host.path('last'), 'stock\n');
    expect(await restore()).toMatchObject({
      restored: ['host.scope', 'host.queues'],
      left: [`${host.path('plain')} is not there any more`],
    });
  });

  it('refuses a state file that it does not understand, for both', async () => {
    await apply({ 'host.plain': 'tuned' });
    for (const text of ['', '{', '{"schema":"tunegate.treatment/2"}', '[]', 'null']) {
      await writeFile(join(host.state, 'treatment.json'), text);
      await expect(restore()).rejects.toThrow(ConfigurationError);
      await expect(restore()).rejects.toThrow(
        /treatment\.json says what was changed on local, but it cannot be understood/,
      );
      await expect(apply({ 'host.zlast': 'tuned' })).rejects.toThrow(ConfigurationError);
    }
    expect(await host.readAll()).toEqual({ ...untouched, plain: 'tuned\n' });
  });

  it('changes nothing when the way back does not get onto the disk', async () => {
    const request = createRequest(everything);
    // A device on which every write says that the disk is full.
    const full = intercept(
      host.machine,
      async () => {},
      (command) =>
        command.args.some((arg) => arg.includes('cat >"$1.next"'))
          ? { ...command, args: command.args.map((arg) => arg.replaceAll('cat >"$1.next"', 'cat >/dev/full')) }
          : command,
    );
    const failing = applyTreatment(full, host.state, request, { known });
    await expect(failing).rejects.toThrow(/^cannot write \S+treatment\.json on local: .*No space left on device/);
    expect(await host.readAll()).toEqual(untouched);
    expect(await stateFiles()).toEqual([]);
  });

  it('plans again what comes after a program, which may have made things anew', async () => {
    const ring = host.known.get('host.ring');
    const change = ring?.host?.change;
    if (ring?.host === undefined || change === undefined) throw new Error('there is no host.ring');
    const resets = { kind: 'run', program: 'sh', args: ['-c', 'echo reset >"$0"', host.path('last')] } as const;
    known = new Map(host.known).set('host.ring', {
      ...ring,
      host: {
        ...ring.host,
        change: (...args) => ({ ...change(...args), apply: [...change(...args).apply, resets] }),
      },
    });
    // As it is at first, so that only the second look finds something to do.
    const checks = await apply({ 'host.ring': 512, 'host.zlast': 'stock' });
    expect(checks.map(({ result }) => result)).toEqual(['verified', 'verified']);
    const state = await readTreatment(host.machine, host.state);
    expect(state?.changes.map(({ parameter, restore: [way] }) => [parameter, way])).toMatchObject([
      ['host.ring', {}],
      ['host.zlast', { text: 'reset' }],
    ]);
  });
});

describe('verifyTreatment', () => {
  let host: FolderHost;

  beforeEach(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tunegate-test-'));
    host = await createFolderHost(folder);
    return () => rm(folder, { recursive: true });
  });

  it('needs no applied state, and says of each parameter of these layers what was found', async () => {
    const parameters = {
      'host.plain': 'stock',
      'host.queues': 100,
      'host.absent': 1,
      'host.unreadable': 1,
      'host-boot.word': 'on',
      'guest.docker.cpus': 1,
    };
    const place = { cpus: [0], nic: null, dockerSocket: null };
    const checks = await verifyTreatment(host.machine, parameters, ['host', 'guest'], place, { known: host.known });
    expect(checks).toEqual([
      {
        parameter: 'host.plain',
        layer: 'host',
        requested: 'stock',
        found: 'stock',
        probe: 'nowhere',
        result: 'verified',
      },
      {
        ...{ parameter: 'host.queues', layer: 'host', requested: '100', probe: 'nowhere', result: 'mismatch' },
        found: '100 (queue1); 200 (queue2)',
      },
      {
        ...{ parameter: 'host.absent', layer: 'host', requested: '1', probe: 'nowhere', result: 'not-applicable' },
        found: 'no such thing',
      },
      {
        ...{ parameter: 'host.unreadable', layer: 'host', requested: '1', probe: 'nowhere', result: 'unprobed' },
        found: 'this version of Tunegate cannot read it back from a host',
      },
    ]);
  });

  it('does not let one probe that stumbles silence the others', async () => {
    const plain = host.known.get('host.plain');
    if (plain?.host === undefined) throw new Error('there is no host.plain');
    const read = () => {
      throw new Error('cannot make sense of this');
    };
    const known = new Map(host.known).set('host.plain', { ...plain, host: { ...plain.host, read } });
    const place = { cpus: [0], nic: null, dockerSocket: null };
    const parameters = { 'host.plain': 'stock', 'host.zlast': 'stock' };
    const checks = await verifyTreatment(host.machine, parameters, ['host'], place, { known });
    expect(checks.map(({ result, found }) => [result, found])).toEqual([
      ['unprobed', 'the probe failed: cannot make sense of this'],
      ['verified', 'stock'],
    ]);
  });
});

/** Looks at, or alters, each command before it is run. */
function intercept(
  machine: Machine,
  look: (command: Command) => Promise<void>,
  alter: (command: Command) => Command = (command) => command,
): Machine {
  return {
    ...machine,
    run: async (command, options: RunOptions) => {
      await look(command);
      return machine.run(alter(command), options);
    },
  };
}
