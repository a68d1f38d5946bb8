import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type AjvCustomizer, OpenAPIBackend, type Request, ValidationContext } from 'openapi-backend';
import { createAnswerValidators, documentSchema, type Finding } from './answer-validators.ts';
import { type OperationId, operationIds } from './operations.ts';

export interface Matched {
  readonly operation: OperationId;
  /** Parameters of the path, decoded: clients send `contents/a%2Fb`. */
  readonly params: Readonly<Record<string, string>>;
}

/** GitHub's description of its API, as something requests and answers are held against. */
export interface Description {
  /** The operation that an address and a method mean; null: none that is described. */
  match(request: Request): Matched | null;
  /** null: the request is as described; else a sentence. */
  refuseRequest(request: Request, operation: OperationId): string | null;
  refuseAnswer(operation: OperationId, status: number, body: unknown): string | null;
}

const descriptionFile = fileURLToPath(new URL('./openapi.json', import.meta.url));

/** Reads the description; validators are made when first needed, so keep one for many servers. */
export async function readDescription(): Promise<Description> {
  const api = new OpenAPIBackend({
    definition: descriptionFile,
    // Without it the description itself is checked, and does not pass.
    quick: true,
    ajvOpts: { strict: false, logger: false },
    customizeAjv: addFormats,
  });
  await api.init();
  const answers = createAnswerValidators(
    api.validator.getAjv(ValidationContext.Response, { inlineRefs: false }),
    documentSchema.parse(JSON.parse(await readFile(descriptionFile, 'utf8'))),
  );
  const known = new Set<string>(operationIds);
  const isKnown = (id: string | undefined): id is OperationId => id !== undefined && known.has(id);
  return {
    match(request) {
      const operation = api.router.matchOperation(request);
      if (operation === undefined || !isKnown(operation.operationId)) return null;
      const { params } = api.router.parseRequest(request, operation);
      const decoded = Object.entries(params).map(([key, value]) => [key, decodeURIComponent(String(value))] as const);
      return { operation: operation.operationId, params: Object.fromEntries(decoded) };
    },
    refuseRequest(request, operation) {
      const { errors } = api.validator.validateRequest(request, operation);
      if (errors) return explain(`The request is not as GitHub describes ${operation}`, errors);
      const schema: unknown = api.router.getOperation(operation)?.requestBody;
      const unknown = findUnknownProperty(schema, request.body);
      return unknown === null ? null : `GitHub describes no property "${unknown}" in the body of ${operation}`;
    },
    refuseAnswer(operation, status, body) {
      const validate = answers(operation, status);
      if (validate === null && status >= 400)
        return hasMessage(body) ? null : `A refusal of ${operation} has no message`;
      if (validate === null) return `GitHub describes no answer ${status} of ${operation}`;
      const errors = validate(body);
      return errors === null ? null : explain(`The answer is not as GitHub describes ${operation}`, errors);
    },
  };
}

const formats: Readonly<Record<string, (text: string) => boolean>> = {
  uri: (text) => /^[a-z][a-z0-9+.-]*:\S+$/i.test(text),
  'date-time': (text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text),
  email: (text) => /^\S+@\S+$/.test(text),
};

const addFormats: AjvCustomizer = (ajv) => {
  for (const [name, validate] of Object.entries(formats)) ajv.addFormat(name, validate);
  return ajv;
};

function explain(sentence: string, errors: readonly Finding[]): string {
  const named = errors
    .slice(0, 5)
    .map(
      ({ instancePath, message, params }) =>
        `${instancePath === '' ? '/' : instancePath} ${message} ${JSON.stringify(params)}`,
    );
  return `${sentence}: ${named.join('; ')}`;
}

/** GitHub ignores properties it does not know; a name it does not know is a slip all the same. */
function findUnknownProperty(schema: unknown, body: unknown): string | null {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  const known = listProperties(schema);
  return known.size === 0 ? null : (Object.keys(body).find((key) => !known.has(key)) ?? null);
}

function listProperties(node: unknown): Set<string> {
  const names = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, below] of Object.entries(value)) {
      if (key === 'properties' && typeof below === 'object' && below !== null) {
        for (const name of Object.keys(below)) names.add(name);
      } else if (
        ['content', 'application/json', 'schema', 'oneOf', 'anyOf', 'allOf'].includes(key) ||
        /^\d+$/.test(key)
      ) {
        visit(below);
      }
    }
  };
  visit(node);
  return names;
}

function hasMessage(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string';
}
