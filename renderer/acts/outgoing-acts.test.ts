import { describe, expect, it } from 'vitest';
import { asDay, asSha256, type DeskId, type HubDocId } from '../../preload/contract/ids';
import type { Ledger } from '../ledger';
import { FakeFailure, type FakeMain, pdf } from '../testing/fake-desk';
import { firstOf, machine, ministry, offer, openWindow, statusArrival } from '../testing/fixtures';
import { draftId, morning, outgoingPart } from '../testing/scenario';
import { documentOf } from './act-id';

const day = asDay('2026-11-20');
const fingerprint = asSha256('f'.repeat(64));
const anotherId = '44444444-4444-4444-8444-444444444444' as DeskId;

async function desk(main: FakeMain = morning()) {
  const on = machine(main);
  const opened = await openWindow(on);
  await opened.ledger.start();
  await opened.ledger.syncNow();
  return { main, on, ...opened };
}

async function outgoing(ledger: Ledger, id: DeskId = draftId) {
  const view = await firstOf(ledger.document(id));
  if (view.kind !== 'outgoing') throw new Error(view.kind);
  return view;
}

describe('a document that goes out', () => {
  it('goes the whole way of law and comes to its receivers once', async () => {
    const { main, ledger } = await desk();
    await outgoingPart(ledger);
    await ledger.syncNow();
    const { document, sending } = await outgoing(ledger);
    expect(document).toMatchObject({
      state: 'sent',
      numberGiven: { number: 318, date: day },
      facts: { number: '318', documentId: 'H37,2026/11/20,318/UBND-VX' },
      leaderSignature: { signer: 'Trần Thị Bình', elsewhere: true },
      deliveries: [{ organ: ministry, state: 'sent' }],
    });
    expect(sending).toMatchObject([{ kind: 'edoc', state: 'accepted' }]);
    expect(main.sent.filter((one) => one.kind === 'edoc')).toHaveLength(1);
    ledger.dispose();
  });

  it('is packed with a signer and a place, which the standard demands: who signed it, and the agency’s, where it names none', async () => {
    const { main, ledger } = await desk();
    await outgoingPart(ledger);
    const facts = { subject: 'Bản sao', typeName: 'Công văn', notation: 'SY-UBND', place: '' };
    const copy = { form: 'SAO Y', source: 'paper-original' } as const;
    await ledger.acts.createCopy({ id: anotherId, copy, file: pdf(asSha256('e'.repeat(64))), facts });
    await ledger.acts.giveNumber({ id: anotherId, number: 1, date: day });
    await ledger.acts.seal({ id: anotherId, fingerprint, placement: null });
    await ledger.acts.queue({ id: anotherId, receivers: [ministry], paper: false });
    const packed = [...main.packages.values()].flatMap((one) => one.facts ?? []);
    expect(packed.map((one) => [one.subject, one.signer.name, one.place])).toEqual([
      ['V/v góp ý dự thảo quy chế', 'Trần Thị Bình', 'Lạng Sơn'],
      ['Bản sao', 'copy', 'Lạng Sơn'],
    ]);
    ledger.dispose();
  });

  it('takes no step early', async () => {
    const { main, ledger } = await desk();
    await ledger.acts.createDraft({ id: draftId, file: null, annexes: [], facts: {} });
    const early = [
      [() => ledger.acts.submit({ id: draftId }), 'file-missing'],
      [() => ledger.acts.markSignedElsewhere({ id: draftId }), 'file-missing'],
      [() => ledger.acts.signLeader({ id: draftId, fingerprint, placement: null }), 'step-not-open'],
      [() => ledger.acts.giveNumber({ id: draftId, number: 1, date: day }), 'step-not-open'],
      [() => ledger.acts.seal({ id: draftId, fingerprint, placement: null }), 'step-not-open'],
      [() => ledger.acts.queue({ id: draftId, receivers: [ministry], paper: false }), 'step-not-open'],
    ] as const;
    for (const [act, code] of early) await expect(act()).rejects.toMatchObject({ code });
    expect(main.numbers.size + main.signatures.size + main.packages.size).toBe(1);
    expect((await outgoing(ledger)).document.state).toBe('draft');
    ledger.dispose();
  });

  it('passes as signed elsewhere only when main’s verdict carries the leader', async () => {
    const { main, ledger } = await desk();
    const input = {
      id: draftId,
      file: pdf(asSha256('d'.repeat(64))),
      annexes: [],
      facts: { subject: 'V/v' },
    };
    await ledger.acts.createDraft(input);
    main.verdict = { verdict: 'unsigned', signatures: [], codes: [] };
    await expect(ledger.acts.markSignedElsewhere({ id: draftId })).rejects.toMatchObject({
      code: 'leader-signature-missing',
    });
    main.verdict = { verdict: 'invalid', signatures: [], codes: [] };
    await expect(ledger.acts.markSignedElsewhere({ id: draftId })).rejects.toMatchObject({
      code: 'verdict-not-good',
    });
    expect((await outgoing(ledger)).document.leaderSignature).toBeNull();
    ledger.dispose();
  });

  it('answers an incoming document with ResponseFor and receiver filled in', async () => {
    const { ledger } = await desk();
    const id = await documentOf('in-1' as HubDocId);
    await ledger.acts.answer({ id, draft: draftId });
    const { document } = await outgoing(ledger);
    expect(document.answers).toBe(id);
    expect(document.facts).toMatchObject({
      sender: { code: 'H37' },
      receivers: [ministry],
      responseFor: [{ organId: 'G12', code: '1/BTC-VP', documentId: 'G12,2026/11/20,1/BTC-VP' }],
    });
    ledger.dispose();
  });

  it('shows what its receivers do with it, and returns when one sends it back', async () => {
    const { main, ledger } = await desk();
    await outgoingPart(ledger);
    await ledger.syncNow();
    const documentId = 'H37,2026/11/20,318/UBND-VX';
    offer(main, statusArrival('s-1', '01', documentId));
    offer(main, statusArrival('s-2', '03', documentId, { description: 'Số đến 4471' }));
    await ledger.syncNow();
    const told = await outgoing(ledger);
    expect(told.document.deliveries).toMatchObject([{ state: '03', detail: 'Số đến 4471' }]);
    expect(told.sending[0]?.state).toBe('confirmed');
    expect(main.done).toEqual(expect.arrayContaining(['s-1', 's-2']));
    offer(main, statusArrival('s-3', '02', documentId, { description: 'Sai thẩm quyền' }));
    await ledger.syncNow();
    expect((await outgoing(ledger)).document.state).toBe('returned');
    expect((await firstOf(ledger.folders))['out-returned']).toBe(1);
    await ledger.acts.takeUpAgain({ id: draftId, draft: anotherId });
    expect((await outgoing(ledger)).document.state).toBe('sent');
    const again = (await outgoing(ledger, anotherId)).document;
    expect(again).toMatchObject({ state: 'draft', main: null, numberGiven: null, facts: { number: '' } });
    ledger.dispose();
  });

  it('is sent by itself when the hub is back, and only once', async () => {
    const { main, ledger, window } = await desk();
    main.mood = 'down';
    await outgoingPart(ledger);
    await ledger.syncNow();
    await firstOf(ledger.status, (status) => status.hub === 'offline' && status.waiting === 1);
    expect((await outgoing(ledger)).document.state).toBe('queued');
    main.mood = 'up';
    window.emit('sync.tick', { reason: 'network', at: main.instant() });
    await firstOf(
      ledger.document(draftId),
      (view) => view.kind === 'outgoing' && view.document.state === 'sent',
    );
    await ledger.syncNow();
    expect(main.sent.filter((one) => one.kind === 'edoc')).toHaveLength(1);
    await firstOf(ledger.status, (status) => status.hub === 'online' && status.waiting === 0);
    ledger.dispose();
  });

  it('waits for a person when the hub refuses it, and says why', async () => {
    const { main, ledger } = await desk();
    main.mood = 'refuses';
    await outgoingPart(ledger);
    await ledger.syncNow();
    const attention = await firstOf(ledger.attention, (rows) => rows.length === 1);
    const { document } = await outgoing(ledger);
    expect(document.history.at(-1)).toMatchObject({
      what: 'hub-refused',
      detail: 'hub-refused no such receiver',
    });
    main.mood = 'up';
    await ledger.acts.sendAgain({ row: attention[0]?.id ?? '' });
    await ledger.syncNow();
    expect((await outgoing(ledger)).document.state).toBe('sent');
    ledger.dispose();
  });

  it('is found in the sent list when the answer was lost', async () => {
    const { main, ledger } = await desk();
    main.mood = 'answer-lost';
    await outgoingPart(ledger);
    await firstOf(
      ledger.document(draftId),
      (view) => view.kind === 'outgoing' && view.sending.some((row) => row.state === 'unknown'),
    );
    main.mood = 'up';
    main.now = new Date(main.now.getTime() + 60_000);
    await ledger.syncNow();
    expect((await outgoing(ledger)).document).toMatchObject({
      state: 'sent',
      hubDocId: expect.stringContaining('out-'),
    });
    expect(main.sent.filter((one) => one.kind === 'edoc')).toHaveLength(1);
    ledger.dispose();
  });
});

