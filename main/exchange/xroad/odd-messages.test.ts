// Messages at the edges of the protocol: boundaries of every legal form, charsets, byte order marks, text around the parts,
// errors with words that cannot be read.
import { describe, expect, test } from 'vitest';
import { AnswerCut, defaultLimits, type Transport } from '../transport';
import { boundaryOf } from './mime-reader';
import { createXroadRestHub } from './rest';
import { contentIdOf, readSoapAnswer } from './soap-answer';
import { childOf, parseXml, readSoap, textOf } from './soap-read';

const expected = { id: 'M-1', serviceCode: 'getEdoc' };

function envelope(inside: string, declaration = ''): string {
  return (
    `${declaration}<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:x="http://x-road.eu/xsd/xroad.xsd">` +
    `<s:Header><x:id>M-1</x:id></s:Header><s:Body><p:getEdocResponse xmlns:p="urn:p">${inside}</p:getEdocResponse></s:Body></s:Envelope>`
  );
}
const pointing = envelope('<status>OK</status><data>cid:goi%40tin</data>');

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

interface Multipart {
  readonly boundary: string;
  readonly parameter: string;
  readonly before?: string;
  readonly after?: string;
  readonly padding?: string;
  readonly root?: Uint8Array;
  readonly rootType?: string;
  readonly attachment?: string;
  readonly encoding?: string;
}

async function read(wish: Multipart, size = 7) {
  const { boundary, padding = '' } = wish;
  const body = Buffer.concat([
    Buffer.from(`${wish.before ?? ''}--${boundary}${padding}\r\n`),
    Buffer.from(`content-type: ${wish.rootType ?? 'text/xml; charset=UTF-8'}\r\n\r\n`),
    Buffer.from(wish.root ?? Buffer.from(pointing)),
    Buffer.from(`\r\n--${boundary}${padding}\r\nCONTENT-ID:\r\n <goi@tin>\r\n`),
    Buffer.from(
      `Content-Transfer-Encoding: ${wish.encoding ?? 'binary'}\r\n\r\n${wish.attachment ?? 'gói tin'}`,
    ),
    Buffer.from(`\r\n--${boundary}--${wish.after ?? ''}`),
  ]);
  const got: Uint8Array[] = [];
  const contentType = `multipart/related; type="text/xml"; ${wish.parameter}`;
  const verdict = await readSoapAnswer(
    { status: 200, headers: { 'content-type': contentType } },
    pieces(body, size),
    expected,
    (wrapper) => {
      const data = childOf(wrapper, 'data');
      return data === undefined ? null : contentIdOf(data);
    },
    async (bytes) => void got.push(Uint8Array.from(bytes)),
  );
  return { verdict, bytes: Buffer.concat(got).toString('utf8') };
}

describe('a multipart answer', () => {
  test.each([
    ['plain', { boundary: 'MIME_boundary', parameter: 'boundary=MIME_boundary' }],
    ['quoted, with a blank and colons', { boundary: 'a b:c', parameter: 'boundary="a b:c"' }],
    [
      'of every mark that RFC 2046 allows',
      { boundary: "'()+_,-./:=?z", parameter: `boundary="'()+_,-./:=?z"` },
    ],
    ['of dashes alone', { boundary: '------', parameter: 'boundary=------' }],
    ['of 70 characters', { boundary: 'x'.repeat(70), parameter: `boundary=${'x'.repeat(70)}` }],
    [
      'named in capitals, other parameters after it',
      { boundary: 'b1', parameter: 'BOUNDARY=b1; start="<root>"' },
    ],
    ['with blanks after it', { boundary: 'b1', parameter: 'boundary=b1', padding: ' \t ' }],
    [
      'with words before the first and after the last part',
      { boundary: 'b1', parameter: 'boundary=b1', before: 'This is MIME.\r\n', after: '\r\nbye\r\n' },
    ],
  ] satisfies [string, Multipart][])('has a boundary %s', async (_, wish) => {
    for (const size of [1, 7, 10_000]) expect((await read(wish, size)).bytes).toBe('gói tin');
  });

  test('gives a package with line ends and lines that begin with two dashes byte for byte', async () => {
    const attachment = '\r\n--b\r\n-- b1\r\n\r\n--B1\r\n\r\n';
    expect((await read({ boundary: 'b1', parameter: 'boundary=b1', attachment })).bytes).toBe(attachment);
  });

  test('gives an empty package as empty', async () => {
    expect((await read({ boundary: 'b1', parameter: 'boundary=b1', attachment: '' })).bytes).toBe('');
  });

  test('in Base64 may be broken over lines', async () => {
    const attachment = 'Z8OzaS\r\nB0a\r\nW4=\r\n';
    const got = await read({ boundary: 'b1', parameter: 'boundary=b1', attachment, encoding: 'Base64' });
    expect(got.bytes).toBe('gói tin');
  });

  test.each([
    ['UTF-8 with a byte order mark', 'text/xml; charset=utf-8', Buffer.from(`\ufeff${pointing}`, 'utf8')],
    ['UTF-16', 'application/xop+xml; charset="utf-16le"; type="text/xml"', Buffer.from(pointing, 'utf16le')],
    ['no charset', 'text/xml', Buffer.from(pointing)],
  ])('may have a SOAP part of %s', async (_, rootType, root) => {
    const got = await read({ boundary: 'b1', parameter: 'boundary=b1', root, rootType });
    expect('local' in got.verdict && textOf(got.verdict, 'status')).toBe('OK');
    expect(got.bytes).toBe('gói tin');
  });

  test.each([
    ['a charset that nobody knows', 'text/xml; charset=x-none', Buffer.from(pointing)],
    ['bytes that are not of its charset', 'text/xml; charset=utf-8', Buffer.from([0x3c, 0xff, 0xfe, 0x80])],
  ])('with %s is garbled', async (_, rootType, root) => {
    await expect(read({ boundary: 'b1', parameter: 'boundary=b1', root, rootType })).rejects.toThrow(
      AnswerCut,
    );
  });

  test.each([
    'multipart/related',
    'multipart/related; boundary=""',
    'multipart/mixed; boundary=b1',
    'text/xml; boundary=b1',
  ])('%s has no boundary of ours', (contentType) => {
    expect(boundaryOf(contentType)).toBeNull();
  });
});

