// The SOAP side of the sandbox's security server: takes a request apart with plain searches in its text, runs the hub's
// operation and answers as PR-MESS shows it. It is no parser of XML and wants the shape of this project's client.
import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { misbehaveBefore, spoiled } from '../gateway/misbehave';
import type { Faults } from '../hub/faults';
import { mimeParts, runOperation, wholeBody } from '../hub/front';
import type { Hub } from '../hub/operation';
import { operations } from '../hub/operations';
import { Refusal } from '../hub/wire';

export interface SoapFront {
  readonly hub: Hub;
  readonly faults: Faults;
  readonly attach: 'swa' | 'mtom' | 'inline';
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

const plain = (text: string) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function all(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<(?:\\w+:)?${name}(?:\\s[^>]*)?>([^<]*)<`, 'g'))].map((match) =>
    plain(match[1] ?? ''),
  );
}

function element(name: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => element(name, one)).join('');
  if (typeof value === 'object' && value !== null) {
    const inside = Object.entries(value).map(([key, one]) => element(key, one));
    return `<${name}>${inside.join('')}</${name}>`;
  }
  return `<${name}>${escaped(String(value))}</${name}>`;
}

function writeXml(response: ServerResponse, status: number, xml: string): void {
  const body = Buffer.from(xml, 'utf8');
  response.writeHead(status, {
    'Content-Type': 'text/xml; charset=UTF-8',
    'Content-Length': String(body.length),
  });
  response.end(body);
}

function fault(response: ServerResponse, code: string, words: string): void {
  writeXml(
    response,
    500,
    `<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Body><SOAP-ENV:Fault><faultcode>${code}</faultcode><faultstring>${escaped(words)}</faultstring><faultactor></faultactor><detail><faultDetail xmlns="">f31e7451</faultDetail></detail></SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>`,
  );
}

/** The request's own header, and the answer in its wrapper. */
function envelope(xml: string, operation: string, inside: string): string {
  const header = /<SOAP-ENV:Header>[\s\S]*<\/SOAP-ENV:Header>/.exec(xml)?.[0] ?? '';
  return `<?xml version="1.0" encoding="UTF-8"?><SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xrd="http://x-road.eu/xsd/xroad.xsd" xmlns:id="http://x-road.eu/xsd/identifiers" xmlns:p="http://producer.x-road.eu">${header}<SOAP-ENV:Body><p:${operation}Response>${inside}</p:${operation}Response></SOAP-ENV:Body></SOAP-ENV:Envelope>`;
}

const okWords = '<status>OK</status><ErrorCode>0</ErrorCode><ErrorDesc>Thành công</ErrorDesc>';

async function writePackage(front: SoapFront, xml: string, docId: string): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(front.hub.packages.path(docId))) chunks.push(chunk as Buffer);
  const file = Buffer.concat(chunks);
  const base64 = file.toString('base64');
  if (front.attach === 'inline') {
    return writeXml(front.response, 200, envelope(xml, 'getEdoc', `${okWords}<data>${base64}</data>`));
  }
  const reference =
    front.attach === 'swa'
      ? 'cid:data.bin'
      : '<inc:Include href="cid:data.bin" xmlns:inc="http://www.w3.org/2004/08/xop/include"/>';
  const root = envelope(xml, 'getEdoc', `${okWords}<data>${reference}</data>`);
  const type = front.attach === 'swa' ? 'text/xml' : 'application/xop+xml';
  const encoding = front.attach === 'swa' ? 'base64' : 'binary';
  const body = Buffer.concat([
    Buffer.from(
      `--MIME_boundary\r\nContent-Type: ${type}; charset=UTF-8\r\nContent-Transfer-Encoding: 8bit\r\nContent-ID: <rootpart>\r\n\r\n${root}\r\n--MIME_boundary\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: ${encoding}\r\nContent-ID: <data.bin>\r\n\r\n`,
    ),
    encoding === 'base64' ? Buffer.from(base64.replace(/.{76}/g, '$&\r\n')) : file,
    Buffer.from('\r\n--MIME_boundary--\r\n'),
  ]);
  front.response.writeHead(200, {
    'Content-Type': `multipart/related; type="${type}"; start="<rootpart>"; boundary="MIME_boundary"`,
    'Content-Length': String(body.length),
  });
  front.response.end(body);
}

async function run(
  front: SoapFront,
  xml: string,
  operation: string,
  file: Buffer | undefined,
): Promise<void> {
  const { hub, response } = front;
  const body = /<SOAP-ENV:Body>([\s\S]*)<\/SOAP-ENV:Body>/.exec(xml)?.[1] ?? '';
  const names = ['servicetype', 'messagetype', 'docId', 'status', 'from', 'agencycode'];
  const parameters = Object.fromEntries(names.map((name) => [name, all(body, name)[0] ?? '']));
  const to = all(body, 'to');
  const entry = Object.fromEntries(
    ['id', 'pid', 'code', 'name', 'mail'].map((name) => [name, all(body, name)[0] ?? '']),
  );
  const bytes = operation === 'registerAgency' ? Buffer.from(JSON.stringify(entry)) : file;
  try {
    const answer = await runOperation(hub, {
      operation,
      systemId: all(xml, 'memberCode')[0] ?? '',
      parameters: { ...parameters, to: JSON.stringify(to) },
      now: new Date(),
      ...(bytes === undefined ? {} : { file: bytes }),
    });
    if (answer.kind !== 'json') return await writePackage(front, xml, answer.docId);
    const inside = Object.entries(answer.value).map(([name, value]) => element(name, value));
    return writeXml(response, 200, envelope(xml, operation, inside.join('')));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const inside =
      element('status', 'FAIL') +
      element('ErrorCode', error.errorCode) +
      element('ErrorDesc', error.errorDesc);
    return writeXml(response, 200, envelope(xml, operation, inside));
  }
}

export async function answerSoap(front: SoapFront): Promise<void> {
  const { request, response, hub, faults } = front;
  const contentType = request.headers['content-type'] ?? '';
  const body = await wholeBody(request);
  const parts = contentType.startsWith('multipart/') ? mimeParts(body, contentType) : [];
  const xml = (parts[0]?.body ?? body).toString('utf8');
  const operation = all(xml, 'serviceCode')[0] ?? '';
  const order = faults.take(operation);
  if (order !== undefined && !order.accept) return misbehaveBefore(order.mode, request, response);
  const target = order === undefined ? response : spoiled(order.mode, request, response);
  if (all(xml, 'protocolVersion')[0] !== '4.0') return fault(target, 'Client.InvalidSoap', 'protocolVersion');
  if (!Object.hasOwn(operations, operation)) {
    return fault(target, 'Server.ServerProxy.UnknownService', `Unknown service: ${operation}`);
  }
  if (hub.state.agency(all(xml, 'memberCode')[0] ?? '') === undefined) {
    return fault(target, 'Server.ServerProxy.AccessDenied', 'Request is not allowed');
  }
  await run({ ...front, response: target }, xml, operation, parts[1]?.body);
}
