// The other side of an exchange for each kind of hub: where the desk is to look, and agencies that give it packages and read
// what it sent. They speak by the project's own clients, or by files where there is no hub. They assert nothing.
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createLgspHub,
  createXroadRestHub,
  createXroadSoapHub,
  defaultLimits,
  type Hub,
  inspectPackage,
  type MessageKind,
  nodeTransport,
} from '../../../main/exchange';
import { selfSigned } from '../../../main/exchange/hostile-server.fixture';
import { bytesSource } from '../../../preload/contract/byte-source';
import { stateFolder } from '../../desk/launch';
import { startGateway } from '../../sandbox/gateway/gateway';
import { startSecurityServer } from '../../sandbox/security-server/server';

export interface Counterpart {
  /** What settings.json says of the hub. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string>>;
  /** An agency gives the desk a package; `to` is whom it names, the desk among them. */
  give(from: string, kind: MessageKind, bytes: Uint8Array, to: readonly string[]): Promise<void>;
  /** Every package that the desk sent to an agency, as text, in the order in which they came. */
  taken(agency: string, kind: MessageKind): Promise<readonly string[]>;
  close(): Promise<void>;
}

export const deskCode = 'H37';
const maxPackageBytes = 50_000_000;

function fresh(name: string): string {
  const folder = stateFolder(name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** Agencies at a hub: each has a client of its own; what it has read it keeps. */
function atHub(clientOf: (agency: string) => Hub): Pick<Counterpart, 'give' | 'taken'> {
  const kept = new Map<string, string[]>();
  const clients = new Map<string, Hub>();
  const client = (agency: string): Hub => {
    const known = clients.get(agency) ?? clientOf(agency);
    clients.set(agency, known);
    return known;
  };
  return {
    async give(from, kind, bytes, to) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const answer = await client(from).send({
        source: bytesSource(bytes),
        sha256,
        kind,
        from,
        to,
        row: 'x',
      });
      if (answer.kind !== 'ok') throw new Error(JSON.stringify(answer));
    },
    async taken(agency, kind) {
      const mine = kept.get(`${agency}/${kind}`) ?? [];
      kept.set(`${agency}/${kind}`, mine);
      const list = await client(agency).list(kind);
      if (list.kind !== 'ok') throw new Error(JSON.stringify(list));
      for (const { docId } of list.value.items) {
        const chunks: Uint8Array[] = [];
        const write = (chunk: Uint8Array) => void chunks.push(Uint8Array.from(chunk));
        const answer = await client(agency).fetch(docId, { write });
        if (answer.kind !== 'ok') throw new Error(JSON.stringify(answer));
        mine.push(Buffer.concat(chunks).toString('utf8'));
        await client(agency).acknowledge(docId, 'done');
      }
      return mine;
    },
  };
}

/** A share that agencies put files into and take files out of. */
export function folderCounterpart(): Counterpart & { readonly root: string } {
  const root = fresh('exchange-share');
  for (const name of ['in', 'out']) mkdirSync(join(root, name));
  return {
    root,
    settings: { kind: 'folder', systemId: deskCode, root, settleSeconds: 0, lookSeconds: 1 },
    env: {},
    async give(from, kind, bytes) {
      // A name as people give: nothing is told by it.
      writeFileSync(join(root, 'in', `${from} ${kind} ${randomUUID()}.edxml`), bytes);
    },
    async taken(agency, kind) {
      return readdirSync(join(root, 'out'))
        .filter((name) => name.includes(`_${kind}_`) && name.includes(agency))
        .map((name) => readFileSync(join(root, 'out', name), 'utf8'));
    },
    close: async () => undefined,
  };
}

export async function lgspCounterpart(): Promise<Counterpart> {
  const account = { secretKey: 'khóa', username: 'vanthu', password: 'mật khẩu' };
  const key = 'sandbox-key';
  const gateway = await startGateway({
    dir: fresh('exchange-gateway'),
    port: 0,
    ...account,
    secretKey: key,
    tokenSeconds: 1800,
    maxPackageBytes,
  });
  const endpoint = `http://127.0.0.1:${gateway.port}`;
  return {
    settings: {
      kind: 'lgsp',
      systemId: deskCode,
      endpoint,
      plainHttpHosts: ['127.0.0.1'],
      username: account.username,
      secretFrom: 'VAN_THU_GATEWAY_KEY',
      passwordFrom: 'VAN_THU_GATEWAY_PASSWORD',
      proxy: 'none',
    },
    env: { VAN_THU_GATEWAY_KEY: key, VAN_THU_GATEWAY_PASSWORD: account.password },
    ...atHub((systemId) =>
      createLgspHub({
        endpoint: new URL(endpoint),
        systemId,
        ...account,
        secretKey: key,
        applicationCode: '',
        transport: nodeTransport({ plainHttpHosts: ['127.0.0.1'] }),
        inspect: inspectPackage,
        now: () => new Date(),
        limits: defaultLimits,
        maxPackageBytes,
        lookbackDays: 30,
        firstPage: 0,
      }),
    ),
    close: () => gateway.close(),
  };
}

/** A security server over TLS that lets in who shows the agency's certificate, with an authority of its own. */
export async function xroadCounterpart(protocol: 'rest' | 'soap'): Promise<Counterpart> {
  const folder = fresh(`exchange-xroad-${protocol}`);
  const mine = await selfSigned({ dns: 'client' });
  const theirs = await selfSigned({ ip: '127.0.0.1' });
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
    return join(folder, name);
  };
  const server = await startSecurityServer({
    dir: join(folder, 'hub'),
    port: 0,
    maxPackageBytes,
    service: 'VN/GOV/VPCP/truc/edoc',
    attach: 'mtom',
    tls: { ...theirs, clientCa: mine.cert },
  });
  const endpoint = `https://127.0.0.1:${server.port}/`;
  const provider = { instance: 'VN', memberClass: 'GOV', memberCode: 'VPCP', subsystemCode: 'truc' };
  const member = (memberCode: string) => ({
    instance: 'VN',
    memberClass: 'GOV',
    memberCode,
    subsystemCode: 'vanthu',
  });
  return {
    settings: {
      kind: 'xroad',
      systemId: deskCode,
      endpoint,
      protocol,
      client: member(deskCode),
      service: { ...provider, ...(protocol === 'rest' ? { serviceCode: 'edoc' } : {}) },
      authorities: [file('ca.pem', theirs.cert)],
      clientCertificate: {
        certificate: file('client.pem', mine.cert),
        key: file('client-key.pem', mine.key),
      },
      proxy: 'none',
      recallBy: protocol === 'soap' ? 'status' : 'package',
    },
    env: {},
    ...atHub((agency) => {
      const shared = {
        endpoint: new URL(endpoint),
        client: member(agency),
        newId: randomUUID,
        transport: nodeTransport({ plainHttpHosts: [], ca: [theirs.cert], clientCertificate: mine }),
        inspect: inspectPackage,
        limits: defaultLimits,
        maxPackageBytes,
        signedOutCodes: ['15'],
      };
      return protocol === 'rest'
        ? createXroadRestHub({
            ...shared,
            service: { ...provider, serviceCode: 'edoc' },
            now: () => new Date(),
            lookbackDays: 30,
            firstPage: 0,
          })
        : createXroadSoapHub({ ...shared, provider, namespace: 'http://producer.x-road.eu' });
    }),
    close: () => server.close(),
  };
}
