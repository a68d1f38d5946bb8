import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  getOctokit,
  require_light,
  retry
} from "./chunk-UCMJ63QK.js";
import {
  commentEventSchema,
  emptyEventSchema,
  pullRequestEventSchema,
  pushEventSchema
} from "./chunk-EB5MUFAI.js";
import {
  ZodError,
  describeProblems
} from "./chunk-QDEKYFEH.js";
import {
  ConfigurationError,
  messageOf
} from "./chunk-5RZY2RT7.js";
import {
  __toESM
} from "./chunk-Z4OLDYZE.js";

// src/github/client.ts
import { setTimeout as sleep } from "node:timers/promises";

// node_modules/@octokit/plugin-throttling/dist-bundle/index.js
var import_light = __toESM(require_light(), 1);
var VERSION = "0.0.0-development";
var noop = () => Promise.resolve();
function wrapRequest(state, request, options) {
  return state.retryLimiter.schedule(doRequest, state, request, options);
}
async function doRequest(state, request, options) {
  const { pathname } = new URL(options.url, "http://github.test");
  const isAuth = isAuthRequest(options.method, pathname);
  const isWrite = !isAuth && options.method !== "GET" && options.method !== "HEAD";
  const isSearch = options.method === "GET" && pathname.startsWith("/search/");
  const isGraphQL = pathname.startsWith("/graphql");
  const retryCount = ~~request.retryCount;
  const jobOptions = retryCount > 0 ? { priority: 0, weight: 0 } : {};
  if (state.clustering) {
    jobOptions.expiration = 1e3 * 60;
  }
  if (isWrite || isGraphQL) {
    await state.write.key(state.id).schedule(jobOptions, noop);
  }
  if (isWrite && state.triggersNotification(pathname)) {
    await state.notifications.key(state.id).schedule(jobOptions, noop);
  }
  if (isSearch) {
    await state.search.key(state.id).schedule(jobOptions, noop);
  }
  const req = (isAuth ? state.auth : state.global).key(state.id).schedule(jobOptions, request, options);
  if (isGraphQL) {
    const res = await req;
    if (res.data.errors != null && res.data.errors.some((error) => error.type === "RATE_LIMITED")) {
      const error = Object.assign(new Error("GraphQL Rate Limit Exceeded"), {
        response: res,
        data: res.data
      });
      throw error;
    }
  }
  return req;
}
function isAuthRequest(method, pathname) {
  return method === "PATCH" && // https://docs.github.com/en/rest/apps/apps?apiVersion=2022-11-28#create-a-scoped-access-token
  /^\/applications\/[^/]+\/token\/scoped$/.test(pathname) || method === "POST" && // https://docs.github.com/en/rest/apps/oauth-applications?apiVersion=2022-11-28#reset-a-token
  (/^\/applications\/[^/]+\/token$/.test(pathname) || // https://docs.github.com/en/rest/apps/apps?apiVersion=2022-11-28#create-an-installation-access-token-for-an-app
  /^\/app\/installations\/[^/]+\/access_tokens$/.test(pathname) || // https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps
  pathname === "/login/oauth/access_token");
}
var triggers_notification_paths_default = [
  "/orgs/{org}/invitations",
  "/orgs/{org}/invitations/{invitation_id}",
  "/orgs/{org}/teams/{team_slug}/discussions",
  "/orgs/{org}/teams/{team_slug}/discussions/{discussion_number}/comments",
  "/repos/{owner}/{repo}/collaborators/{username}",
  "/repos/{owner}/{repo}/commits/{commit_sha}/comments",
  "/repos/{owner}/{repo}/issues",
  "/repos/{owner}/{repo}/issues/{issue_number}/comments",
  "/repos/{owner}/{repo}/issues/{issue_number}/sub_issue",
  "/repos/{owner}/{repo}/issues/{issue_number}/sub_issues/priority",
  "/repos/{owner}/{repo}/pulls",
  "/repos/{owner}/{repo}/pulls/{pull_number}/comments",
  "/repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies",
  "/repos/{owner}/{repo}/pulls/{pull_number}/merge",
  "/repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers",
  "/repos/{owner}/{repo}/pulls/{pull_number}/reviews",
  "/repos/{owner}/{repo}/releases",
  "/teams/{team_id}/discussions",
  "/teams/{team_id}/discussions/{discussion_number}/comments"
];
function routeMatcher(paths) {
  const regexes = paths.map(
    (path) => path.split("/").map((c) => c.startsWith("{") ? "(?:.+?)" : c).join("/")
  );
  const regex2 = `^(?:${regexes.map((r) => `(?:${r})`).join("|")})[^/]*$`;
  return new RegExp(regex2, "i");
}
var regex = routeMatcher(triggers_notification_paths_default);
var triggersNotification = regex.test.bind(regex);
var groups = {};
var createGroups = function(Bottleneck, common) {
  groups.global = new Bottleneck.Group({
    id: "octokit-global",
    maxConcurrent: 10,
    ...common
  });
  groups.auth = new Bottleneck.Group({
    id: "octokit-auth",
    maxConcurrent: 1,
    ...common
  });
  groups.search = new Bottleneck.Group({
    id: "octokit-search",
    maxConcurrent: 1,
    minTime: 2e3,
    ...common
  });
  groups.write = new Bottleneck.Group({
    id: "octokit-write",
    maxConcurrent: 1,
    minTime: 1e3,
    ...common
  });
  groups.notifications = new Bottleneck.Group({
    id: "octokit-notifications",
    maxConcurrent: 1,
    minTime: 3e3,
    ...common
  });
};
function throttling(octokit, octokitOptions) {
  const {
    enabled = true,
    Bottleneck = import_light.default,
    id = "no-id",
    timeout = 1e3 * 60 * 2,
    // Redis TTL: 2 minutes
    connection
  } = octokitOptions.throttle || {};
  if (!enabled) {
    return {};
  }
  const common = { timeout };
  if (typeof connection !== "undefined") {
    common.connection = connection;
  }
  const state = Object.assign(
    {
      clustering: connection != null,
      triggersNotification,
      fallbackSecondaryRateRetryAfter: 60,
      retryAfterBaseValue: 1e3,
      id
    },
    octokitOptions.throttle
  );
  if (typeof state.onSecondaryRateLimit !== "function" || typeof state.onRateLimit !== "function") {
    throw new Error(`octokit/plugin-throttling error:
        You must pass the onSecondaryRateLimit and onRateLimit error handlers.
        See https://octokit.github.io/rest.js/#throttling

        const octokit = new Octokit({
          throttle: {
            onSecondaryRateLimit: (retryAfter, options) => {/* ... */},
            onRateLimit: (retryAfter, options) => {/* ... */}
          }
        })
    `);
  }
  let initialized = false;
  const initializeBottleneck = () => {
    if (initialized) {
      return;
    }
    initialized = true;
    if (groups.global == null) {
      createGroups(Bottleneck, common);
    }
    state.global = state.global ?? groups.global;
    state.auth = state.auth ?? groups.auth;
    state.search = state.search ?? groups.search;
    state.write = state.write ?? groups.write;
    state.notifications = state.notifications ?? groups.notifications;
    state.retryLimiter = state.retryLimiter ?? new Bottleneck();
    const events = {};
    const emitter = new Bottleneck.Events(events);
    events.on("secondary-limit", state.onSecondaryRateLimit);
    events.on("rate-limit", state.onRateLimit);
    events.on(
      "error",
      (e) => octokit.log.warn("Error in throttling-plugin limit handler", e)
    );
    state.retryLimiter.on("failed", async function(error, info) {
      const [state2, request, options] = info.args;
      const { pathname } = new URL(options.url, "http://github.test");
      const shouldRetryGraphQL = pathname.startsWith("/graphql") && error.status !== 401;
      if (!(shouldRetryGraphQL || error.status === 403 || error.status === 429)) {
        return;
      }
      const retryCount = ~~request.retryCount;
      request.retryCount = retryCount;
      options.request.retryCount = retryCount;
      const { wantRetry, retryAfter = 0 } = await (async function() {
        if (/\bsecondary rate\b/i.test(error.message)) {
          const retryAfter2 = Number(error.response.headers["retry-after"]) || state2.fallbackSecondaryRateRetryAfter;
          const wantRetry2 = await emitter.trigger(
            "secondary-limit",
            retryAfter2,
            options,
            octokit,
            retryCount
          );
          return { wantRetry: wantRetry2, retryAfter: retryAfter2 };
        }
        if (error.response.headers != null && error.response.headers["x-ratelimit-remaining"] === "0" || (error.response.data?.errors ?? []).some(
          (error2) => error2.type === "RATE_LIMITED"
        )) {
          const rateLimitReset = new Date(
            ~~error.response.headers["x-ratelimit-reset"] * 1e3
          ).getTime();
          const retryAfter2 = Math.max(
            // Add one second so we retry _after_ the reset time
            // https://docs.github.com/en/rest/overview/resources-in-the-rest-api?apiVersion=2022-11-28#exceeding-the-rate-limit
            Math.ceil((rateLimitReset - Date.now()) / 1e3) + 1,
            0
          );
          const wantRetry2 = await emitter.trigger(
            "rate-limit",
            retryAfter2,
            options,
            octokit,
            retryCount
          );
          return { wantRetry: wantRetry2, retryAfter: retryAfter2 };
        }
        return {};
      })();
      if (wantRetry) {
        request.retryCount++;
        return retryAfter * state2.retryAfterBaseValue;
      }
    });
  };
  octokit.hook.wrap("request", (request, options) => {
    initializeBottleneck();
    return wrapRequest(state, request, options);
  });
  return {};
}
throttling.VERSION = VERSION;
throttling.triggersNotification = triggersNotification;

