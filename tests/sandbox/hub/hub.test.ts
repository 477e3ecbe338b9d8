// The hub as a stranger meets it: the captured requests of the reference SDK, byte for byte over a socket.
import { createHash } from 'node:crypto';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type HubSettings, type RunningHub, startHub } from './hub';
import {
  captured,
  document,
  exchangeBytes,
  made,
  type Parts,
  type Reply,
  send,
  type UploadWish,
  uploadBytes,
} from './raw-requests.fixture';

/** A moment after the capture. */
const captureDay = new Date(Date.UTC(2026, 10, 22, 6, 0, 0));

let dir: string;
let running: RunningHub[];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'hub-'));
  running = [];
});

afterEach(async () => {
  await Promise.all(running.map((hub) => hub.close()));
  rmSync(dir, { recursive: true, force: true });
});

async function start(wish: Partial<HubSettings> = {}): Promise<RunningHub> {
  const hub = await startHub({
    dir,
    host: '127.0.0.1',
    port: 0,
    adminPort: 0,
    seedDir: undefined,
    lagSeconds: 0,
    replyAfterSeconds: 1000,
    refusing: [],
    secret: 's3cr3t',
    agencies: [],
    toleranceSeconds: 86_400,
    maxPackageBytes: 1_000_000,
    now: () => captureDay,
    ...wish,
  });
  running.push(hub);
  return hub;
}

function call(hub: RunningHub, parts: Parts): Promise<Reply> {
  const { head, body } = made(parts);
  return send(hub.port, head, body);
}

function upload(hub: RunningHub, bytes: Uint8Array, wish: UploadWish = {}): Promise<Reply> {
  const { head, body } = uploadBytes(bytes, wish);
  return send(hub.port, head, body);
}

function list(hub: RunningHub, systemId: string, type = 'edoc') {
  return call(hub, {
    operation: 'getReceivedEdocList',
    systemId,
    parameters: [
      ['servicetype', 'eDoc'],
      ['messagetype', type],
    ],
  });
}

const items = (reply: Reply) => reply.json.data as Record<string, string>[];

test.each(['getReceivedEdocList', 'sendEdoc', 'getSentEdocList', 'getAgenciesList', 'registerAgency'])(
  'the captured %s is answered with OK',
  async (operation) => {
    const hub = await start();
    const { head, body } = captured(operation);
    const reply = await send(hub.port, head, body);
    expect(reply.status).toBe(200);
    expect(reply.json).toMatchObject({ status: 'OK', ErrorCode: '0' });
  },
);

test('the captured getEdoc and updateStatus are signed in and name a document that is not there', async () => {
  const hub = await start();
  for (const operation of ['getEdoc', 'updateStatus']) {
    const { head, body } = captured(operation);
    expect((await send(hub.port, head, body)).json).toMatchObject({ status: 'FAIL', ErrorCode: '11' });
  }
});

test('the captured deleteAgency removes what the captured registerAgency added', async () => {
  const hub = await start();
  const register = captured('registerAgency');
  const remove = captured('deleteAgency');
  await send(hub.port, register.head, register.body);
  expect((await send(hub.port, remove.head, remove.body)).json).toMatchObject({ ErrorCode: '0' });
  const again = await send(hub.port, remove.head, remove.body);
  expect(again.json).toMatchObject({ status: 'FAIL' });
});

