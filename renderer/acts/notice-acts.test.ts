import { describe, expect, it } from 'vitest';
import { type Business, usualWays } from '../../preload/contract/business';
import { asDay, asSha256, type DeskId } from '../../preload/contract/ids';
import type { Arrival, DocumentFacts } from '../../preload/contract/records';
import type { DocumentView, Ledger } from '../ledger';
import { FakeMain, pdf, testInfo } from '../testing/fake-desk';
import {
  documentArrival,
  facts,
  firstOf,
  machine,
  offer,
  openWindow,
  statusArrival,
} from '../testing/fixtures';
import { documentOf } from './act-id';
import { changedFacts } from './notices';

const today = asDay('2026-11-20');
const target = 'G12,2026/11/20,1/BTC-VP';
const main1 = () => documentArrival('in-1');

function notice(
  docId: string,
  business: Omit<Business, 'targetDocumentId'>,
  change: Partial<DocumentFacts> = {},
) {
  const own = business.type === '3' ? `G12,2026/11/20,${docId}/BTC-VP` : target;
  return documentArrival(docId, {
    ...facts('1'),
    ...(business.type === '3' ? { number: '9' } : {}),
    documentId: own,
    business: { ...business, targetDocumentId: target },
    ...change,
  });
}
const recall = (docId = 'recall-7') => notice(docId, { type: '1', reason: 'Sai thể thức' });

async function desk(main = new FakeMain()) {
  const opened = await openWindow(machine(main));
  await opened.ledger.start();
  const arrive = async (...arrivals: readonly Arrival[]): Promise<DeskId[]> => {
    for (const arrival of arrivals) offer(main, arrival);
    await opened.ledger.syncNow();
    return Promise.all(arrivals.map((arrival) => documentOf(arrival.docId)));
  };
  return { main, ledger: opened.ledger, arrive };
}

async function incoming(ledger: Ledger, id: DeskId | undefined) {
  const view: DocumentView = await firstOf(ledger.document(id as DeskId));
  if (view.kind !== 'incoming') throw new Error(view.kind);
  return view;
}

const words = (view: Awaited<ReturnType<typeof incoming>>) =>
  view.document.history.map((entry) => entry.what);

describe('a recall of a document that is here', () => {
  it('is said at the document and changes nothing until the clerk agrees; then it is out, number and history kept', async () => {
    const { main, ledger, arrive } = await desk();
    const [document] = await arrive(main1());
    await ledger.acts.registerAndAccept({ id: document as DeskId, number: 12, date: today });
    const [asked] = await arrive(recall());
    const waiting = await incoming(ledger, document);
    expect(waiting.document).toMatchObject({ state: 'to-present', asked: [{ notice: asked, type: '1' }] });
    expect(words(waiting).at(-1)).toBe('recall-asked');
    await ledger.acts.agreeRecall({ id: asked as DeskId });
    const after = await incoming(ledger, document);
    expect(after.document).toMatchObject({ state: 'recalled', arrivalNumber: 12, arrivalDate: today });
    expect(after.may).toEqual([]);
    expect(words(after)).toEqual(['arrived', 'registered', 'recall-asked', 'recalled']);
    await ledger.syncNow();
    expect(main.statusesSent().filter((status) => status === '15>G12')).toHaveLength(1);
    ledger.dispose();
  });

  it('that comes twice, as a package and as status 13, is shown as a double, and each can be answered', async () => {
    const { main, ledger, arrive } = await desk();
    const [document] = await arrive(main1());
    const [first] = await arrive(recall());
    const [second] = await arrive(statusArrival('take-8', '13', target, { staff: 'Lê Văn Nam' }));
    expect((await incoming(ledger, second)).document).toMatchObject({
      duplicateOf: first,
      concerns: document,
      facts: { business: { decidedBy: 'Lê Văn Nam' } },
    });
    await ledger.acts.agreeRecall({ id: first as DeskId });
    await ledger.acts.agreeRecall({ id: second as DeskId });
    const after = await incoming(ledger, document);
    expect(words(after).filter((word) => word === 'recalled')).toHaveLength(1);
    await ledger.syncNow();
    expect(main.statusesSent().filter((status) => status === '15>G12')).toHaveLength(2);
    ledger.dispose();
  });
});

