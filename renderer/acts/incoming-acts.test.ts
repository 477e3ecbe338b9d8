import { describe, expect, it } from 'vitest';
import { asDay, type DeskId } from '../../preload/contract/ids';
import type { DocumentView } from '../ledger';
import { FakeMain } from '../testing/fake-desk';
import { documentArrival, firstOf, machine, offer, openWindow, statusArrival } from '../testing/fixtures';
import { documentOf } from './act-id';

const today = asDay('2026-11-20');

async function received(main: FakeMain, ...arrivals: ReturnType<typeof documentArrival>[]) {
  for (const arrival of arrivals) offer(main, arrival);
  const on = machine(main);
  const opened = await openWindow(on);
  await opened.ledger.start();
  await opened.ledger.syncNow();
  const ids = await Promise.all(arrivals.map((arrival) => documentOf(arrival.docId)));
  return { ...opened, on, ids };
}

async function incoming(ledger: Awaited<ReturnType<typeof received>>['ledger'], id: DeskId) {
  const view: DocumentView = await firstOf(ledger.document(id));
  if (view.kind !== 'incoming') throw new Error(view.kind);
  return view;
}

describe('a document that comes in', () => {
  it('is in the ledger, told 01 and acknowledged, once', async () => {
    const main = new FakeMain();
    const { ledger, ids } = await received(main, documentArrival('in-1'));
    const view = await incoming(ledger, ids[0] as DeskId);
    expect(view.document.state).toBe('to-accept');
    expect(main.statusesSent()).toEqual(['01>G12']);
    expect(main.done).toEqual(['in-1']);
    await ledger.syncNow();
    expect(main.received).toEqual(['in-1']);
    expect((await firstOf(ledger.folders))['in-to-accept']).toBe(1);
    ledger.dispose();
  });

  it('goes the whole way of law, each status sent in its order', async () => {
    const main = new FakeMain();
    const { ledger, ids } = await received(main, documentArrival('in-1'));
    const id = ids[0] as DeskId;
    const given = await ledger.acts.registerAndAccept({ id, number: 1253, date: today });
    expect(given).toEqual({ number: 1253, date: today });
    await ledger.acts.present({ id, to: 'Chủ tịch', opinion: '' });
    await ledger.acts.assign({ id, to: 'Sở Tài chính', opinion: 'Nghiên cứu, tham mưu' });
    await ledger.acts.progress({ id });
    await ledger.acts.finish({ id });
    await ledger.syncNow();
    expect(main.statusesSent()).toEqual(['01>G12', '03>G12', '04>G12', '05>G12', '06>G12']);
    expect((await incoming(ledger, id)).document).toMatchObject({ state: 'finished', arrivalNumber: 1253 });
    ledger.dispose();
  });

  it('lets no step be taken early and no step twice', async () => {
    const main = new FakeMain();
    const { ledger, ids } = await received(main, documentArrival('in-1'));
    const id = ids[0] as DeskId;
    for (const early of [
      () => ledger.acts.present({ id, to: 'Chủ tịch', opinion: '' }),
      () => ledger.acts.assign({ id, to: 'Sở', opinion: 'x' }),
      () => ledger.acts.progress({ id }),
      () => ledger.acts.finish({ id }),
    ]) {
      await expect(early()).rejects.toMatchObject({ code: 'step-not-open' });
    }
    const first = await ledger.acts.registerAndAccept({ id, number: 7, date: today });
    const again = await ledger.acts.registerAndAccept({ id, number: 8, date: today });
    expect(again).toEqual(first);
    expect([...main.numbers.values()]).toHaveLength(1);
    await ledger.syncNow();
    expect(main.statusesSent()).toEqual(['01>G12', '03>G12']);
    ledger.dispose();
  });

  it('can be refused with a reason only, and uses up no number', async () => {
    const main = new FakeMain();
    const { ledger, ids } = await received(main, documentArrival('in-1'));
    const id = ids[0] as DeskId;
    await expect(ledger.acts.refuse({ id, reason: '  ' })).rejects.toMatchObject({ code: 'reason-missing' });
    await ledger.acts.refuse({ id, reason: 'Gửi nhầm địa chỉ' });
    await ledger.syncNow();
    expect(main.statusesSent()).toEqual(['01>G12', '02>G12']);
    expect(main.numbers.size).toBe(0);
    await expect(ledger.acts.registerAndAccept({ id, number: 1, date: today })).rejects.toMatchObject({
      code: 'step-not-open',
    });
    ledger.dispose();
  });

  it('is not accepted when a file was changed after signing', async () => {
    const main = new FakeMain();
    const arrival = documentArrival('in-1');
    const file = {
      sha256: arrival.packageSha,
      name: 'a.pdf',
      description: '',
      contentType: 'application/pdf',
      size: 1,
      verdict: { verdict: 'invalid' as const, signatures: [], codes: [] },
      verifiedAt: null,
      problem: null,
    };
    const { ledger, ids } = await received(main, { ...arrival, attachments: [file] });
    const id = ids[0] as DeskId;
    expect((await incoming(ledger, id)).may).toEqual(['refuse']);
    await expect(ledger.acts.registerAndAccept({ id, number: 1, date: today })).rejects.toMatchObject({
      code: 'verdict-refuses',
    });
    expect(main.numbers.size).toBe(0);
    ledger.dispose();
  });

  it('is as before when a text is longer than the record holds, and nothing is stuck after it', async () => {
    const main = new FakeMain();
    const { ledger, ids } = await received(main, documentArrival('in-1'));
    const id = ids[0] as DeskId;
    await ledger.acts.registerAndAccept({ id, number: 1, date: today });
    const long = ledger.acts.present({ id, to: 'Chủ tịch', opinion: 'x'.repeat(5000) });
    await expect(long).rejects.toMatchObject({ code: 'call-refused' });
    expect((await incoming(ledger, id)).document.state).toBe('to-present');
    await ledger.acts.present({ id, to: 'Chủ tịch', opinion: 'x' });
    expect((await incoming(ledger, id)).document.state).toBe('to-assign');
    ledger.dispose();
  });

  it('keeps its state when the number is taken', async () => {
    const main = new FakeMain();
    const { ledger, ids } = await received(main, documentArrival('in-1'), documentArrival('in-2'));
    const [one, two] = ids as [DeskId, DeskId];
    await ledger.acts.registerAndAccept({ id: one, number: 5, date: today });
    await expect(ledger.acts.registerAndAccept({ id: two, number: 5, date: today })).rejects.toThrow();
    expect((await incoming(ledger, two)).document.state).toBe('to-accept');
    expect(await ledger.acts.proposeNumber({ register: 'incoming', date: today })).toBe(6);
    await ledger.acts.registerAndAccept({ id: two, number: 6, date: today });
    ledger.dispose();
  });

  it('is marked as a double of an earlier one by DocumentId or by number, symbol and issuer', async () => {
    const main = new FakeMain();
    const { ledger, ids } = await received(
      main,
      documentArrival('in-1'),
      documentArrival('again-1'),
      documentArrival('third-1', { documentId: 'other' }),
    );
    const [one, two, three] = ids as [DeskId, DeskId, DeskId];
    expect((await incoming(ledger, one)).document.duplicateOf).toBeNull();
    expect((await incoming(ledger, two)).document.duplicateOf).toBe(one);
    expect((await incoming(ledger, three)).document.duplicateOf).toBe(one);
    ledger.dispose();
  });
});

