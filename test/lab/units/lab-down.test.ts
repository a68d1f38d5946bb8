import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/errors.ts';
import { markProcess } from '../../../src/hosts/processes.ts';
import { createRunState } from '../../../src/hosts/run-state.ts';
import { takeDown } from '../../../src/lab/lab-down.ts';
import { switchPower } from '../../../src/lab/lab-power.ts';
import { createLocalMachine } from '../../../src/machines/local.ts';

const machine = createLocalMachine();
let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'tunegate-lab-'));
});
afterEach(() => rm(root, { recursive: true }));

function createRequest() {
  const { signal } = new AbortController();
  return { machine, folder: `${root}/state`, cache: `${root}/cache`, pid: process.pid, now: () => new Date(), signal };
}

it('removes what a killed `up` left: its processes, files and half-built images, and keeps what is finished', async () => {
  const request = createRequest();
  await mkdir(`${request.cache}/base-1`, { recursive: true });
  await mkdir(`${request.cache}/stock-2.stage/tree`, { recursive: true });
  await writeFile(`${request.cache}/stock-2.stage.log`, '');
  await mkdir(request.folder);
  const state = await createRunState(machine, request.folder, 'lab');
  const builder = await machine.start({ program: 'sleep', args: ['60'] }, { logFile: '/dev/null' });
  const mark = await markProcess(machine, builder.pid);
  if (mark === null) throw new Error('sleep is not there');
  await state.noteProcess('building of the image', mark);
  await writeFile(`${request.folder}/stock.qcow2`, '');
  expect(await takeDown(request)).toEqual([`process ${builder.pid} (building of the image)`]);
  expect((await builder.ended).signal).toBe('SIGKILL');
  expect(await readdir(root)).toEqual(['cache']);
  expect(await readdir(request.cache)).toEqual(['base-1']);
});

it('has nothing to do where no lab ever was', async () => {
  expect(await takeDown(createRequest())).toEqual([]);
  expect(await readdir(root)).toEqual([]);
});

it('says that the lab is not up to who wants to switch a host, and which hosts there are', async () => {
  const attempt = switchPower(createRequest(), 'stock', 'cycle');
  await expect(attempt).rejects.toThrow(ConfigurationError);
  await expect(attempt).rejects.toThrow('the lab is not up; run `tunegate lab up`');
  await expect(switchPower(createRequest(), 'other', 'on')).rejects.toThrow('accepted are stock and tuned');
  expect(await readdir(root)).toEqual([]);
});
