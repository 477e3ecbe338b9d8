// Requests to the hub as bytes over a socket: captured from the reference SDK, or made by hand apart from the project's own
// client. For tests alone.
import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

const fixtures = new URL('../../fixtures/', import.meta.url);

/** A status package and a document package of the reference library. */
export const status = readFileSync(new URL('edxml/status_01.edxml', fixtures));
export const document = readFileSync(new URL('edxml/edoc_new.edxml', fixtures));

export interface Reply {
  readonly status: number;
  readonly json: Record<string, unknown>;
  readonly raw: string;
}

/** Sends exactly these bytes and reads until the server closes. */
export function exchangeBytes(port: number, head: string, body: Uint8Array): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      const text = Buffer.concat(chunks).toString('utf8');
      const final = text.replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '');
      const [headers = '', rest] = final.split('\r\n\r\n');
      const length = /content-length: (\d+)/i.exec(headers)?.[1];
      const whole =
        length === undefined ? final.endsWith('0\r\n\r\n') : Buffer.byteLength(rest ?? '') >= Number(length);
      if (rest !== undefined && whole) socket.end();
    });
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('utf8')));
    socket.on('error', reject);
    socket.write(head);
    socket.write(body);
  });
}

export async function send(port: number, head: string, body: Uint8Array): Promise<Reply> {
  const raw = (await exchangeBytes(port, head, body)).replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '');
  const [headers = '', ...rest] = raw.split('\r\n\r\n');
  const text = rest.join('\r\n\r\n');
  const json = text.startsWith('{') ? text : text.replace(/^[0-9a-f]+\r\n|\r\n[0-9a-f]+\r\n/g, '').trim();
  return {
    status: Number(/^HTTP\/1\.1 (\d+)/.exec(headers)?.[1]),
    json: json.startsWith('{') ? (JSON.parse(json) as Record<string, unknown>) : {},
    raw,
  };
}

/** The captured request of an operation as bytes; the body of sendEdoc is the package that was captured in part. */
export function captured(operation: string): { head: string; body: Buffer } {
  const text = readFileSync(new URL('vxp/sdkvxp-2.0.0-requests.txt', fixtures), 'utf8');
  const block = text.split(/^### /m).find((one) => one.includes(`/${operation} HTTP/1.1`)) ?? '';
  const head = `${block.slice(0, block.indexOf('\n\n')).replaceAll('\n', '\r\n')}\r\n\r\n`;
  const size = Number(/^--body (\d+) bytes--$/m.exec(block)?.[1]);
  const shown = /^--body \d+ bytes--\n(.*)$/m.exec(block)?.[1] ?? '';
  const body = operation === 'sendEdoc' ? Buffer.concat([status, Buffer.from('\r\n')]) : Buffer.from(shown);
  return { head, body: size === 0 ? Buffer.alloc(0) : body };
}

export interface Parts {
  readonly operation: string;
  readonly method?: string;
  readonly parameters?: readonly (readonly [string, string])[];
  readonly body?: Uint8Array;
  readonly contentType?: string;
  readonly rawContentType?: string;
  readonly systemId?: string;
  readonly secret?: string;
  readonly timestamp?: string;
}

/** A request made by hand, apart from the project's own client. */
export function made(parts: Parts): { head: string; body: Uint8Array } {
  const contentType = parts.contentType ?? 'application/json';
  const logical = [
    ['systemid', parts.systemId ?? 'G12'],
    ...(parts.parameters ?? []),
    ['timestamp', parts.timestamp ?? '22112026T130000+0000'],
    ['Content-Type', contentType],
  ] as const;
  const signed = JSON.stringify(
    Object.fromEntries(logical.map(([name, value]) => [`XroadVnpt-${name}`, value])),
  );
  const body = parts.body ?? Buffer.from('{}');
  const lines = [
    `${parts.method ?? 'POST'} /any/prefix/${parts.operation} HTTP/1.1`,
    'Host: hub',
    `Content-Type: ${parts.rawContentType ?? contentType}`,
    ...logical.map(([name, value]) => `XroadVnpt-${name}: ${value}`),
    `XroadVnpt-sign-header-key: ${logical.map(([name]) => name).join(';')}`,
    `XroadVnpt-sign-header: ${signed}`,
    `XroadVnpt-hash-header: ${createHmac('sha256', parts.secret ?? 's3cr3t')
      .update(signed)
      .digest('hex')}`,
    `Content-Length: ${body.length}`,
  ];
  return { head: `${lines.join('\r\n')}\r\n\r\n`, body };
}

function unpadded(bytes: Uint8Array): string {
  return [...createHash('sha256').update(bytes).digest()].map((byte) => byte.toString(16)).join('');
}

export interface UploadWish extends Partial<Parts> {
  readonly to?: readonly string[];
  readonly hash?: string;
  /** What follows the package. */
  readonly tail?: string;
}

export function uploadBytes(bytes: Uint8Array, wish: UploadWish = {}) {
  return made({
    operation: 'sendEdoc',
    contentType: 'application/octet-stream',
    body: Buffer.concat([bytes, Buffer.from(wish.tail ?? '\r\n')]),
    parameters: [
      ['servicetype', 'eDoc'],
      ['messagetype', 'edoc'],
      ['hash-file', wish.hash ?? unpadded(bytes)],
      ['from', 'G12'],
      ['to', JSON.stringify(wish.to ?? ['H26', '000.00.00.G22'])],
    ],
    ...wish,
  });
}
