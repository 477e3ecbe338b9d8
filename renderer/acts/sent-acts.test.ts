import { describe, expect, it } from 'vitest';
import { usualWays } from '../../preload/contract/business';
import { asDay, asSha256, type DeskId } from '../../preload/contract/ids';
import type { DocumentFacts, Organ } from '../../preload/contract/records';
import type { DocumentView, Ledger } from '../ledger';
import { type FakeMain, pdf, testInfo } from '../testing/fake-desk';
import { firstOf, machine, ministry, offer, openWindow, statusArrival } from '../testing/fixtures';
import { draftId, morning, outgoingPart } from '../testing/scenario';

const office: Organ = { code: 'G22', name: 'Văn phòng Chính phủ' };
const hanoi: Organ = { code: 'H26', name: 'UBND thành phố Hà Nội' };
const decision = { reason: 'Sai nội dung', decidedBy: 'Trần Thị Bình' };
const update = '44444444-4444-4444-8444-444444444444' as DeskId;
const draft = '55555555-5555-4555-8555-555555555555' as DeskId;
const documentId = 'H37,2026/11/20,318/UBND-VX';

/** A desk from which one document went to the ministry. */
async function afterSending(change: (main: FakeMain) => void = () => undefined) {
  const main = morning();
  change(main);
  const opened = await openWindow(machine(main));
  await opened.ledger.start();
  await outgoingPart(opened.ledger);
  await opened.ledger.syncNow();
  return { main, ...opened };
}

async function outgoing(ledger: Ledger, id: DeskId = draftId) {
  const view: DocumentView = await firstOf(ledger.document(id));
  if (view.kind !== 'outgoing') throw new Error(view.kind);
  return view;
}

/** What went to the hub, in order: receivers and facts or status. */
function went(main: FakeMain) {
  return main.sent.map((one) => {
    const known = [...main.packages.values()].find((each) => each.sha === one.packageSha);
    return { to: one.receivers, facts: known?.facts, status: known?.status };
  });
}

async function replacement(ledger: Ledger): Promise<void> {
  await ledger.acts.replaceSent({ id: draftId, draft, ...decision });
  const file = pdf(asSha256('e'.repeat(64)));
  await ledger.acts.attachFile({ id: draft, main: file });
  await ledger.acts.markSignedElsewhere({ id: draft });
  await ledger.acts.giveNumber({ id: draft, number: 319, date: asDay('2026-11-20') });
  await ledger.acts.seal({ id: draft, fingerprint: asSha256('f'.repeat(64)), placement: null });
}

describe('the recall of a document that was sent', () => {
  it('needs a reason and the person who decided it, and keeps both with the number that was used', async () => {
    const { main, ledger } = await afterSending();
    const sent = main.sent.length;
    const bare = { id: draftId, reason: 'Sai nội dung' };
    await expect(ledger.acts.recallOutgoing(bare)).rejects.toMatchObject({ code: 'decider-missing' });
    await expect(ledger.acts.recallOutgoing({ id: draftId, ...decision, reason: ' ' })).rejects.toMatchObject(
      { code: 'reason-missing' },
    );
    expect(main.sent).toHaveLength(sent);
    await ledger.acts.recallOutgoing({ id: draftId, ...decision });
    const { document, may } = await outgoing(ledger);
    expect([document.state, document.numberGiven?.number, may]).toEqual(['recalled', 318, []]);
    expect(document.history.at(-1)).toMatchObject({
      what: 'recall-requested',
      detail: 'Sai nội dung · Trần Thị Bình',
      who: 'Nguyễn Thị Hường',
    });
    ledger.dispose();
  });

  it('goes out as status 13 where the hub is set up so, once, to every receiver', async () => {
    const { main, ledger } = await afterSending((one) => {
      const ways = { ...usualWays, recallBy: 'status' as const };
      one.info = { ...testInfo, hub: { ...testInfo.hub, ways } };
    });
    await ledger.acts.recallOutgoing({ id: draftId, ...decision });
    await ledger.acts.recallOutgoing({ id: draftId, ...decision });
    await ledger.syncNow();
    const last = went(main).filter((one) => one.status?.code === '13');
    expect(last).toHaveLength(1);
    expect(last[0]?.to).toEqual(['G12']);
    expect(last[0]?.status).toMatchObject({
      description: 'Sai nội dung',
      staff: 'Trần Thị Bình',
      responseFor: { organId: 'H37', documentId },
    });
    ledger.dispose();
  });

  it('says at the document when the hub does not take status 13', async () => {
    const { main, ledger } = await afterSending((one) => {
      const ways = { ...usualWays, recallBy: 'status' as const };
      one.info = { ...testInfo, hub: { ...testInfo.hub, ways } };
    });
    main.mood = 'refuses';
    await ledger.acts.recallOutgoing({ id: draftId, ...decision });
    await firstOf(ledger.attention, (rows) => rows.length === 1);
    const { document } = await outgoing(ledger);
    expect(document.history.at(-1)?.what).toBe('hub-refused');
    ledger.dispose();
  });
});

