// Acts on a document that was sent, in the orders in which answers, updates, replacements and recalls cross each other.
import { describe, expect, it } from 'vitest';
import { usualWays } from '../../preload/contract/business';
import { asDay, asInstant, asSha256, type DeskId } from '../../preload/contract/ids';
import type { Organ } from '../../preload/contract/records';
import type { Ledger } from '../ledger';
import { type FakeMain, pdf, testInfo } from '../testing/fake-desk';
import { firstOf, machine, ministry, offer, openWindow, statusArrival } from '../testing/fixtures';
import { draftId, morning, outgoingPart } from '../testing/scenario';

const office: Organ = { code: 'G22', name: 'Văn phòng Chính phủ' };
const decision = { reason: 'Sai nội dung', decidedBy: 'Trần Thị Bình' };
const first = '44444444-4444-4444-8444-444444444444' as DeskId;
const second = '55555555-5555-4555-8555-555555555555' as DeskId;
const documentId = 'H37,2026/11/20,318/UBND-VX';

/** A desk from which one document went to the ministry. */
async function afterSending(change: (main: FakeMain) => void = () => undefined) {
  const main = morning();
  change(main);
  const { ledger } = await openWindow(machine(main));
  await ledger.start();
  await outgoingPart(ledger);
  await ledger.syncNow();
  const answer = async (...given: Parameters<typeof statusArrival>) => {
    offer(main, statusArrival(...given));
    await ledger.syncNow();
  };
  const update = async (id: DeskId, receivers: readonly Organ[]) => {
    const change = { receivers: [...receivers], facts: {} };
    await ledger.acts.updateSent({ id: draftId, update: id, change, ...decision });
  };
  return { main, ledger, answer, update };
}

async function outgoing(ledger: Ledger, id: DeskId = draftId) {
  const view = await firstOf(ledger.document(id));
  if (view.kind !== 'outgoing') throw new Error(view.kind);
  return view.document;
}

async function replacement(ledger: Ledger, draft: DeskId, number: number): Promise<void> {
  await ledger.acts.replaceSent({ id: draftId, draft, ...decision });
  await ledger.acts.attachFile({ id: draft, main: pdf(asSha256('e'.repeat(64))) });
  await ledger.acts.markSignedElsewhere({ id: draft });
  await ledger.acts.giveNumber({ id: draft, number, date: asDay('2026-11-20') });
  await ledger.acts.seal({ id: draft, fingerprint: asSha256('f'.repeat(64)), placement: null });
}

async function queuedInVain(main: FakeMain, ledger: Ledger, draft: DeskId): Promise<void> {
  main.mood = 'down';
  await ledger.acts.queue({ id: draft, receivers: [ministry], paper: false });
  await firstOf(
    ledger.document(draft),
    (view) => view.kind === 'outgoing' && view.sending.some((row) => row.state === 'waiting'),
  );
}

describe('a document that a receiver sent back', () => {
  it('is sent again once an update takes that receiver off, and stays so whatever it still answers', async () => {
    const { ledger, answer, update } = await afterSending();
    await answer('s-02', '02', documentId, { description: 'Sai địa chỉ' });
    expect((await outgoing(ledger)).state).toBe('returned');
    await update(first, [office]);
    expect((await outgoing(ledger)).state).toBe('sent');
    await answer('s-02b', '02', documentId, { at: asInstant(new Date('2026-11-20T05:00:00Z')) });
    expect((await outgoing(ledger)).state).toBe('sent');
    ledger.dispose();
  });

  it('stays returned when the receipt of an update of it comes back by itself', async () => {
    const { ledger, answer, update } = await afterSending();
    await answer('s-02', '02', documentId, { description: 'Sai địa chỉ' });
    await update(first, [ministry, office]);
    await answer('s-01', '01', documentId, { at: asInstant(new Date('2026-11-20T05:00:00Z')) });
    const { state, deliveries } = await outgoing(ledger);
    expect(state).toBe('returned');
    expect(deliveries[0]).toMatchObject({ organ: ministry, state: '02', detail: 'Sai địa chỉ' });
    ledger.dispose();
  });

  it('is returned as before when its replacement is taken out of the outbox', async () => {
    const { main, ledger, answer } = await afterSending();
    await answer('s-02', '02', documentId, { description: 'Sai địa chỉ' });
    await replacement(ledger, first, 319);
    await queuedInVain(main, ledger, first);
    await ledger.acts.recallOutgoing({ id: first, reason: 'Chưa gửi vội' });
    expect((await outgoing(ledger)).state).toBe('returned');
    ledger.dispose();
  });
});

