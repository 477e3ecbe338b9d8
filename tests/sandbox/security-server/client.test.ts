// The X-Road clients, REST and SOAP, against the sandbox's security server: every operation, client certificates, faults.
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  createXroadRestHub,
  createXroadSoapHub,
  defaultLimits,
  type Hub,
  inspectPackage,
  nodeTransport,
} from '../../../main/exchange';
import { selfSigned } from '../../../main/exchange/hostile-server.fixture';
import { bytesSource } from '../../../preload/contract/byte-source';
import { type RunningSecurityServer, type SecurityServerSettings, startSecurityServer } from './server';

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/edxml/${name}`, import.meta.url));
const document = fixture('edoc_new.edxml');
const status = fixture('status_01.edxml');
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const receivers = [...document.toString('utf8').matchAll(/<edXML:To>[\s\S]*?OrganId>([^<]+)</g)].map(
  (match) => match[1] ?? '',
);
const [receiver = ''] = receivers;
const service = {
  instance: 'VN',
  memberClass: 'GOV',
  memberCode: 'VPCP',
  subsystemCode: 'trục',
  serviceCode: 'edoc',
};

let dir: string;
let server: RunningSecurityServer;
let mine: { cert: string; key: string };
let theirs: { cert: string; key: string };

beforeAll(async () => {
  mine = await selfSigned({ dns: 'client' });
  theirs = await selfSigned({ ip: '127.0.0.1' });
});

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'security-server-'));
});

afterEach(async () => {
  await server.close();
  rmSync(dir, { recursive: true, force: true });
});

async function start(wish: Partial<SecurityServerSettings> = {}) {
  server = await startSecurityServer({
    dir,
    port: 0,
    maxPackageBytes: 10_000_000,
    service: 'VN/GOV/VPCP/trục/edoc',
    attach: 'swa',
    ...wish,
  });
}

type Protocol = 'rest' | 'soap';

interface Wish {
  readonly tls?: 'with' | 'without';
  readonly serviceCode?: string;
  readonly silenceMs?: number;
}

function client(protocol: Protocol, memberCode: string, wish: Wish = {}): Hub {
  const shared = {
    endpoint: new URL(`${wish.tls === undefined ? 'http' : 'https'}://127.0.0.1:${server.port}/`),
    client: { instance: 'VN', memberClass: 'GOV', memberCode, subsystemCode: 'văn thư' },
    userId: 'VN012345678',
    newId: randomUUID,
    transport: nodeTransport({
      plainHttpHosts: wish.tls === undefined ? ['127.0.0.1'] : [],
      ca: [theirs.cert],
      ...(wish.tls === 'with' ? { clientCertificate: mine } : {}),
    }),
    inspect: inspectPackage,
    limits: { ...defaultLimits, silenceMs: wish.silenceMs ?? 10_000 },
    maxPackageBytes: 10_000_000,
    signedOutCodes: ['15'],
  };
  return protocol === 'rest'
    ? createXroadRestHub({
        ...shared,
        service: { ...service, serviceCode: wish.serviceCode ?? 'edoc' },
        now: () => new Date(),
        lookbackDays: 30,
        firstPage: 0,
      })
    : createXroadSoapHub({ ...shared, provider: service, namespace: 'http://producer.x-road.eu' });
}

function request(bytes: Uint8Array, kind: 'edoc' | 'status', to: readonly string[], from = 'G12') {
  return { source: bytesSource(bytes), sha256: sha256(bytes), kind, from, to, row: 'row-1' };
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
  await fetch(`http://127.0.0.1:${server.adminPort}/admin/fault`, {
    method: 'POST',
    body: JSON.stringify({ mode, operation }),
  });
}

