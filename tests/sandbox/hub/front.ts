// What fronts of other wire formats need to use the hub's operations: a request with its parameters as values, and servers
// that listen and end. It knows no wire format.
import { createHash } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Answer, Hub } from './operation';
import { operations } from './operations';
import { unpaddedHex } from './wire';

export interface FrontCall {
  readonly operation: string;
  readonly systemId: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** The package of sendEdoc. */
  readonly file?: Uint8Array;
  readonly now: Date;
}

async function* bodyOf(file: Uint8Array | undefined): AsyncGenerator<Uint8Array> {
  if (file === undefined) return;
  yield file;
  yield Buffer.from('\r\n');
}

/** Runs one of the hub's operations. Throws Refusal. */
export function runOperation(hub: Hub, call: FrontCall): Promise<Answer> {
  const operation = operations[call.operation];
  if (operation === undefined) throw new Error(`no operation ${call.operation}`);
  const hash = call.file === undefined ? '' : createHash('sha256').update(call.file).digest('hex');
  const values = new Map(Object.entries({ servicetype: 'eDoc', ...call.parameters }));
  if (hash !== '') values.set('hash-file', unpaddedHex(hash));
  const caller = hub.state.keyOf(call.systemId);
  hub.state.attend(caller, call.now.toISOString());
  const lower = new Map([...values].map(([name, value]) => [name.toLowerCase(), value]));
  const signed = {
    systemId: call.systemId,
    parameter: (name: string) => lower.get(name.toLowerCase()) ?? '',
  };
  return operation.run(hub, { signed, caller, now: call.now, body: bodyOf(call.file) });
}

/** The whole body of a request. */
export async function wholeBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export interface MimePart {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** The parts of a multipart body, whole in memory. */
export function mimeParts(body: Buffer, contentType: string): MimePart[] {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) throw new Error('no boundary');
  const parts: MimePart[] = [];
  const mark = Buffer.from(`--${boundary}`);
  let at = body.indexOf(mark);
  while (at >= 0) {
    const start = at + mark.length + 2;
    const next = body.indexOf(mark, start);
    if (next < 0) break;
    const part = body.subarray(start, next - 2);
    const blank = part.indexOf('\r\n\r\n');
    const headers: Record<string, string> = {};
    for (const line of part.subarray(0, blank).toString('utf8').split('\r\n')) {
      const colon = line.indexOf(':');
      if (colon > 0) headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
    }
    parts.push({ headers, body: part.subarray(blank + 4) });
    at = next;
  }
  return parts;
}

export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve(address !== null && typeof address === 'object' ? address.port : port);
    });
  });
}

export function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
