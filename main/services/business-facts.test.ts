// What other people's recalls, updates and statuses say, read from the reference library's own packages, and ours as the
// standard writes them.
import { expect, test } from 'vitest';
import type { Business } from '../../preload/contract/business';
import { documentHeader, traceHeaderList } from '../../preload/contract/edxml';
import { asInstant } from '../../preload/contract/ids';
import { fixture, read, write } from '../edxml/testing';
import { businessOf, bussinessElement } from './business-facts';
import { documentPackage, factsOf, statusOf } from './facts';

const now = new Date('2026-01-15T03:00:00Z');

async function documentOf(name: string) {
  const one = await read(fixture(name));
  if (one.kind !== 'edoc') throw new Error(one.kind);
  return factsOf(one.header, one.trace);
}

test('an update of the reference library names what changes, for whom, and who decided it', async () => {
  expect((await documentOf('edoc_update_type2.edxml')).business).toEqual({
    type: '2',
    reason: 'Cập nhật nơi nhận',
    targetDocumentId: 'G12,2026/01/15,99/BTC-VP',
    decidedBy: 'Trần Thị B, Phòng Văn thư',
    update: {
      facts: true,
      receivers: [
        { code: 'H27', change: 'added' },
        { code: 'H26', change: 'removed' },
      ],
    },
  });
});

test('a new document of the reference library is new, though it names itself', async () => {
  expect((await documentOf('edoc_new.edxml')).business.type).toBe('0');
});

test('its status 13 says why and by whom a document is taken back', async () => {
  const one = await read(fixture('status_13.edxml'));
  if (one.kind !== 'status') throw new Error(one.kind);
  expect(statusOf(one.header, asInstant(now))).toMatchObject({
    code: '13',
    description: 'Lấy lại',
    staff: 'Trần Thị B, Phòng Văn thư',
    responseFor: { documentId: 'G12,2026/01/15,99/BTC-VP' },
  });
});

const update: Business = {
  type: '2',
  reason: 'Đổi nơi nhận',
  targetDocumentId: 'H37,2026/01/15,1/UBND',
  decidedBy: 'Trần Thị Bình',
  update: { facts: false, receivers: [{ code: 'G22', change: 'added' }] },
};

test.each<Business>([
  { type: '1', reason: 'Sai', targetDocumentId: 'H37,2026/01/15,1/UBND', decidedBy: 'Trần Thị Bình' },
  update,
  {
    type: '3',
    reason: 'Sai',
    targetDocumentId: 'a',
    decidedBy: 'Trần Thị Bình',
    replaces: [
      { documentId: 'a', receivers: ['G12', 'H26'] },
      { documentId: 'b', receivers: [] },
    ],
  },
])('a package of type $type of ours is read back as it was meant, from the bytes', async (business) => {
  const facts = { ...(await documentOf('edoc_new.edxml')), business };
  const text = String(await write({ ...documentPackage(facts, now), attachments: [] }));
  expect(text).not.toMatch(/<Attachment>/);
  const one = await read(text);
  expect(one.unknown).toEqual([]);
  expect(one.kind === 'edoc' ? factsOf(one.header, one.trace) : null).toEqual(facts);
});

test('the receivers of an update stand as the standard writes them', async () => {
  const facts = { ...(await documentOf('edoc_new.edxml')), business: update };
  const text = String(await write({ ...documentPackage(facts, now), attachments: [] }));
  expect(text.replace(/\s*\n\s*/g, '')).toContain(
    '<edXML:BussinessDocumentInfo><edXML:DocumentInfo>0</edXML:DocumentInfo>' +
      '<edXML:DocumentReceiver>1</edXML:DocumentReceiver><edXML:ReceiverList><edXML:Receiver>' +
      '<edXML:OrganId>G22</edXML:OrganId><edXML:ReceiverType>1</edXML:ReceiverType></edXML:Receiver>' +
      '</edXML:ReceiverList></edXML:BussinessDocumentInfo>',
  );
});

test('a receiver type that is neither added nor removed stays in the package and is not guessed', () => {
  const Bussiness = {
    ...bussinessElement(update, false),
    BussinessDocumentInfo: [{ ReceiverList: { Receiver: [{ OrganId: 'G22', ReceiverType: '5' }] } }],
  };
  expect(businessOf(traceHeaderList.parse({ Bussiness })).update).toBeUndefined();
});

test('a recall or an update that names its document in the header alone is about that document', () => {
  for (const type of ['1', '2']) {
    const trace = traceHeaderList.parse({ Bussiness: { BussinessDocType: type } });
    const header = documentHeader.parse({ DocumentId: 'H37,2026/01/15,1/UBND' });
    expect(factsOf(header, trace).business.targetDocumentId).toBe('H37,2026/01/15,1/UBND');
    const named = traceHeaderList.parse({ Bussiness: { BussinessDocType: type, DocumentId: 'a' } });
    expect(factsOf(header, named).business.targetDocumentId).toBe('a');
  }
});

test('a replacement with an empty ReplacementInfo replaces the document that its business names', () => {
  const listed = (...ReplacementInfo: object[]) =>
    businessOf(
      traceHeaderList.parse({
        Bussiness: { BussinessDocType: '3', DocumentId: 'a', ReplacementInfoList: [{ ReplacementInfo }] },
      }),
      'own',
    );
  expect(listed({})).toEqual({ type: '3', reason: '', targetDocumentId: 'a' });
  expect(listed({}, { DocumentId: 'b' })).toMatchObject({
    targetDocumentId: 'b',
    replaces: [{ documentId: 'b', receivers: [] }],
  });
});
