// What the client makes of any answer a hub (or something that is no hub) may give. The network is a value here.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesSource } from '../../../preload/contract/byte-source';
import type { Code } from '../../../preload/contract/codes';
import { Failure } from '../../../preload/contract/failure';
import { codeOfAnswer, type Hub, type HubAnswer } from '../hub';
import { pieceBytes } from '../package-body';
import type { PackageFacts } from '../send-gate';
import { AnswerCut, type AnswerHead, type Transport, type TransportRequest } from '../transport';
import { createVxpHub, type VxpSettings } from './client';

interface Script {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array;
  /** Bytes of the answer a piece. */
  readonly pieces?: number;
}

interface Sent {
  readonly request: TransportRequest;
  readonly body: Buffer;
}

/** A network that answers by script and keeps what was sent; it ends a body early when its producer throws. */
function scripted(script: Script, sent: Sent[] = []): Transport {
  return {
    async request(request, read) {
      const body = Buffer.concat([...(request.body?.pieces() ?? [])]);
      sent.push({ request, body });
      const head: AnswerHead = { status: script.status ?? 200, headers: script.headers ?? {} };
      const bytes = Buffer.from(script.body ?? '');
      const size = script.pieces ?? 7;
      async function* chunks() {
        for (let offset = 0; offset < bytes.length; offset += size)
          yield bytes.subarray(offset, offset + size);
      }
      try {
        return { kind: 'answered', value: await read(head, chunks()) };
      } catch (error) {
        if (error instanceof AnswerCut) return { kind: 'cut', reason: error.reason, detail: error.message };
        throw error;
      }
    },
  };
}

function hub(transport: Transport, wish: Partial<VxpSettings> = {}): Hub {
  return createVxpHub({
    endpoint: new URL('https://hub.example/x'),
    identity: { systemId: 'H37', secret: 's' },
    transport,
    inspect: async (): Promise<PackageFacts> => ({ kind: 'edoc', secrecyMarks: [] }),
    now: () => new Date(0),
    ...wish,
  });
}

const ok = (fields: object) =>
  JSON.stringify({ status: 'OK', ErrorCode: '0', ErrorDesc: 'Success', ...fields });
const bytes = Buffer.from('<edXML>một gói tin</edXML>');
const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');
const sending = (data: Uint8Array = bytes, wish: { to?: string[]; sha256?: string } = {}) => ({
  source: bytesSource(data),
  sha256: sha256(data),
  kind: 'edoc' as const,
  from: 'H37',
  to: ['G12'],
  row: 'r',
  ...wish,
});

/** Bodies that no hub of the axis means; the reason each ends with. */
const nonsense: readonly (readonly [name: string, script: Script, reason: string])[] = [
  ['an empty body', { body: '' }, 'garbled'],
  ['HTML', { body: '<html>bảo trì</html>' }, 'garbled'],
  ['half of a JSON text', { body: '{"status":"OK","ErrorC' }, 'garbled'],
  ['a list', { body: '[]' }, 'garbled'],
  ['null', { body: 'null' }, 'garbled'],
  ['no status', { body: '{}' }, 'garbled'],
  ['objects in place of words', { body: '{"status":{},"ErrorCode":[]}' }, 'garbled'],
  ['an unknown status', { body: '{"status":"MAYBE"}' }, 'garbled'],
  ['OK with HTTP 500', { status: 500, body: ok({ DocId: '1', data: [] }) }, 'server-error'],
  ['HTTP 500 in plain text', { status: 500, body: 'Internal Server Error' }, 'server-error'],
  ['HTTP 502 in HTML', { status: 502, body: '<html></html>' }, 'server-error'],
  ['HTTP 404 in HTML', { status: 404, body: '<html></html>' }, 'garbled'],
  [
    'a redirect',
    { status: 307, headers: { location: 'https://elsewhere/' }, body: ok({ DocId: '1' }) },
    'redirected',
  ],
];

test.each(nonsense)('%s after sending is unknown', async (_name, script, reason) => {
  expect(await hub(scripted(script)).send(sending())).toMatchObject({ kind: 'unknown', reason });
});

