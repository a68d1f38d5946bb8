import { setTimeout as sleep } from 'node:timers/promises';
import { getOctokit } from '@actions/github';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';

export type GitHub = ReturnType<typeof getOctokit>;

/** A repository as GitHub's API takes it. */
export interface RepositoryName {
  readonly owner: string;
  readonly repo: string;
}

export interface ClientOptions {
  /** Address of the API; left out, `GITHUB_API_URL` as it was when this file was loaded. */
  readonly apiUrl?: string;
  /** Longest time for one try of one request, seconds. */
  readonly deadlineSeconds?: number;
  /** What a second of waiting between tries and between writes takes, milliseconds; tests wait less. */
  readonly waitUnitMilliseconds?: number;
}

/** A request that GitHub has limited is sent so often again; then it fails, and the error says so. */
const mostLimitRetries = 2;

/** Longest wait for a limit to end that we take part in, seconds: an hourly limit is not waited for on a paid runner. */
const longestLimitWait = 300;

/**
 * A client that retries what may pass (5xx and broken connections three times, rate limits as GitHub asks) and gives up
 * on each try after a deadline. A POST that got 5xx is sent again too, so whoever must not create a thing twice looks
 * first, or passes `request: { retries: 0 }`.
 *
 * Load this file by `import()`: with it come the clients, which take longer to load than an action may be silent.
 */
export function createClient(token: string, options: ClientOptions = {}): GitHub {
  const { apiUrl, deadlineSeconds = 30, waitUnitMilliseconds = 1000 } = options;
  const waitForLimit = (retryAfter: number, _request: unknown, _client: unknown, retryCount: number) =>
    retryAfter <= longestLimitWait && retryCount < mostLimitRetries;
  return getOctokit(
    token,
    {
      ...(apiUrl === undefined ? {} : { baseUrl: apiUrl }),
      userAgent: 'tunegate',
      retry: {
        // 429 is not among them: throttling waits only for limits that the answer names as such.
        doNotRetry: [400, 401, 403, 404, 409, 410, 422, 451],
        retryAfterBaseValue: waitUnitMilliseconds,
      },
      throttle: {
        ...pace(waitUnitMilliseconds),
        onRateLimit: waitForLimit,
        onSecondaryRateLimit: waitForLimit,
        retryAfterBaseValue: waitUnitMilliseconds,
      },
    },
    // First, so that it is the innermost: the deadline is that of one try.
    withDeadline(deadlineSeconds),
    refuseCutAnswers,
    throttling,
    retry,
  );
}

/**
 * What GitHub asks of whoever writes: a second between two, three where people are told of it. As the plugin does it
 * itself, but each client for itself, and with seconds as short as those of everything else that waits.
 * https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api
 */
function pace(secondMilliseconds: number): object {
  return { write: createQueue(secondMilliseconds), notifications: createQueue(3 * secondMilliseconds) };
}

/** Lets one job begin after the other, so far apart. In the form that the plugin wants: queues by the id of a client. */
function createQueue(apartMilliseconds: number) {
  let free = 0;
  const schedule = async (_options: unknown, job: () => Promise<unknown>) => {
    const now = performance.now();
    const start = Math.max(now, free);
    free = start + apartMilliseconds;
    if (start > now) await sleep(start - now);
    return job();
  };
  return { key: () => ({ schedule }) };
}

type Plugin = NonNullable<Parameters<typeof getOctokit>[2]>;

/** The options are changed in place: hooks hand on those that they were given, whatever they are called with. */
function withDeadline(seconds: number): Plugin {
  return (octokit) => {
    octokit.hook.wrap('request', async (send, options) => {
      const deadline = AbortSignal.timeout(seconds * 1000);
      const own = options.request.signal;
      options.request.signal = own instanceof AbortSignal ? AbortSignal.any([own, deadline]) : deadline;
      try {
        return await send(options);
      } finally {
        // The next try has a deadline of its own.
        Object.assign(options.request, { signal: own });
      }
    });
  };
}

/**
 * Of an answer that breaks off the client makes an empty text, which paging takes for an empty list. Here it becomes
 * a failure like any other of the server's, which is tried again.
 */
const refuseCutAnswers: Plugin = (octokit) => {
  octokit.hook.wrap('request', async (send, options) => {
    const response = await send(options);
    const isJson = /\bjson\b/.test(response.headers['content-type'] ?? '');
    if (!isJson || typeof response.data !== 'string') return response;
    const message = `the answer to ${options.method} ${options.url} was cut off`;
    throw Object.assign(new Error(message), { status: 500, request: options, response });
  });
};
