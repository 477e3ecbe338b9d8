// Every kind of hub with a network, as its client and the bytes that the sandbox's own hub, gateway or security server once
// answered to each of its operations. What is replayed and changed later was a good answer first.
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createLgspHub,
  createVxpHub,
  createXroadRestHub,
  createXroadSoapHub,
  type Hub,
  inspectPackage,
  nodeTransport,
  type TransportLimits,
} from '../../main/exchange';
import { bytesSource } from '../../preload/contract/byte-source';
import { startGateway } from '../sandbox/gateway/gateway';
import { startHub } from '../sandbox/hub/hub';
import { startSecurityServer } from '../sandbox/security-server/server';

export const operations = ['list', 'receive', 'acknowledge', 'send', 'sent', 'agencies'] as const;
export type Operation = (typeof operations)[number];

export const document = readFileSync(new URL('../fixtures/edxml/edoc_new.edxml', import.meta.url));
export const documentSha = createHash('sha256').update(document).digest('hex');
export const receivers = [...document.toString('utf8').matchAll(/<edXML:To>[\s\S]*?OrganId>([^<]+)</g)].map(
  (match) => match[1] ?? '',
);
export const receiver = receivers[0] ?? '';
export const most = 8 << 20;
/** Short: a mute answer is one of the changes, and thousands of them must not be waited for. */
const limits: TransportLimits = { connectMs: 5000, silenceMs: 3000, totalMs: 20_000, answerBytes: most };

export interface RecordedHub {
  readonly name: string;
  readonly docId: string;
  /** One answer, head and body, of each operation that this kind has. */
  readonly answers: ReadonlyMap<Operation, Buffer>;
  /** The answer to its sign-in, where it has one. */
  readonly signIn: Buffer | null;
  client(port: number): Hub;
}

type ClientOf = (port: number, systemId: string) => Hub;

const shared = () => ({
  transport: nodeTransport({ plainHttpHosts: ['127.0.0.1'] }),
  inspect: inspectPackage,
  limits,
  maxPackageBytes: most,
  // The sandbox's servers live by the real clock.
  now: () => new Date(),
});

const service = {
  ...{ instance: 'VN', memberClass: 'GOV', memberCode: 'VPCP' },
  ...{ subsystemCode: 'trục', serviceCode: 'edoc' },
};

const xroad = (port: number, memberCode: string) => ({
  ...shared(),
  endpoint: new URL(`http://127.0.0.1:${port}/`),
  client: { instance: 'VN', memberClass: 'GOV', memberCode, subsystemCode: 'văn thư' },
  userId: 'VN012345678',
  // The same each time: the recorded answers name it.
  newId: () => '11111111-1111-4111-8111-111111111111',
  signedOutCodes: ['15'],
});

const clients: Readonly<Record<string, ClientOf>> = {
  'vxp getEdoc': (port, systemId) =>
    createVxpHub({
      ...shared(),
      endpoint: new URL(`http://127.0.0.1:${port}/XrdAdapter/RestService/forward/mocdoc`),
      identity: { systemId, secret: 's' },
    }),
  'vxp downloadEdoc': (port, systemId) =>
    createVxpHub({
      ...shared(),
      endpoint: new URL(`http://127.0.0.1:${port}/XrdAdapter/RestService/forward/mocdoc`),
      identity: { systemId, secret: 's' },
      fetchBy: 'downloadEdoc',
    }),
  lgsp: (port, systemId) =>
    createLgspHub({
      ...shared(),
      endpoint: new URL(`http://127.0.0.1:${port}/`),
      ...{ systemId, secretKey: 'khoa', username: 'vanthu', password: 'mat-khau', applicationCode: 'QLVB' },
      ...{ lookbackDays: 30, firstPage: 0 },
    }),
  'xroad rest': (port, systemId) =>
    createXroadRestHub({ ...xroad(port, systemId), service, lookbackDays: 30, firstPage: 0 }),
  'xroad soap': (port, systemId) =>
    createXroadSoapHub({
      ...xroad(port, systemId),
      provider: service,
      namespace: 'http://producer.x-road.eu',
    }),
};