describe('a document with two replacements', () => {
  it('stays replaced by the one that went when the other one is withdrawn', async () => {
    const { main, ledger } = await afterSending();
    await replacement(ledger, first, 319);
    await replacement(ledger, second, 320);
    await ledger.acts.queue({ id: first, receivers: [ministry], paper: false });
    await ledger.syncNow();
    await queuedInVain(main, ledger, second);
    await ledger.acts.recallOutgoing({ id: second, reason: 'Chưa gửi vội' });
    const { state, history } = await outgoing(ledger);
    expect([state, history.at(-1)?.what]).toEqual(['recalled', 'other-replacement-withdrawn']);
    ledger.dispose();
  });

  it('is in force again once both are withdrawn, in whichever order', async () => {
    for (const order of [
      [first, second],
      [second, first],
    ]) {
      const { main, ledger } = await afterSending();
      await replacement(ledger, first, 319);
      await replacement(ledger, second, 320);
      await queuedInVain(main, ledger, first);
      // The hub is away: nothing is tried.
      await ledger.acts.queue({ id: second, receivers: [ministry], paper: false });
      const states: string[] = [];
      for (const id of order) {
        await ledger.acts.recallOutgoing({ id, reason: 'Chưa gửi vội' });
        states.push((await outgoing(ledger)).state);
      }
      expect(states).toEqual(['recalled', 'sent']);
      ledger.dispose();
    }
  });
});

describe('a recall', () => {
  it('is told to a removed receiver that agreed to an earlier update only, not to its removal', async () => {
    const { main, ledger, answer, update } = await afterSending();
    await update(first, [ministry, office]);
    await ledger.syncNow();
    await answer('s-15', '15', documentId);
    main.mood = 'refuses';
    await update(second, [office]);
    await firstOf(ledger.attention, (rows) => rows.length === 1);
    main.mood = 'up';
    await ledger.acts.recallOutgoing({ id: draftId, ...decision });
    await ledger.syncNow();
    expect(main.sent.at(-1)?.receivers).toEqual(['G12', 'G22']);
    ledger.dispose();
  });

  it('and a further update show no answer that a receiver gave to the update before them', async () => {
    for (const [code, shown] of [
      ['15', '03'],
      ['16', '03'],
    ] as const) {
      for (const isRecall of [true, false]) {
        const { ledger, answer, update } = await afterSending();
        await answer('s-03', '03', documentId, { at: asInstant(new Date('2026-11-20T03:30:00Z')) });
        await update(first, [ministry, office]);
        await answer('s-change', code, documentId, { description: 'Đã xem' });
        expect((await outgoing(ledger)).deliveries[0]?.state).toBe(code);
        if (isRecall) await ledger.acts.recallOutgoing({ id: draftId, ...decision });
        else await update(second, [ministry]);
        expect((await outgoing(ledger)).deliveries[0]).toMatchObject({ state: shown, detail: '' });
        await answer('s-now', '15', documentId, { at: asInstant(new Date('2026-11-20T05:00:00Z')) });
        expect((await outgoing(ledger)).deliveries[0]?.state).toBe('15');
        ledger.dispose();
      }
    }
  });

  it('names nobody for an answer that named nobody', async () => {
    const { main, ledger, answer } = await afterSending();
    await answer('s-01', '01', documentId, { from: { code: '', name: '' } });
    await ledger.acts.recallOutgoing({ id: draftId, ...decision });
    await ledger.syncNow();
    expect(main.sent.at(-1)?.receivers).toEqual(['G12']);
    ledger.dispose();
  });

  it('goes out as status 13 also from a desk that leaves receipts to another program', async () => {
    const { main, ledger } = await afterSending((one) => {
      const ways = { ...usualWays, recallBy: 'status' as const };
      one.info = { ...testInfo, hub: { ...testInfo.hub, takes: true, ways } };
    });
    await ledger.acts.recallOutgoing({ id: draftId, ...decision });
    await ledger.syncNow();
    expect(main.statusesSent()).toEqual(['13>G12']);
    ledger.dispose();
  });
});
