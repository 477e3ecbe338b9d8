// The protocol's own example messages: read as they stand, and our requests beside the example of a request.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { AnswerCut } from '../transport';
import { xroadFailure } from './failures';
import { clientHeader, isIdentifierPart, restPath } from './identifiers';
import { judge, readSoapAnswer } from './soap-answer';
import { childOf, parseXml, readSoap, textOf, type XmlNode } from './soap-read';
import { soapEnvelope } from './soap-write';

const example = (name: string) =>
  readFileSync(new URL(`../../../tests/fixtures/xroad/${name}.txt`, import.meta.url), 'utf8');
const messageId = '4894e35d-bf0f-44a6-867a-8e51f1daa7e0';
const client = { instance: 'EE', memberClass: 'GOV', memberCode: 'MEMBER1', subsystemCode: 'SUBSYSTEM1' };
const provider = { instance: 'EE', memberClass: 'GOV', memberCode: 'MEMBER2', subsystemCode: 'SUBSYSTEM2' };

/** Names, attributes and texts, without prefixes and blanks. */
const shape = (node: XmlNode): unknown => [
  node.uri,
  node.local,
  Object.fromEntries(Object.entries(node.attributes).filter(([, value]) => !value.startsWith('http'))),
  node.text,
  node.children.map(shape),
];

test('a request of ours has the header of the example, element by element (annex E.1)', () => {
  const ours = parseXml(
    soapEnvelope({
      client,
      service: { ...provider, serviceCode: 'exampleService', serviceVersion: 'v1' },
      namespace: 'http://producer.x-road.eu',
      id: messageId,
      userId: 'EE12345678901',
      parameters: [['exampleInput', 'foo']],
    }),
  );
  const theirs = parseXml(example('e_1_request'));
  // `issue` is left out by us: it is optional and names a paper file of the asker.
  const without = (node: XmlNode): XmlNode => ({
    ...node,
    children: node.children.filter((child) => child.local !== 'issue').map(without),
  });
  expect(shape(ours)).toEqual(shape(without(theirs)));
});

test('the example of an answer gives its output (annex E.2)', () => {
  const wrapper = judge(example('e_2_response'), { id: messageId, serviceCode: 'exampleService' });
  expect('local' in wrapper && textOf(wrapper, 'exampleOutput')).toBe('bar');
});

test('an answer to another message, or of another service, is nobody’s answer', () => {
  const text = example('e_2_response');
  expect(() => judge(text, { id: 'x', serviceCode: 'exampleService' })).toThrow(AnswerCut);
  expect(() => judge(text, { id: messageId, serviceCode: 'other' })).toThrow(AnswerCut);
});

test('a technical error is a fault: it does not say what the service did (annex D.1)', () => {
  expect(readSoap(example('d_1_technical'))).toMatchObject({
    kind: 'fault',
    code: 'Server.ClientProxy.ServiceFailed.MissingBody',
    detail: 'f31e7451-f0ac-48f6-9f05-1f0459e48eea',
  });
  expect(judge(example('d_1_technical'), { id: messageId, serviceCode: 'test' })).toMatchObject({
    kind: 'unknown',
    reason: 'server-error',
  });
});

test('a non-technical error is the service’s refusal in its words (annex D.2)', () => {
  expect(judge(example('d_2_non-technical'), { id: messageId, serviceCode: 'exampleService' })).toEqual({
    kind: 'refused',
    errorCode: 'test_failed',
    errorDesc: 'Could not read test parameters',
  });
});