// src/github/client.ts
var mostLimitRetries = 2;
var longestLimitWait = 300;
function createClient(token, options = {}) {
  const { apiUrl, deadlineSeconds = 30, waitUnitMilliseconds = 1e3 } = options;
  const waitForLimit = (retryAfter, _request, _client, retryCount) => retryAfter <= longestLimitWait && retryCount < mostLimitRetries;
  return getOctokit(
    token,
    {
      ...apiUrl === void 0 ? {} : { baseUrl: apiUrl },
      userAgent: "tunegate",
      retry: {
        // 429 is not among them: throttling waits only for limits that the answer names as such.
        doNotRetry: [400, 401, 403, 404, 409, 410, 422, 451],
        retryAfterBaseValue: waitUnitMilliseconds
      },
      throttle: {
        ...pace(waitUnitMilliseconds),
        onRateLimit: waitForLimit,
        onSecondaryRateLimit: waitForLimit,
        retryAfterBaseValue: waitUnitMilliseconds
      }
    },
    // First, so that it is the innermost: the deadline is that of one try.
    withDeadline(deadlineSeconds),
    refuseCutAnswers,
    throttling,
    retry
  );
}
function pace(secondMilliseconds) {
  return { write: createQueue(secondMilliseconds), notifications: createQueue(3 * secondMilliseconds) };
}
function createQueue(apartMilliseconds) {
  let free = 0;
  const schedule = async (_options, job) => {
    const now = performance.now();
    const start = Math.max(now, free);
    free = start + apartMilliseconds;
    if (start > now) await sleep(start - now);
    return job();
  };
  return { key: () => ({ schedule }) };
}
function withDeadline(seconds) {
  return (octokit) => {
    octokit.hook.wrap("request", async (send, options) => {
      const deadline = AbortSignal.timeout(seconds * 1e3);
      const own = options.request.signal;
      options.request.signal = own instanceof AbortSignal ? AbortSignal.any([own, deadline]) : deadline;
      try {
        return await send(options);
      } finally {
        Object.assign(options.request, { signal: own });
      }
    });
  };
}
var refuseCutAnswers = (octokit) => {
  octokit.hook.wrap("request", async (send, options) => {
    const response = await send(options);
    const isJson = /\bjson\b/.test(response.headers["content-type"] ?? "");
    if (!isJson || typeof response.data !== "string") return response;
    const message = `the answer to ${options.method} ${options.url} was cut off`;
    throw Object.assign(new Error(message), { status: 500, request: options, response });
  });
};

