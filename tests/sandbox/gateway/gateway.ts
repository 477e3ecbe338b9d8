// The sandbox's provincial gateway: sign-in by name and password, tokens that end, the agency's own key, then the REST
// operations over a hub of its own folder. Faults come on order at the admin port, as at the hub.
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { adminServer } from '../hub/admin';
import { Faults } from '../hub/faults';
import { listen, stop, wholeBody } from '../hub/front';
import { openMemory } from '../hub/memory';
import { misbehaveBefore, spoiled } from './misbehave';
import { answerRest, writeJson } from './rest';

export interface GatewaySettings {
  readonly dir: string;
  readonly port: number;
  readonly secretKey: string;
  readonly username: string;
  readonly password: string;
  readonly tokenSeconds: number;
  readonly maxPackageBytes: number;
  readonly now?: () => Date;
}

export interface RunningGateway {
  readonly port: number;
  readonly adminPort: number;
  /** How often somebody signed in. */
  signIns(): number;
  close(): Promise<void>;
}

export async function startGateway(settings: GatewaySettings): Promise<RunningGateway> {
  const now = settings.now ?? (() => new Date());
  const { hub, log } = openMemory(settings.dir, { lagSeconds: 0, maxPackageBytes: settings.maxPackageBytes });
  const tokens = new Map<string, number>();
  const faults = new Faults();
  let signIns = 0;

  async function login(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = JSON.parse((await wholeBody(request)).toString('utf8')) as Record<string, unknown>;
    if (body.username !== settings.username || body.password !== settings.password) {
      return writeJson(response, 401, {
        code: 401,
        message: 'Sai tên đăng nhập hoặc mật khẩu',
        errorDetail: [],
      });
    }
    signIns++;
    const token = randomUUID();
    tokens.set(token, now().getTime() + settings.tokenSeconds * 1000);
    writeJson(response, 200, { code: 200, message: 'Thành công', data: { token } });
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://gateway');
    const operation = url.pathname.split('/').at(-1) ?? '';
    const fault = faults.take(operation);
    if (fault !== undefined && !fault.accept) return misbehaveBefore(fault.mode, request, response);
    const target = fault === undefined ? response : spoiled(fault.mode, request, response);
    if (url.pathname === '/v1/auth/login') return login(request, target);
    const token = (request.headers.authorization ?? '').replace(/^Bearer /, '');
    if ((tokens.get(token) ?? 0) <= now().getTime()) {
      request.resume();
      return writeJson(target, 401, { code: 401, message: 'Phiên đã hết hạn', errorDetail: [] });
    }
    const systemId = String(request.headers['x-systemid'] ?? '');
    if (request.headers['x-secretkey'] !== settings.secretKey || hub.state.agency(systemId) === undefined) {
      request.resume();
      const data = { status: 'FAIL', errorCode: '15', errorDesc: 'Sai SystemId hoặc SecretKey' };
      return writeJson(target, 200, { code: 500, message: 'Lỗi', data });
    }
    return answerRest({ hub, systemId, now: now(), request, response: target }, operation, url.searchParams);
  }

  const server = createServer({ requestTimeout: 0 }, (request, response) => {
    handle(request, response).catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      if (response.headersSent) response.destroy();
      else writeJson(response, 500, { code: 500, message: '' });
    });
  });
  const admin = adminServer({ state: hub.state, faults, offerSeeds: async () => 0 });
  const port = await listen(server, settings.port, '127.0.0.1');
  const adminPort = await listen(admin, 0, '127.0.0.1');
  return {
    port,
    adminPort,
    signIns: () => signIns,
    async close() {
      await Promise.all([stop(server), stop(admin)]);
      log.close();
    },
  };
}