test('an answer in one piece may say its charset too', async () => {
  const verdict = await readSoapAnswer(
    { status: 200, headers: { 'content-type': 'text/xml; charset=UTF-16LE' } },
    pieces(Buffer.from(envelope('<status>Đã nhận</status>'), 'utf16le'), 11),
    expected,
    () => null,
    async () => undefined,
  );
  expect('local' in verdict && textOf(verdict, 'status')).toBe('Đã nhận');
});

describe('a fault', () => {
  const fault = (detail: string, actor = '') =>
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><e:Fault>' +
    `<faultcode>Server.ServerProxy.ServiceFailed.InvalidSoap</faultcode><faultstring>Lỗi</faultstring>${actor}${detail}` +
    '</e:Fault></e:Body></e:Envelope>';

  test.each([
    ['<detail><faultDetail xmlns="">f31e</faultDetail></detail>', 'f31e'],
    ['<detail><x:faultDetail xmlns:x="http://x-road.eu/xsd/xroad.xsd">f31e</x:faultDetail></detail>', 'f31e'],
    ['<detail/>', ''],
    ['', ''],
  ])('is read with its detail %s', (detail, words) => {
    expect(readSoap(fault(detail, '<faultactor/>'))).toMatchObject({
      kind: 'fault',
      code: 'Server.ServerProxy.ServiceFailed.InvalidSoap',
      words: 'Lỗi',
      detail: words,
    });
  });

  test('inside the SOAP part of a multipart is that fault, whatever is attached', async () => {
    const root = Buffer.from(fault('<detail><faultDetail>x</faultDetail></detail>'));
    const got = await read({ boundary: 'b1', parameter: 'boundary=b1', root });
    expect(got.verdict).toMatchObject({ kind: 'unknown', reason: 'server-error' });
    expect(got.bytes).toBe('');
  });
});

describe('an error of a security server over REST', () => {
  /** A wire that gives this one answer, or the way in which reading it failed. */
  function answering(status: number, headers: Record<string, string>, body: string): Transport {
    return {
      async request(_request, readAnswer) {
        try {
          const value = await readAnswer({ status, headers }, pieces(Buffer.from(body), 5));
          return { kind: 'answered', value };
        } catch (error) {
          if (error instanceof AnswerCut) return { kind: 'cut', reason: error.reason, detail: error.message };
          throw error;
        }
      },
    };
  }

  async function ask(status: number, headers: Record<string, string>, body: string) {
    const hub = createXroadRestHub({
      endpoint: new URL('https://10.0.0.1'),
      client: { instance: 'VN', memberClass: 'GOV', memberCode: 'H37' },
      service: { instance: 'VN', memberClass: 'GOV', memberCode: 'VPCP', serviceCode: 'edoc' },
      newId: () => 'M-1',
      transport: answering(status, headers, body),
      inspect: async () => ({ kind: 'edoc', secrecyMarks: [] }),
      now: () => new Date('2026-11-20T03:00:00Z'),
      limits: defaultLimits,
      maxPackageBytes: 1000,
      signedOutCodes: ['15'],
      lookbackDays: 1,
      firstPage: 0,
    });
    return hub.acknowledge('A', 'done');
  }
  const json = JSON.stringify({ type: 'Client.BadRequest', message: 'Bad', detail: 'd-1' });

  test.each([
    ['with its JSON', 400, 'Client.BadRequest', json, { kind: 'refused', errorDesc: 'Bad · d-1' }],
    ['without a body', 400, 'Client.BadRequest', '', { kind: 'refused', errorDesc: '' }],
    ['with a page in its place', 500, 'Server.ServerProxy.NetworkError', '<html/>', { kind: 'unknown' }],
    ['of its own side', 500, 'Server.ClientProxy.OutdatedGlobalConf', json, { kind: 'not-sent' }],
  ])('%s is judged by its type', async (_, status, type, body, answer) => {
    expect(await ask(status, { 'x-road-error': type }, body)).toMatchObject(answer);
  });

  test('is not what a provider says by itself: that has no X-Road-Error', async () => {
    const words = JSON.stringify({ code: 500, message: 'x', data: { status: 'FAIL', errorCode: '18' } });
    expect(await ask(500, { 'x-road-id': 'M-1' }, words)).toMatchObject({ kind: 'refused', errorCode: '18' });
  });

  test('an answer with another message’s id is nobody’s', async () => {
    expect(await ask(200, { 'x-road-id': 'M-2' }, '{"status":"OK"}')).toMatchObject({ kind: 'unknown' });
  });
});

test('XML that names its own encoding is read as it was decoded', () => {
  expect(parseXml('<?xml version="1.0" encoding="UTF-16"?><a>ký</a>').text).toBe('ký');
});
