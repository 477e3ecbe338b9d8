// Opens one connection to a server, through a proxy if there is one, TLS always checked. Nothing of a request has left
// this machine while it runs, so each of its failures is `not-sent`. It sends no request.
import { request as httpRequest } from 'node:http';
import { isIP, connect as netConnect, type Socket } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import type { NotSentReason } from './hub';

/** How connections are made. All values are given: this room reads no settings and no files. */
export interface ConnectionSettings {
  /** PEM certificates trusted instead of the runtime's own list; undefined for the runtime's. */
  readonly ca?: readonly string[];
  /** PEM certificate chain and key shown to a server that asks. */
  readonly clientCertificate?: { readonly cert: string; readonly key: string; readonly passphrase?: string };
  readonly proxy?: { readonly url: URL; readonly authorization?: string };
}

/** Thrown by `openConnection`. */
export class NotConnected extends Error {
  override readonly name = 'NotConnected';
  constructor(
    readonly reason: NotSentReason,
    detail: string,
  ) {
    super(detail);
  }
}

function reasonOf(error: NodeJS.ErrnoException, tcpDone: boolean): NotSentReason {
  const code = error.code ?? '';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EAI_NODATA') return 'name-unknown';
  if (code === 'ETIMEDOUT') return 'connect-timed-out';
  const network = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN'];
  return tcpDone && !network.includes(code) ? 'certificate' : 'unreachable';
}

/** Settles with the socket once `ready` fires, or with NotConnected; the socket is destroyed in every other case. */
function whenReady(
  socket: Socket,
  ready: string,
  milliseconds: number,
  signal?: AbortSignal,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    let tcpDone = !socket.connecting;
    const noteTcp = () => {
      tcpDone = true;
    };
    const finish = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      socket.off(ready, onReady).off('connect', noteTcp).off('error', onError).off('close', onClose);
    };
    const fail = (reason: NotSentReason, detail: string) => {
      finish();
      socket.on('error', ignoreLateError).destroy();
      reject(new NotConnected(reason, detail));
    };
    const onReady = () => {
      finish();
      resolve(socket);
    };
    const onError = (error: NodeJS.ErrnoException) =>
      fail(reasonOf(error, tcpDone), error.message || String(error.code));
    const onClose = () => fail('unreachable', 'the server closed the connection');
    const onAbort = () => fail('cancelled', 'cancelled while connecting');
    const timer = setTimeout(
      () => fail('connect-timed-out', `no connection in ${milliseconds} ms`),
      milliseconds,
    );
    socket.on(ready, onReady).on('connect', noteTcp).on('error', onError).on('close', onClose);
    signal?.addEventListener('abort', onAbort);
    if (signal?.aborted === true) onAbort();
  });
}

/** A socket that was given up may still report why it died; that was told already. */
function ignoreLateError(): void {
  // Nothing to add.
}

function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

/** An IPv6 address stands in brackets in a URL and without them everywhere else. */
function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

function plainConnection(url: URL, milliseconds: number, signal?: AbortSignal): Promise<Socket> {
  const socket = netConnect({ host: hostOf(url), port: portOf(url), noDelay: true, autoSelectFamily: true });
  return whenReady(socket, 'connect', milliseconds, signal);
}

/** RFC 9110 9.3.6: a tunnel to the server. */
async function tunnel(
  url: URL,
  proxy: { readonly url: URL; readonly authorization?: string },
  milliseconds: number,
  signal?: AbortSignal,
): Promise<Socket> {
  const socket = await plainConnection(proxy.url, milliseconds, signal);
  const target = `${url.hostname}:${portOf(url)}`;
  return new Promise((resolve, reject) => {
    const connect = httpRequest({
      method: 'CONNECT',
      path: target,
      headers: {
        Host: target,
        ...(proxy.authorization === undefined ? {} : { 'Proxy-Authorization': proxy.authorization }),
      },
      createConnection: () => socket,
    });
    const fail = (detail: string) => {
      clearTimeout(timer);
      socket.destroy();
      reject(new NotConnected('proxy', detail));
    };
    const timer = setTimeout(() => fail('the proxy does not answer'), milliseconds);
    connect.on('error', (error) => fail(error.message));
    connect.on('response', (answer) => fail(`the proxy answered ${answer.statusCode}`));
    connect.on('connect', (answer, tunnelled, early) => {
      if (answer.statusCode !== 200 || early.length > 0)
        return fail(`the proxy answered ${answer.statusCode}`);
      clearTimeout(timer);
      return resolve(tunnelled as Socket);
    });
    connect.end();
  });
}

/** A connected socket, TLS handshake done and the server's name checked. Rejects with NotConnected. */
export async function openConnection(
  url: URL,
  settings: ConnectionSettings,
  milliseconds: number,
  signal?: AbortSignal,
): Promise<Socket> {
  const socket =
    settings.proxy === undefined
      ? await plainConnection(url, milliseconds, signal)
      : await tunnel(url, settings.proxy, milliseconds, signal);
  if (url.protocol !== 'https:') return socket;
  const host = hostOf(url);
  const secure = tlsConnect({
    socket,
    host,
    // RFC 6066 3: a server name is never an address.
    ...(isIP(host) === 0 ? { servername: host } : {}),
    minVersion: 'TLSv1.2',
    rejectUnauthorized: true,
    ALPNProtocols: ['http/1.1'],
    ...(settings.ca === undefined ? {} : { ca: [...settings.ca] }),
    ...(settings.clientCertificate ?? {}),
  });
  return whenReady(secure, 'secureConnect', milliseconds, signal);
}
