// Forms of a multipart answer that MIME allows or servers write: transfer encodings of every part, how a part is pointed
// at, lines that end in LF.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AnswerCut } from '../transport';
import { type MimeEvent, mimeEvents } from './mime-reader';
import { contentIdOf, readSoapAnswer } from './soap-answer';
import { childOf, textOf } from './soap-read';

function envelope(data: string): string {
  return (
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:x="http://x-road.eu/xsd/xroad.xsd">' +
    '<s:Header><x:id>M-1</x:id></s:Header><s:Body><p:getEdocResponse xmlns:p="urn:p"><status>Đã nhận</status>' +
    `<data>${data}</data></p:getEdocResponse></s:Body></s:Envelope>`
  );
}

/** Every byte but letters and digits encoded, lines of at most 76 characters. */
function quotedPrintable(text: string): string {
  const encoded = [...Buffer.from(text)].map((byte) =>
    /[0-9A-Za-z]/.test(String.fromCharCode(byte))
      ? String.fromCharCode(byte)
      : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  );
  return encoded.join('').replace(/(?:=..|[^=]){24}/g, '$&=\r\n');
}

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

interface Wish {
  readonly root?: string;
  readonly rootEncoding?: string;
  readonly reference?: string;
  readonly id?: string;
  readonly encoding?: string;
  readonly attachment?: string;
  readonly lineEnd?: string;
}

async function read(wish: Wish, size = 7) {
  const { lineEnd = '\r\n', encoding, rootEncoding } = wish;
  const encodedAs = (name: string | undefined) =>
    name === undefined ? [] : [`Content-Transfer-Encoding: ${name}`];
  const root = wish.root ?? envelope(wish.reference ?? 'cid:pkg');
  const body = [
    ...['--B', 'Content-Type: text/xml; charset=UTF-8', ...encodedAs(rootEncoding), '', root],
    ...['--B', `Content-ID: ${wish.id ?? '<pkg>'}`, ...encodedAs(encoding), '', wish.attachment ?? 'gói tin'],
    ...['--B--', ''],
  ].join(lineEnd);
  const got: Uint8Array[] = [];
  const verdict = await readSoapAnswer(
    { status: 200, headers: { 'content-type': 'multipart/related; type="text/xml"; boundary=B' } },
    pieces(Buffer.from(body), size),
    { id: 'M-1', serviceCode: 'getEdoc' },
    (wrapper) => {
      const data = childOf(wrapper, 'data');
      return data === undefined ? null : contentIdOf(data);
    },
    async (bytes) => void got.push(Uint8Array.from(bytes)),
  );
  return {
    status: 'local' in verdict ? textOf(verdict, 'status') : verdict.kind,
    bytes: Buffer.concat(got).toString('utf8'),
  };
}

const whole = { status: 'Đã nhận', bytes: 'gói tin' };
const root = envelope('cid:pkg');

describe('a part of a multipart answer', () => {
  test.each([
    [
      'an attachment in quoted-printable',
      { encoding: 'Quoted-Printable', attachment: 'g=C3=B3i=\r\n=20t=69=\r\nn' },
    ],
    ['a SOAP part in Base64', { rootEncoding: 'base64', root: Buffer.from(root).toString('base64') }],
    [
      'a SOAP part in Base64 over lines',
      { rootEncoding: 'BASE64', root: Buffer.from(root).toString('base64').replace(/.{76}/g, '$&\r\n') },
    ],
    ['a SOAP part in quoted-printable', { rootEncoding: 'quoted-printable', root: quotedPrintable(root) }],
    ['a SOAP part of an encoding that is none', { rootEncoding: 'UTF-8' }],
  ] satisfies [string, Wish][])('may be %s', async (_, wish) => {
    for (const size of [1, 7, 100_000]) expect(await read(wish, size)).toEqual(whole);
  });

  test.each([
    ['a SOAP part that is no Base64', { rootEncoding: 'base64', root: '<a>' }],
    ['an attachment that is not quoted-printable', { encoding: 'quoted-printable', attachment: 'a=zz' }],
    ['an attachment of an encoding that nobody knows', { encoding: 'x-none' }],
  ] satisfies [string, Wish][])('is garbled as %s', async (_, wish) => {
    await expect(read(wish)).rejects.toThrow(AnswerCut);
  });
});

