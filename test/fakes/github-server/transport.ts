import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from './answer.ts';

export interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly query: Readonly<Record<string, string>>;
  readonly content: Buffer;
  /** undefined: no body. */
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** Reads a request to its end. */
export async function readRequest(request: IncomingMessage, origin: string): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const content = Buffer.concat(chunks);
  const url = new URL(request.url ?? '/', origin);
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
  const isJson = content.length > 0 && !url.pathname.startsWith('/_blob/');
  const body: unknown = isJson ? parseJson(content) : undefined;
  return { method: request.method ?? 'GET', url, query: Object.fromEntries(url.searchParams), content, body, headers };
}

/** What is no JSON stays text, and then fits no description. */
function parseJson(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString());
  } catch {
    return content.toString();
  }
}

/** Sends an answer; `truncated`: its first half, and then the connection is gone. */
export function send(response: ServerResponse, answer: Answer, truncated: boolean): void {
  const content =
    answer.raw ?? (answer.body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(answer.body)));
  const headers: Record<string, string | number> = {
    'x-github-request-id': '0:0:0:0:0',
    'x-ratelimit-limit': 1000,
    'x-ratelimit-remaining': 999,
    'x-ratelimit-used': 1,
    ...(answer.body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    ...answer.headers,
    'content-length': content.length,
  };
  response.writeHead(answer.status, headers);
  if (!truncated) response.end(content);
  // The promised length never comes.
  else response.write(content.subarray(0, Math.floor(content.length / 2)), () => response.destroy());
}