describe('a recall that comes in', () => {
  const recall = () =>
    documentArrival('recall-2', {
      documentId: 'G12,2026/11/20,1/BTC-VP',
      business: { type: '1', reason: 'Sai thể thức', targetDocumentId: 'G12,2026/11/20,1/BTC-VP' },
    });

  it('is a task about its document, and agreeing takes the document out of the work', async () => {
    const main = new FakeMain();
    const { ledger, ids } = await received(main, documentArrival('in-1'), recall());
    const [target, notice] = ids as [DeskId, DeskId];
    expect((await incoming(ledger, notice)).document).toMatchObject({ concerns: target, duplicateOf: null });
    await ledger.acts.agreeRecall({ id: notice });
    await ledger.syncNow();
    expect((await incoming(ledger, target)).document.state).toBe('recalled');
    expect((await incoming(ledger, notice)).document.state).toBe('finished');
    expect(main.statusesSent()).toContain('15>G12');
    ledger.dispose();
  });

  it('can be refused with a reason, and then nothing happens to the document', async () => {
    const main = new FakeMain();
    const { ledger, ids } = await received(main, documentArrival('in-1'), recall());
    const [target, notice] = ids as [DeskId, DeskId];
    await expect(ledger.acts.refuseRecall({ id: notice, reason: '' })).rejects.toMatchObject({
      code: 'reason-missing',
    });
    await ledger.acts.refuseRecall({ id: notice, reason: 'Đã giải quyết xong' });
    await ledger.syncNow();
    expect((await incoming(ledger, target)).document.state).toBe('to-accept');
    expect(main.statusesSent()).toContain('16>G12');
    ledger.dispose();
  });

  it('also comes as status 13', async () => {
    const main = new FakeMain();
    const opened = await received(main, documentArrival('in-1'));
    const take = statusArrival('take-1', '13', 'G12,2026/11/20,1/BTC-VP', { description: 'Gửi nhầm' });
    offer(main, take);
    await opened.ledger.syncNow();
    const notice = await documentOf(take.docId);
    expect((await incoming(opened.ledger, notice)).document).toMatchObject({
      concerns: opened.ids[0],
      facts: { business: { type: '1', reason: 'Gửi nhầm' } },
    });
    expect((await incoming(opened.ledger, notice)).may).toEqual(['agree-recall', 'refuse-recall']);
    opened.ledger.dispose();
  });
});

describe('a document on paper', () => {
  it('is registered at once, in the same series, and nothing is sent', async () => {
    const main = new FakeMain();
    const { ledger } = await received(main);
    const id = '11111111-1111-4111-8111-111111111111' as DeskId;
    const input = { id, facts: { subject: 'Đơn thư' }, files: [], number: 3, date: today };
    expect(await ledger.acts.registerPaper(input)).toEqual({ number: 3, date: today });
    expect(await ledger.acts.registerPaper({ ...input, number: 4 })).toEqual({ number: 3, date: today });
    await ledger.syncNow();
    expect(main.sent).toEqual([]);
    expect((await firstOf(ledger.folders))['register-incoming']).toBe(1);
    ledger.dispose();
  });
});
