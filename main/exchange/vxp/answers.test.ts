// What the client of the axis makes of answers that are almost those of the axis: other names, other wrappings, words that
// do not agree.
import { describe, expect, it, test } from 'vitest';
import { AnswerCut, type Transport } from '../transport';
import { documentIdOf, receivedItems, refusalOf } from './answers';
import { createVxpHub } from './client';

/** A hub that gives this one text to everything. */
function hub(text: string, status = 200) {
  const transport: Transport = {
    async request(_request, read) {
      async function* body() {
        yield Buffer.from(text);
      }
      try {
        return { kind: 'answered', value: await read({ status, headers: {} }, body()) };
      } catch (error) {
        if (!(error instanceof AnswerCut)) throw error;
        return { kind: 'cut', reason: error.reason, detail: error.message };
      }
    },
  };
  return createVxpHub({
    endpoint: new URL('https://hub.example/x'),
    identity: { systemId: 'H37', secret: 's' },
    transport,
    inspect: async () => ({ kind: 'edoc', secrecyMarks: [] }),
    now: () => new Date(0),
  });
}

const ok = (data: unknown) => JSON.stringify({ status: 'OK', ErrorCode: '0', data });
const entry = { docId: 'D1', from: 'G12' };
const oneItem = { kind: 'ok', value: { items: [{ docId: 'D1', from: 'G12' }], unreadable: 0 } };

describe('an answer whose words do not agree', () => {
  test.each(['FAIL', 'FAILED', 'failed', 'NOK', 'ERROR', 'Failure'])(
    'is a refusal when its status is %s, whatever the code',
    async (status) => {
      for (const ErrorCode of ['0', 0, undefined, null]) {
        const client = hub(JSON.stringify({ status, ErrorCode, ErrorDesc: 'Lỗi', data: [] }));
        const refusal = { kind: 'refused', errorDesc: 'Lỗi' };
        expect(await client.list('edoc')).toMatchObject(refusal);
        expect(await client.acknowledge('D1', 'done')).toMatchObject(refusal);
      }
    },
  );

  test.each(['MAYBE', 'processing', '1', '500'])('is no OK by a code "0" beside %s', async (status) => {
    const client = hub(JSON.stringify({ status, ErrorCode: '0', data: [] }));
    expect(await client.list('edoc')).toMatchObject({ kind: 'unknown', reason: 'garbled' });
    expect(await client.acknowledge('D1', 'done')).toMatchObject({ kind: 'unknown', reason: 'garbled' });
  });

  it('is the error, where a "0" stands beside it or its number is too large', () => {
    expect(refusalOf({ status: 'OK', ErrorCode: '0', errorCode: '18' }, [])).toMatchObject({
      kind: 'refused',
      errorCode: '18',
    });
    expect(refusalOf({ status: 'OK', ErrorCode: 2 ** 60 }, [])).toMatchObject({ kind: 'refused' });
  });
});

it('reads errorCode and errorDesc where a hub writes them so', async () => {
  const body = JSON.stringify({ status: 'FAIL', errorCode: '15', errorDesc: 'Sai khóa' });
  expect(await hub(body).list('edoc')).toEqual({
    kind: 'signed-out',
    errorCode: '15',
    errorDesc: 'Sai khóa',
  });
  expect(await hub('{"errorCode":"0"}').acknowledge('D1', 'done')).toMatchObject({ kind: 'ok' });
});

describe('a list', () => {
  test.each([
    ['one object', ok(entry)],
    ['JSON text', ok(JSON.stringify([entry]))],
    ['JSON text of one object', ok(` ${JSON.stringify(entry)}`)],
    ['the bare list', JSON.stringify([entry])],
  ])('that comes as %s is read', async (_name, body) => {
    expect(await hub(body).list('edoc')).toMatchObject(oneItem);
  });

  test.each(['', ' ', '[]'])('is empty when its text is %j', async (data) => {
    expect(await hub(ok(data)).list('edoc')).toEqual({ kind: 'ok', value: { items: [], unreadable: 0 } });
  });

  test.each([
    ['an object of something else', ok({ code: '401', message: 'x' })],
    ['text that is no JSON', ok('[{"docId"')],
    ['words', ok('không có')],
    ['a bare list of nothing', '[]'],
    ['a bare list without one id', '[{"error":"x"}]'],
    ['a list under another name', JSON.stringify({ status: 'OK', ErrorCode: '0', Data: [entry] })],
    ['a list inside something else', JSON.stringify({ status: 'OK', result: { items: [entry] } })],
  ])('that comes as %s is unknown', async (_name, body) => {
    expect(await hub(body).list('edoc')).toMatchObject({ kind: 'unknown', reason: 'garbled' });
  });

  it('that is empty and says that it is not is counted, and what stands beside it is nothing to it', async () => {
    const body = JSON.stringify({ ErrorCode: '0', data: [], total: 3, meta: { request: 'x', hosts: ['a'] } });
    expect(await hub(body).list('edoc')).toEqual({ kind: 'ok', value: { items: [], unreadable: 3 } });
  });

  it('that comes bare is no list with HTTP 500, and acknowledges nothing', async () => {
    const body = JSON.stringify([entry]);
    expect(await hub(body, 500).list('edoc')).toMatchObject({ kind: 'unknown', reason: 'server-error' });
    expect(await hub(body).acknowledge('D1', 'done')).toMatchObject({ kind: 'unknown', reason: 'garbled' });
  });

  it('of agencies or of what was sent may be one object, too', async () => {
    const agency = { code: 'H37', name: 'UBND' };
    expect(await hub(ok(agency)).agencies()).toMatchObject({ value: { items: [{ code: 'H37' }] } });
    expect(await hub(ok(agency)).units()).toMatchObject({ value: { items: [{ code: 'H37' }] } });
    expect(await hub(ok({ senderDocId: 'S1' })).sent('edoc')).toMatchObject({
      value: { items: [{ senderDocId: 'S1' }] },
    });
  });
});

it('takes no id that JSON has rounded, for it would be that of another package', () => {
  const data = JSON.parse('[{"docId":1234567890123456789},{"docId":9007199254740991}]') as unknown;
  expect(receivedItems({ data })).toMatchObject({ items: [{ docId: '9007199254740991' }], unreadable: 1 });
  expect(() => documentIdOf(JSON.parse('{"DocId":1234567890123456789}') as Record<string, unknown>)).toThrow(
    AnswerCut,
  );
});
