// One bounded HTTP attempt for public validation data (OCSP, revocation lists, issuer certificates): size, time and
// redirects are limited, nothing of the caller is sent along. It believes nothing that it fetches.
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { HttpRefused } from './http-refused';

export interface HttpFetch {
  readonly url: string;
  /** A POST when there is a body, else a GET. */
  readonly body?: Uint8Array;
  readonly contentType?: string;
  readonly accept: string;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  /** Whether an answer may lead to another address; without it any may. */
  readonly mayFollow?: (from: URL, to: URL) => boolean;
}

export interface HttpProxy {
  readonly url: URL;
  /** Value of Proxy-Authorization. */
  readonly authorization?: string;
}

/** How servers are reached where it is not straight. */
export interface HttpRoute {
  /**
   * Asked for each plain request: the proxy that it is handed to, with the whole address (RFC 9112 3.2.2); null for the
   * straight way.
   */
  readonly proxyFor?: (url: URL) => Promise<HttpProxy | null>;
  /** The finished TLS connection for an https address, through a proxy or with roots of its own. */
  readonly openSecure?: (url: URL, signal: AbortSignal) => Promise<Socket>;
}

const maxRedirects = 3;

/** Resolves with the body of a 200 answer; rejects with an Error on everything else. */
export const httpFetch = httpFetchBy({});

/** The same along a route. */
export function httpFetchBy(route: HttpRoute): (fetch: HttpFetch) => Promise<Uint8Array> {
  return async (fetch) => {
    let url = new URL(fetch.url);
    for (let step = 0; step <= maxRedirects; step++) {
      const answer = await attempt(url, fetch, route);
      if (answer.body !== undefined) return answer.body;
      const to = new URL(answer.location, url);
      if (fetch.mayFollow?.(url, to) === false) throw new Error(`redirect to ${to.host}`);
      url = to;
    }
    throw new Error('too many redirects');
  };
}

type Answer = { readonly body: Uint8Array } | { readonly body: undefined; readonly location: string };

async function attempt(url: URL, fetch: HttpFetch, route: HttpRoute): Promise<Answer> {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new Error(`scheme ${url.protocol}`);
  const headers: Record<string, string | number> = { accept: fetch.accept };
  if (fetch.body !== undefined) {
    headers['content-type'] = fetch.contentType ?? 'application/octet-stream';
    headers['content-length'] = fetch.body.length;
  }
  const given = { method: fetch.body === undefined ? 'GET' : 'POST', headers, signal: fetch.signal };
  const begin = await beginning(url, route, fetch.signal);
  return new Promise((resolve, reject) => {
    const request = begin(given, (response) => {
      receive(response, fetch.maxBytes).then(resolve, reject);
    });
    request.on('error', reject);
    request.end(fetch.body);
  });
}

interface Given {
  readonly method: string;
  readonly headers: Record<string, string | number>;
  readonly signal: AbortSignal;
}

type Begin = (given: Given, answered: (response: IncomingMessage) => void) => ClientRequest;

async function beginning(url: URL, route: HttpRoute, signal: AbortSignal): Promise<Begin> {
  if (url.protocol === 'https:') {
    const { openSecure } = route;
    if (openSecure === undefined) {
      return (given, answered) => httpsRequest(url, { ...given, agent: false }, answered);
    }
    const socket = await openSecure(url, signal);
    return ({ headers, ...given }, answered) =>
      httpRequest(
        {
          ...given,
          path: `${url.pathname}${url.search}`,
          headers: { ...headers, host: url.host },
          createConnection: () => socket,
        },
        answered,
      );
  }
  const proxy = (await route.proxyFor?.(url)) ?? null;
  if (proxy === null) return (given, answered) => httpRequest(url, { ...given, agent: false }, answered);
  return ({ headers, ...given }, answered) =>
    httpRequest(
      {
        ...given,
        host: proxy.url.hostname,
        port: proxy.url.port === '' ? 80 : Number(proxy.url.port),
        path: url.href,
        headers: {
          ...headers,
          host: url.host,
          ...(proxy.authorization === undefined ? {} : { 'proxy-authorization': proxy.authorization }),
        },
        agent: false,
      },
      answered,
    );
}

function receive(response: IncomingMessage, maxBytes: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const status = response.statusCode ?? 0;
    const { location } = response.headers;
    if (status >= 300 && status < 400 && location !== undefined) {
      response.destroy();
      resolve({ body: undefined, location });
      return;
    }
    if (status !== 200) {
      response.destroy();
      reject(new HttpRefused(status));
      return;
    }
    const parts: Buffer[] = [];
    let size = 0;
    response.on('data', (part: Buffer) => {
      size += part.length;
      if (size > maxBytes) response.destroy(new Error('answer too large'));
      else parts.push(part);
    });
    response.on('error', reject);
    response.on('aborted', () => reject(new Error('answer cut off')));
    response.on('end', () => resolve({ body: Buffer.concat(parts) }));
  });
}