describe('a document whose answer was lost at a hub that has no sent list', () => {
  it('is shown to a person when the time of asking is over, and not before', async () => {
    const { main, ledger } = await desk();
    const run = main.run.bind(main);
    main.run = (name, input) => {
      if (name !== 'hub.sent') return run(name, input);
      return { answer: { kind: 'refused', code: 'hub-refused', words: '' }, items: [] };
    };
    main.mood = 'answer-lost';
    await outgoingPart(ledger);
    await firstOf(
      ledger.document(draftId),
      (view) => view.kind === 'outgoing' && view.sending.some((row) => row.state === 'unknown'),
    );
    main.mood = 'up';
    main.now = new Date(main.now.getTime() + 60_000);
    await ledger.syncNow();
    expect(await firstOf(ledger.attention)).toEqual([]);
    main.now = new Date(main.now.getTime() + 3_600_000);
    await ledger.syncNow();
    expect(await firstOf(ledger.attention)).toMatchObject([{ lastCode: 'outcome-unknown' }]);
    expect(main.sent.filter((one) => one.kind === 'edoc')).toHaveLength(1);
    ledger.dispose();
  });
});

describe('an attempt that main itself could not begin', () => {
  it('is tried again without a person, and the document comes once', async () => {
    const { main, ledger } = await desk();
    const run = main.run.bind(main);
    let fails = true;
    main.run = (name, input) => {
      if (name === 'hub.send' && fails) throw new FakeFailure('internal');
      return run(name, input);
    };
    await outgoingPart(ledger);
    await firstOf(
      ledger.document(draftId),
      (view) => view.kind === 'outgoing' && view.sending.some((row) => row.state === 'unknown'),
    );
    fails = false;
    for (const seconds of [60, 60]) {
      main.now = new Date(main.now.getTime() + seconds * 1000);
      await ledger.syncNow();
    }
    expect(main.sent.filter((one) => one.kind === 'edoc')).toHaveLength(1);
    expect((await outgoing(ledger)).document.state).toBe('sent');
    ledger.dispose();
  });
});

