// One clerk's morning as a script that can be begun again from the start after any death: every act in it is idempotent.
import { asDay, asSha256, type DeskId } from '../../preload/contract/ids';
import type { SignatureVerdict } from '../../preload/contract/verdict';
import { documentOf } from '../acts/act-id';
import type { Ledger } from '../ledger';
import { FakeMain, pdf } from './fake-desk';
import { documentArrival, ministry, offer } from './fixtures';

export const draftId = '22222222-2222-4222-8222-222222222222' as DeskId;
export const noteId = '33333333-3333-4333-8333-333333333333';
const day = asDay('2026-11-20');
const fingerprint = asSha256('f'.repeat(64));

export const leaderSignature: SignatureVerdict = {
  field: 'Signature1',
  kind: 'signature',
  signer: 'Trần Thị Bình',
  issuer: 'CA',
  level: 'B-B',
  integrity: 'intact',
  coverage: 'whole-file',
  chain: 'trusted',
  revocation: 'good',
  time: { source: 'M', value: '2026-11-20T02:12:00.000Z' },
  changes: 'none',
  permitted: true,
  codes: [],
};

/** A main process at whose hub one document waits; the clerk's file was signed by the leader elsewhere. */
export function morning(): FakeMain {
  const main = new FakeMain();
  main.verdict = { verdict: 'valid', signatures: [leaderSignature], codes: [] };
  offer(main, documentArrival('in-1'));
  return main;
}

export async function incomingPart(ledger: Ledger): Promise<void> {
  const id = await documentOf(documentArrival('in-1').docId);
  await ledger.acts.registerAndAccept({ id, number: 1253, date: day });
  await ledger.acts.present({ id, to: 'Chủ tịch', opinion: '' });
  await ledger.acts.assign({ id, to: 'Sở Tài chính', opinion: 'Tham mưu trả lời' });
}

export async function outgoingPart(ledger: Ledger): Promise<void> {
  const file = pdf(asSha256('d'.repeat(64)));
  const facts = { subject: 'V/v góp ý dự thảo quy chế', typeName: 'Công văn', notation: 'UBND-VX' };
  await ledger.acts.createDraft({ id: draftId, file, annexes: [], facts });
  await ledger.acts.putAnnotation({
    id: noteId,
    documentId: draftId,
    fileSha: file.sha256,
    page: 1,
    kind: 'note',
    quads: [],
    at: { x: 10, y: 10 },
    text: 'Kiểm tra lại nơi nhận',
  });
  await ledger.acts.markSignedElsewhere({ id: draftId });
  await ledger.acts.giveNumber({ id: draftId, number: 318, date: day });
  await ledger.acts.seal({ id: draftId, fingerprint, placement: null });
  await ledger.acts.queue({ id: draftId, receivers: [ministry], paper: false });
}

/** From the opening to the last act; a document that is not there yet ends the incoming part until the next try. */
export async function wholeMorning(ledger: Ledger): Promise<void> {
  await ledger.start();
  await ledger.syncNow();
  await incomingPart(ledger);
  await outgoingPart(ledger);
  await ledger.syncNow();
}