// src/github/event.ts
import { open } from "node:fs/promises";
var largestEvent = 25 * 1024 * 1024;
var parsers = /* @__PURE__ */ new Map([
  ["pull_request_target", (data) => describePullRequest(pullRequestEventSchema.parse(data))],
  ["issue_comment", (data) => describeComment(commentEventSchema.parse(data))],
  ["push", (data) => describePush(pushEventSchema.parse(data))],
  ["schedule", (data) => ({ ...emptyEventSchema.parse(data), kind: "schedule" })],
  ["workflow_dispatch", (data) => ({ ...emptyEventSchema.parse(data), kind: "manual" })]
]);
async function readEvent(source) {
  return parseEvent(source.eventName, await readCapped(source.eventPath));
}
function parseEvent(name, text) {
  const parse = parsers.get(name);
  if (parse === void 0) {
    throw new ConfigurationError(
      `the event ${JSON.stringify(name.slice(0, 60))} is none that Tunegate acts on, accepted are ${[...parsers.keys()].join(", ")}`
    );
  }
  try {
    return parse(JSON.parse(text));
  } catch (error) {
    const finding = error instanceof ZodError ? describeProblems(error) : messageOf(error);
    throw new ConfigurationError(`the event ${name} is not as GitHub describes it: ${finding.slice(0, 500)}`, {
      cause: error
    });
  }
}
function describePullRequest(event) {
  const { action, label, sender, pull_request: pull } = event;
  const common = { number: pull.number, headSha: pull.head.sha, sender: sender.login };
  switch (action) {
    case "opened":
    case "synchronize":
    case "reopened":
      return { kind: "pull-request", action, ...common };
    case "labeled":
      return label === void 0 ? { kind: "other", sentence: "A label was set, but the event does not say which." } : { kind: "label", label: label.name, ...common };
    default:
      return { kind: "other", sentence: "The change of the pull request is none that asks for a measurement." };
  }
}
function describeComment({ action, issue, comment }) {
  if (action !== "created") return { kind: "other", sentence: "Only a new comment can be a command." };
  if (issue.pull_request === void 0 || issue.pull_request === null) {
    return { kind: "other", sentence: "The comment is on an issue, not on a pull request." };
  }
  return { kind: "comment", number: issue.number, body: comment.body, author: comment.user?.login ?? null };
}
function describePush({ ref, after }) {
  return { kind: "push", ref, sha: after };
}
async function readCapped(path) {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size > largestEvent) {
      throw new ConfigurationError(`the event has ${size} bytes, at most ${largestEvent} are accepted`);
    }
    return new TextDecoder("utf-8", { fatal: true }).decode(await file.readFile());
  } finally {
    await file.close();
  }
}

export {
  createClient,
  readEvent
};