interface Upstream {
  readonly port: number;
  close(): Promise<void>;
}

/** The sandbox's server of a kind, in this process. */
async function upstreamOf(name: string, dir: string): Promise<Upstream> {
  if (name.startsWith('vxp')) {
    return startHub({
      ...{ dir, host: '127.0.0.1', port: 0, adminPort: 0, seedDir: undefined, lagSeconds: 0 },
      ...{ replyAfterSeconds: 100_000, refusing: [], secret: 's', agencies: [] },
      ...{ toleranceSeconds: 1e9, maxPackageBytes: most },
    });
  }
  if (name === 'lgsp') {
    const gateway = { secretKey: 'khoa', username: 'vanthu', password: 'mat-khau', tokenSeconds: 1e6 };
    return startGateway({ dir, port: 0, ...gateway, maxPackageBytes: most, now: () => new Date() });
  }
  const attach = 'swa' as const;
  return startSecurityServer({
    dir,
    port: 0,
    maxPackageBytes: most,
    service: 'VN/GOV/VPCP/trục/edoc',
    attach,
  });
}

/** A wire between client and server that keeps the last answer and the one to a sign-in. */
async function tap(port: number) {
  const kept: { last: Buffer; signIn: Buffer | null } = { last: Buffer.alloc(0), signIn: null };
  const server = createServer((inside: Socket) => {
    const outside = connect(port, '127.0.0.1');
    const asked: Buffer[] = [];
    const answered: Buffer[] = [];
    inside.on('data', (bytes) => {
      asked.push(Buffer.from(bytes));
      outside.write(bytes);
    });
    outside.on('data', (bytes) => {
      answered.push(Buffer.from(bytes));
      const answer = Buffer.concat(answered);
      if (Buffer.concat(asked).includes('auth/login')) kept.signIn = answer;
      else kept.last = answer;
      inside.write(bytes);
    });
    outside.on('close', () => inside.end());
    inside.on('close', () => outside.destroy());
    for (const socket of [inside, outside]) socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const own = address !== null && typeof address === 'object' ? address.port : 0;
  return { kept, port: own, close: () => new Promise((resolve) => server.close(resolve)) };
}

async function recordOne(name: string, clientOf: ClientOf): Promise<RecordedHub> {
  const dir = mkdtempSync(join(tmpdir(), 'recorded-'));
  const upstream = await upstreamOf(name, dir);
  const wire = await tap(upstream.port);
  const answers = new Map<Operation, Buffer>();
  const keep = (operation: Operation, answer: { readonly kind: string }) => {
    if (answer.kind === 'ok') answers.set(operation, wire.kept.last);
  };
  try {
    const sender = clientOf(wire.port, 'G12');
    const hub = clientOf(wire.port, receiver);
    const from = 'G12';
    const source = bytesSource(document);
    keep(
      'send',
      await sender.send({ source, sha256: documentSha, kind: 'edoc', from, to: receivers, row: 'r' }),
    );
    keep('sent', await sender.sent('edoc'));
    const listed = await hub.list('edoc');
    keep('list', listed);
    const docId = listed.kind === 'ok' ? (listed.value.items[0]?.docId ?? '') : '';
    keep('receive', await hub.fetch(docId, { write: () => undefined }));
    keep('agencies', await hub.agencies());
    keep('acknowledge', await hub.acknowledge(docId, 'done'));
    return { name, docId, answers, signIn: wire.kept.signIn, client: (port) => clientOf(port, receiver) };
  } finally {
    await wire.close();
    await upstream.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

export function recordHubs(): Promise<RecordedHub[]> {
  return Promise.all(Object.entries(clients).map(([name, clientOf]) => recordOne(name, clientOf)));
}