describe('a sender that goes by both its codes', () => {
  const old = { sender: { code: '000.00.00.G12', name: 'Bộ Tài chính' } };

  it('recalls what it sent, whichever code stood on which package and whichever came first', async () => {
    for (const [first, second] of [
      [old, {}],
      [{}, old],
    ]) {
      const { ledger, arrive } = await desk();
      const [document] = await arrive(documentArrival('in-1', first));
      const [asked] = await arrive({ ...recall(), facts: { ...recall().facts, ...second } });
      expect((await incoming(ledger, asked)).document.concerns).toBe(document);
      await ledger.acts.agreeRecall({ id: asked as DeskId });
      expect((await incoming(ledger, document)).document.state).toBe('recalled');
      ledger.dispose();
    }
  });

  it('recalls what comes after the recall', async () => {
    const { ledger, arrive } = await desk();
    const [asked] = await arrive(recall());
    const [document] = await arrive(documentArrival('in-1', old));
    expect((await incoming(ledger, asked)).document.concerns).toBe(document);
    expect(words(await incoming(ledger, document))).toContain('recall-asked');
    ledger.dispose();
  });

  it('is answered under the code that stood on its package', async () => {
    const { main, ledger, arrive } = await desk();
    const [document] = await arrive(documentArrival('in-1', old));
    expect((await incoming(ledger, document)).document.facts.sender).toEqual(old.sender);
    expect(main.statusesSent()).toEqual(['01>000.00.00.G12']);
    ledger.dispose();
  });
});

describe('a recall of a document that is not here', () => {
  it('and that names none is answered by what it is known by itself', async () => {
    const { main, ledger, arrive } = await desk();
    const nameless = { type: '1', reason: '', targetDocumentId: '' } as const;
    const [asked] = await arrive(notice('recall-7', nameless, { documentId: '', business: nameless }));
    await ledger.acts.refuseRecall({ id: asked as DeskId, reason: 'Không nêu văn bản' });
    const answer = [...main.packages.values()].find((frozen) => frozen.status?.code === '16');
    expect(answer?.status?.responseFor).toMatchObject({ organId: 'G12', code: '1/BTC-VP' });
    ledger.dispose();
  });

  it('and came as status 13 with number and symbol alone is answered under them', async () => {
    const { main, ledger, arrive } = await desk();
    const [asked] = await arrive(statusArrival('take-8', '13', ''));
    expect((await incoming(ledger, asked)).document.facts).toMatchObject({ number: '01', notation: 'UBND' });
    await ledger.acts.refuseRecall({ id: asked as DeskId, reason: 'Không có văn bản này' });
    const answer = [...main.packages.values()].find((frozen) => frozen.status?.code === '16');
    expect(answer?.status?.responseFor).toMatchObject({ organId: 'G12', code: '01/UBND', documentId: '' });
    ledger.dispose();
  });

  it('waits, and knows its document when that comes later; the document says that it is asked back', async () => {
    const { ledger, arrive } = await desk();
    const [asked] = await arrive(recall());
    expect((await incoming(ledger, asked)).document.concerns).toBeNull();
    expect((await incoming(ledger, asked)).may).toEqual(['agree-recall', 'refuse-recall']);
    const [document] = await arrive(main1());
    expect((await incoming(ledger, asked)).document.concerns).toBe(document);
    const view = await incoming(ledger, document);
    expect(view.document).toMatchObject({ state: 'to-accept', asked: [{ notice: asked, type: '1' }] });
    expect(view.may).toContain('register-and-accept');
    await ledger.acts.agreeRecall({ id: asked as DeskId });
    expect((await incoming(ledger, document)).document.state).toBe('recalled');
    ledger.dispose();
  });

  it('that was agreed to keeps its document from being registered when it comes, until the clerk sets it aside', async () => {
    const { main, ledger, arrive } = await desk();
    const [asked] = await arrive(recall());
    await ledger.acts.agreeRecall({ id: asked as DeskId });
    const [document] = await arrive(main1());
    const view = await incoming(ledger, document);
    expect(view.document.state).toBe('to-accept');
    expect(view.may).toEqual(['refuse', 'set-aside']);
    const id = document as DeskId;
    await expect(ledger.acts.registerAndAccept({ id, number: 1, date: today })).rejects.toMatchObject({
      code: 'step-not-open',
    });
    await ledger.acts.setAside({ id });
    await ledger.acts.setAside({ id });
    expect((await incoming(ledger, document)).document.state).toBe('recalled');
    await ledger.syncNow();
    expect(main.statusesSent()).toEqual(['01>G12', '15>G12', '01>G12']);
    expect(main.numbers.size).toBe(0);
    ledger.dispose();
  });
});

