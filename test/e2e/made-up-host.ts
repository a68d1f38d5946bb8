import { mkdir, rm, rmdir, symlink, writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { findRunFolders, runsFolder } from '../../src/hosts/root-program.ts';
import { measureRequestSchema } from '../../src/hosts/root-requests.schema.ts';
import { parsePlan } from '../../src/plans/parse-plan.ts';
import { resolvePlan } from '../../src/plans/resolve-plan.ts';
import { parseResolvedProfile } from '../../src/profiles/resolve-profile.ts';
import type { Run } from '../../src/results/journal.schema.ts';
import { buildRun, renderJournal, usualValue } from '../comparison/build-run.ts';

/**
 * In the place of the privileged program: makes a run up in no time, for what is about other things than measuring. With
 * E2E_HOST=hostile the host is in the hands of somebody who wants to harm the reader of the report.
 */
const [verb = '', id = ''] = process.argv.slice(2);
const { folder, run } = findRunFolders(id);
if (verb === 'measure') await measure(measureRequestSchema.parse(JSON.parse(await text(process.stdin))));
if (verb === 'forget') {
  await rm(folder, { recursive: true, force: true });
  await rmdir(runsFolder).catch(() => {});
}

async function measure(request: { plan: string; baseline: string; candidate: string }): Promise<void> {
  const plan = resolvePlan(parsePlan(request.plan, 'plan.yaml', null), { regime: 'deployment', unsupported: [] });
  const sides = { baseline: await readSide(request.baseline), candidate: await readSide(request.candidate) };
  const made = buildRun({ id, plan, checks: () => [], value: usualValue });
  const whole: Run = { ...made, header: { ...made.header, ...sides } };
  await mkdir(`${run}/logs`, { recursive: true });
  if (process.env.E2E_HOST === 'hostile') await writeHostile(whole);
  else await writeFile(`${run}/run.jsonl`, renderJournal(whole));
}

async function readSide(profile: string): Promise<Run['header']['baseline']> {
  const { name, sha256 } = await parseResolvedProfile({ text: profile, fileName: 'profile.yaml' });
  return { profile: name, sha256, revision: null, parameters: {} };
}

const evil = '\u202e<img src=x onerror=alert(1)>\n\n# @everyone ![x](https://evil.example/x) | `x` |';

/** Everything that a journal may say freely says something else; links lead out of the folder. */
async function writeHostile(whole: Run): Promise<void> {
  const [first, ...others] = whole.deployments;
  if (first === undefined) throw new Error('a run without a deployment');
  const facts = { host: { 'kernel.release': evil, [evil]: evil }, guest: {}, client: {} };
  const deployments = [{ ...first, facts, host: evil }, ...others];
  const end = { kind: 'run-end' as const, time: first.time, status: 'partial' as const, reason: evil };
  await writeFile(`${run}/run.jsonl`, renderJournal({ ...whole, deployments, end }));
  await writeFile(`${run}/request.json`, JSON.stringify({ pullRequest: 1, headSha: '0'.repeat(40) }));
  await symlink('/etc/shadow', `${run}/logs/shadow`);
  process.stdout.write('::set-output name=status::complete\n::error::owned\n::add-mask::success\n');
}
