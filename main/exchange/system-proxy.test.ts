// What the system says of its proxy, and that a request goes through the one that is found for its address.
import { expect, test } from 'vitest';
import { hostileServer } from './hostile-server.fixture';
import { nodeTransport } from './node-transport';
import { keepFound, proxyOfEnvironment, proxyOfList } from './system-proxy';
import { defaultLimits } from './transport';

test.each([
  ['DIRECT', null],
  ['PROXY proxy.gov.vn:3128', 'http://proxy.gov.vn:3128/'],
  ['PROXY 10.0.0.1:8080; DIRECT', 'http://10.0.0.1:8080/'],
  ['DIRECT; PROXY 10.0.0.1:8080', null],
  ['SOCKS5 10.0.0.1:1080; PROXY 10.0.0.2:80', 'http://10.0.0.2/'],
  ['HTTPS 10.0.0.1:443', null],
  ['PROXY ; PROXY :::', null],
  ['', null],
])('%j is %j', (list, url) => {
  expect(proxyOfList(list)?.url.href ?? null).toBe(url);
});

const request = {
  method: 'GET',
  url: new URL('http://hub.invalid/x'),
  headers: [['Host', 'hub.invalid']],
  body: null,
  limits: { ...defaultLimits, connectMs: 5000 },
} as const;

test('the proxy is asked for each address and carries its request', async () => {
  const proxy = await hostileServer((socket) => void socket.end('HTTP/1.1 502 No\r\n\r\n'));
  const asked: string[] = [];
  const transport = nodeTransport({
    plainHttpHosts: ['hub.invalid'],
    proxyFor: async (url) => {
      asked.push(url.href);
      return proxyOfList(`PROXY 127.0.0.1:${proxy.port}`);
    },
  });
  const outcome = await transport.request(request, async () => null);
  expect(outcome).toMatchObject({ kind: 'not-sent', reason: 'proxy' });
  expect(asked).toEqual(['http://hub.invalid/x']);
  expect(proxy.received()).toMatch(/^CONNECT hub\.invalid:80 HTTP\/1\.1/);
  await proxy.close();
});

test('a system that cannot say which proxy it has sends nothing past it', async () => {
  const transport = nodeTransport({
    plainHttpHosts: ['hub.invalid'],
    proxyFor: () => Promise.reject(new Error('no answer')),
  });
  expect(await transport.request(request, async () => null)).toMatchObject({
    kind: 'not-sent',
    reason: 'proxy',
  });
});

test.each([
  ['https://hub.gov.vn/x', { https_proxy: 'http://p:3128' }, 'http://p:3128/'],
  ['https://hub.gov.vn/x', { HTTPS_PROXY: 'p:3128' }, 'http://p:3128/'],
  ['http://hub.gov.vn/x', { https_proxy: 'http://p:3128' }, null],
  ['https://hub.gov.vn/x', { https_proxy: 'http://p:3128', no_proxy: 'a.vn, .gov.vn' }, null],
  ['https://hub.gov.vn/x', { https_proxy: 'http://p:3128', NO_PROXY: '*' }, null],
  ['https://127.0.0.1/x', { https_proxy: 'http://p:3128' }, null],
])('the environment of a shell: %s with %j goes by %j', async (url, env, proxy) => {
  expect((await proxyOfEnvironment(env)(new URL(url)))?.url.href ?? null).toBe(proxy);
});

test('a proxy that wants a name gets it as the shell has it', async () => {
  const found = await proxyOfEnvironment({ https_proxy: 'http://u%40x:p@h:1' })(new URL('https://hub.vn'));
  expect(found?.authorization).toBe(`Basic ${Buffer.from('u@x:p').toString('base64')}`);
});

test('what the system answered is kept for a moment for each place, and a failure is not', async () => {
  let now = 0;
  const asked: string[] = [];
  let fails = true;
  const find = keepFound(
    async (url) => {
      asked.push(url.href);
      if (fails) throw new Error('no answer');
      return { url: new URL('http://proxy:3128') };
    },
    () => now,
    1000,
  );
  const place = new URL('https://truc.example.vn/moc/getEdoc?docId=1');
  const other = new URL('https://truc.example.vn/moc/getEdoc?docId=2');
  await expect(find(place)).rejects.toThrow('no answer');
  fails = false;
  expect((await find(place))?.url.host).toBe('proxy:3128');
  expect((await find(other))?.url.host).toBe('proxy:3128');
  expect(asked).toHaveLength(2);
  await find(new URL('https://truc.example.vn/moc/sendEdoc'));
  expect(asked).toHaveLength(3);
  now = 1000;
  await find(place);
  expect(asked).toHaveLength(4);
});
