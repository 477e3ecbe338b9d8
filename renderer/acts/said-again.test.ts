// What main made for an act, never saved, and said otherwise the second time: what goes out is what the desk then says.
import { expect, it, vi } from 'vitest';
import { asDay, asSha256 } from '../../preload/contract/ids';
import { pdf } from '../testing/fake-desk';
import { documentArrival, firstOf, machine, openWindow } from '../testing/fixtures';
import { draftId, morning, outgoingPart } from '../testing/scenario';
import { documentOf } from './act-id';

type Main = ReturnType<typeof morning>;

const lastOf = (main: Main) =>
  [...main.packages.values()].find((one) => one.sha === main.sent.at(-1)?.packageSha);

/** A window that dies once main has done its part, and the window after it. */
async function reopened(
  on: ReturnType<typeof machine>,
  call: 'package.document' | 'package.status' | 'numbers.stamp',
  act: (ledger: Awaited<ReturnType<typeof openWindow>>['ledger']) => Promise<unknown>,
) {
  const dying = await openWindow(on, { call, when: 'after' });
  await dying.ledger.start();
  act(dying.ledger).catch(() => undefined);
  await dying.window.died;
  dying.ledger.dispose();
  const { ledger } = await openWindow(on);
  await ledger.start();
  return ledger;
}

async function first(on: ReturnType<typeof machine>, isSending: boolean): Promise<void> {
  const { ledger } = await openWindow(on);
  await ledger.start();
  if (isSending) await outgoingPart(ledger);
  await ledger.syncNow();
  ledger.dispose();
}

it('a recall names the reason and the person that its history has', async () => {
  const main = morning();
  const on = machine(main);
  await first(on, true);
  const wrong = { id: draftId, reason: 'Lý do một', decidedBy: 'Lê Văn Nam' };
  const ledger = await reopened(on, 'package.document', (one) => one.acts.recallOutgoing(wrong));
  await ledger.acts.recallOutgoing({ id: draftId, reason: 'Sai nội dung', decidedBy: 'Trần Thị Bình' });
  await ledger.syncNow();
  expect(lastOf(main)?.facts?.business).toMatchObject({ reason: 'Sai nội dung', decidedBy: 'Trần Thị Bình' });
  ledger.dispose();
});

it('a document names the receivers that it goes to', async () => {
  const main = morning();
  const office = { code: 'G22', name: 'Văn phòng Chính phủ' };
  const ledger = await reopened(machine(main), 'package.document', outgoingPart);
  await ledger.acts.queue({ id: draftId, receivers: [office], paper: false });
  await ledger.syncNow();
  expect(main.sent.at(-1)?.receivers).toEqual(['G22']);
  expect(lastOf(main)?.facts?.receivers).toEqual([office]);
  const view = await firstOf(ledger.document(draftId));
  expect(view.kind === 'outgoing' && view.document.deliveries.map((one) => one.organ)).toEqual([office]);
  ledger.dispose();
});

it('a refusal tells the reason that its history has', async () => {
  const main = morning();
  const on = machine(main);
  await first(on, false);
  const id = await documentOf(documentArrival('in-1').docId);
  const ledger = await reopened(on, 'package.status', (one) =>
    one.acts.refuse({ id, reason: 'Sai địa chỉ' }),
  );
  await ledger.acts.refuse({ id, reason: 'Tệp hỏng' });
  await ledger.syncNow();
  expect(lastOf(main)?.status).toMatchObject({ code: '02', description: 'Tệp hỏng' });
  ledger.dispose();
});

it('the page gets the day that the document is given', async () => {
  const main = morning();
  const on = machine(main);
  const run = vi.spyOn(main, 'run');
  const stamped = () => run.mock.calls.flatMap(([name, input]) => (name === 'numbers.stamp' ? [input] : []));
  const give = (day: string) => ({ id: draftId, number: 318, date: asDay(day) });
  const ledger = await reopened(on, 'numbers.stamp', async (one) => {
    const facts = { subject: 'V/v góp ý dự thảo quy chế', notation: 'UBND-VX' };
    const file = pdf(asSha256('d'.repeat(64)));
    await one.acts.createDraft({ id: draftId, file, annexes: [], facts });
    await one.acts.markSignedElsewhere({ id: draftId });
    await one.acts.giveNumber(give('2026-11-20'));
  });
  await ledger.acts.giveNumber(give('2026-11-21'));
  const [before, after, ...more] = stamped() as { readonly act: string; readonly date: string }[];
  expect(more).toEqual([]);
  expect([before?.date, after?.date]).toEqual(['2026-11-20', '2026-11-21']);
  // Main gives the page of an act again that it has written.
  expect(after?.act).not.toBe(before?.act);
  const view = await firstOf(ledger.document(draftId));
  expect(view.kind === 'outgoing' && view.document.facts).toMatchObject({
    number: '318',
    issuedOn: '2026-11-21',
  });
  ledger.dispose();
});
