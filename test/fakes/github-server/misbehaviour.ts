import type { Answer } from './answer.ts';
import { ApiError } from './answer.ts';

export type Trouble =
  | 'forbidden'
  | 'not-found'
  | 'unprocessable'
  | 'too-many-requests'
  | 'secondary-rate-limit'
  | 'rate-limit'
  | 'bad-gateway'
  | 'slow'
  | 'truncated'
  | 'disconnect';

export interface Misbehaviour {
  readonly kind: Trouble;
  /** Name of an operation, as in `operations.ts` or `artifact-service.ts`, or a pattern of names; any unless given. */
  readonly operation?: string | RegExp;
  readonly method?: string;
  /** How many answers are spoilt: 1 unless given; `Infinity` for all. */
  readonly times?: number;
  /** 2: every second call that fits, beginning with the first. */
  readonly every?: number;
  /** Of 429, the secondary and the primary rate limit; 1 unless given. */
  readonly retryAfterSeconds?: number;
  /** Of `slow`; 1000 unless given. */
  readonly delayMilliseconds?: number;
  /** The request takes effect and only its answer is lost, as a gateway does that gives up too early. `truncated` and `slow` always do it. */
  readonly afterEffect?: boolean;
}

export interface MisbehaviourHandle {
  /** How many answers were spoilt so far. */
  readonly spoilt: number;
  stop(): void;
}

interface Active {
  readonly wish: Misbehaviour;
  calls: number;
  spoilt: number;
  stopped: boolean;
}

export interface Misbehaviours {
  add(wish: Misbehaviour): MisbehaviourHandle;
  /** What this call meets, if anything; counts it. */
  take(operation: string, method: string): Misbehaviour | null;
  clear(): void;
}

export function createMisbehaviours(): Misbehaviours {
  const active: Active[] = [];
  return {
    add(wish) {
      const added: Active = { wish, calls: 0, spoilt: 0, stopped: false };
      active.push(added);
      return {
        get spoilt() {
          return added.spoilt;
        },
        stop: () => {
          added.stopped = true;
        },
      };
    },
    take(operation, method) {
      for (const each of active) {
        if (each.stopped || each.spoilt >= (each.wish.times ?? (each.wish.every === undefined ? 1 : Infinity)))
          continue;
        if (!fits(each.wish, operation, method)) continue;
        const turn = each.calls++ % (each.wish.every ?? 1) === 0;
        if (!turn) continue;
        each.spoilt++;
        return each.wish;
      }
      return null;
    },
    clear: () => active.splice(0),
  };
}

function fits(wish: Misbehaviour, operation: string, method: string): boolean {
  if (wish.method !== undefined && wish.method !== method) return false;
  if (wish.operation === undefined) return true;
  return typeof wish.operation === 'string' ? wish.operation === operation : wish.operation.test(operation);
}

/** The answer in place of the right one; null: the right one, spoilt on its way out. */
export function buildTrouble(wish: Misbehaviour): Answer | null {
  const seconds = String(wish.retryAfterSeconds ?? 1);
  const refuse = (status: number, message: string, headers: Record<string, string> = {}) =>
    new ApiError(status, message, { headers }).answer;
  switch (wish.kind) {
    case 'forbidden':
      return refuse(403, 'Resource not accessible by integration');
    case 'not-found':
      return refuse(404, 'Not Found');
    case 'unprocessable':
      return new ApiError(422, 'Validation Failed', {
        errors: [{ resource: 'Unknown', field: 'unknown', code: 'custom' }],
      }).answer;
    case 'too-many-requests':
      return refuse(429, 'Too many requests', { 'retry-after': seconds });
    case 'secondary-rate-limit':
      return refuse(403, 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.', {
        'retry-after': seconds,
      });
    case 'rate-limit':
      return refuse(403, 'API rate limit exceeded for installation.', {
        'x-ratelimit-limit': '1000',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + Number(seconds)),
      });
    case 'bad-gateway':
      // What stands before the API answers this one: a page, not JSON.
      return {
        status: 502,
        raw: Buffer.from('<html><body>502 Bad Gateway</body></html>'),
        headers: { 'content-type': 'text/html' },
      };
    case 'slow':
    case 'truncated':
    case 'disconnect':
      return null;
  }
}
