// The client of provincial gateways against the sandbox's own: every operation over a real socket, sessions that end, faults.
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  createLgspHub,
  defaultLimits,
  type Hub,
  inspectPackage,
  nodeTransport,
} from '../../../main/exchange';
import { bytesSource } from '../../../preload/contract/byte-source';
import { type RunningGateway, startGateway } from './gateway';

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/edxml/${name}`, import.meta.url));
const document = fixture('edoc_new.edxml');
const status = fixture('status_01.edxml');
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

let dir: string;
let gateway: RunningGateway;
let time: number;

const start = (port: number) =>
  startGateway({
    dir,
    port,
    secretKey: 'khoa',
    username: 'vanthu',
    password: 'mat-khau',
    tokenSeconds: 1800,
    maxPackageBytes: 10_000_000,
    now: () => new Date(time),
  });

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'gateway-'));
  time = Date.now();
  gateway = await start(0);
});

afterEach(async () => {
  await gateway.close();
  rmSync(dir, { recursive: true, force: true });
});

function client(
  systemId: string,
  wish: { password?: string; secretKey?: string; silenceMs?: number; maxPackageBytes?: number } = {},
): Hub {
  return createLgspHub({
    endpoint: new URL(`http://127.0.0.1:${gateway.port}/`),
    systemId,
    secretKey: wish.secretKey ?? 'khoa',
    username: 'vanthu',
    password: wish.password ?? 'mat-khau',
    applicationCode: 'QLVB',
    transport: nodeTransport({ plainHttpHosts: ['127.0.0.1'] }),
    inspect: inspectPackage,
    now: () => new Date(time),
    limits: { ...defaultLimits, silenceMs: wish.silenceMs ?? 10_000 },
    maxPackageBytes: wish.maxPackageBytes ?? 10_000_000,
    lookbackDays: 30,
    firstPage: 0,
  });
}

/** The sample's own receivers: the gateway delivers by the package. */
const receivers = [...document.toString('utf8').matchAll(/<edXML:To>[\s\S]*?OrganId>([^<]+)</g)].map(
  (match) => match[1] ?? '',
);
const [receiver = ''] = receivers;

function request(bytes: Uint8Array, kind: 'edoc' | 'status', to: readonly string[]) {
  return { source: bytesSource(bytes), sha256: sha256(bytes), kind, from: 'G12', to, row: 'row-1' };
}

function collector() {
  const chunks: Uint8Array[] = [];
  return {
    write: (chunk: Uint8Array) => void chunks.push(Uint8Array.from(chunk)),
    bytes: () => Buffer.concat(chunks),
  };
}

async function listed(hub: Hub, kind: 'edoc' | 'status' = 'edoc') {
  const answer = await hub.list(kind);
  if (answer.kind !== 'ok') throw new Error(JSON.stringify(answer));
  return answer.value.items;
}

async function order(mode: string, operation: string) {
  await fetch(`http://127.0.0.1:${gateway.adminPort}/admin/fault`, {
    method: 'POST',
    body: JSON.stringify({ mode, operation }),
  });
}

