export type JsonObject = Readonly<Record<string, unknown>>;

/** What an endpoint gives back; `raw` bytes go out as they are and are not held against the description. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly raw?: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

const documentationUrl = 'https://docs.github.com/rest';

/** A refusal as GitHub words it: thrown by an endpoint, sent as its answer. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly answer: Answer;

  constructor(
    status: number,
    message: string,
    more: { errors?: readonly JsonObject[]; headers?: Record<string, string> } = {},
  ) {
    super(message);
    const errors = more.errors === undefined ? {} : { errors: more.errors };
    this.answer = {
      status,
      body: { message, ...errors, documentation_url: documentationUrl, status: String(status) },
      ...(more.headers === undefined ? {} : { headers: more.headers }),
    };
  }
}

export const notFound = (): ApiError => new ApiError(404, 'Not Found');

/** The form of most 422 answers. */
export function validationFailed(resource: string, field: string, code: string, message?: string): ApiError {
  const error = { resource, field, code, ...(message === undefined ? {} : { message }) };
  return new ApiError(422, 'Validation Failed', { errors: [error] });
}