test.each(nonsense)(
  '%s in place of a list, a package or an acknowledgement is unknown',
  async (_name, script, reason) => {
    const client = hub(scripted(script));
    const sink = { write: () => undefined };
    expect(await client.list('edoc')).toMatchObject({ kind: 'unknown', reason });
    expect(await client.fetch('D1', sink)).toMatchObject({ kind: 'unknown', reason });
    expect(await client.acknowledge('D1', 'done')).toMatchObject({ kind: 'unknown', reason });
  },
);

test('OK without a DocId is unknown: nobody can name what the hub took', async () => {
  for (const DocId of [undefined, '', null, {}]) {
    expect(await hub(scripted({ body: ok({ DocId }) })).send(sending())).toMatchObject({
      kind: 'unknown',
      reason: 'garbled',
    });
  }
});

test('the hub’s own refusal counts whatever the HTTP status is', async () => {
  const body = JSON.stringify({ status: 'FAIL', ErrorCode: '18', ErrorDesc: 'Không có nơi nhận' });
  for (const status of [200, 201, 400, 500]) {
    expect(await hub(scripted({ status, body })).send(sending())).toEqual({
      kind: 'refused',
      errorCode: '18',
      errorDesc: 'Không có nơi nhận',
    });
  }
});

test('a wrong secret is signed-out, by the hub’s code or by HTTP', async () => {
  const body = JSON.stringify({ status: 'FAIL', ErrorCode: 15, ErrorDesc: 'sai' });
  expect(await hub(scripted({ body })).list('edoc')).toMatchObject({ kind: 'signed-out', errorCode: '15' });
  expect(await hub(scripted({ status: 403, body: '<html>' })).list('edoc')).toMatchObject({
    kind: 'signed-out',
  });
});

test('too many requests is not-sent with the hub’s own delay, 503 is unknown with it', async () => {
  const headers = { 'retry-after': '120' };
  expect(await hub(scripted({ status: 429, headers })).send(sending())).toEqual({
    kind: 'not-sent',
    reason: 'busy',
    detail: 'HTTP 429',
    retryAfterSeconds: 120,
  });
  expect(await hub(scripted({ status: 503, headers })).send(sending())).toMatchObject({
    kind: 'unknown',
    reason: 'server-error',
    retryAfterSeconds: 120,
  });
});

test('a delay that is a date counts from the hub’s own clock, and words of a refusal beside it are none', async () => {
  const date = 'Sat, 28 Nov 2026 08:00:00 GMT';
  const headers = { date, 'retry-after': 'Sat, 28 Nov 2026 08:02:00 GMT' };
  const body = JSON.stringify({ status: 'FAIL', ErrorCode: '429', ErrorDesc: 'Quá nhiều yêu cầu' });
  for (const answer of [{ headers }, { headers, body }]) {
    const sent = await hub(scripted({ status: 429, ...answer })).send(sending());
    expect(sent).toMatchObject({ kind: 'not-sent', reason: 'busy', retryAfterSeconds: 120 });
  }
  const clockless = { 'retry-after': 'Sat, 28 Nov 2026 08:02:00 GMT' };
  const sent = await hub(scripted({ status: 429, headers: clockless })).send(sending());
  expect(sent).toMatchObject({ kind: 'not-sent', retryAfterSeconds: null });
});

test('lists keep what they do not know and count what has no name', async () => {
  const body = ok({
    data: [
      { docId: 7, from: 'G12', to: '["H37","H37.01"]', messageType: 'edoc', created_time: {}, urgency: 'x' },
      { docId: '', from: 'G12' },
      'junk',
      null,
      { docId: 'B', to: ['H37'] },
    ],
  });
  const answer = await hub(scripted({ body })).list('edoc');
  if (answer.kind !== 'ok') throw new Error(answer.kind);
  expect(answer.value.unreadable).toBe(3);
  expect(answer.value.items.map((item) => item.docId)).toEqual(['7', 'B']);
  expect(answer.value.items[0]).toMatchObject({
    to: ['H37', 'H37.01'],
    createdTime: '',
    other: { urgency: 'x' },
  });
});

test('data of another type is unknown, missing data is an empty list', async () => {
  expect(await hub(scripted({ body: ok({ data: {} }) })).list('edoc')).toMatchObject({ kind: 'unknown' });
  for (const data of [undefined, null, []]) {
    expect(await hub(scripted({ body: ok({ data }) })).list('edoc')).toEqual({
      kind: 'ok',
      value: { items: [], unreadable: 0 },
    });
  }
});

