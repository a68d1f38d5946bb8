import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleActions } from '../../runner-setup/bundle-actions.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import { readRun } from '../../src/results/read-journal.ts';
import { writePlanDirectory } from '../actions/plan-directory.ts';
import { projectHome } from '../cli/fake-surroundings.ts';
import { startLab } from '../fakes/github-server/lab.ts';
import type { GitHubServer } from '../fakes/github-server/server.ts';
import { describeWith } from '../requirements.ts';
import { takeSnapshot } from './machine-snapshot.ts';
import { buildStepEnvironment, collect, type Job, listRuns, readJournals } from './run-action.ts';

const machine = createLocalMachine();
const nobody = '65534';
const needed = ['root', 'namespaces', 'docker', 'netperf', 'git', 'sudo', 'visudo'];

/** Folders that the installation changes; in a mount namespace of our own others lie over them. */
const covered = ['/opt', '/usr/local/sbin', '/etc/sudoers.d'];

/**
 * The runner's user, the installed program and sudo, as on a host. Everything runs in mount namespaces of its own, so
 * that the machine's /opt, /usr/local/sbin and /etc/sudoers.d stay as they are. What is installed is the commit that is
 * checked out, not the work tree.
 */
describeWith(needed, 'an ordinary user with the installed program', () => {
  let folder: string;
  let server: GitHubServer;
  let before: Awaited<ReturnType<typeof takeSnapshot>>;
  let madeSudoersFolder: string | undefined;

  beforeAll(async () => {
    // Not below root's folder for temporary files, which a test runner may have closed to others.
    folder = await mkdtemp('/tmp/tunegate-ordinary-');
    await chmod(folder, 0o755);
    for (const path of covered) await mkdir(join(folder, 'cover', path), { recursive: true });
    madeSudoersFolder = await mkdir('/etc/sudoers.d', { recursive: true, mode: 0o750 });
    const clone = ['-c', 'safe.directory=*', 'clone', '--quiet', '--shared', projectHome, join(folder, 'checkout')];
    await machine.run({ program: 'git', args: clone }, { timeoutSeconds: 60 });
    await symlink(join(projectHome, 'node_modules'), join(folder, 'checkout/node_modules'));
    await bundleActions(projectHome, join(folder, 'dist'));
    await writePlanDirectory(join(folder, 'plan'));
    server = await startLab();
    before = await takeSnapshot();
  });

  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true });
    if (madeSudoersFolder !== undefined) await rm(madeSudoersFolder, { recursive: true });
  });

  const cover = `for place in ${covered.join(' ')}; do mount --bind "$0$place" "$place" || exit 9; done; exec "$@"`;
  const inside = (...command: string[]) => ({
    program: 'unshare',
    args: ['--mount', '--propagation', 'private', 'sh', '-c', cover, join(folder, 'cover'), ...command],
  });
  const asNobody = (variables: Readonly<Record<string, string>>, ...command: string[]) => {
    const list = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
    const become = ['setpriv', '--reuid', nobody, '--regid', nobody, '--clear-groups', 'env', '-i'];
    return inside(...become, ...list, ...command);
  };
  const run = (command: ReturnType<typeof inside>) => machine.run(command, { timeoutSeconds: 110, allowFailure: true });
  const install = (...flags: string[]) => {
    const program = join(folder, 'checkout/runner-setup/install-program.ts');
    return run(inside(process.execPath, program, '--user', 'nobody', ...flags));
  };
  const sudo = (variables: Readonly<Record<string, string>>, ...command: string[]) =>
    run(asNobody({ PATH: '/usr/bin:/bin', ...variables }, 'sudo', '-n', ...command));
  const program = '/usr/local/sbin/tunegate-root';

  const createJob = async (runId: number): Promise<Job> => {
    server.addRun(runId);
    const job = { dist: join(folder, 'dist'), folder: join(folder, String(runId)), server, runId, rootProgram: null };
    await mkdir(join(job.folder, 'temp'), { recursive: true });
    return job;
  };
  const start = async (job: Job, part: 'main' | 'post') => {
    const inputs = { 'plan-directory': join(folder, 'plan'), comparison: 'tuned', host: 'stock', 'wait-minutes': '1' };
    const variables = await buildStepEnvironment(job, 'measure', inputs);
    await machine.run({ program: 'chown', args: ['-R', nobody, job.folder] }, { timeoutSeconds: 5 });
    const { program, args } = asNobody(variables, process.execPath, join(job.dist, 'measure', `${part}.js`));
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    return { child, ended: collect(child) };
  };
  const listArtifacts = (job: Job) =>
    [...server.state.artifacts.values()].filter(({ runId }) => runId === job.runId).map(({ name }) => name);
  const expectNothingLeft = async (job: Job) => {
    expect(await takeSnapshot()).toEqual(before);
    expect(await listRuns(job)).toEqual([]);
  };

  it('is installed only when somebody agrees, and the same again when it is installed twice', async () => {
    const asked = await install();
    expect(asked.exitCode).toBe(2);
    expect(asked.stderr).toContain('nothing was changed, since nobody can be asked here; --yes agrees');
    expect(await readdir(join(folder, 'cover/opt'))).toEqual([]);
    for (const _ of ['first', 'second']) {
      const { exitCode, stderr } = await install('--yes');
      expect(exitCode, stderr).toBe(0);
    }
    const [link, copy, ...others] = (await readdir(join(folder, 'cover/opt'))).sort();
    expect([link, others]).toEqual(['tunegate', []]);
    expect(copy).toMatch(/^tunegate-[0-9a-f]{12}$/);
    const find = {
      program: 'find',
      args: [join(folder, 'cover'), '!', '-type', 'l', '(', '!', '-user', 'root', '-o', '-perm', '/022', ')'],
    };
    expect((await machine.run(find, { timeoutSeconds: 20 })).stdout).toBe('');
    const rule = join(folder, 'cover/etc/sudoers.d/tunegate-nobody');
    expect((await stat(rule)).mode & 0o777).toBe(0o440);
    expect(await readFile(rule, 'utf8')).toBe(`nobody ALL=(root) NOPASSWD: ${program}\n`);
  });

  it('runs this one program as root and no other, and brings no environment along', async () => {
    const evil = { NODE_OPTIONS: '--no-such-option', LD_PRELOAD: '/none.so', SUDO_UID: '0', HOME: folder };
    expect(await sudo(evil, program, 'stop', 'nothing')).toMatchObject({ exitCode: 0 });
    for (const command of [['/usr/bin/id'], ['/bin/sh'], ['-u', 'nobody', program], [`${program}/../../../bin/sh`]]) {
      expect((await sudo({}, ...command)).exitCode, command.join(' ')).toBe(1);
    }
  });

  it('is refused what is no order', async () => {
    for (const args of [[], ['measure'], ['measure', '../../etc'], ['forget', '/'], ['measure', 'a', '--out=/etc']]) {
      expect((await sudo({}, program, ...args)).exitCode, args.join(' ')).toBe(2);
    }
    expect(await takeSnapshot()).toEqual(before);
  });

  it('measures with the action measure', async () => {
    const job = await createJob(780_001);
    const { code, said } = await (await start(job, 'main')).ended;
    expect(code, said).toBe(0);
    expect((await (await start(job, 'post')).ended).said).not.toContain('::warning::');
    expect(listArtifacts(job)).toEqual(['tunegate-run-stock-tuned-1']);
    expect((await readRun(join(job.folder, 'temp/tunegate-run-stock-tuned-1'))).end).toMatchObject({
      status: 'complete',
    });
    await expectNothingLeft(job);
  });

  it('ends what it cannot send a signal to, when the step is cancelled', async () => {
    const job = await createJob(780_002);
    const { child, ended } = await start(job, 'main');
    await expect.poll(() => readJournals(job), { timeout: 60_000, interval: 50 }).toMatch(/"kind":"sample"/);
    const cancelled = performance.now();
    child.kill('SIGINT');
    const { code, said } = await ended;
    expect(code, said).toBe(1);
    expect((performance.now() - cancelled) / 1000).toBeLessThan(7);
    expect(await takeSnapshot()).toEqual(before);
    await (await start(job, 'post')).ended;
    expect(listArtifacts(job)).toEqual(['tunegate-run-stock-tuned-1']);
    await expectNothingLeft(job);
  });

  it('is gone without a rest when it is uninstalled', async () => {
    const { exitCode, stderr } = await install('--uninstall', '--yes');
    expect(exitCode, stderr).toBe(0);
    for (const path of covered) expect(await readdir(join(folder, 'cover', path)), path).toEqual([]);
    expect(await takeSnapshot()).toEqual(before);
  });
});