async function accepted(): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${server.adminPort}/admin/log`);
  return ((await answer.json()) as { sends: unknown[] }).sends.length;
}

describe.each(['rest', 'soap'] as const)('%s', (protocol) => {
  test.each(['swa', 'mtom', 'inline'] as const)(
    'a document travels and comes back byte for byte (%s)',
    async (attach) => {
      await start({ attach });
      expect(await client(protocol, 'G12').send(request(document, 'edoc', receivers))).toMatchObject({
        kind: 'ok',
      });
      const hub = client(protocol, receiver);
      const [item] = await listed(hub);
      expect(item).toMatchObject({ messageType: 'edoc', from: 'G12' });
      expect(await hub.count('edoc')).toEqual({ kind: 'ok', value: 1 });
      const sink = collector();
      expect(await hub.fetch(item?.docId ?? '', sink)).toMatchObject({
        kind: 'ok',
        value: { sha256: sha256(document), size: document.length },
      });
      expect(sink.bytes().equals(document)).toBe(true);
      expect(await hub.acknowledge(item?.docId ?? '', 'done')).toEqual({ kind: 'ok', value: null });
      expect(await listed(hub)).toEqual([]);
    },
  );

  test('statuses and the directory', async () => {
    await start();
    expect(await client(protocol, 'H26').send(request(status, 'status', ['G12'], 'H26'))).toMatchObject({
      kind: 'ok',
    });
    expect(await listed(client(protocol, 'G12'), 'status')).toHaveLength(1);
    const agencies = await client(protocol, 'G12').agencies();
    if (agencies.kind !== 'ok') throw new Error('no directory');
    expect(agencies.value.items.find((one) => one.code === 'H37')?.name).toBe(
      'Ủy ban nhân dân tỉnh Lạng Sơn',
    );
  });

  test('TLS with the agency’s own certificate; without it the security server lets nobody in', async () => {
    await start({ tls: { ...theirs, clientCa: mine.cert } });
    expect(await client(protocol, 'G12', { tls: 'with' }).list('edoc')).toMatchObject({ kind: 'ok' });
    expect(await client(protocol, 'G12', { tls: 'without' }).list('edoc')).not.toMatchObject({ kind: 'ok' });
    const answer = await client(protocol, 'G12', { tls: 'without' }).send(
      request(document, 'edoc', receivers),
    );
    expect(answer.kind).not.toBe('ok');
    expect(await accepted()).toBe(0);
  });

  test('a member without the right to ask is signed-out', async () => {
    await start();
    const answer = await client(protocol, 'NOBODY').send(request(document, 'edoc', receivers));
    expect(answer).toMatchObject({ kind: 'signed-out', errorCode: 'Server.ServerProxy.AccessDenied' });
    expect(await accepted()).toBe(0);
  });

  test('the service’s own refusal comes in its words', async () => {
    await start();
    expect(await client(protocol, 'G12').fetch('nope', collector())).toMatchObject({
      kind: 'refused',
      errorCode: '11',
    });
  });

  test.each([
    ['garbage', 0],
    ['http-500', 0],
    ['half-answer', 1],
    ['hang', 0],
    ['drop-after-accept', 1],
    ['close', 0],
  ] as const)('%s while sending is unknown', async (mode, effects) => {
    await start();
    await order(mode, 'sendEdoc');
    const hub = client(protocol, 'G12', { silenceMs: mode === 'hang' ? 1000 : 10_000 });
    expect(await hub.send(request(document, 'edoc', receivers))).toMatchObject({ kind: 'unknown' });
    expect(await accepted()).toBe(effects);
  });

  test.each(['garbage', 'half-answer', 'close'])(
    '%s while fetching leaves the package listed',
    async (mode) => {
      await start();
      await client(protocol, 'G12').send(request(document, 'edoc', receivers));
      const hub = client(protocol, receiver);
      const docId = (await listed(hub))[0]?.docId ?? '';
      await order(mode, 'getEdoc');
      expect(await hub.fetch(docId, collector())).toMatchObject({ kind: 'unknown' });
      expect(await listed(hub)).toHaveLength(1);
    },
  );
});

test('a service that is not there is refused before anything reaches it', async () => {
  await start();
  const answer = await client('rest', 'G12', { serviceCode: 'other' }).list('edoc');
  expect(answer).toMatchObject({ kind: 'refused', errorCode: 'Server.ServerProxy.UnknownService' });
});

test('over SOAP an agency is registered, used and removed, and the sent list has its lines', async () => {
  await start();
  const hub = client('soap', 'H37');
  const entry = { id: '1', pid: 'h37', code: 'H37.99', name: 'Trung tâm <thử> & "nghiệm"', mail: 'a@b.vn' };
  expect(await hub.registerAgency(entry)).toEqual({ kind: 'ok', value: null });
  expect(await hub.send(request(document, 'edoc', ['H37.99'], 'H37'))).toMatchObject({ kind: 'ok' });
  expect(await hub.sent('edoc')).toMatchObject({ kind: 'ok', value: { items: [{ toCode: 'H37.99' }] } });
  const units = await hub.units();
  if (units.kind !== 'ok') throw new Error('no units');
  expect(units.value.items.find((one) => one.code === 'H37.99')?.name).toBe(entry.name);
  expect(await hub.removeAgency('H37.99')).toEqual({ kind: 'ok', value: null });
});
