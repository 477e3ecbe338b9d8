// One connection, one attempt: what leaves is exactly what was given, and each way a server can fail has its own ending.
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { type HostileServer, hostileServer, selfSigned } from './hostile-server.fixture';
import { type NodeTransportSettings, nodeTransport } from './node-transport';
import { defaultLimits, type TransportBody, type TransportLimits, type TransportOutcome } from './transport';

let open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(open.map((one) => one.close()));
  open = [];
});

async function serve(act: (socket: Socket, head: string) => void): Promise<HostileServer> {
  const server = await hostileServer(act);
  open.push(server);
  return server;
}

interface Wish {
  readonly limits?: Partial<TransportLimits>;
  readonly body?: TransportBody;
  readonly headers?: readonly (readonly [string, string])[];
  readonly signal?: AbortSignal;
  readonly settings?: Partial<NodeTransportSettings>;
}

function ask(address: string, wish: Wish = {}): Promise<TransportOutcome<{ status: number; text: string }>> {
  const url = new URL(address);
  const body = wish.body ?? null;
  return nodeTransport({ plainHttpHosts: ['127.0.0.1'], ...wish.settings }).request(
    {
      method: body === null ? 'GET' : 'POST',
      url,
      headers: [
        ['Host', url.host],
        ...(wish.headers ?? []),
        ...(body === null ? [] : [['Content-Length', String(body.size)] as const]),
      ],
      body,
      limits: { ...defaultLimits, ...wish.limits },
      ...(wish.signal === undefined ? {} : { signal: wish.signal }),
    },
    async (head, chunks) => {
      const all: Uint8Array[] = [];
      for await (const chunk of chunks) all.push(chunk);
      return { status: head.status, text: Buffer.concat(all).toString('utf8') };
    },
  );
}

const at = (server: HostileServer, path = '/') => `http://127.0.0.1:${server.port}${path}`;
const answer = (socket: Socket, text: string) => socket.end(text);
const textBody = (text: string): TransportBody => ({ size: text.length, pieces: () => [Buffer.from(text)] });

