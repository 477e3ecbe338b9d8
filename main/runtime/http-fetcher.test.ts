import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpFetch, httpFetchBy } from './http-fetcher';

let server: Server;
let address: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.url === '/echo') response.end(Buffer.concat(chunks));
      else if (request.url === '/moved') response.writeHead(302, { location: '/echo' }).end();
      else if (request.url === '/circle') response.writeHead(302, { location: '/circle' }).end();
      else if (request.url === '/away') response.writeHead(302, { location: 'file:///etc/passwd' }).end();
      else if (request.url === '/large') response.end(Buffer.alloc(100_000));
      else if (request.url === '/cut')
        response.writeHead(200, { 'content-length': 100 }).write('half', () => request.socket.destroy());
      else if (request.url === '/silent') void request;
      else if (request.url?.startsWith('http://authority.test/') === true)
        response.end(`${request.headers.host} ${request.url} ${Buffer.concat(chunks).toString()}`);
      else response.writeHead(500).end('no');
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const get = (path: string, more: { body?: Uint8Array; signal?: AbortSignal } = {}) =>
  httpFetch({
    url: `${address}${path}`,
    accept: '*/*',
    maxBytes: 50_000,
    signal: new AbortController().signal,
    ...more,
  });

describe('one bounded HTTP attempt', () => {
  it('posts a body and gives back the answer, also after a redirect', async () => {
    expect(Buffer.from(await get('/echo', { body: Buffer.from('hỏi') })).toString()).toBe('hỏi');
    expect((await get('/moved')).length).toBe(0);
  });

  it('rejects an error, a circle, another scheme, too much and half an answer', async () => {
    await expect(get('/error')).rejects.toThrow('status 500');
    await expect(get('/circle')).rejects.toThrow('redirects');
    await expect(get('/away')).rejects.toThrow('scheme');
    await expect(get('/large')).rejects.toThrow('too large');
    await expect(get('/cut')).rejects.toThrow();
  });

  it('hands a plain request to a proxy with the whole address, as if it were the server', async () => {
    const through = httpFetchBy({ proxyFor: async () => ({ url: new URL(address) }) });
    const signal = new AbortController().signal;
    const asked = { url: 'http://authority.test/ocsp?a=1', accept: '*/*', maxBytes: 1000, signal };
    const answer = await through({ ...asked, body: Buffer.from('hỏi') });
    expect(Buffer.from(answer).toString()).toBe('authority.test http://authority.test/ocsp?a=1 hỏi');
  });

  it('takes a finished connection for https, and fails with it', async () => {
    const through = httpFetchBy({ openSecure: () => Promise.reject(new Error('the proxy says no')) });
    const signal = new AbortController().signal;
    const asked = { url: 'https://authority.test/', accept: '*/*', maxBytes: 1000, signal };
    await expect(through(asked)).rejects.toThrow('the proxy says no');
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const waiting = get('/silent', { signal: stop.signal });
    stop.abort();
    await expect(waiting).rejects.toThrow();
  });
});