describe('a recall of what goes out', () => {
  it('takes an unsent document out of the outbox, with nothing sent', async () => {
    const { main, ledger } = await desk();
    main.mood = 'down';
    await outgoingPart(ledger);
    await firstOf(
      ledger.document(draftId),
      (view) => view.kind === 'outgoing' && view.sending.some((row) => row.state === 'waiting'),
    );
    await expect(ledger.acts.recallOutgoing({ id: draftId, reason: ' ' })).rejects.toMatchObject({
      code: 'reason-missing',
    });
    expect(await ledger.acts.recallOutgoing({ id: draftId, reason: 'Sai nội dung' })).toBe('withdrawn');
    main.mood = 'up';
    await ledger.syncNow();
    expect(main.sent.filter((one) => one.kind === 'edoc')).toEqual([]);
    const { document, sending } = await outgoing(ledger);
    expect(document).toMatchObject({ state: 'to-send', packageSha: null, deliveries: [] });
    expect(document.numberGiven?.number).toBe(318);
    expect(sending).toMatchObject([{ state: 'superseded' }]);
    ledger.dispose();
  });

  it('lets a document that was taken out be sent once, to corrected receivers, as another package', async () => {
    const { main, ledger } = await desk();
    main.mood = 'refuses';
    await outgoingPart(ledger);
    await firstOf(ledger.attention, (rows) => rows.length === 1);
    const before = (await outgoing(ledger)).document.packageSha;
    expect(await ledger.acts.recallOutgoing({ id: draftId, reason: 'Sai mã nơi nhận' })).toBe('withdrawn');
    expect(await firstOf(ledger.attention)).toEqual([]);
    main.mood = 'up';
    await ledger.acts.queue({ id: draftId, receivers: [{ code: 'G22', name: '' }], paper: false });
    await ledger.syncNow();
    const edocs = main.sent.filter((one) => one.kind === 'edoc');
    expect(edocs).toMatchObject([{ receivers: ['G22'] }]);
    expect(edocs[0]?.packageSha).not.toBe(before);
    expect((await outgoing(ledger)).document.state).toBe('sent');
    ledger.dispose();
  });

  it('gives up a document that was never sent, and its number stays used', async () => {
    const { main, ledger } = await desk();
    main.mood = 'down';
    await outgoingPart(ledger);
    await firstOf(
      ledger.document(draftId),
      (view) => view.kind === 'outgoing' && view.sending.some((row) => row.state === 'waiting'),
    );
    await ledger.acts.recallOutgoing({ id: draftId, reason: 'Sai nội dung' });
    expect(await ledger.acts.recallOutgoing({ id: draftId, reason: 'Không phát hành nữa' })).toBe('dropped');
    expect(await ledger.acts.recallOutgoing({ id: draftId, reason: 'Không phát hành nữa' })).toBe('dropped');
    main.mood = 'up';
    await ledger.syncNow();
    expect(main.sent.filter((one) => one.kind === 'edoc')).toEqual([]);
    const { document } = await outgoing(ledger);
    expect([document.state, document.numberGiven?.number]).toEqual(['recalled', 318]);
    ledger.dispose();
  });

  it('of a sent document goes out as a package of its own, once', async () => {
    const { main, ledger } = await desk();
    await outgoingPart(ledger);
    await ledger.syncNow();
    const recalling = { id: draftId, reason: 'Sai nội dung', decidedBy: 'Trần Thị Bình' };
    expect(await ledger.acts.recallOutgoing(recalling)).toBe('requested');
    expect(await ledger.acts.recallOutgoing(recalling)).toBe('requested');
    await ledger.syncNow();
    const edocs = main.sent.filter((one) => one.kind === 'edoc');
    expect(edocs).toHaveLength(2);
    const recall = [...main.packages.values()].find((known) => known.sha === edocs[1]?.packageSha);
    expect(recall?.facts?.business).toEqual({
      type: '1',
      reason: 'Sai nội dung',
      targetDocumentId: 'H37,2026/11/20,318/UBND-VX',
      decidedBy: 'Trần Thị Bình',
    });
    const { document } = await outgoing(ledger);
    expect(document.state).toBe('recalled');
    offer(main, statusArrival('s-15', '15', document.facts.documentId));
    await ledger.syncNow();
    expect((await outgoing(ledger)).document.deliveries).toMatchObject([{ state: '15' }]);
    ledger.dispose();
  });
});
