import { describe, expect, it } from 'vitest';
import { putsText } from '../../preload/contract/journal-puts';
import type { Arrival, IncomingDocument } from '../../preload/contract/records';
import { documentOf } from '../acts/act-id';
import { FakeMain } from '../testing/fake-desk';
import { documentArrival, facts, firstOf, machine, offer, openWindow } from '../testing/fixtures';
import { freeOfEachOther } from './arriving-documents';

type DocumentArrival = Extract<Arrival, { kind: 'document' }>;

function arriving(docId: string, number: string, change: Parameters<typeof facts>[1] = {}): DocumentArrival {
  const arrival = documentArrival(docId);
  if (arrival.kind !== 'document') throw new Error(arrival.kind);
  return { ...arrival, facts: facts(number, change) };
}

const recallOf = (documentId: string) =>
  ({
    documentId,
    business: { type: '1', reason: 'Sai thể thức', targetDocumentId: documentId },
  }) as const;

async function brought(arrivals: readonly Arrival[]) {
  const main = new FakeMain();
  for (const arrival of arrivals) offer(main, arrival);
  const { ledger } = await openWindow(machine(main));
  await ledger.start();
  let saves = 0;
  const run = main.run.bind(main);
  main.run = (name, input) => {
    const puts = name === 'journal.put' ? putsText.parse((input as { puts: string }).puts) : [];
    if (puts.some((put) => put.table === 'incoming')) saves += 1;
    return run(name, input);
  };
  await ledger.syncNow();
  await ledger.syncNow();
  const documents: IncomingDocument[] = [];
  for (const { docId } of arrivals) {
    const view = await firstOf(ledger.document(await documentOf(docId)));
    if (view.kind !== 'incoming') throw new Error(`${docId} is ${view.kind}`);
    documents.push(view.document);
  }
  ledger.dispose();
  return { main, documents, saves };
}

it('a document that lacks a file it names is in, to be looked at, and its history has the name', async () => {
  const { documents } = await brought([{ ...arriving('in-1', '1'), missing: ['phu-luc.xlsx'] }]);
  const [document] = documents;
  expect(document).toMatchObject({ state: 'to-accept', problem: 'edxml-file-missing' });
  expect(document?.history.map(({ what, detail }) => [what, detail])).toEqual([
    ['arrived', ''],
    ['files-missing', 'phu-luc.xlsx'],
  ]);
});

describe('many documents', () => {
  it('are in after few saves; each is answered with one 01 and acknowledged', async () => {
    const arrivals = Array.from({ length: 30 }, (_, index) => arriving(`in-${index}`, String(index + 1)));
    const { main, documents, saves } = await brought(arrivals);
    expect(saves).toBeLessThanOrEqual(10);
    expect(documents.map((one) => one.state)).toEqual(arrivals.map(() => 'to-accept'));
    expect(main.statusesSent()).toHaveLength(30);
    expect(new Set(main.done)).toEqual(new Set(arrivals.map((one) => one.docId)));
  });

  it('of which one is the double of an earlier one know it, in the order of the hub', async () => {
    // Ten, so that original and double come in one run, whatever was taken alone at the start.
    const numbers = ['1', '2', '3', '4', '5', '6', '4', '7', '5', '8'];
    const arrivals = numbers.map((number, index) => arriving(`in-${index}`, number));
    const { documents } = await brought(arrivals);
    const originals = documents.map((one) => documents.findIndex((other) => other.id === one.duplicateOf));
    expect(originals).toEqual([-1, -1, -1, -1, -1, -1, 3, -1, 4, -1]);
  });

  it('of which one is a double under the other code of its sender know it, in one run or in two', async () => {
    const old = { sender: { code: '000.00.00.G12', name: 'Bộ Tài chính' } };
    const arrivals = Array.from({ length: 8 }, (_, index) => arriving(`in-${index}`, String(index + 1)));
    const again = [arriving('in-8', '5', old), arriving('in-9', '6', { ...old, documentId: 'khác' })];
    const { documents } = await brought([...arrivals, ...again]);
    const originals = documents.map((one) => documents.findIndex((other) => other.id === one.duplicateOf));
    expect(originals).toEqual([...arrivals.map(() => -1), 4, 5]);
  });

  it('with a recall among them find each other, whichever came first', async () => {
    const later = arriving('in-a', '7');
    const early = arriving('in-z', '8');
    const { documents } = await brought([
      later,
      arriving('recall-7', '90', recallOf(later.facts.documentId)),
      arriving('recall-8', '91', recallOf(early.facts.documentId)),
      early,
    ]);
    const [seven, about7, about8, eight] = documents;
    expect([about7?.concerns, about8?.concerns]).toEqual([seven?.id, eight?.id]);
    for (const one of [seven, eight]) {
      expect(one?.history.some((entry) => entry.what.startsWith('recall'))).toBe(true);
    }
  });
});

describe('those of a run that have nothing to do with each other', () => {
  const came = (arrival: DocumentArrival) => ({ arrival, from: 'G12' });

  it('end before the first that shares a number or a DocumentId with one before it', () => {
    const [one, two] = [arriving('a', '1'), arriving('b', '2')];
    expect(freeOfEachOther([one, two].map(came))).toBe(2);
    expect(freeOfEachOther([one, two, arriving('c', '1', { documentId: 'other' })].map(came))).toBe(2);
    expect(freeOfEachOther([one, arriving('c', '9', { documentId: one.facts.documentId })].map(came))).toBe(
      1,
    );
  });

  it('end before the first that shares them under the other code of the same sender', () => {
    const sender = { code: '000.00.00.G12', name: '' };
    const again = arriving('c', '1', { sender, documentId: 'other' });
    expect(freeOfEachOther([arriving('a', '1'), again].map(came))).toBe(1);
    expect(freeOfEachOther([arriving('a', '1'), arriving('c', '1', { sender })].map(came))).toBe(1);
  });

  it('end before a recall, update or replacement', () => {
    const recall = arriving('r', '3', recallOf('x'));
    expect(freeOfEachOther([arriving('a', '1'), recall, arriving('b', '2')].map(came))).toBe(1);
    expect(freeOfEachOther([came(recall)])).toBe(0);
  });
});