describe('multipart examples', () => {
  /** The annex shows the HTTP header folded and, in place of other headers, words; lines end as in HTTP. */
  function parts(name: string): { contentType: string; body: Buffer } {
    const text = example(name).replace(/\r?\n/g, '\r\n');
    const blank = text.indexOf('\r\n\r\n');
    const head = text.slice(0, blank).replace(/\r\n\s+/g, ' ');
    const contentType = /Content-Type: (.*)/.exec(head)?.[1] ?? '';
    return { contentType, body: Buffer.from(text.slice(blank + 2), 'utf8') };
  }

  /** As an answer: the same message with its wrapper named as one. */
  function asAnswer(body: Buffer, service: string): Buffer {
    return Buffer.from(
      body.toString('utf8').replaceAll(`ns1:${service}>`, `ns1:${service}Response>`),
      'utf8',
    );
  }

  async function* chunks(body: Buffer, size: number): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < body.length; at += size) yield body.subarray(at, at + size);
  }

  test.each([
    ['annex_f_example_request_with_attachment', 'exampleServiceSwaRef', 1],
    ['annex_f_example_request_with_attachment', 'exampleServiceSwaRef', 17],
    ['annex_f_example_request_with_attachment', 'exampleServiceSwaRef', 100_000],
    ['annex_g_example_request_with_mtom_attachment', 'exampleServiceMtom', 1],
    ['annex_g_example_request_with_mtom_attachment', 'exampleServiceMtom', 31],
    ['annex_g_example_request_with_mtom_attachment', 'exampleServiceMtom', 100_000],
  ])('%s, in pieces: %s by %i bytes', async (name, service, size) => {
    const { contentType, body } = parts(name);
    const got: Uint8Array[] = [];
    const verdict = await readSoapAnswer(
      { status: 200, headers: { 'content-type': contentType } },
      chunks(asAnswer(body, service), size),
      { id: messageId, serviceCode: service },
      (wrapper) => {
        const attachment = childOf(wrapper, 'exampleAttachment');
        const include = attachment === undefined ? undefined : childOf(attachment, 'Include');
        return (include?.attributes.href ?? attachment?.text ?? '').replace('cid:', '');
      },
      async (bytes) => void got.push(Uint8Array.from(bytes)),
    );
    expect('local' in verdict && textOf(verdict, 'exampleInput')).toBe('foo');
    expect(Buffer.concat(got).toString('utf8')).toBe('This is attachment.\r\n');
  });

  test.each([
    ['its last boundary is missing', (text: string) => text.replace('--MIME_boundary--', '')],
    [
      'its attachment is another one',
      (text: string) => text.replace('Content-ID: <data.bin>', 'Content-ID: <x>'),
    ],
    ['a transfer encoding that nobody knows', (text: string) => text.replace('base64', 'uuencode')],
    ['the attachment is no Base64', (text: string) => text.replace('VGhpcyBp', 'VGh!cyBp')],
  ])('a multipart where %s is garbled', async (_, change) => {
    const { contentType, body } = parts('annex_f_example_request_with_attachment');
    const spoiled = Buffer.from(change(asAnswer(body, 'exampleServiceSwaRef').toString('utf8')), 'utf8');
    const reading = readSoapAnswer(
      { status: 200, headers: { 'content-type': contentType } },
      chunks(spoiled, 64),
      { id: messageId, serviceCode: 'exampleServiceSwaRef' },
      () => 'data.bin',
      async () => undefined,
    );
    await expect(reading).rejects.toThrow(AnswerCut);
  });
});

test.each([
  ['Client.BadRequest', 'refused'],
  ['Client', 'refused'],
  ['Server.ServerProxy.UnknownService', 'refused'],
  ['Server.ServerProxy.AccessDenied', 'signed-out'],
  ['Server.ClientProxy.OutdatedGlobalConf', 'not-sent'],
  ['Server.ClientProxy.NetworkError', 'unknown'],
  ['Server.ServerProxy.ServiceFailed', 'unknown'],
  ['Server.ServerProxy.DatabaseError', 'unknown'],
  ['', 'unknown'],
])('%s is %s', (type, kind) => {
  expect(xroadFailure(type, 'words', '')).toMatchObject({ kind });
});

test('identifiers are encoded part by part, separators stay', () => {
  const odd = { instance: 'VN', memberClass: 'GOV', memberCode: "a b?c=d,e+(f)'", subsystemCode: 'trục' };
  expect(restPath({ ...odd, serviceCode: 'x' })).toBe("/r1/VN/GOV/a%20b%3Fc%3Dd%2Ce%2B(f)'/tr%E1%BB%A5c/x");
  expect(clientHeader({ instance: 'VN', memberClass: 'GOV', memberCode: 'H37' })).toBe('VN/GOV/H37');
});

test.each(['', '.', '..', 'a/b', 'a\\b', 'a:b', 'a;b', 'a%b', 'a\u0000', 'a\u200bb'])(
  '%j is no part of an identifier',
  (part) => {
    expect(isIdentifierPart(part)).toBe(false);
  },
);

test.each([
  '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
  '<x>',
  'no XML',
  `${'<a>'.repeat(100)}${'</a>'.repeat(100)}`,
  '<Envelope/>',
  '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body/></e:Envelope>',
])('%j is garbled', (text) => {
  expect(() => readSoap(text)).toThrow(AnswerCut);
});