describe('an attachment is found', () => {
  test.each([
    ['by its id', 'cid:a@b', '<a@b>'],
    ['encoded in the reference', 'cid:a%40b', '<a@b>'],
    ['encoded in both places', 'cid:a%40b', '<a%40b>'],
    ['with a percent sign that encodes nothing', 'cid:100%', '<100%>'],
    ['by a scheme in capitals', 'CID:a', '<a>'],
    ['with brackets in the reference', 'cid:&lt;a&gt;', '<a>'],
    ['without brackets in its head', 'cid:a', 'a'],
  ])('%s', async (_, reference, id) => {
    expect(await read({ reference, id })).toEqual(whole);
  });

  test('not by an id in other letters, which is another one', async () => {
    await expect(read({ reference: 'cid:a', id: '<A>' })).rejects.toThrow('the attachment is missing');
  });
});

describe('lines that end in LF', () => {
  test('divide parts and heads as those in CRLF do', async () => {
    for (const size of [1, 7, 100_000]) expect(await read({ lineEnd: '\n' }, size)).toEqual(whole);
  });

  test.each(['annex_f_example_request_with_attachment', 'annex_g_example_request_with_mtom_attachment'])(
    'are those of %s as it is stored',
    async (name) => {
      const text = readFileSync(
        new URL(`../../../tests/fixtures/xroad/${name}.txt`, import.meta.url),
        'utf8',
      ).replace(/\r\n/g, '\n');
      const events = await eventsOf(Buffer.from(text), 'MIME_boundary', 11);
      expect(events.filter(({ head }) => head['content-id'] !== undefined)).toMatchObject([
        { head: { 'content-id': '<rootpart>' } },
        { head: { 'content-id': '<data.bin>' }, bytes: 'VGhpcyBpcyBhdHRhY2htZW50Lg0K' },
      ]);
    },
  );
});

/** The parts with their bytes as latin1. */
async function eventsOf(body: Uint8Array, boundary: string, size: number) {
  const parts: { head: Readonly<Record<string, string>>; bytes: string }[] = [];
  for await (const event of mimeEvents(pieces(body, size), boundary)) {
    const one: MimeEvent = event;
    const last = parts.at(-1);
    if (one.kind === 'part') parts.push({ head: one.headers, bytes: '' });
    else if (one.kind === 'data' && last !== undefined)
      last.bytes += Buffer.from(one.bytes).toString('latin1');
  }
  return parts;
}

test('bytes of a part come as they were, whatever line ends and dashes they hold, in any pieces', async () => {
  const word = fc.constantFrom('\r', '\n', '\r\n', '--', '-', 'b1', '--b1', '--b1--', 'x', ' ');
  const parts = fc.array(fc.array(word, { maxLength: 12 }), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(
      parts,
      fc.constantFrom('\r\n', '\n'),
      fc.integer({ min: 1, max: 20 }),
      async (words, lineEnd, size) => {
        const contents = words.map((one) => one.join(''));
        // What looks like a boundary of this message may not stand in it (RFC 2046 §5.1.1).
        fc.pre(contents.every((one) => !`${lineEnd}${one}`.includes(`${lineEnd}--b1`)));
        const text = contents.map((one) => `--b1${lineEnd}A: 1${lineEnd}${lineEnd}${one}${lineEnd}`).join('');
        const got = await eventsOf(Buffer.from(`${text}--b1--`, 'latin1'), 'b1', size);
        expect(got.map(({ bytes }) => bytes)).toEqual(contents);
      },
    ),
    { numRuns: 500 },
  );
});

test('a part without bytes may share its blank line with the boundary after it', async () => {
  for (const lineEnd of ['\r\n', '\n']) {
    const body = ['--b1', 'A: 1', '', '--b1', 'B: 2', '', 'x', '--b1--'].join(lineEnd);
    for (const size of [1, 5, 1000]) {
      expect(await eventsOf(Buffer.from(body), 'b1', size)).toEqual([
        { head: { a: '1' }, bytes: '' },
        { head: { b: '2' }, bytes: 'x' },
      ]);
    }
  }
});
