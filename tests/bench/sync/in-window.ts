// Runs in the desk's own window, on a database of its own beside the desk's: statuses applied by the ledger's own engine, main's
// real journal behind it, against a bare bulkPut of the very same rows over the same documents. The hub alone is played.
import './without-eval';

import type { DeskApi } from '../../../preload/contract/desk-api';
import { asDay, asInstant, asSha256, type DeskId, type HubDocId } from '../../../preload/contract/ids';
import type { LedgerPut, OutgoingDocument } from '../../../preload/contract/records';
import type { Context } from '../../../renderer/acts/context';
import { emptyFacts } from '../../../renderer/acts/facts';
import { createSaver } from '../../../renderer/acts/save';
import { createViews } from '../../../renderer/acts/views';
import { createCell } from '../../../renderer/db/live';
import { openDatabases } from '../../../renderer/db/schema';
import { createSealer } from '../../../renderer/db/sealing';
import { createHubCell } from '../../../renderer/sync/hub-view';
import { createPull } from '../../../renderer/sync/pull';

export interface StatusFigures {
  readonly statuses: number;
  readonly rows: number;
  readonly applied: number;
  readonly bare: number;
  readonly longestTask: number;
}

const factory = { indexedDB: globalThis.indexedDB, IDBKeyRange: globalThis.IDBKeyRange };

function sentDocument(index: number, receivers: readonly string[]): OutgoingDocument {
  const at = asInstant(new Date());
  const sha256 = asSha256('d'.repeat(64));
  const file = {
    ...{ sha256, name: 'van-ban.pdf', description: '', contentType: 'application/pdf', size: 1000 },
    ...{ verdict: null, verifiedAt: null, problem: null },
  };
  const signature = { signer: 'Trần Thị Bình', at, sha256, elsewhere: false };
  const organs = receivers.map((code) => ({ code, name: `Cơ quan ${code}` }));
  return {
    ...{ id: crypto.randomUUID() as DeskId, rev: 1, state: 'sent', main: file, annexes: [] },
    ...{ leaderSignature: signature, seal: signature, packageSha: sha256, hubDocId: null, answers: null },
    facts: {
      ...emptyFacts({ code: 'H37', name: 'UBND tỉnh Lạng Sơn' }),
      documentId: `H37,2026/11/20,${index}/UBND`,
      ...{ number: String(index), notation: 'UBND', typeName: 'Công văn', subject: `Về việc đo ${index}` },
      receivers: organs,
    },
    numberGiven: { number: index, date: asDay('2026-11-20'), at },
    deliveries: organs.map((organ) => ({ organ, state: 'sent', detail: '', at })),
    ...{ createdAt: at, sentAt: at, history: [] },
  } as OutgoingDocument;
}

async function inPages<T>(all: readonly T[], size: number, each: (page: readonly T[]) => Promise<unknown>) {
  for (let at = 0; at < all.length; at += size) await each(all.slice(at, at + size));
}

/** `count` statuses, each about a document of its own. */
export async function applyStatuses(count: number): Promise<StatusFigures> {
  const real = (window as unknown as { desk: DeskApi }).desk;
  const name = `bench-${crypto.randomUUID()}`;
  const databases = await openDatabases(() => undefined, factory, name);
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  const sealer = createSealer(key);
  const waiting = new Map<string, unknown>();
  const items: { docId: HubDocId; kind: 'status'; from: string }[] = [];
  const desk = {
    ...real,
    hub: {
      ...real.hub,
      list: async ({ kind }: { kind: string }) => ({
        ok: true,
        value: {
          answer: { kind: 'accepted', docId: null },
          items: kind === 'status' ? items : [],
          unreadable: 0,
        },
      }),
      receive: async ({ docId }: { docId: string }) => ({
        ok: true,
        value: { answer: { kind: 'accepted', docId }, arrival: waiting.get(docId) },
      }),
    },
  } as unknown as DeskApi;
  const answer = await real.app.info({});
  if (!answer.ok) throw new Error(answer.code);
  const now = () => new Date();
  const saver = createSaver(desk, databases.strict, sealer);
  const context: Context = { desk, databases, sealer, saver, info: answer.value, now };
  const receivers = ['H26'];
  const documents = Array.from({ length: count }, (_, index) => sentDocument(index + 1, receivers));
  await inPages(documents, 200, (page) =>
    saver.save({ changes: page.map((row) => ({ table: 'outgoing', row, was: 'absent' })) }),
  );
  for (let index = 0; index < count; index += 1) {
    const document = documents[index];
    const receiver = 'H26';
    const docId = crypto.randomUUID() as HubDocId;
    const at = asInstant(new Date());
    items.push({ docId, kind: 'status', from: receiver });
    waiting.set(docId, {
      ...{ kind: 'status', docId, packageSha: asSha256('e'.repeat(64)), arrivedAt: at },
      status: {
        ...{
          code: '03',
          from: { code: receiver, name: `Cơ quan ${receiver}` },
          description: '',
          staff: '',
          at,
        },
        responseFor: {
          ...{
            organId: 'H37',
            code: `${document?.facts.number}/UBND`,
            promulgationDate: asDay('2026-11-20'),
          },
          documentId: document?.facts.documentId,
        },
      },
    });
  }
  const before = await databases.strict.outgoing.toArray();
  const hub = createHubCell();
  const views = createViews(context, hub, createCell(false));
  // What the screens follow while statuses come in.
  const close = [
    views.folders.subscribe(() => undefined),
    views.status.subscribe(() => undefined),
    views.list('out-sent', 60, undefined).subscribe(() => undefined),
  ];
  // What was prepared above ends in a long task of its own, which is none of what is measured.
  await new Promise((resolve) => setTimeout(resolve, 300));
  let longestTask = 0;
  const observer = new PerformanceObserver((list) => {
    for (const one of list.getEntries()) longestTask = Math.max(longestTask, one.duration);
  });
  observer.observe({ type: 'longtask' });
  let puts = 0;
  saver.onSaved((saved: readonly LedgerPut[]) => {
    puts += saved.length;
  });
  const pull = createPull(context, hub, () => 0.5);
  const began = performance.now();
  await pull.round();
  const applied = performance.now() - began;
  await new Promise((resolve) => setTimeout(resolve, 300));
  observer.disconnect();
  for (const one of close) one();

  const { strict } = databases;
  const rows = {
    outgoing: await strict.outgoing.toArray(),
    outbox: await strict.outbox.toArray(),
    receipts: await strict.receipts.toArray(),
  };
  if (rows.receipts.length !== count) throw new Error(`${rows.receipts.length} of ${count} applied`);
  const other = await openDatabases(() => undefined, factory, `${name}-bare`);
  // What is replaced costs more than what is new: both begin with the documents as they were sent.
  await inPages(before, 200, (page) => other.strict.outgoing.bulkPut([...page]));
  const bareBegan = performance.now();
  await other.strict.transaction(
    'rw',
    [other.strict.outgoing, other.strict.outbox, other.strict.receipts],
    async () => {
      await other.strict.outgoing.bulkPut(rows.outgoing);
      await other.strict.outbox.bulkPut(rows.outbox);
      await other.strict.receipts.bulkPut(rows.receipts);
    },
  );
  const bare = performance.now() - bareBegan;
  for (const one of [databases, other]) one.close();
  for (const one of [name, `${name}-bare`]) indexedDB.deleteDatabase(one);
  return { statuses: count, rows: puts, applied, bare, longestTask };
}

(window as unknown as { applyStatuses: typeof applyStatuses }).applyStatuses = applyStatuses;
