// The road to authorities by policy: the proxy of the system, none, a named one, or no network at all. The servers are real.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settingsSchema } from '../../settings/settings';
import type { Fetcher } from '../../verifying';
import { validationFetcher } from './network';

let server: Server;
let own: URL;

beforeAll(async () => {
  // It answers with what it was asked for: a proxy is asked for a whole address.
  server = createServer((request, response) => response.end(request.url));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  own = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
});

afterAll(() => new Promise((done) => server.close(done)));

const settings = (more: object) => settingsSchema.shape.validation.parse(more);

async function ask(fetcher: Fetcher, url: string): Promise<string> {
  const { signal } = new AbortController();
  return Buffer.from(await fetcher({ url, accept: '*/*', maxBytes: 1000, signal })).toString();
}

describe('the road to authorities', () => {
  it('asks the system for the proxy of each address, unless the settings say otherwise', async () => {
    const asked: string[] = [];
    const system = async (url: URL) => {
      asked.push(url.host);
      return url.host === 'authority.test' ? { url: own } : null;
    };
    const fetcher = validationFetcher(settings({}), system);
    expect(await ask(fetcher, 'http://authority.test/ocsp')).toBe('http://authority.test/ocsp');
    expect(await ask(fetcher, new URL('/crl', own).href)).toBe('/crl');
    expect(asked).toEqual(['authority.test', own.host]);
    expect(await ask(validationFetcher(settings({ proxy: 'none' }), system), new URL('/crl', own).href)).toBe(
      '/crl',
    );
    const named = validationFetcher(settings({ proxy: own.href }), system);
    expect(await ask(named, 'http://other.test/')).toBe('http://other.test/');
    expect(asked).toHaveLength(2);
  });

  it('asks the system for https too, and fails with the proxy that it names', async () => {
    const closed = validationFetcher(settings({}), async () => ({ url: own }));
    await expect(ask(closed, 'https://authority.test/')).rejects.toThrow();
  });

  it('is closed by policy', async () => {
    await expect(ask(validationFetcher(settings({ network: false })), own.href)).rejects.toMatchObject({
      code: 'network-by-policy',
    });
  });
});
