// The sandbox's security server and the service behind it: REST r1 and SOAP 4.0, over TLS with a client certificate where one
// is wanted. Who asks is checked as X-Road does, then the hub's own operations are run. Written apart from the client on purpose.
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { misbehaveBefore, spoiled } from '../gateway/misbehave';
import { answerRest, writeJson } from '../gateway/rest';
import { adminServer } from '../hub/admin';
import { Faults } from '../hub/faults';
import { listen, stop } from '../hub/front';
import { openMemory } from '../hub/memory';
import { answerSoap } from './soap';

export interface SecurityServerSettings {
  readonly dir: string;
  readonly port: number;
  readonly maxPackageBytes: number;
  /** PEM; without it the server speaks plain HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string; readonly clientCa: string };
  /** Path of the service: `instance/class/member/subsystem/service`. */
  readonly service: string;
  /** Whether packages are given as SOAP attachments (swaRef), as MTOM, or inside the XML. */
  readonly attach: 'swa' | 'mtom' | 'inline';
}

export interface RunningSecurityServer {
  readonly port: number;
  readonly adminPort: number;
  close(): Promise<void>;
}

function refuse(response: ServerResponse, status: number, type: string, message: string): void {
  const detail = randomUUID();
  const body = JSON.stringify({ type, message, detail });
  response.writeHead(status, { 'Content-Type': 'application/json', 'X-Road-Error': type });
  response.end(body);
}

export async function startSecurityServer(settings: SecurityServerSettings): Promise<RunningSecurityServer> {
  const { hub, log } = openMemory(settings.dir, { lagSeconds: 0, maxPackageBytes: settings.maxPackageBytes });
  const faults = new Faults();

  /** The code of the asking agency is its member code. */
  async function rest(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const parts = url.pathname.split('/').slice(2).map(decodeURIComponent);
    const operation = parts.at(-1) ?? '';
    const fault = faults.take(operation);
    if (fault !== undefined && !fault.accept) return misbehaveBefore(fault.mode, request, response);
    const target = fault === undefined ? response : spoiled(fault.mode, request, response);
    const client = String(request.headers['x-road-client'] ?? '')
      .split('/')
      .map(decodeURIComponent);
    if (client.length < 3) {
      request.resume();
      return refuse(target, 400, 'Client.BadRequest', 'X-Road-Client is missing or malformed');
    }
    if (parts.slice(0, -1).join('/') !== settings.service) {
      request.resume();
      return refuse(target, 500, 'Server.ServerProxy.UnknownService', 'Unknown service');
    }
    const systemId = client[2] ?? '';
    if (hub.state.agency(systemId) === undefined) {
      request.resume();
      return refuse(target, 500, 'Server.ServerProxy.AccessDenied', 'Request is not allowed');
    }
    target.setHeader('X-Road-Id', String(request.headers['x-road-id'] ?? randomUUID()));
    target.setHeader('X-Road-Client', String(request.headers['x-road-client']));
    target.setHeader('X-Road-Request-Id', randomUUID());
    return answerRest(
      { hub, systemId, now: new Date(), request, response: target },
      operation,
      url.searchParams,
    );
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://server');
    const socket = request.socket as Partial<TLSSocket>;
    if (settings.tls !== undefined && socket.authorized !== true) {
      request.resume();
      return refuse(
        response,
        500,
        'Server.ClientProxy.SslAuthenticationFailed',
        'Client certificate is not trusted',
      );
    }
    if (url.pathname.startsWith('/r1/')) return rest(request, response, url);
    if (request.method !== 'POST') return refuse(response, 400, 'Client.InvalidHttpMethod', 'Must use POST');
    return answerSoap({ hub, faults, attach: settings.attach, request, response });
  }

  const listener = (request: IncomingMessage, response: ServerResponse) => {
    handle(request, response).catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      if (response.headersSent) response.destroy();
      else writeJson(response, 500, {});
    });
  };
  const { tls } = settings;
  const server: Server =
    tls === undefined
      ? createServer(listener)
      : createTlsServer(
          { cert: tls.cert, key: tls.key, ca: tls.clientCa, requestCert: true, rejectUnauthorized: false },
          listener,
        );
  const admin = adminServer({ state: hub.state, faults, offerSeeds: async () => 0 });
  const port = await listen(server, settings.port, '127.0.0.1');
  const adminPort = await listen(admin, 0, '127.0.0.1');
  return {
    port,
    adminPort,
    async close() {
      await Promise.all([stop(server), stop(admin)]);
      log.close();
    },
  };
}
