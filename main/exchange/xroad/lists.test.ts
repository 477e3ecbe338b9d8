// Lists in SOAP answers of services that were made by different hands: what is there is read, and never told as nothing.
import { describe, expect, it, test } from 'vitest';
import { inspectPackage } from '../inspect-package';
import { AnswerCut, defaultLimits, type Transport } from '../transport';
import { createXroadSoapHub } from './soap';

function list(inside: string) {
  const envelope =
    '<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/" xmlns:x="http://x-road.eu/xsd/xroad.xsd">' +
    '<S:Header><x:id>one</x:id></S:Header><S:Body><n:getReceivedEdocListResponse xmlns:n="urn:n">' +
    `<status>OK</status><ErrorCode>0</ErrorCode>${inside}</n:getReceivedEdocListResponse></S:Body></S:Envelope>`;
  const transport: Transport = {
    async request(_, read) {
      async function* body() {
        yield Buffer.from(envelope);
      }
      try {
        return { kind: 'answered', value: await read({ status: 200, headers: {} }, body()) };
      } catch (error) {
        if (!(error instanceof AnswerCut)) throw error;
        return { kind: 'cut', reason: error.reason, detail: error.message };
      }
    },
  };
  const member = { instance: 'VN', memberClass: 'GOV', memberCode: 'H37' };
  return createXroadSoapHub({
    endpoint: new URL('https://server.example/'),
    ...{ client: member, provider: member, namespace: 'urn:n', newId: () => 'one' },
    ...{ transport, inspect: inspectPackage, limits: defaultLimits },
    ...{ maxPackageBytes: 1000, signedOutCodes: ['15'] },
  }).list('edoc');
}

const entry = (docId: string) => `<item><docId>${docId}</docId><status>initial</status></item>`;

describe('a list in SOAP', () => {
  test.each([
    ['<data>[{"docId":"D1"},{"docId":"D2"}]</data>'],
    ['<data><![CDATA[[{"docId":"D1"},{"docId":"D2"}]]]></data>'],
    [`<data><items>${entry('D1')}${entry('D2')}</items></data>`],
    [`<data><list><items>${entry('D1')}${entry('D2')}</items></list></data>`],
    [`<data>${entry('D1')}<item/>${entry('D2')}</data>`],
    ['<data><docId>D1</docId></data><data><docId>D2</docId></data>'],
  ])('is found in %s', async (inside) => {
    expect(await list(inside)).toMatchObject({
      value: { items: [{ docId: 'D1' }, { docId: 'D2' }], unreadable: 0 },
    });
  });

  test.each([[''], ['<data/>'], ['<data></data><total>0</total>']])('is empty in "%s"', async (inside) => {
    expect(await list(inside)).toEqual({ kind: 'ok', value: { items: [], unreadable: 0 } });
  });

  test('that is empty and says that it is not is counted', async () => {
    expect(await list('<data/><total>2</total>')).toEqual({
      kind: 'ok',
      value: { items: [], unreadable: 2 },
    });
  });

  test.each([
    [entry('D1')],
    ['<data>không có</data>'],
    ['<data><![CDATA[<item><docId>D1</docId></item>]]></data>'],
  ])('is unknown in %s', async (inside) => {
    expect(await list(inside)).toMatchObject({ kind: 'unknown', reason: 'garbled' });
  });

  it('of one entry is that entry, whatever is inside it', async () => {
    const to = '<to><code>H37</code><code>G12</code></to>';
    for (const inside of [
      `<data><docId>D1</docId>${to}</data>`,
      `<data><item><docId>D1</docId>${to}</item></data>`,
    ])
      expect(await list(inside)).toMatchObject({ value: { items: [{ docId: 'D1' }], unreadable: 0 } });
  });
});
