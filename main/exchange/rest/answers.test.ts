// What the client of a gateway makes of odd envelopes: what fails is never told as done, what came is never told as nothing.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { inspectPackage } from '../inspect-package';
import { createLgspHub } from '../lgsp/client';
import { AnswerCut, defaultLimits, type Transport } from '../transport';
import { refusalOfRest, sentDocId } from './answers';
import { waitingItems } from './listings';

interface Gateway {
  readonly transport: Transport;
  signIns(): number;
}

/** A gateway that signs in and gives this one answer to everything else, with HTTP 200. */
function gateway(answer: unknown): Gateway {
  let signIns = 0;
  const transport: Transport = {
    async request(request, read) {
      const isLogin = request.url.pathname.endsWith('auth/login');
      if (isLogin) signIns += 1;
      async function* body() {
        yield Buffer.from(JSON.stringify(isLogin ? { code: 200, data: { token: 't' } } : answer));
      }
      try {
        return { kind: 'answered', value: await read({ status: 200, headers: {} }, body()) };
      } catch (error) {
        if (!(error instanceof AnswerCut)) throw error;
        return { kind: 'cut', reason: error.reason, detail: error.message };
      }
    },
  };
  return { transport, signIns: () => signIns };
}

function hub(transport: Transport) {
  return createLgspHub({
    endpoint: new URL('https://gateway.example/'),
    ...{ systemId: 'H37', secretKey: 'k', username: 'u', password: 'p', applicationCode: 'QLVB' },
    transport,
    inspect: inspectPackage,
    now: () => new Date(0),
    limits: defaultLimits,
    ...{ maxPackageBytes: 1000, lookbackDays: 30, firstPage: 0 },
  });
}

const tell = (answer: unknown) => hub(gateway(answer).transport).acknowledge('D1', 'done');
const list = (answer: unknown) => hub(gateway(answer).transport).list('edoc');

/** Answers of a gateway that did nothing of what it was asked, and what they are. */
const failures: readonly (readonly [unknown, object])[] = [
  [
    { success: false, message: 'Lỗi', data: null },
    { kind: 'refused', errorCode: '', errorDesc: 'Lỗi' },
  ],
  [{ success: 'false', data: [] }, { kind: 'refused' }],
  [
    { status: 500, error: 'Internal Server Error' },
    { kind: 'unknown', reason: 'server-error' },
  ],
  [
    { status: '500', message: 'x' },
    { kind: 'unknown', reason: 'server-error' },
  ],
  [{ code: 200, status: 500, data: [] }, { kind: 'unknown' }],
  [
    { status: 404, message: 'x', data: null },
    { kind: 'refused', errorCode: '404' },
  ],
  [
    { code: 429, message: 'Quá nhiều yêu cầu' },
    { kind: 'not-sent', reason: 'busy' },
  ],
  [
    { status: 401, message: 'Unauthorized' },
    { kind: 'signed-out', errorCode: '401' },
  ],
  [{ status: 'Unauthorized', data: null }, { kind: 'signed-out' }],
  [
    { code: 'ERROR', message: 'x', data: null },
    { kind: 'refused', errorCode: 'ERROR', errorDesc: 'x' },
  ],
  [{ code: 'FAIL', data: null }, { kind: 'refused' }],
  [
    { code: 200, data: { status: 'NOK', errorDesc: 'Không được' } },
    { kind: 'refused', errorDesc: 'Không được' },
  ],
  [
    { code: 200, data: { status: 'FAILED' } },
    { kind: 'refused', errorCode: '' },
  ],
  [{ status: 'FAIL', data: { status: 'OK' } }, { kind: 'refused' }],
  [
    { code: 200, errorCode: '18', data: { errorCode: '0' } },
    { kind: 'refused', errorCode: '18' },
  ],
  [
    { message: 'Hết phiên', data: null },
    { kind: 'unknown', reason: 'garbled' },
  ],
  [
    { status: 0, message: 'x', data: null },
    { kind: 'unknown', reason: 'garbled' },
  ],
  [
    { code: 'E01', message: 'x', data: [] },
    { kind: 'unknown', reason: 'garbled' },
  ],
  [
    { status: 'MAYBE', data: [] },
    { kind: 'unknown', reason: 'garbled' },
  ],
  [
    { message: 'Hết phiên', data: [] },
    { kind: 'unknown', reason: 'garbled' },
  ],
  [
    { code: 500, status: 500, message: 'x', data: null },
    { kind: 'refused', errorCode: '500' },
  ],
];

test.each(failures)('%j is neither done nor an empty list', async (answer, failure) => {
  expect(await tell(answer)).toMatchObject(failure);
  expect(await list(answer)).toMatchObject(failure);
});

test.each([
  { code: 200, message: 'OK' },
  { code: '0', data: null },
  { code: 200, data: { docId: 'D1', status: 'done' } },
  { status: 'OK' },
  { status: 200, data: null },
  { success: true, data: null },
  { data: { status: 'Success', errorCode: '0' } },
])('%j says that it was noted', async (answer) => {
  expect(await tell(answer)).toEqual({ kind: 'ok', value: null });
});

test.each([
  { code: 200, data: false },
  { code: 200, data: 'FAIL' },
  { code: 200, data: { status: 'REJECTED' } },
  { data: [] },
  { data: { docId: 'D1' } },
])('%j leaves it open whether it was noted', async (answer) => {
  expect(await tell(answer)).toMatchObject({ kind: 'unknown', reason: 'garbled' });
});

