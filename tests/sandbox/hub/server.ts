// The hub's HTTP side: one path a operation, the answer as JSON or a package, faults on order. It changes no state itself.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Fault, Faults } from './faults';
import type { Answer, Hub } from './operation';
import { operations } from './operations';
import { errorCodes, Refusal, verifyRequest } from './wire';

export interface ServerSettings {
  /** The secret of a system id, undefined when it is not registered. */
  secretOf(systemId: string): string | undefined;
  readonly toleranceSeconds: number;
  readonly now: () => Date;
}

/** Receiver lists travel in headers, twice. */
const maxHeaderSize = 8 * 1024 * 1024;

export function hubServer(hub: Hub, faults: Faults, settings: ServerSettings): Server {
  const server = createServer({ maxHeaderSize, requestTimeout: 0 }, (request, response) => {
    handle(hub, faults, settings, request, response).catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      if (response.headersSent) response.destroy();
      else writeJson(response, 500, refusalBody(errorCodes.systemError, 'Lỗi hệ thống'));
    });
  });
  return server;
}

async function handle(
  hub: Hub,
  faults: Faults,
  settings: ServerSettings,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const name = new URL(request.url ?? '/', 'http://hub').pathname.split('/').at(-1) ?? '';
  const fault = faults.take(name);
  if (fault !== undefined && !fault.accept) return misbehave(fault, request, response, undefined);
  const answer = await answerTo(hub, settings, name, request);
  // What was not read is read away, else the client could not read the answer.
  request.resume();
  if (fault !== undefined) return misbehave(fault, request, response, answer);
  return write(hub, response, answer);
}

type Outcome = Answer | { readonly kind: 'refusal'; readonly refusal: Refusal };

async function answerTo(
  hub: Hub,
  settings: ServerSettings,
  name: string,
  request: IncomingMessage,
): Promise<Outcome> {
  try {
    const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
    if (operation === undefined) throw new Refusal(errorCodes.wrongParameter, 'Không có dịch vụ này', 404);
    if (!operation.methods.includes(request.method ?? '')) {
      throw new Refusal(errorCodes.wrongParameter, 'Sai phương thức HTTP', 405);
    }
    const now = settings.now();
    const signed = verifyRequest(
      request.headers,
      operation.contentType,
      (systemId) => settings.secretOf(systemId),
      now,
      settings.toleranceSeconds,
    );
    const caller = hub.state.keyOf(signed.systemId);
    hub.state.attend(caller, now.toISOString());
    return await operation.run(hub, { signed, caller, now, body: request });
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'refusal', refusal: error };
    throw error;
  }
}

/** SDK 2.0.0 reads DocId of every answer to sendEdoc, refusals included. */
function refusalBody(errorCode: string, errorDesc: string) {
  return { status: 'FAIL', ErrorCode: errorCode, ErrorDesc: errorDesc, DocId: '' };
}

function writeJson(response: ServerResponse, status: number, value: unknown): void {
  const body = Buffer.from(JSON.stringify(value), 'utf8');
  response.writeHead(status, {
    'Content-Type': 'application/json;charset=UTF-8',
    'Content-Length': String(body.length),
  });
  response.end(body);
}

async function write(hub: Hub, response: ServerResponse, answer: Outcome): Promise<void> {
  switch (answer.kind) {
    case 'refusal': {
      const { errorCode, errorDesc, status } = answer.refusal;
      return writeJson(response, status, refusalBody(errorCode, errorDesc));
    }
    case 'json':
      return writeJson(response, 200, answer.value);
    case 'package':
      response.writeHead(200, { 'Content-Type': 'application/octet-stream' });
      return pipeline(hub.packages.stream(answer.docId), response);
    case 'package-in-json':
      response.writeHead(200, { 'Content-Type': 'application/json;charset=UTF-8' });
      return pipeline(packageInJson(hub, answer.docId), response);
    default: {
      const never: never = answer;
      throw new Error(`unknown answer ${JSON.stringify(never)}`);
    }
  }
}

async function* packageInJson(hub: Hub, docId: string): AsyncGenerator<string> {
  yield '{"status":"OK","ErrorCode":"0","ErrorDesc":"Thành công","data":"';
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of hub.packages.stream(docId)) {
    const bytes: Buffer = Buffer.concat([rest, chunk as Buffer]);
    const whole = bytes.length - (bytes.length % 3);
    rest = bytes.subarray(whole);
    yield bytes.toString('base64', 0, whole);
  }
  yield `${rest.toString('base64')}"}`;
}

async function misbehave(
  fault: Fault,
  request: IncomingMessage,
  response: ServerResponse,
  answer: Outcome | undefined,
): Promise<void> {
  switch (fault.mode) {
    case 'close':
    case 'drop-after-accept':
      request.socket.destroy();
      return;
    case 'hang':
      request.resume();
      return;
    case 'garbage':
      request.resume();
      response.writeHead(200, { 'Content-Type': 'text/html' });
      response.end('<html><body>Hệ thống đang bảo trì \u0000\u0001</body></html>');
      return;
    case 'http-500':
      request.resume();
      response.writeHead(500, { 'Content-Type': 'text/plain' });
      response.end('Internal Server Error');
      return;
    case 'half-answer': {
      const body = Buffer.from(
        JSON.stringify(answer?.kind === 'json' ? answer.value : { status: 'OK', data: '' }),
      );
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': String(body.length) });
      response.write(body.subarray(0, Math.floor(body.length / 2)), () => request.socket.destroy());
      return;
    }
    case 'nameless-entry': {
      const listed = answer?.kind === 'json' ? (answer.value as { readonly data?: unknown }) : {};
      const entries = Array.isArray(listed.data) ? (listed.data as unknown[]) : [];
      writeJson(response, 200, { ...listed, data: [...entries, { serviceType: 'eDoc', docId: null }] });
      return;
    }
    default: {
      const never: never = fault.mode;
      throw new Error(`unknown fault ${String(never)}`);
    }
  }
}
