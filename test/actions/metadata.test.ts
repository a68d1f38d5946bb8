import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { home, listJobs, readWorkflows } from './read-workflows.ts';

const text = z.string().min(1);
const metadataSchema = z.strictObject({
  name: text,
  description: text,
  author: text.optional(),
  inputs: z.record(
    z.string(),
    z.strictObject({ description: text, required: z.boolean().optional(), default: z.string().optional() }),
  ),
  outputs: z.record(z.string(), z.strictObject({ description: text })).default({}),
  runs: z.strictObject({
    using: z.literal('node24'),
    main: text,
    post: text.optional(),
    'post-if': z.never().optional(),
  }),
  branding: z.strictObject({ icon: text, color: text }).optional(),
});

const names = globSync('actions/*/action.yml', { cwd: home })
  .map((path) => path.split('/')[1] ?? '')
  .sort();

function readMetadata(name: string) {
  return metadataSchema.parse(parse(readFileSync(`${home}/actions/${name}/action.yml`, 'utf8')));
}

function readSources(name: string): string {
  const files = globSync(`actions/${name}/*.ts`, { cwd: home }).sort();
  return files.map((path) => readFileSync(`${home}/${path}`, 'utf8')).join('\n');
}

/** Names that the action asks for, whatever it then makes of them. */
async function listInputsRead(name: string): Promise<readonly string[]> {
  const module: Record<string, unknown> = await import(`${home}/actions/${name}/inputs.ts`);
  const asked = new Set<string>();
  for (const [exported, read] of Object.entries(module)) {
    if (!exported.startsWith('read') || typeof read !== 'function') continue;
    try {
      read((input: string) => {
        asked.add(input);
        return '';
      });
    } catch {
      // Nothing is given, which may well be wrong.
    }
  }
  return [...asked].sort();
}

describe('actions', () => {
  it('are those of the design', () => {
    const all = [
      'gate',
      'measure',
      'plan',
      'prepare-host',
      'provision-guest',
      'record-history',
      'report',
      'run-benchmarks',
    ];
    expect(names).toEqual(all);
  });

  describe.each(names)('%s', (name) => {
    const metadata = readMetadata(name);
    const sources = readSources(name);

    it('declares exactly the inputs that it reads', async () => {
      expect(Object.keys(metadata.inputs).sort()).toEqual(await listInputsRead(name));
    });

    it('declares exactly the outputs that it sets', () => {
      const set = [...sources.matchAll(/setOutput\(\s*'([^']+)'/g)].map(([, output = '']) => output);
      const declared = Object.keys(metadata.outputs);
      expect(set.filter((output) => !declared.includes(output))).toEqual([]);
      // A name of one word may be the key of an object.
      const isSet = (output: string) => new RegExp(`['\\s{]${output}(?:'|[,:])`).test(sources);
      expect(declared.filter((output) => !isSet(output))).toEqual([]);
    });

    it('says which programs run, which are those that are built', () => {
      const { main, post } = metadata.runs;
      expect(main).toBe(`../dist/${name}/main.js`);
      const hasPost = globSync(`actions/${name}/post.ts`, { cwd: home }).length === 1;
      expect(post).toBe(hasPost ? `../dist/${name}/post.js` : undefined);
    });

    it('has a short entry, and a README that names every input and output', () => {
      const lines = readFileSync(`${home}/actions/${name}/main.ts`, 'utf8').trimEnd().split('\n');
      expect(lines.length).toBeLessThanOrEqual(12);
      const readme = readFileSync(`${home}/actions/${name}/README.md`, 'utf8');
      const unnamed = [...Object.keys(metadata.inputs), ...Object.keys(metadata.outputs)];
      expect(unnamed.filter((each) => !readme.includes(`\`${each}\``))).toEqual([]);
    });
  });
});

describe('steps of workflows', () => {
  const steps = listJobs(readWorkflows()).flatMap(({ title, job }) =>
    job.steps.filter(({ uses }) => uses?.startsWith('./actions/')).map((step) => ({ title, step })),
  );

  it.each(steps)('$title gives its action inputs that it has, and those that it needs', ({ step }) => {
    const { inputs } = readMetadata((step.uses ?? '').replace('./actions/', ''));
    const given = Object.keys(step.with);
    expect(given.filter((input) => !(input in inputs))).toEqual([]);
    const needed = Object.entries(inputs).filter(([, { required, default: usual }]) => required && usual === undefined);
    expect(needed.filter(([input]) => !given.includes(input))).toEqual([]);
  });
});