describe('a recall of which it is not known whether the hub took it', () => {
  it('is settled by the answer of a receiver, and nobody has to look at it', async () => {
    const { main, ledger } = await afterSending();
    main.sentListLags = true;
    main.mood = 'answer-lost';
    await ledger.acts.recallOutgoing({ id: draftId, ...decision });
    await firstOf(
      ledger.document(draftId),
      (view) => view.kind === 'outgoing' && view.sending.some((row) => row.state === 'unknown'),
    );
    main.mood = 'up';
    offer(main, statusArrival('s-15', '15', documentId));
    await ledger.syncNow();
    const { document, sending } = await outgoing(ledger);
    expect(sending.filter((row) => row.lane.endsWith('/recall'))).toMatchObject([{ state: 'accepted' }]);
    expect(document.history.map((entry) => entry.what)).toContain('recall-sent');
    expect(document.deliveries).toMatchObject([{ state: '15' }]);
    expect(await firstOf(ledger.attention)).toEqual([]);
    ledger.dispose();
  });
});

describe('the update of a document that was sent', () => {
  it('tells those who have it what is new, and gives new receivers the document itself', async () => {
    const { main, ledger } = await afterSending();
    const before = main.sent.length;
    const change = { receivers: [office, hanoi], facts: { urgency: 1 } };
    const input = { id: draftId, update, change, reason: 'Đổi nơi nhận', decidedBy: 'Trần Thị Bình' };
    await ledger.acts.updateSent(input);
    await ledger.acts.updateSent(input);
    await ledger.syncNow();
    const [told, given, ...more] = went(main).slice(before);
    expect(more).toEqual([]);
    expect(told?.to).toEqual(['G12']);
    expect(told?.facts).toMatchObject({
      documentId,
      urgency: 1,
      receivers: [ministry],
      business: {
        type: '2',
        targetDocumentId: documentId,
        reason: 'Đổi nơi nhận',
        decidedBy: 'Trần Thị Bình',
        update: {
          facts: true,
          receivers: [
            { code: 'G22', change: 'added' },
            { code: 'H26', change: 'added' },
            { code: 'G12', change: 'removed' },
          ],
        },
      },
    });
    expect(given?.to).toEqual(['G22', 'H26']);
    expect(given?.facts).toMatchObject({ documentId, urgency: 1, business: { type: '0' } });
    const { document } = await outgoing(ledger);
    expect(document.state).toBe('sent');
    expect(document.facts.receivers).toEqual([office, hanoi]);
    expect(document.deliveries).toMatchObject([
      { organ: ministry, state: 'sent', removed: true },
      { organ: office, state: 'sent' },
      { organ: hanoi, state: 'sent' },
    ]);
    ledger.dispose();
  });

  it('sends nothing when nothing is new, and never leaves a document without a receiver', async () => {
    const { ledger } = await afterSending();
    const input = { id: draftId, update, reason: 'x', decidedBy: 'y' };
    await expect(
      ledger.acts.updateSent({ ...input, change: { receivers: [ministry], facts: { urgency: 0 } } }),
    ).rejects.toMatchObject({ code: 'nothing-to-change' });
    await expect(
      ledger.acts.updateSent({ ...input, change: { receivers: [], facts: {} } }),
    ).rejects.toMatchObject({ code: 'receivers-missing' });
    ledger.dispose();
  });

  it('shows at each receiver whether it agreed, and a recall afterwards reaches all who have it', async () => {
    const { main, ledger } = await afterSending();
    const change = { receivers: [ministry, office], facts: {} };
    await ledger.acts.updateSent({ id: draftId, update, change, ...decision });
    await ledger.syncNow();
    offer(main, statusArrival('s-16', '16', documentId, { description: 'Đã giải quyết' }));
    await ledger.syncNow();
    expect((await outgoing(ledger)).document.deliveries).toMatchObject([
      { organ: ministry, state: '16', detail: 'Đã giải quyết' },
      { organ: office, state: 'sent' },
    ]);
    await ledger.acts.recallOutgoing({ id: draftId, ...decision });
    await ledger.syncNow();
    expect(went(main).at(-1)?.to).toEqual(['G12', 'G22']);
    ledger.dispose();
  });

  it('that has not gone yet is not sent after a recall, and who never got the document is not asked for it', async () => {
    const { main, ledger } = await afterSending();
    main.mood = 'down';
    const change = { receivers: [ministry, office], facts: {} };
    await ledger.acts.updateSent({ id: draftId, update, change, ...decision });
    await firstOf(
      ledger.document(draftId),
      (view) => view.kind === 'outgoing' && view.sending.some((row) => row.state === 'waiting'),
    );
    await ledger.acts.recallOutgoing({ id: draftId, ...decision });
    main.mood = 'up';
    const before = main.sent.length;
    main.now = new Date(main.now.getTime() + 3_600_000);
    await ledger.syncNow();
    const after = went(main).slice(before);
    expect(after.map((one) => [one.facts?.business.type, one.to])).toEqual([['1', ['G12']]]);
    await expect(
      ledger.acts.updateSent({ id: draftId, update: draft, change, ...decision }),
    ).rejects.toMatchObject({ code: 'step-not-open' });
    ledger.dispose();
  });
});

