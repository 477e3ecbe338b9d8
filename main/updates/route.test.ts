// The way to an update server: through a proxy with a password, with roots of the agency's own; by the same carrier that an
// installed application has.
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { selfSigned } from '../exchange/hostile-server.fixture';
import { httpFetchBy } from '../runtime/http-fetcher';
import { type FeedServer, openFeedServer } from './feed-server.fixture';
import { parsePolicy } from './policy';
import { release } from './release.fixture';
import { routeOf } from './route';
import { webSource } from './source';
import { type Application, updaterTransport } from './transport';

const bytes = randomBytes(200_000);
const file = {
  kind: 'deb' as const,
  name: 'van-thu-9.0.1-amd64.deb',
  size: bytes.length,
  sha512: createHash('sha512').update(bytes).digest('base64'),
};

let server: FeedServer;
let folder: string;
let application: Application;
const open: Server[] = [];
beforeEach(async () => {
  server = await openFeedServer();
  server.files.set('a.json', Buffer.from('description'));
  server.files.set('a.json.sig', Buffer.from('signature'));
  server.files.set(file.name, bytes);
  folder = mkdtempSync(join(tmpdir(), 'route-'));
  const config = join(folder, 'app-update.yml');
  writeFileSync(
    config,
    'provider: generic\nurl: https://updates.invalid/\nupdaterCacheDirName: van-thu-updater\n',
  );
  mkdirSync(join(folder, 'cache'));
  application = {
    ...{ version: '9.0.0', name: 'van-thu', isPackaged: true, appUpdateConfigPath: config },
    ...{ userDataPath: folder, baseCachePath: join(folder, 'cache'), whenReady: async () => undefined },
    ...{ relaunch: () => undefined, quit: () => undefined, onQuit: () => undefined },
  };
});
afterEach(async () => {
  await server.close();
  for (const one of open.splice(0)) {
    one.closeAllConnections();
    one.close();
  }
  rmSync(folder, { recursive: true });
});

function listen(one: Server): Promise<number> {
  open.push(one);
  return new Promise((done) => one.listen(0, '127.0.0.1', () => done((one.address() as AddressInfo).port)));
}

/** A proxy for plain requests and tunnels that knows one name, updates.test, and one account. */
async function openProxy(target: number): Promise<{ readonly port: number; readonly asked: string[] }> {
  const asked: string[] = [];
  const account = `Basic ${Buffer.from('máy:bí mật').toString('base64')}`;
  const proxy = createServer((incoming, response) => {
    asked.push(incoming.url ?? '');
    if (incoming.headers['proxy-authorization'] !== account) return void response.writeHead(407).end();
    const { pathname, hostname } = new URL(incoming.url ?? '');
    if (hostname !== 'updates.test') return void response.writeHead(502).end();
    const { range } = incoming.headers;
    const headers = range === undefined ? {} : { range };
    request({ host: '127.0.0.1', port: target, path: pathname, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    }).end();
  });
  proxy.on('connect', (incoming, socket) => {
    asked.push(`CONNECT ${incoming.url}`);
    if (incoming.headers['proxy-authorization'] !== account)
      return void socket.end('HTTP/1.1 407 No\r\n\r\n');
    const through = connect(target, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      through.pipe(socket).pipe(through);
    });
    for (const one of [through, socket]) one.on('error', () => one.destroy());
  });
  return { port: await listen(proxy), asked };
}

const policyOf = (updates: object) => parsePolicy(JSON.stringify({ updates })).updates;

/** The description by the source and the package by the carrier, both on the policy's way. */
async function bring(updates: object): Promise<void> {
  const policy = policyOf(updates);
  const route = routeOf(policy);
  const feed = policy.feed ?? '';
  const { bytes: description } = await webSource(feed, httpFetchBy(route)).look('a.json');
  expect(Buffer.from(description).toString()).toBe('description');
  const carrier = updaterTransport('deb', route, () => undefined, application);
  const path = await carrier.download(release, file, new URL(feed), () => undefined);
  expect(readFileSync(path).equals(bytes)).toBe(true);
}

it('goes through a proxy with its account, the name being the proxy’s to find', async () => {
  const proxy = await openProxy(Number(new URL(server.url).port));
  const address = `http://m%C3%A1y:b%C3%AD%20m%E1%BA%ADt@127.0.0.1:${proxy.port}`;
  await bring({ mode: 'self', feed: 'http://updates.test/', proxy: address });
  expect(proxy.asked).toContain(`http://updates.test/${file.name}`);
  await expect(
    bring({ mode: 'self', feed: 'http://updates.test/', proxy: `http://127.0.0.1:${proxy.port}` }),
  ).rejects.toMatchObject({ code: 'update-unreachable' });
});

it('trusts the agency’s own roots where policy names them, also in a tunnel, and nobody else’s', async () => {
  const identity = await selfSigned({ dns: 'updates.test' });
  const secure = createSecureServer(identity, (incoming, response) => {
    request(`${server.url}${incoming.url?.slice(1)}`, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    }).end();
  });
  const proxy = await openProxy(await listen(secure));
  const root = join(folder, 'root.pem');
  writeFileSync(root, identity.cert);
  const address = `http://m%C3%A1y:b%C3%AD%20m%E1%BA%ADt@127.0.0.1:${proxy.port}`;
  await bring({ mode: 'self', feed: 'https://updates.test/', proxy: address, authorities: [root] });
  expect(proxy.asked).toContain('CONNECT updates.test:443');
  await expect(bring({ mode: 'self', feed: 'https://updates.test/', proxy: address })).rejects.toMatchObject({
    code: 'update-unreachable',
  });
});

it('names the root that cannot be read', () => {
  expect(() => routeOf(policyOf({ authorities: [join(folder, 'none.pem')] }))).toThrow(
    expect.objectContaining({ code: 'policy-broken' }),
  );
});
