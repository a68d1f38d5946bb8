import type { AjvCustomizer } from 'openapi-backend';
import * as z from 'zod';
import type { OperationId } from './operations.ts';

export interface Finding {
  readonly instancePath: string;
  readonly message?: string | undefined;
  readonly params?: unknown;
}

const responseSchema = z.looseObject({
  $ref: z.string().optional(),
  content: z.record(z.string(), z.unknown()).optional(),
});
export const documentSchema = z.looseObject({
  paths: z.record(
    z.string(),
    z.record(z.string(), z.looseObject({ operationId: z.string(), responses: z.record(z.string(), responseSchema) })),
  ),
  components: z.looseObject({ responses: z.record(z.string(), responseSchema) }),
});

type Validator = ReturnType<AjvCustomizer>;
type ValidateAnswer = (body: unknown) => readonly Finding[] | null;

/**
 * Validators of answers. openapi-backend would do it, but puts every component in place of each reference to it,
 * and a user is in a hundred places: ten seconds for all operations. Here a component is compiled once.
 */
export function createAnswerValidators(
  ajv: Validator,
  document: z.infer<typeof documentSchema>,
): (operation: OperationId, status: number) => ValidateAnswer | null {
  ajv.addSchema(document, 'github');
  const made = new Map<string, ValidateAnswer | null>();
  const make = (operation: OperationId, status: number): ValidateAnswer | null => {
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, { operationId, responses }] of Object.entries(methods)) {
        const response = responses[String(status)];
        if (operationId !== operation || response === undefined) continue;
        const place = response.$ref?.slice('#/'.length).split('/') ?? [
          'paths',
          path,
          method,
          'responses',
          String(status),
        ];
        const found = response.$ref === undefined ? response : document.components.responses[place.at(-1) ?? ''];
        return makeValidator(ajv, place, found?.content);
      }
    }
    return null;
  };
  return (operation, status) => {
    const key = `${operation} ${status}`;
    const validate = made.get(key) ?? make(operation, status);
    made.set(key, validate);
    return validate;
  };
}

/** Of the schema at a place of the document; where none is described there must be no body. */
function makeValidator(ajv: Validator, place: readonly string[], content: unknown): ValidateAnswer {
  if (content === undefined) {
    return (body) => (body === undefined ? null : [{ instancePath: '', message: 'must have no body' }]);
  }
  const pointer = [...place, 'content', 'application/json', 'schema']
    .map((key) => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/');
  const validate = ajv.compile({ $ref: `github#/${pointer}` });
  return (body) => (validate(body) ? null : (validate.errors ?? []));
}
