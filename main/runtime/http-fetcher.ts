// One bounded HTTP attempt for public validation data (OCSP, revocation lists, issuer certificates): size, time and
// redirects are limited, nothing of the caller is sent along. It believes nothing that it fetches.
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';

export interface HttpFetch {
  readonly url: string;
  /** A POST when there is a body, else a GET. */
  readonly body?: Uint8Array;
  readonly contentType?: string;
  readonly accept: string;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

const maxRedirects = 3;

/** Resolves with the body of a 200 answer; rejects with an Error on everything else. */
export async function httpFetch(fetch: HttpFetch): Promise<Uint8Array> {
  let url = new URL(fetch.url);
  for (let step = 0; step <= maxRedirects; step++) {
    const answer = await attempt(url, fetch);
    if (answer.body !== undefined) return answer.body;
    url = new URL(answer.location, url);
  }
  throw new Error('too many redirects');
}

type Answer = { readonly body: Uint8Array } | { readonly body: undefined; readonly location: string };

function attempt(url: URL, fetch: HttpFetch): Promise<Answer> {
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return Promise.reject(new Error(`scheme ${url.protocol}`));
  }
  return new Promise((resolve, reject) => {
    const headers: Record<string, string | number> = { accept: fetch.accept };
    if (fetch.body !== undefined) {
      headers['content-type'] = fetch.contentType ?? 'application/octet-stream';
      headers['content-length'] = fetch.body.length;
    }
    const request: ClientRequest = send(
      url,
      { method: fetch.body === undefined ? 'GET' : 'POST', headers, signal: fetch.signal, agent: false },
      (response) => {
        receive(response, fetch.maxBytes).then(resolve, reject);
      },
    );
    request.on('error', reject);
    request.end(fetch.body);
  });
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
      reject(new Error(`status ${status}`));
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