describe('an update', () => {
  const update = (
    docId: string,
    change: Partial<DocumentFacts>,
    receivers: [string, 'added' | 'removed'][] = [],
  ) =>
    notice(
      docId,
      {
        type: '2',
        reason: 'Đính chính',
        update: { facts: true, receivers: receivers.map(([code, kind]) => ({ code, change: kind })) },
      },
      change,
    );

  it('shows what it would change, changes it once agreed, and keeps what was said before', async () => {
    const { ledger, arrive } = await desk();
    const [document] = await arrive(main1());
    const before = (await incoming(ledger, document)).document;
    const [asked] = await arrive(update('up-7', { subject: 'V/v khác', dueOn: asDay('2026-12-01') }));
    const wish = (await incoming(ledger, asked)).document;
    expect(changedFacts(before.facts, wish.facts)).toEqual([
      { name: 'subject', before: before.facts.subject, after: 'V/v khác' },
      { name: 'dueOn', before: '', after: '2026-12-01' },
    ]);
    expect((await incoming(ledger, document)).document.facts).toEqual(before.facts);
    await ledger.acts.agreeRecall({ id: asked as DeskId });
    const after = (await incoming(ledger, document)).document;
    expect(after).toMatchObject({ state: 'to-accept', facts: { subject: 'V/v khác', documentId: target } });
    expect(after.history.at(-1)).toMatchObject({
      what: 'updated',
      detail: expect.stringContaining(before.facts.subject),
    });
    ledger.dispose();
  });

  it('keeps the urgency where it names none, and changes it where it names one, 0 too', () => {
    const known = facts('1', { urgency: 3 });
    const wish = (change: Partial<DocumentFacts>) =>
      changedFacts(known, {
        ...facts('1'),
        business: { type: '2', reason: '', targetDocumentId: target },
        ...change,
      });
    expect(wish({ urgency: 0, urgencyUnsaid: true })).toEqual([]);
    expect(wish({ urgency: 0 })).toEqual([{ name: 'urgency', before: '3', after: '0' }]);
    expect(wish({ urgency: 1 })).toEqual([{ name: 'urgency', before: '3', after: '1' }]);
  });

  it('that takes this agency off the receivers takes the document out of the work', async () => {
    const { ledger, arrive } = await desk();
    const [document] = await arrive(main1());
    const [asked] = await arrive(
      update('up-7', {}, [
        ['h37', 'removed'],
        ['H26', 'added'],
      ]),
    );
    await ledger.acts.agreeRecall({ id: asked as DeskId });
    const after = await incoming(ledger, document);
    expect([after.document.state, words(after).at(-1)]).toEqual(['recalled', 'taken-off']);
    ledger.dispose();
  });

  it('that takes this agency off by the code of the other structure is understood', async () => {
    const { ledger, arrive } = await desk();
    const [document] = await arrive(main1());
    const [asked] = await arrive(update('up-7', {}, [['000.00.00.H37', 'removed']]));
    await ledger.acts.agreeRecall({ id: asked as DeskId });
    expect((await incoming(ledger, document)).document.state).toBe('recalled');
    ledger.dispose();
  });

  it('of a document that is not here can be refused, and agreed to once it has come', async () => {
    const { ledger, arrive } = await desk();
    const [asked] = await arrive(update('up-7', { subject: 'V/v khác' }));
    const id = asked as DeskId;
    await expect(ledger.acts.agreeRecall({ id })).rejects.toMatchObject({ code: 'recall-target-missing' });
    expect((await incoming(ledger, asked)).document.state).toBe('to-accept');
    const [document] = await arrive(main1());
    await ledger.acts.agreeRecall({ id });
    expect((await incoming(ledger, document)).document.facts.subject).toBe('V/v khác');
    ledger.dispose();
  });

  it('that brings a document which is not here may be registered as that document', async () => {
    const { ledger, arrive } = await desk();
    const brought = { ...update('up-7', {}), attachments: [pdf(asSha256('c'.repeat(64)))] };
    const [asked] = await arrive(brought);
    expect((await incoming(ledger, asked)).may).toContain('register-and-accept');
    await ledger.acts.registerAndAccept({ id: asked as DeskId, number: 5, date: today });
    expect((await incoming(ledger, asked)).document.state).toBe('to-present');
    ledger.dispose();
  });

  it('of a recalled document leaves it as it was frozen, however it is answered', async () => {
    const { ledger, arrive } = await desk();
    const [document] = await arrive(main1());
    const [asked] = await arrive(recall());
    await ledger.acts.agreeRecall({ id: asked as DeskId });
    const [late] = await arrive(update('up-8', { subject: 'V/v khác' }));
    const before = (await incoming(ledger, document)).document.facts;
    await ledger.acts.agreeRecall({ id: late as DeskId });
    const after = (await incoming(ledger, document)).document;
    expect([after.state, after.facts]).toEqual(['recalled', before]);
    ledger.dispose();
  });

  it('is answered only where the hub wants answers, a recall always', async () => {
    const main = new FakeMain();
    const ways = { ...usualWays, answersChanges: false };
    main.info = { ...testInfo, hub: { ...testInfo.hub, ways } };
    const { ledger, arrive } = await desk(main);
    await arrive(main1());
    const [asked] = await arrive(update('up-7', { subject: 'V/v khác' }));
    await ledger.acts.agreeRecall({ id: asked as DeskId });
    const [taken] = await arrive(recall());
    await ledger.acts.refuseRecall({ id: taken as DeskId, reason: 'Đã giải quyết' });
    await ledger.syncNow();
    expect(main.statusesSent().filter((status) => !status.startsWith('01'))).toEqual(['16>G12']);
    ledger.dispose();
  });
});

