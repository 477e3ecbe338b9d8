// The project's own client against the hub: every operation over a real socket, and what faults look like to it.
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createVxpHub, defaultLimits, type Hub, inspectPackage, nodeTransport } from '../../../main/exchange';
import { bytesSource } from '../../../preload/contract/byte-source';
import { type RunningHub, startHub } from './hub';

const document = readFileSync(new URL('../../fixtures/edxml/edoc_new.edxml', import.meta.url));
const status = readFileSync(new URL('../../fixtures/edxml/status_01.edxml', import.meta.url));
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

let dir: string;
let server: RunningHub;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'hub-'));
  server = await startHub({
    dir,
    host: '127.0.0.1',
    port: 0,
    adminPort: 0,
    seedDir: undefined,
    lagSeconds: 0,
    replyAfterSeconds: 1000,
    refusing: [],
    secret: 'bí mật',
    agencies: [],
    toleranceSeconds: 60,
    maxPackageBytes: 10_000_000,
  });
});

afterEach(async () => {
  await server.close();
  rmSync(dir, { recursive: true, force: true });
});

function client(
  systemId: string,
  wish: { secret?: string; fetchBy?: 'downloadEdoc'; silenceMs?: number } = {},
): Hub {
  return createVxpHub({
    endpoint: new URL(`http://127.0.0.1:${server.port}/XrdAdapter/RestService/forward/mocdoc`),
    identity: { systemId, secret: wish.secret ?? 'bí mật' },
    transport: nodeTransport({ plainHttpHosts: ['127.0.0.1'] }),
    inspect: inspectPackage,
    now: () => new Date(),
    limits: { ...defaultLimits, silenceMs: wish.silenceMs ?? 10_000 },
    ...(wish.fetchBy === undefined ? {} : { fetchBy: wish.fetchBy }),
  });
}

function request(bytes: Uint8Array, kind: 'edoc' | 'status', to: readonly string[], from = 'G12') {
  return { source: bytesSource(bytes), sha256: sha256(bytes), kind, from, to, row: 'row-1' };
}

async function listed(hub: Hub, kind: 'edoc' | 'status' = 'edoc') {
  const answer = await hub.list(kind);
  if (answer.kind !== 'ok') throw new Error(JSON.stringify(answer));
  return answer.value.items;
}

function collector() {
  const chunks: Uint8Array[] = [];
  return {
    write(chunk: Uint8Array) {
      chunks.push(Uint8Array.from(chunk));
    },
    bytes: () => Buffer.concat(chunks),
  };
}

async function order(mode: string, operation: string) {
  await fetch(`http://127.0.0.1:${server.adminPort}/admin/fault`, {
    method: 'POST',
    body: JSON.stringify({ mode, operation }),
  });
}