describe('a session', () => {
  test.each([
    { success: false, message: 'Token hết hạn', data: null },
    { status: 401, message: 'Unauthorized' },
    { code: 500, errorDetail: [{ errorCode: '15' }] },
  ])('that may have ended is begun anew by the next call: %j', async (answer) => {
    const { transport, signIns } = gateway(answer);
    const client = hub(transport);
    await client.list('edoc');
    await client.list('edoc');
    expect(signIns()).toBe(2);
  });

  it('lasts when a call is refused for a reason of its own', async () => {
    const { transport, signIns } = gateway({ code: 500, data: { status: 'FAIL', errorCode: '18' } });
    const client = hub(transport);
    await client.list('edoc');
    await client.list('edoc');
    expect(signIns()).toBe(1);
  });
});

describe('the code in errorDetail', () => {
  it('says who was not accepted', () => {
    const answer = { code: 500, errorDetail: [{ errorCode: '15', errorDesc: 'Sai khóa' }] };
    expect(refusalOfRest(answer, ['15'])).toEqual({
      kind: 'signed-out',
      errorCode: '15',
      errorDesc: 'Sai khóa',
    });
  });

  test.each(['20', 21])('%j says that nobody knows, whatever stands beside it', (code) => {
    for (const errorDetail of [[{ code }], { code }, [{ code: '18' }, { code, message: 'Lỗi hệ thống' }]]) {
      expect(refusalOfRest({ code: 500, message: 'Lỗi', errorDetail }, ['15'])).toMatchObject({
        kind: 'unknown',
        reason: 'server-error',
      });
    }
  });

  it('may be missing: its words are the gateway’s', () => {
    expect(refusalOfRest({ code: 500, errorDetail: ['NOT_FOUND', 'x'] }, ['15'])).toEqual({
      kind: 'refused',
      errorCode: '500',
      errorDesc: 'NOT_FOUND; x',
    });
  });
});

describe('a list', () => {
  const entry = { docId: 'D1', status: 'initial' };

  test.each([
    [entry],
    [[entry]],
    [{ records: [entry] }],
    [{ content: [entry], totalElements: 1 }],
    [JSON.stringify([entry])],
    [{ data: JSON.stringify([entry]) }],
  ])('is found in %j', async (data) => {
    expect(await list({ code: 200, data })).toMatchObject({
      value: { items: [{ docId: 'D1', messageType: 'edoc' }], unreadable: 0 },
    });
  });

  test.each([
    [undefined],
    [null],
    [''],
    [[]],
    [{}],
    [{ content: null, page: 0, totalElements: 0 }],
    [{ status: 'OK', errorCode: '0', errorDesc: '' }],
  ])('is empty where the gateway says OK and gives %j', async (data) => {
    expect(await list({ code: 200, data })).toEqual({ kind: 'ok', value: { items: [], unreadable: 0 } });
  });

  test.each([
    [{ documents: [entry] }],
    [{ totalElements: 3 }],
    [{ code: '401', message: 'Unauthorized' }],
    ['không có'],
    ['[{"docId"'],
    [7],
  ])('is unknown where it gives %j', async (data) => {
    expect(await list({ code: 200, data })).toMatchObject({ kind: 'unknown', reason: 'garbled' });
  });

  it('without a word beside it is a list all the same, and an empty object is none', async () => {
    expect(await list({ data: [entry] })).toMatchObject({ kind: 'ok' });
    expect(await list({ data: [] })).toMatchObject({ kind: 'ok' });
    expect(await list({ data: {} })).toMatchObject({ kind: 'unknown' });
    expect(await list({ data: '' })).toMatchObject({ kind: 'unknown' });
  });

  it('counts an id that JSON has rounded as unreadable', () => {
    const data = JSON.parse('[{"docId":1234567890123456789},{"docId":12}]') as unknown;
    expect(waitingItems({ code: 200, data }, 'edoc')).toMatchObject({
      items: [{ docId: '12' }],
      unreadable: 1,
    });
  });
});

it('gives agencies that came as one object', async () => {
  const data = { code: 'H37', name: 'UBND' };
  const { transport } = gateway({ code: 200, data });
  expect(await hub(transport).agencies()).toMatchObject({ value: { items: [{ code: 'H37' }] } });
});

it('names no package by an id that JSON has rounded', () => {
  const data = JSON.parse('{"status":"OK","docId":1234567890123456789}') as unknown;
  expect(() => sentDocId({ code: 200, data })).toThrow(AnswerCut);
});

it('never tells anything as done beside a word of failure, wherever it stands', async () => {
  const word = fc.constantFrom('FAIL', 'failed', 'NOK', ' Error ', 'FAILURE');
  const good = { code: 200, success: true, status: 'OK', data: { status: 'OK', errorCode: '0' } };
  const spoil = fc.oneof(
    word.map((status) => ({ ...good, status })),
    word.map((code) => ({ ...good, code })),
    word.map((status) => ({ ...good, data: { ...good.data, status } })),
    fc.integer({ min: 1, max: 199 }).map((errorCode) => ({ ...good, data: { ...good.data, errorCode } })),
    fc.integer({ min: 400, max: 599 }).map((status) => ({ ...good, status })),
    fc.integer({ min: 300, max: 9999 }).map((code) => ({ ...good, code: String(code) })),
    fc.constantFrom(false, 'false').map((success) => ({ ...good, success })),
  );
  expect(await tell(good)).toEqual({ kind: 'ok', value: null });
  await fc.assert(
    fc.asyncProperty(spoil, async (answer) => {
      expect((await tell(answer)).kind).not.toBe('ok');
      expect((await list(answer)).kind).not.toBe('ok');
    }),
  );
});