describe('a replacement', () => {
  it('takes every document it names out of the work once agreed, and is registered itself', async () => {
    const { ledger, arrive } = await desk();
    const other = documentArrival('in-2');
    const [one, two] = await arrive(main1(), other);
    const [asked] = await arrive(
      notice('re-7', {
        type: '3',
        reason: 'Sai nội dung',
        replaces: [target, other.facts.documentId].map((documentId) => ({ documentId, receivers: ['H37'] })),
      }),
    );
    expect((await incoming(ledger, asked)).may).toContain('register-and-accept');
    await ledger.acts.agreeRecall({ id: asked as DeskId });
    for (const id of [one, two]) {
      const view = await incoming(ledger, id);
      expect([view.document.state, words(view).at(-1)]).toEqual(['recalled', 'replaced']);
    }
    await ledger.acts.registerAndAccept({ id: asked as DeskId, number: 3, date: today });
    expect((await incoming(ledger, asked)).document.state).toBe('to-present');
    ledger.dispose();
  });
});

describe('what the standard does not know', () => {
  it('comes in as a document with the code it bore, and a status of an unknown code is kept as it came', async () => {
    const { ledger, arrive } = await desk();
    const [odd] = await arrive(
      documentArrival('in-5', {
        business: { type: '0', reason: '', targetDocumentId: '', unknownType: '7' },
      }),
    );
    expect((await incoming(ledger, odd)).document.facts.business.unknownType).toBe('7');
    expect((await incoming(ledger, odd)).may).toContain('register-and-accept');
    await arrive(statusArrival('s-9', '77', 'nobody knows', { description: 'lạ' }));
    const [stray] = await firstOf(ledger.strays, (rows) => rows.length === 1);
    expect(stray?.status).toMatchObject({ code: '77', description: 'lạ' });
    ledger.dispose();
  });
});
