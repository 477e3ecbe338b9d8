// Which documents a recall or update is about: those that came twice, those that came as an update, those that came too late.
import { expect, it } from 'vitest';
import type { Business } from '../../preload/contract/business';
import { asDay, asInstant, asSha256, type DeskId } from '../../preload/contract/ids';
import type { Arrival } from '../../preload/contract/records';
import type { Ledger } from '../ledger';
import { FakeMain, pdf } from '../testing/fake-desk';
import { documentArrival, facts, firstOf, machine, offer, openWindow } from '../testing/fixtures';
import { documentOf } from './act-id';

const today = asDay('2026-11-20');
const target = 'G12,2026/11/20,1/BTC-VP';

function notice(docId: string, business: Omit<Business, 'targetDocumentId' | 'reason'>) {
  const whole = { ...business, reason: 'Sai thể thức', targetDocumentId: target };
  return documentArrival(docId, { ...facts('1'), documentId: target, business: whole });
}

const recall = () => notice('recall-7', { type: '1' });
const updateWithFiles = () => ({
  ...notice('up-7', { type: '2', update: { facts: true, receivers: [] } }),
  attachments: [pdf(asSha256('c'.repeat(64)))],
});

async function desk() {
  const main = new FakeMain();
  const { ledger } = await openWindow(machine(main));
  await ledger.start();
  const arrive = async (arrival: Arrival): Promise<DeskId> => {
    offer(main, arrival);
    await ledger.syncNow();
    return documentOf(arrival.docId);
  };
  return { main, ledger, arrive };
}

async function incoming(ledger: Ledger, id: DeskId) {
  const view = await firstOf(ledger.document(id));
  if (view.kind !== 'incoming') throw new Error(view.kind);
  return { ...view, words: view.document.history.map((entry) => entry.what) };
}

it('a recall reaches the document that was sent again after it was refused, and leaves the refused one as it is', async () => {
  const { ledger, arrive } = await desk();
  const refused = await arrive(documentArrival('in-1'));
  await ledger.acts.refuse({ id: refused, reason: 'Tệp hỏng' });
  const later = asInstant(new Date('2026-11-20T02:30:00Z'));
  const again = await arrive({ ...documentArrival('again-1'), arrivedAt: later });
  await ledger.acts.registerAndAccept({ id: again, number: 12, date: today });
  const asked = await arrive(recall());
  expect((await incoming(ledger, asked)).document.concerns).toBe(again);
  expect((await incoming(ledger, again)).words.at(-1)).toBe('recall-asked');
  await ledger.acts.agreeRecall({ id: asked });
  expect((await incoming(ledger, again)).document).toMatchObject({ state: 'recalled', arrivalNumber: 12 });
  expect((await incoming(ledger, refused)).document.state).toBe('refused');
  ledger.dispose();
});

it('a recall reaches the document that is here because its update was registered', async () => {
  const { ledger, arrive } = await desk();
  const update = await arrive(updateWithFiles());
  await ledger.acts.registerAndAccept({ id: update, number: 12, date: today });
  const asked = await arrive(recall());
  expect((await incoming(ledger, asked)).document.concerns).toBe(update);
  await ledger.acts.agreeRecall({ id: asked });
  expect((await incoming(ledger, update)).document).toMatchObject({ state: 'recalled', arrivalNumber: 12 });
  ledger.dispose();
});

it('an update that was agreed to as the document itself can still be registered when that document comes late', async () => {
  const { ledger, arrive } = await desk();
  const update = await arrive(updateWithFiles());
  await ledger.acts.agreeRecall({ id: update });
  const late = await arrive(documentArrival('in-1'));
  expect((await incoming(ledger, update)).may).toEqual(['register-and-accept', 'refuse']);
  expect((await incoming(ledger, late)).words).toContain('update-asked');
  await ledger.acts.registerAndAccept({ id: update, number: 12, date: today });
  expect((await incoming(ledger, update)).document.state).toBe('to-present');
  ledger.dispose();
});