async function accepted(): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${server.adminPort}/admin/log`);
  return ((await answer.json()) as { sends: unknown[] }).sends.length;
}

test('a document travels: sent, listed, fetched byte for byte, acknowledged, gone', async () => {
  const sender = client('G12');
  const receiver = client('H26');
  const sent = await sender.send(request(document, 'edoc', ['H26', '000.00.00.G22']));
  expect(sent).toMatchObject({ kind: 'ok' });
  const [item] = await listed(receiver);
  expect(item).toMatchObject({ messageType: 'edoc', from: 'G12', to: ['H26'], other: {} });
  const sink = collector();
  const fetched = await receiver.fetch(item?.docId ?? '', sink);
  expect(fetched).toEqual({ kind: 'ok', value: { sha256: sha256(document), size: document.length } });
  expect(sink.bytes().equals(document)).toBe(true);
  expect(await receiver.count('edoc')).toEqual({ kind: 'ok', value: 1 });
  expect(await receiver.acknowledge(item?.docId ?? '', 'done')).toEqual({ kind: 'ok', value: null });
  expect(await listed(receiver)).toEqual([]);
  const rows = await sender.sent('edoc');
  expect(rows).toMatchObject({
    kind: 'ok',
    value: { items: [{ toCode: 'H26', notation: '99/BTC-VP' }, {}] },
  });
});

test('a status travels in a list of its own', async () => {
  await client('H26').send(request(status, 'status', ['G12'], 'H26'));
  expect(await listed(client('G12'), 'status')).toHaveLength(1);
  expect(await listed(client('G12'), 'edoc')).toHaveLength(0);
});

test('downloadEdoc gives the same bytes without JSON around them', async () => {
  await client('G12').send(request(document, 'edoc', ['H26']));
  const receiver = client('H26', { fetchBy: 'downloadEdoc' });
  const sink = collector();
  const fetched = await receiver.fetch((await listed(receiver))[0]?.docId ?? '', sink);
  expect(fetched).toMatchObject({ kind: 'ok', value: { sha256: sha256(document) } });
  expect(sink.bytes().equals(document)).toBe(true);
  expect(await receiver.fetch('nope', collector())).toMatchObject({ kind: 'refused', errorCode: '11' });
});

test('the directory comes with its units, old codes and deleted ones', async () => {
  const hub = client('H37');
  const agencies = await hub.agencies();
  const units = await hub.units();
  if (agencies.kind !== 'ok' || units.kind !== 'ok') throw new Error('no directory');
  expect(agencies.value.items.length).toBeGreaterThan(300);
  expect(agencies.value.items.find((one) => one.code === 'H37')).toMatchObject({
    oldCode: '000.00.00.H37',
    name: 'Ủy ban nhân dân tỉnh Lạng Sơn',
  });
  expect(units.value.items.find((one) => one.code === 'H02')).toMatchObject({
    deleted: true,
    version: 1,
    isAgency: true,
  });
});

test('an agency is registered, used and removed', async () => {
  const hub = client('H37');
  const entry = { id: '1', pid: 'h37', code: 'H37.99', name: 'Trung tâm thử', mail: 'a@b.vn' };
  expect(await hub.registerAgency(entry)).toEqual({ kind: 'ok', value: null });
  expect(await hub.send(request(document, 'edoc', ['H37.99'], 'H37'))).toMatchObject({ kind: 'ok' });
  expect(await hub.removeAgency('H37.99')).toEqual({ kind: 'ok', value: null });
  expect(await hub.send(request(document, 'edoc', ['H37.99'], 'H37'))).toMatchObject({
    kind: 'refused',
    errorCode: '23',
  });
});

test('a wrong secret is signed-out, an unknown receiver is refused in the hub’s words', async () => {
  expect(await client('G12', { secret: 'x' }).list('edoc')).toMatchObject({
    kind: 'signed-out',
    errorCode: '15',
  });
  const refused = await client('G12').send(request(document, 'edoc', ['Z99']));
  expect(refused).toEqual({ kind: 'refused', errorCode: '18', errorDesc: 'Nơi nhận không tồn tại: Z99' });
  expect(await accepted()).toBe(0);
});

/** Only a hub that is meant to stay silent is waited for briefly: a busy machine is silent for a while as well. */
function patience(mode: string): { silenceMs?: number } {
  return mode === 'hang' ? { silenceMs: 300 } : {};
}

test.each([
  ['garbage', 'garbled', 0],
  ['http-500', 'server-error', 0],
  ['half-answer', 'cut', 1],
  ['hang', 'timed-out', 0],
  ['drop-after-accept', 'cut', 1],
  ['close', 'cut', 0],
] as const)(
  '%s while sending is unknown: the hub may hold the package or not',
  async (mode, reason, effects) => {
    await order(mode, 'sendEdoc');
    const answer = await client('G12', patience(mode)).send(request(document, 'edoc', ['H26']));
    expect(answer).toMatchObject({ kind: 'unknown', reason });
    expect(await accepted()).toBe(effects);
  },
);

test.each(['garbage', 'http-500', 'half-answer', 'hang', 'drop-after-accept', 'close'])(
  '%s while fetching or acknowledging leaves the package listed',
  async (mode) => {
    await client('G12').send(request(document, 'edoc', ['H26']));
    const receiver = client('H26', patience(mode));
    const docId = (await listed(client('H26')))[0]?.docId ?? '';
    await order(mode, 'getEdoc');
    expect(await receiver.fetch(docId, collector())).toMatchObject({ kind: 'unknown' });
    expect(await listed(client('H26'))).toHaveLength(1);
    await order(mode, 'updateStatus');
    expect(await receiver.acknowledge(docId, 'done')).toMatchObject({ kind: 'unknown' });
  },
);

test('a hub that is not there is not-sent', async () => {
  const port = server.port;
  await server.close();
  const answer = await client('G12').send(request(document, 'edoc', ['H26']));
  expect(answer).toMatchObject({ kind: 'not-sent', reason: 'unreachable' });
  server = await startHub({
    dir,
    host: '127.0.0.1',
    port,
    adminPort: 0,
    seedDir: undefined,
    lagSeconds: 0,
    replyAfterSeconds: 1000,
    refusing: [],
    secret: 'bí mật',
    agencies: [],
    toleranceSeconds: 60,
    maxPackageBytes: 10_000_000,
  });
  expect(await client('G12').send(request(document, 'edoc', ['H26']))).toMatchObject({ kind: 'ok' });
});
