import { describe, expect, it } from 'vitest';
import type { SheetDraft } from '../../preload/contract/handling-sheet';
import { asDay, asSha256, type DeskId } from '../../preload/contract/ids';
import type { Attachment } from '../../preload/contract/records';
import { FakeMain } from '../testing/fake-desk';
import { documentArrival, firstOf, machine, offer, openWindow } from '../testing/fixtures';
import { documentOf } from './act-id';

const words: SheetDraft = {
  ...{ parent: '', agency: 'UBND tỉnh', number: '41', arrivalDate: '', type: '', author: '', notation: '' },
  ...{ documentDate: '', subject: '', opinions: [] },
};
const file = (digit: string): Attachment => ({
  ...{ sha256: asSha256(digit.repeat(64)), name: `Phiếu ${digit}.pdf`, description: '' },
  ...{ contentType: 'application/pdf', size: 1, verdict: null, verifiedAt: null, problem: null },
});

async function desk() {
  const main = new FakeMain();
  offer(main, documentArrival('in-1'));
  const { ledger } = await openWindow(machine(main));
  await ledger.start();
  await ledger.syncNow();
  const id: DeskId = await documentOf(documentArrival('in-1').docId);
  const row = async (from = ledger) => {
    const view = await firstOf(from.document(id));
    if (view.kind !== 'incoming') throw new Error(view.kind);
    return view.document;
  };
  return { main, ledger, id, row };
}

describe('the handling sheet', () => {
  it('is refused before the document has its number', async () => {
    const { ledger, id, row } = await desk();
    await expect(ledger.acts.keepSheet({ id, words, file: file('a') })).rejects.toMatchObject({
      code: 'step-not-open',
    });
    expect((await row()).sheet).toBeUndefined();
    ledger.dispose();
  });

  it('is kept beside what came in, version after version, and tells the sender nothing', async () => {
    const { main, ledger, id, row } = await desk();
    await ledger.acts.registerAndAccept({ id, number: 41, date: asDay('2026-11-20') });
    await ledger.acts.keepSheet({ id, words, file: file('a') });
    // The same act once more changes nothing.
    await ledger.acts.keepSheet({ id, words, file: file('a') });
    const once = await row();
    const own = { id: 'x', place: 'none', text: 'Bỏ', by: '', day: '', said: null } as const;
    await ledger.acts.keepSheet({ id, words: { ...words, opinions: [own] }, file: file('a') });
    await ledger.acts.keepSheet({ id, words, file: file('b') });
    await ledger.syncNow();
    const { sheet, history, attachments } = await row();
    expect(once.sheet?.versions.map((one) => one.file.sha256)).toEqual([file('a').sha256]);
    expect(sheet?.versions.map((one) => one.file.sha256)).toEqual([file('a').sha256, file('b').sha256]);
    expect(sheet?.words).toEqual(words);
    expect(attachments).toEqual(once.attachments);
    expect(history.flatMap(({ what, detail }) => (what === 'sheet-kept' ? [detail] : []))).toEqual([
      'Phiếu a.pdf',
      'Phiếu b.pdf',
    ]);
    expect(main.statusesSent()).toEqual(['01>G12', '03>G12']);
    ledger.dispose();
  });

  it('comes back from the journal when the ledger was lost, and is found by its words', async () => {
    const { main, ledger, id, row } = await desk();
    await ledger.acts.registerAndAccept({ id, number: 41, date: asDay('2026-11-20') });
    const said = {
      id: 'x',
      place: 'unit',
      text: 'Đề xuất khảo sát thực địa',
      by: '',
      day: '',
      said: null,
    } as const;
    await ledger.acts.keepSheet({ id, words: { ...words, opinions: [said] }, file: file('a') });
    const { sheet } = await row();
    expect(sheet?.versions).toHaveLength(1);
    ledger.dispose();
    const again = await openWindow(machine(main));
    await again.ledger.start();
    expect((await row(again.ledger)).sheet).toEqual(sheet);
    expect((await again.ledger.search('khảo sát thực địa')).map((one) => one.kind)).toHaveLength(1);
    again.ledger.dispose();
  });
});