test('a package is listed again until it is done, and comes back byte for byte', async () => {
  const hub = await start();
  const sent = await upload(hub, document);
  expect(sent.json.DocId).toMatch(/^[0-9a-f-]{36}$/);
  const first = items(await list(hub, 'H26'));
  expect(first).toHaveLength(1);
  expect(items(await list(hub, '000.00.00.H26'))).toEqual(first);
  expect(first[0]).toMatchObject({ messageType: 'edoc', from: 'G12', to: 'H26', status: 'initial' });
  const docId = first[0]?.docId ?? '';
  const parameters = [
    ['docId', docId],
    ['filePath', 'x'],
  ] as const;
  const fetched = await call(hub, { operation: 'getEdoc', systemId: 'H26', parameters });
  expect(Buffer.from(String(fetched.json.data), 'base64').equals(document)).toBe(true);
  const raw = await call(hub, {
    operation: 'downloadEdoc',
    method: 'GET',
    systemId: 'H26',
    parameters,
    body: Buffer.alloc(0),
  });
  expect(raw.raw).toContain(document.toString('utf8'));
  const done = [
    ['docId', docId],
    ['status', 'done'],
  ] as const;
  expect(
    (await call(hub, { operation: 'updateStatus', systemId: 'H26', parameters: done })).json,
  ).toMatchObject({ status: 'OK' });
  expect(items(await list(hub, 'H26'))).toEqual([]);
  expect(items(await list(hub, 'G22'))).toHaveLength(1);
});

test('nobody reads or acknowledges what is not theirs', async () => {
  const hub = await start();
  await upload(hub, document);
  const docId = items(await list(hub, 'H26'))[0]?.docId ?? '';
  const parameters = [
    ['docId', docId],
    ['status', 'done'],
  ] as const;
  expect((await call(hub, { operation: 'updateStatus', systemId: 'H14', parameters })).json.ErrorCode).toBe(
    '11',
  );
  expect((await call(hub, { operation: 'getEdoc', systemId: 'H14', parameters })).json.ErrorCode).toBe('11');
  expect(items(await list(hub, 'H26'))).toHaveLength(1);
});

test('the same package sent twice is two packages', async () => {
  const hub = await start();
  const docIds = [(await upload(hub, document)).json.DocId, (await upload(hub, document)).json.DocId];
  expect(new Set(docIds).size).toBe(2);
  expect(items(await list(hub, 'H26'))).toHaveLength(2);
});

test('counts come by GET and by POST', async () => {
  const hub = await start();
  await upload(hub, document);
  const get = await call(hub, {
    operation: 'countReceiveEdoc',
    method: 'GET',
    systemId: 'H26',
    body: Buffer.alloc(0),
  });
  const post = await call(hub, { operation: 'countReceiveStatus', systemId: 'H26' });
  expect([get.json.count, post.json.count]).toEqual([1, 0]);
});

test.each([
  ['a wrong secret', { secret: 'other' }, '15'],
  ['an unknown system', { systemId: 'X99' }, '15'],
  ['an old timestamp', { timestamp: '20112026T130000+0000' }, '15'],
  ['a timestamp of another form', { timestamp: '2026-11-22T13:00:00' }, '15'],
  ['JSON as content type', { contentType: 'application/json' }, '14'],
  ['another raw content type', { rawContentType: 'text/plain' }, '14'],
  ['a padded hash', { hash: createHash('sha256').update(document).digest('hex') }, '10'],
  ['no CRLF after the package', { tail: '' }, '10'],
  ['an unknown receiver', { to: ['H26', 'Z99'] }, '18'],
  ['a merged province', { to: ['H02'] }, '23'],
] as const)('sendEdoc with %s is refused and nothing is listed', async (_name, wish, errorCode) => {
  const hub = await start();
  const reply = await upload(hub, document, wish);
  expect(reply.json).toMatchObject({ status: 'FAIL', ErrorCode: errorCode, DocId: '' });
  expect(items(await list(hub, 'H26'))).toEqual([]);
});

test('bytes that are no package are refused', async () => {
  const hub = await start();
  expect((await upload(hub, Buffer.from('%PDF-1.7'))).json).toMatchObject({
    status: 'FAIL',
    ErrorCode: '22',
  });
});

test('a parameter that is not signed is refused', async () => {
  const hub = await start();
  const { head, body } = made({ operation: 'getAgenciesList' });
  const reply = await send(hub.port, head.replace('\r\n\r\n', '\r\nXroadVnpt-docId: 1\r\n\r\n'), body);
  expect(reply.json.ErrorCode).toBe('15');
});