test('units know version, centre, deletion and the last change', async () => {
  const data = [
    { code: 'H37', version: '3', deleted: 'true', isAgency: 1, modifyDate: '2025', centerCode: 'H37' },
  ];
  const answer = await hub(scripted({ body: ok({ data }) })).units();
  expect(answer).toMatchObject({
    value: { items: [{ version: 3, deleted: true, isAgency: true, modifyDate: '2025' }] },
  });
});

test('a count that is no number is unknown', async () => {
  expect(await hub(scripted({ body: ok({ count: 4 }) })).count('edoc')).toEqual({ kind: 'ok', value: 4 });
  expect(await hub(scripted({ body: ok({ count: 'many' }) })).count('edoc')).toMatchObject({
    kind: 'unknown',
  });
});

async function fetched(script: Script, wish: Partial<VxpSettings> = {}) {
  const chunks: Uint8Array[] = [];
  const answer = await hub(scripted(script), wish).fetch('D1', {
    write(chunk) {
      chunks.push(Uint8Array.from(chunk));
    },
  });
  return { answer, bytes: Buffer.concat(chunks) };
}

test('a package comes back byte for byte, wherever its answer is cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 1, maxLength: 400 }),
      fc.integer({ min: 1, max: 50 }),
      fc.boolean(),
      async (data, pieces, first) => {
        const text = Buffer.from(data).toString('base64');
        const body = first
          ? JSON.stringify({ data: text, status: 'OK', ErrorCode: '0' })
          : ok({ data: text });
        const result = await fetched({ body, pieces });
        expect(result.answer).toEqual({ kind: 'ok', value: { sha256: sha256(data), size: data.length } });
        expect(result.bytes.equals(Buffer.from(data))).toBe(true);
      },
    ),
  );
});

test.each([
  ['no data', ok({})],
  ['null as data', ok({ data: null })],
  ['a list as data', ok({ data: [] })],
  ['empty data', ok({ data: '' })],
  ['data that is not Base64', ok({ data: 'không phải' })],
  ['data that ends inside a byte', ok({ data: 'QUJDR' })],
])('a package with %s is unknown', async (_name, body) => {
  expect((await fetched({ body })).answer).toMatchObject({ kind: 'unknown', reason: 'garbled' });
});

test('a package above the limit is stopped, in JSON and raw', async () => {
  const big = Buffer.alloc(2000, 1);
  const limited = { maxPackageBytes: 1000 };
  const inJson = await fetched({ body: ok({ data: big.toString('base64') }), pieces: 500 }, limited);
  expect(inJson.answer).toMatchObject({ kind: 'unknown', reason: 'too-large' });
  expect(inJson.bytes.length).toBeLessThanOrEqual(1000);
  const raw = await fetched({ body: big, pieces: 500 }, { ...limited, fetchBy: 'downloadEdoc' });
  expect(raw.answer).toMatchObject({ kind: 'unknown', reason: 'too-large' });
});

test('a raw download is the package, and JSON in its place is the hub’s refusal', async () => {
  const download = { fetchBy: 'downloadEdoc' } as const;
  expect((await fetched({ body: bytes }, download)).bytes.equals(bytes)).toBe(true);
  const refusal = JSON.stringify({ status: 'FAIL', ErrorCode: '11', ErrorDesc: 'không có' });
  expect((await fetched({ body: refusal }, download)).answer).toMatchObject({
    kind: 'refused',
    errorCode: '11',
  });
  expect((await fetched({ body: '' }, download)).answer).toMatchObject({
    kind: 'unknown',
    reason: 'garbled',
  });
  expect((await fetched({ body: '<html>', status: 502 }, download)).answer).toMatchObject({
    reason: 'server-error',
  });
});

test('a disk that fails while a package is fetched is heard', async () => {
  const full = {
    write() {
      throw new Failure('file-unwritable', 'disk full');
    },
  };
  const body = ok({ data: bytes.toString('base64') });
  await expect(hub(scripted({ body })).fetch('D1', full)).rejects.toMatchObject({ code: 'file-unwritable' });
});

