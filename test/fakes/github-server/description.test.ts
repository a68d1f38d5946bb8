import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type Description, readDescription } from './description.ts';
import { operationIds } from './operations.ts';
import { trimDescription } from './trim-openapi.ts';

const documentSchema = z.looseObject({
  info: z.looseObject({ version: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), z.looseObject({ operationId: z.string() }))),
});

describe("the copy of GitHub's description", () => {
  it('names its source and describes exactly the operations of the stand-in', async () => {
    const document = documentSchema.parse(
      JSON.parse(await readFile(new URL('./openapi.json', import.meta.url), 'utf8')),
    );
    expect(document.info.version).toMatch(/^@octokit\/openapi \d+\.\d+\.\d+$/);
    const described = Object.values(document.paths).flatMap((item) =>
      Object.values(item).map(({ operationId }) => operationId),
    );
    expect(described.toSorted()).toEqual([...operationIds].sort());
  });

  it('is made without prose, but with properties that are called like it', async () => {
    const trimmed = await trim({
      type: 'object',
      description: 'Prose',
      properties: {
        description: { type: 'string', example: 'x' },
        title: { type: 'string', nullable: true, enum: ['a'] },
      },
      required: ['description'],
    });
    expect(trimmed).toEqual({
      type: 'object',
      properties: { description: { type: 'string' }, title: { type: 'string', nullable: true, enum: ['a', null] } },
      required: ['description'],
    });
  });

  it('is made with `nullable` where a validator understands it', async () => {
    expect(await trim({ nullable: true, allOf: [{ type: 'object' }] })).toEqual({
      anyOf: [{ allOf: [{ type: 'object' }] }, { type: 'object', nullable: true, enum: [null] }],
    });
  });
});

/** A description of all operations with the same answer, put through the script. */
async function trim(schema: unknown): Promise<unknown> {
  const reference = { $ref: '#/components/schemas/it' };
  const responses = {
    200: { description: 'Yes', headers: {}, content: { 'application/json': { schema: reference } } },
  };
  const lists = { type: 'object', properties: { name: { type: 'string' }, description: { type: 'string' } } };
  const operations = operationIds.map((operationId) => ({ operationId, summary: 'Prose', 'x-github': {}, responses }));
  const source = {
    info: { version: '1.2.3' },
    paths: Object.fromEntries(operations.map((operation, index) => [`/${index}`, { get: operation }])),
    components: { schemas: { it: schema, 'pull-request-simple': lists } },
  };
  const file = join(await mkdtemp(join(tmpdir(), 'trim-')), 'api.json');
  await writeFile(file, JSON.stringify(source));
  const written = z
    .looseObject({
      paths: z.record(z.string(), z.unknown()),
      components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
    })
    .parse(JSON.parse(await trimDescription(file)));
  const described = { responses: { 200: { content: { 'application/json': { schema: reference } } } } };
  expect(written.paths['/0']).toEqual({ get: { operationId: operationIds[0], ...described } });
  return written.components.schemas.it;
}

describe('answers held against the description', () => {
  let description: Description;
  beforeAll(async () => {
    description = await readDescription();
  });

  it('refuses an answer that lacks what GitHub always gives', () => {
    expect(description.refuseAnswer('issues/create-comment', 201, { id: 1, body: 'Hello' })).toMatch(
      /^The answer is not as GitHub describes issues\/create-comment: .*node_id/,
    );
  });

  it('refuses a wrong type, a wrong address and a wrong time', () => {
    const label = {
      id: 1,
      node_id: 'a',
      url: 'https://api.github.com/x',
      name: 'a',
      description: null,
      color: 'ededed',
      default: false,
    };
    const refuse = (change: object) => description.refuseAnswer('issues/get-label', 200, { ...label, ...change });
    expect(refuse({})).toBeNull();
    expect(refuse({ id: '1' })).toContain('/id must be integer');
    expect(refuse({ url: 'nowhere' })).toContain('/url must match format "uri"');
    expect(refuse({ name: null })).toContain('/name must be string');
  });

  it('refuses a status that is not described, and a body where none belongs', () => {
    expect(description.refuseAnswer('issues/delete-comment', 200, {})).toContain(
      'no answer 200 of issues/delete-comment',
    );
    expect(description.refuseAnswer('issues/delete-comment', 204, undefined)).toBeNull();
    expect(description.refuseAnswer('issues/delete-comment', 204, {})).toContain('must have no body');
  });

  it('lets every operation refuse, with a message', () => {
    expect(description.refuseAnswer('checks/create', 403, { message: 'No' })).toBeNull();
    expect(description.refuseAnswer('checks/create', 403, { error: 'No' })).toContain('no message');
  });
});
