import { messageOf } from '../errors.ts';

/** The HTTP status of an error of the client; null for anything else that was thrown. */
export function statusOf(thrown: unknown): number | null {
  const status: unknown = thrown instanceof Error ? Reflect.get(thrown, 'status') : undefined;
  return typeof status === 'number' ? status : null;
}

/**
 * Whether GitHub says that this token may not do that. To a token without access it answers 404 as well, and to one
 * that writes where nobody may any more 410. A limit that is reached is 403 too, but passes with time.
 */
export function isRefusal(thrown: unknown): boolean {
  const status = statusOf(thrown);
  if (status === 404 || status === 410) return true;
  return status === 403 && !/rate limit|abuse/i.test(messageOf(thrown));
}

/** 422 for a text that is longer than GitHub takes: `body is too long (maximum is 65536 characters)`. */
export function isTooLong(thrown: unknown): boolean {
  return statusOf(thrown) === 422 && /too long|maximum/i.test(messageOf(thrown));
}