async function accepted(): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${gateway.adminPort}/admin/log`);
  return ((await answer.json()) as { sends: unknown[] }).sends.length;
}

test('a document travels: sent, listed, fetched byte for byte, acknowledged, gone; one session for all', async () => {
  const hub = client(receiver);
  expect(await client('G12').send(request(document, 'edoc', receivers))).toMatchObject({ kind: 'ok' });
  const [item] = await listed(hub);
  expect(item).toMatchObject({ messageType: 'edoc', from: 'G12' });
  expect(await hub.count('edoc')).toEqual({ kind: 'ok', value: 1 });
  const sink = collector();
  expect(await hub.fetch(item?.docId ?? '', sink)).toMatchObject({
    kind: 'ok',
    value: { sha256: sha256(document) },
  });
  expect(sink.bytes().equals(document)).toBe(true);
  expect(await hub.acknowledge(item?.docId ?? '', 'done')).toEqual({ kind: 'ok', value: null });
  expect(await listed(hub)).toEqual([]);
  expect(gateway.signIns()).toBe(2);
});

test('a status travels by the document it speaks of', async () => {
  expect(await client('H26').send(request(status, 'status', ['G12']))).toMatchObject({ kind: 'ok' });
  expect(await listed(client('G12'), 'status')).toHaveLength(1);
});

test('the gateway takes no list of receivers: another one than the package’s own is not sent', async () => {
  const answer = await client('G12').send(request(document, 'edoc', ['H57']));
  expect(answer).toMatchObject({ kind: 'blocked', code: 'package-receivers-differ' });
  expect(await accepted()).toBe(0);
});

test('the directory comes page by page', async () => {
  const answer = await client('H37').agencies();
  if (answer.kind !== 'ok') throw new Error('no directory');
  expect(answer.value.items.find((one) => one.code === 'H37')).toMatchObject({ oldCode: '000.00.00.H37' });
  expect(new Set(answer.value.items.map((one) => one.code)).size).toBe(answer.value.items.length);
});

test('a session is kept while it lasts, and opened again by the next call when its time is over', async () => {
  const hub = client('G12');
  await listed(hub);
  time += 28 * 60_000;
  await listed(hub);
  expect(gateway.signIns()).toBe(1);
  time += 60_000;
  await listed(hub);
  expect(gateway.signIns()).toBe(2);
});

test('a session that the gateway ended early is signed-out once, and the next call opens another', async () => {
  const hub = client('G12');
  await listed(hub);
  const { port } = gateway;
  await gateway.close();
  gateway = await start(port);
  expect(await hub.list('edoc')).toMatchObject({ kind: 'signed-out', errorCode: '401' });
  expect(await hub.list('edoc')).toMatchObject({ kind: 'ok' });
});

test('a wrong password or key is signed-out and nothing is sent', async () => {
  const wrong = await client('G12', { password: 'x' }).send(request(document, 'edoc', receivers));
  expect(wrong).toMatchObject({ kind: 'signed-out', errorCode: '401' });
  expect(await client('G12', { secretKey: 'x' }).list('edoc')).toMatchObject({
    kind: 'signed-out',
    errorCode: '15',
  });
  expect(await accepted()).toBe(0);
});

test.each(['garbage', 'http-500', 'hang', 'close'])(
  '%s while signing in: of the document nothing left this machine',
  async (mode) => {
    await order(mode, 'login');
    const answer = await client('G12', { silenceMs: 300 }).send(request(document, 'edoc', receivers));
    expect(answer.kind).toBe('not-sent');
    expect(await accepted()).toBe(0);
  },
);

test.each([
  ['garbage', 0],
  ['http-500', 0],
  ['half-answer', 1],
  ['hang', 0],
  ['drop-after-accept', 1],
  ['close', 0],
] as const)('%s while sending is unknown', async (mode, effects) => {
  await order(mode, 'sendEdoc');
  const silenceMs = mode === 'hang' ? 2000 : 10_000;
  const answer = await client('G12', { silenceMs }).send(request(document, 'edoc', receivers));
  expect(answer.kind).toBe('unknown');
  expect(await accepted()).toBe(effects);
});

test.each(['garbage', 'http-500', 'half-answer', 'hang', 'close'])(
  '%s while fetching or acknowledging leaves the package listed',
  async (mode) => {
    await client('G12').send(request(document, 'edoc', receivers));
    const docId = (await listed(client(receiver)))[0]?.docId ?? '';
    const hub = client(receiver, { silenceMs: mode === 'hang' ? 2000 : 10_000 });
    await order(mode, 'getEdoc');
    expect(await hub.fetch(docId, collector())).toMatchObject({ kind: 'unknown' });
    await order(mode, 'updateStatus');
    expect(await hub.acknowledge(docId, 'done')).toMatchObject({ kind: 'unknown' });
    if (mode !== 'half-answer') expect(await listed(client(receiver))).toHaveLength(1);
  },
);