describe('the replacement of a document that was sent', () => {
  it('is a document of its own that names the old one and who had it; the old one goes out of force', async () => {
    const { main, ledger } = await afterSending();
    await replacement(ledger);
    expect((await outgoing(ledger)).document.state).toBe('sent');
    await ledger.acts.queue({ id: draft, receivers: [ministry, office], paper: false });
    await ledger.syncNow();
    const business: DocumentFacts['business'] | undefined = went(main).at(-1)?.facts?.business;
    expect(business).toEqual({
      type: '3',
      reason: 'Sai nội dung',
      decidedBy: 'Trần Thị Bình',
      targetDocumentId: documentId,
      replaces: [{ documentId, receivers: ['G12'] }],
    });
    const old = await outgoing(ledger);
    expect([old.document.state, old.document.numberGiven?.number, old.may]).toEqual(['recalled', 318, []]);
    expect(old.document.history.at(-1)).toMatchObject({ what: 'replaced-by', detail: '319/UBND-VX' });
    ledger.dispose();
  });

  it('that is taken out of the outbox leaves the old document in force', async () => {
    const { main, ledger } = await afterSending();
    await replacement(ledger);
    main.mood = 'down';
    await ledger.acts.queue({ id: draft, receivers: [ministry], paper: false });
    await firstOf(
      ledger.document(draft),
      (view) => view.kind === 'outgoing' && view.sending.some((row) => row.state === 'waiting'),
    );
    await ledger.acts.recallOutgoing({ id: draft, reason: 'Chưa gửi vội' });
    expect((await outgoing(ledger)).document.state).toBe('sent');
    main.mood = 'up';
    await ledger.acts.queue({ id: draft, receivers: [ministry], paper: false });
    await ledger.syncNow();
    expect((await outgoing(ledger)).document.state).toBe('recalled');
    ledger.dispose();
  });
});
