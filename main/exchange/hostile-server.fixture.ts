// A server that does to a connection whatever a test wants, and the certificates for one with TLS. For tests alone.
import { webcrypto } from 'node:crypto';
import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';

export interface HostileServer {
  readonly port: number;
  /** Everything that came, of all connections. */
  received(): string;
  readonly connections: () => number;
  close(): Promise<void>;
}

interface TlsIdentity {
  readonly cert: string;
  readonly key: string;
}

/** Calls `act` once a connection's request head has come. */
export function hostileServer(
  act: (socket: Socket, head: string) => void,
  tls?: TlsIdentity,
): Promise<HostileServer> {
  let text = '';
  let connections = 0;
  const sockets = new Set<Socket>();
  const onConnection = (socket: Socket) => {
    connections++;
    sockets.add(socket);
    let begun = false;
    let mine = '';
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      mine += chunk.toString('latin1');
      if (begun || !mine.includes('\r\n\r\n')) return;
      begun = true;
      act(socket, mine);
    });
  };
  const server = tls === undefined ? createServer(onConnection) : createTlsServer(tls, onConnection);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve({
        port: address !== null && typeof address === 'object' ? address.port : 0,
        received: () => text,
        connections: () => connections,
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            for (const socket of sockets) socket.destroy();
          }),
      });
    });
  });
}

/** A self-signed certificate for a host name or address. */
export async function selfSigned(
  host: { readonly dns: string } | { readonly ip: string },
): Promise<TlsIdentity> {
  const { subtle } = webcrypto;
  // The library is typed for a browser's Crypto; Node's is the same thing by another name.
  const engine = new pkijs.CryptoEngine({ name: 'node', crypto: webcrypto as never });
  const keys = (await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ])) as webcrypto.CryptoKeyPair;
  const certificate = new pkijs.Certificate();
  certificate.version = 2;
  certificate.serialNumber = new asn1js.Integer({ value: 1 });
  const name = new pkijs.AttributeTypeAndValue({
    type: '2.5.4.3',
    value: new asn1js.Utf8String({ value: 'hub' }),
  });
  certificate.issuer.typesAndValues.push(name);
  certificate.subject.typesAndValues.push(name);
  certificate.notBefore.value = new Date(Date.now() - 86_400_000);
  certificate.notAfter.value = new Date(Date.now() + 86_400_000);
  const general =
    'dns' in host
      ? new pkijs.GeneralName({ type: 2, value: host.dns })
      : new pkijs.GeneralName({
          type: 7,
          value: new asn1js.OctetString({ valueHex: Uint8Array.from(host.ip.split('.').map(Number)).buffer }),
        });
  certificate.extensions = [
    new pkijs.Extension({
      extnID: '2.5.29.17',
      critical: false,
      extnValue: new pkijs.GeneralNames({ names: [general] }).toSchema().toBER(false),
    }),
  ];
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey as never, engine);
  await certificate.sign(keys.privateKey as never, 'SHA-256', engine);
  const pem = (label: string, der: ArrayBuffer) =>
    `-----BEGIN ${label}-----\n${Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g)
      ?.join('\n')}\n-----END ${label}-----\n`;
  return {
    cert: pem('CERTIFICATE', certificate.toSchema().toBER(false)),
    key: pem('PRIVATE KEY', await subtle.exportKey('pkcs8', keys.privateKey)),
  };
}