test('header lines leave in the given order and case, and nothing is added', async () => {
  const server = await serve((socket) => answer(socket, 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'));
  const headers = [
    ['XroadVnpt-b', '2'],
    ['XroadVnpt-a', '1'],
    ['CONNECTION', 'Keep-Alive'],
  ] as const;
  expect(await ask(at(server, '/x?y=1'), { headers })).toEqual({
    kind: 'answered',
    value: { status: 200, text: 'ok' },
  });
  expect(server.received()).toBe(
    `GET /x?y=1 HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nXroadVnpt-b: 2\r\nXroadVnpt-a: 1\r\nCONNECTION: Keep-Alive\r\n\r\n`,
  );
});

test('a redirect is handed over and never followed', async () => {
  const server = await serve((socket) =>
    answer(
      socket,
      `HTTP/1.1 302 Found\r\nLocation: ${at(server, '/elsewhere')}\r\nContent-Length: 0\r\n\r\n`,
    ),
  );
  expect(await ask(at(server))).toMatchObject({ kind: 'answered', value: { status: 302 } });
  expect(server.connections()).toBe(1);
});

test('a compressed answer is unpacked, and a bomb is stopped at the limit', async () => {
  const server = await serve((socket, head) => {
    const packed = gzipSync(head.includes('/bomb') ? Buffer.alloc(30_000_000) : 'xin chào');
    socket.write(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${packed.length}\r\n\r\n`);
    socket.end(packed);
  });
  expect(await ask(at(server))).toMatchObject({ value: { text: 'xin chào' } });
  const limits = { answerBytes: 1_000_000 };
  expect(await ask(at(server, '/bomb'), { limits })).toMatchObject({ kind: 'cut', reason: 'too-large' });
});

test.each([
  ['no HTTP at all', 'SSH-2.0-OpenSSH_9.2\r\n', 'garbled'],
  ['a broken status line', 'HTTP/1.1 banana\r\n\r\n', 'garbled'],
  ['half of the announced bytes', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"status":', 'cut'],
  ['a chunked answer cut short', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc', 'cut'],
  ['a chunk length that is no number', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', 'cut'],
  ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 5\r\n\r\nhello', 'garbled'],
  [
    'gzip that is none',
    'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello',
    'garbled',
  ],
  [
    'an unknown encoding',
    'HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 5\r\n\r\nhello',
    'garbled',
  ],
  ['nothing', '', 'cut'],
])('an answer with %s ends as cut', async (_name, bytes, reason) => {
  const server = await serve((socket) => answer(socket, bytes));
  expect(await ask(at(server))).toMatchObject({ kind: 'cut', reason });
});

test('more bytes than announced are not read', async () => {
  const server = await serve((socket) =>
    answer(socket, 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok and more'),
  );
  const outcome = await ask(at(server));
  if (outcome.kind === 'answered') expect(outcome.value.text).toBe('ok');
  else expect(outcome).toMatchObject({ kind: 'cut', reason: 'garbled' });
});

test('a server that never answers, or stops in the middle, is timed out', async () => {
  const server = await serve((socket, head) => {
    if (head.includes('/half')) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{');
  });
  const limits = { silenceMs: 100 };
  expect(await ask(at(server), { limits })).toMatchObject({ kind: 'cut', reason: 'timed-out' });
  expect(await ask(at(server, '/half'), { limits })).toMatchObject({ kind: 'cut', reason: 'timed-out' });
});

test('a server that drips for ever is stopped by the total', async () => {
  const server = await serve((socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n');
    const drip = setInterval(() => socket.write('x'), 20);
    socket.on('close', () => clearInterval(drip));
  });
  const outcome = await ask(at(server), { limits: { silenceMs: 5000, totalMs: 300 } });
  expect(outcome).toMatchObject({ kind: 'cut', reason: 'timed-out' });
});

test('a server that takes no bytes of an upload is timed out', async () => {
  const server = await serve((socket) => socket.pause());
  const piece = Buffer.alloc(1024 * 1024);
  const body = { size: 200 * piece.length, pieces: () => Array.from({ length: 200 }, () => piece) };
  const outcome = await ask(at(server), { body, limits: { silenceMs: 200 } });
  expect(outcome).toMatchObject({ kind: 'cut', reason: 'timed-out' });
});

test('a refusal in the middle of an upload is read', async () => {
  const web = createServer((_request, response) => {
    response.writeHead(413, { Connection: 'close', 'Content-Length': '3' });
    response.end('big');
  });
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  open.push({ close: () => new Promise((resolve) => web.close(() => resolve())) });
  const address = web.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const piece = Buffer.alloc(256 * 1024);
  const body = { size: 4 * piece.length, pieces: () => [piece, piece, piece, piece] };
  const outcome = await ask(`http://127.0.0.1:${port}/`, { body });
  // The kernel may drop the answer of a server that closes on unread bytes; then nothing is known, and that is said.
  if (outcome.kind === 'answered') expect(outcome.value.status).toBe(413);
  else expect(outcome).toMatchObject({ kind: 'cut', reason: 'cut' });
});

test('a body that announces itself waits for 100 Continue, and a refusal instead of it sends no body', async () => {
  const headers = [['Expect', '100-continue']] as const;
  const polite = await serve((socket) => {
    socket.write('HTTP/1.1 100 Continue\r\n\r\n');
    socket.on('data', () => answer(socket, 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'));
  });
  expect(await ask(at(polite), { headers, body: textBody('{}') })).toMatchObject({ value: { text: 'ok' } });
  expect(polite.received().endsWith('{}')).toBe(true);
  const strict = await serve((socket) => answer(socket, 'HTTP/1.1 417 No\r\nContent-Length: 0\r\n\r\n'));
  expect(await ask(at(strict), { headers, body: textBody('{}') })).toMatchObject({ value: { status: 417 } });
  expect(strict.received().endsWith('{}')).toBe(false);
});

test('a producer that fails ends the request before its end and is heard', async () => {
  const server = await serve(() => undefined);
  const body: TransportBody = {
    size: 20,
    *pieces() {
      yield Buffer.from('begin');
      throw new Error('the package changed');
    },
  };
  await expect(ask(at(server), { body })).rejects.toThrow('the package changed');
  expect(server.received().split('\r\n\r\n')[1]?.length ?? 0).toBeLessThan(body.size);
});

test('a server that is not there, or has no name, is not-sent', async () => {
  const server = await hostileServer(() => undefined);
  await server.close();
  expect(await ask(at(server))).toMatchObject({ kind: 'not-sent', reason: 'unreachable' });
  const nowhere = await ask('http://hub.invalid/', { settings: { plainHttpHosts: ['hub.invalid'] } });
  expect(nowhere).toMatchObject({ kind: 'not-sent' });
});

test('cancelling before the connection is not-sent, after it is cut', async () => {
  const server = await serve(() => undefined);
  expect(await ask(at(server), { signal: AbortSignal.abort() })).toMatchObject({
    kind: 'not-sent',
    reason: 'cancelled',
  });
  const control = new AbortController();
  const listening = await serve(() => control.abort());
  expect(await ask(at(listening), { signal: control.signal })).toMatchObject({
    kind: 'cut',
    reason: 'cancelled',
  });
});

test('plain http goes to hosts that policy names and nowhere else', async () => {
  await expect(ask('http://10.1.2.3:8280/x')).rejects.toMatchObject({ code: 'hub-endpoint-unsafe' });
  await expect(ask('ftp://127.0.0.1/x')).rejects.toMatchObject({ code: 'hub-endpoint-unsafe' });
});

test('TLS is checked: an unknown issuer or another name is not-sent, a given CA is trusted', async () => {
  const identity = await selfSigned({ ip: '127.0.0.1' });
  const other = await selfSigned({ dns: 'other.example' });
  const ok = (socket: Socket) => answer(socket, 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
  const server = await hostileServer(ok, identity);
  const impostor = await hostileServer(ok, other);
  open.push(server, impostor);
  const secure = (one: HostileServer) => `https://127.0.0.1:${one.port}/`;
  expect(await ask(secure(server))).toMatchObject({ kind: 'not-sent', reason: 'certificate' });
  const trusting = { settings: { ca: [identity.cert, other.cert] } };
  expect(await ask(secure(server), trusting)).toMatchObject({ kind: 'answered', value: { text: 'ok' } });
  expect(await ask(secure(impostor), trusting)).toMatchObject({ kind: 'not-sent', reason: 'certificate' });
  expect(server.received().match(/GET/g)).toHaveLength(1);
  expect(impostor.received()).toBe('');
});

test('a server without TLS where TLS is wanted is not-sent', async () => {
  const server = await serve((socket) => answer(socket, 'HTTP/1.1 400 Bad Request\r\n\r\n'));
  const outcome = await ask(`https://127.0.0.1:${server.port}/`, { limits: { connectMs: 500 } });
  expect(outcome).toMatchObject({ kind: 'not-sent' });
});

test('a proxy gives a tunnel, and its refusal is not-sent', async () => {
  const server = await serve((socket) => answer(socket, 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'));
  const proxy = createServer();
  proxy.on('connect', (request, socket: Socket) => {
    if (request.headers['proxy-authorization'] !== 'Basic YTpi') {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nthrough'));
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  open.push({ close: () => new Promise((resolve) => proxy.close(() => resolve())) });
  const address = proxy.address();
  const url = new URL(
    `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`,
  );
  const through = await ask(at(server), { settings: { proxy: { url, authorization: 'Basic YTpi' } } });
  expect(through).toMatchObject({ kind: 'answered', value: { text: 'through' } });
  expect(await ask(at(server), { settings: { proxy: { url } } })).toMatchObject({
    kind: 'not-sent',
    reason: 'proxy',
  });
});