test('what is sent is the package and CRLF, with its hash, sender and receivers', async () => {
  const sent: Sent[] = [];
  const answer = await hub(scripted({ body: ok({ DocId: 'D9' }) }, sent)).send(
    sending(bytes, { to: ['G12', 'H26'] }),
  );
  expect(answer).toEqual({ kind: 'ok', value: { docId: 'D9' } });
  expect(sent).toHaveLength(1);
  expect(sent[0]?.body.equals(Buffer.concat([bytes, Buffer.from('\r\n')]))).toBe(true);
  const headers = new Map(sent[0]?.request.headers);
  expect(headers.get('XroadVnpt-to')).toBe('["G12","H26"]');
  expect(headers.get('XroadVnpt-messagetype')).toBe('edoc');
  expect(headers.get('Content-Length')).toBe(String(bytes.length + 2));
});

async function blocked(
  answer: Promise<HubAnswer<unknown>>,
  sent: readonly Sent[],
  code: Code,
): Promise<void> {
  const value = await answer;
  expect(value).toMatchObject({ kind: 'blocked', code });
  if (value.kind !== 'ok') expect(codeOfAnswer(value)).toBe(code);
  expect(sent).toHaveLength(0);
}

test('a package with a secrecy mark, of another kind, too large or unreadable never reaches the network', async () => {
  const sent: Sent[] = [];
  const network = scripted({ body: ok({ DocId: 'D9' }) }, sent);
  const facts = (value: PackageFacts) => ({ inspect: async () => value });
  await blocked(
    hub(network, facts({ kind: 'edoc', secrecyMarks: ['mat'] })).send(sending()),
    sent,
    'package-secret',
  );
  await blocked(
    hub(network, facts({ kind: 'status', secrecyMarks: [] })).send(sending()),
    sent,
    'package-kind-mismatch',
  );
  await blocked(hub(network, { maxPackageBytes: 5 }).send(sending()), sent, 'package-too-large');
  const unreadable = {
    inspect: async () => {
      throw new Failure('edxml-root', 'x');
    },
  };
  await blocked(hub(network, unreadable).send(sending()), sent, 'edxml-root');
  await blocked(hub(network).send(sending(bytes, { to: ['Sở Tài chính'] })), sent, 'header-not-ascii');
  await blocked(hub(network).fetch('Đ1', { write: () => undefined }), sent, 'header-not-ascii');
});

test('a package that is not the frozen one is stopped before its end', async () => {
  const other = sending(bytes, { sha256: sha256(Buffer.from('another')) });
  expect(await hub(scripted({ body: ok({ DocId: 'D9' }) })).send(other)).toMatchObject({
    kind: 'blocked',
    code: 'package-changed',
  });
  const large = Buffer.alloc(3 * pieceBytes + 5, 7);
  let yielded = 0;
  const counting: Transport = {
    async request(request) {
      for (const piece of request.body?.pieces() ?? []) yielded += piece.length;
      return { kind: 'cut', reason: 'cut', detail: '' };
    },
  };
  await hub(counting).send(sending(large, { sha256: sha256(bytes) }));
  expect(yielded).toBe(3 * pieceBytes);
});

test('no call is ever tried twice', async () => {
  const sent: Sent[] = [];
  const client = hub(scripted({ status: 503, body: '' }, sent));
  await client.send(sending());
  await client.list('status');
  await client.sent('edoc');
  await client.agencies();
  await client.units();
  await client.count('status');
  await client.fetch('D1', { write: () => undefined });
  await client.acknowledge('D1', 'done');
  await client.registerAgency({ id: '', pid: '', code: 'X', name: 'X', mail: '' });
  await client.removeAgency('X');
  expect(sent).toHaveLength(10);
});

test('any bytes at all end in a value, never in a crash', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.uint8Array({ maxLength: 300 }),
        fc.json().map((text) => Buffer.from(text)),
      ),
      fc.constantFrom(200, 201, 204, 301, 400, 401, 404, 413, 429, 500, 503),
      async (body, status) => {
        const client = hub(scripted({ body, status }));
        for (const answer of [
          await client.send(sending()),
          await client.list('edoc'),
          await client.units(),
        ]) {
          expect(['ok', 'refused', 'signed-out', 'not-sent', 'unknown']).toContain(answer.kind);
          if (answer.kind !== 'ok') expect(codeOfAnswer(answer)).toMatch(/^hub-/);
        }
      },
    ),
  );
});