test('the sent list lags and has only the axis’ fields', async () => {
  let now = captureDay;
  const hub = await start({ lagSeconds: 10, now: () => now });
  await upload(hub, document);
  const sent = () =>
    call(hub, {
      operation: 'getSentEdocList',
      parameters: [
        ['servicetype', 'eDoc'],
        ['messagetype', 'edoc'],
      ],
    });
  expect(items(await sent())).toEqual([]);
  now = new Date(captureDay.getTime() + 10_000);
  const rows = items(await sent());
  expect(rows.map((row) => row.toCode)).toEqual(['H26', '000.00.00.G22']);
  expect(Object.keys(rows[0] ?? {}).sort()).toEqual(
    'fromCode messageType notation receiveStatus receiveStatusDesc receivedTime receiverDocId sendStatus sendStatusDesc senderDocId sentTime serviceType title toCode'.split(
      ' ',
    ),
  );
  expect(rows[0]).toMatchObject({ notation: '99/BTC-VP', title: 'V/v thử nghiệm liên thông văn bản' });
});

test('everything is there after a restart, a torn last line left aside', async () => {
  const first = await start();
  const docId = (await upload(first, document)).json.DocId;
  await first.close();
  running = [];
  appendFileSync(join(dir, 'events.jsonl'), '{"type":"sent","docId":"torn');
  const second = await start();
  expect(items(await list(second, 'H26'))).toHaveLength(1);
  await upload(second, document);
  await second.close();
  running = [];
  const third = await start();
  expect(items(await list(third, 'H26'))).toHaveLength(2);
  const log = await (await fetch(`http://127.0.0.1:${third.adminPort}/admin/log`)).json();
  expect(log.sends).toHaveLength(2);
  expect(log.sends[0]).toMatchObject({
    docId,
    from: 'G12',
    messagetype: 'edoc',
    DocumentId: 'G12,2026/01/15,99/BTC-VP',
  });
  expect(log.sends[0].sha256).toBe(createHash('sha256').update(document).digest('hex'));
});

test('faults come on order and are used up', async () => {
  const hub = await start();
  const order = (mode: string) =>
    fetch(`http://127.0.0.1:${hub.adminPort}/admin/fault`, {
      method: 'POST',
      body: JSON.stringify({ operation: 'sendEdoc', mode, count: 1 }),
    });
  expect((await order('nonsense')).status).toBe(400);
  await order('drop-after-accept');
  expect((await upload(hub, document)).raw).toBe('');
  expect(items(await list(hub, 'H26'))).toHaveLength(1);
  await order('close');
  expect((await upload(hub, document)).raw).toBe('');
  await order('http-500');
  expect((await upload(hub, document)).status).toBe(500);
  await order('garbage');
  expect((await upload(hub, document)).raw).toContain('<html>');
  await order('half-answer');
  const { head, body } = uploadBytes(document);
  const half = await exchangeBytes(hub.port, head, body);
  expect(half).toContain('{"status"');
  expect(half.endsWith('}')).toBe(false);
  expect(items(await list(hub, 'H26'))).toHaveLength(2);
  expect((await upload(hub, document)).json).toMatchObject({ status: 'OK' });
});

test('parameters that the SDK left over from an earlier call filter nothing', async () => {
  const hub = await start();
  await upload(hub, document);
  const leftOver = [
    ['servicetype', 'eDoc'],
    ['messagetype', 'edoc'],
    ['docId', 'another'],
    ['status', 'done'],
    ['filePath', 'xml'],
  ] as const;
  const received = await call(hub, {
    operation: 'getReceivedEdocList',
    systemId: 'H26',
    parameters: leftOver,
  });
  expect(items(received)).toHaveLength(1);
  expect(items(await call(hub, { operation: 'getSentEdocList', parameters: leftOver }))).toHaveLength(2);
});
