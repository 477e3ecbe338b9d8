// Kills the window at every call it makes to main, before and after the effect, and lets the clerk do the morning again.
import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import { asInstant, asSha256 } from '../../preload/contract/ids';
import type { DocumentView } from '../ledger';
import type { FakeMain } from '../testing/fake-desk';
import { documentArrival, firstOf, machine, openWindow } from '../testing/fixtures';
import { draftId, morning, wholeMorning } from '../testing/scenario';
import { documentOf } from './act-id';

/** How many calls the undisturbed morning makes. */
async function callsOfTheMorning(): Promise<number> {
  const opened = await openWindow(machine(morning()));
  await wholeMorning(opened.ledger);
  opened.ledger.dispose();
  return opened.window.calls();
}

async function outgoingOf(view: Promise<DocumentView>) {
  const found = await view;
  if (found.kind !== 'outgoing') throw new Error(found.kind);
  return found;
}

function edocs(main: FakeMain) {
  return main.sent.filter((one) => one.kind === 'edoc');
}

interface Loss {
  /** IndexedDB is gone as well. */
  readonly disk?: boolean;
  /** Main died with the window, before it wrote the hub's answers down. */
  readonly main?: boolean;
}

/** Runs the morning into its death, then again in a new window. */
async function liveTwice(call: number, when: 'before' | 'after', loss: Loss = {}) {
  const main = morning();
  const on = machine(main);
  main.forgetsAnswers = loss.main ?? false;
  const first = await openWindow(on, { call, when });
  await Promise.race([wholeMorning(first.ledger), first.window.died]);
  first.ledger.dispose();
  if (loss.disk) on.factory = new IDBFactory();
  main.forgetsAnswers = false;
  const second = await openWindow(on);
  await wholeMorning(second.ledger);
  // Time enough for the sent list to be asked about what was lost.
  main.now = new Date(main.now.getTime() + 20_000);
  await second.ledger.syncNow();
  main.now = new Date(main.now.getTime() + 3_600_000);
  await second.ledger.syncNow();
  return { main, ledger: second.ledger };
}

async function checkMorning({ main, ledger }: Awaited<ReturnType<typeof liveTwice>>): Promise<void> {
  const incoming = await firstOf(ledger.document(await documentOf(documentArrival('in-1').docId)));
  if (incoming.kind !== 'incoming') throw new Error(incoming.kind);
  expect(incoming.document).toMatchObject({ state: 'in-progress', arrivalNumber: 1253 });
  const words = incoming.document.history.map((entry) => entry.what);
  expect(words).toEqual(['arrived', 'registered', 'presented', 'assigned']);
  // Every status was told; one may be told again, in its order, since it is the same to its receiver.
  expect([...new Set(main.statusesSent())]).toEqual(['01>G12', '03>G12', '04>G12']);
  expect(main.done).toContain('in-1');
  expect(main.numbers.size).toBe(2);
  for (const { count } of main.signatures.values()) expect(count).toBe(1);
  expect(main.signatures.size).toBe(1);
  const outgoing = await outgoingOf(firstOf(ledger.document(draftId)));
  expect(edocs(main).length).toBeLessThanOrEqual(1);
  const row = outgoing.sending.find((one) => one.kind === 'edoc');
  if (edocs(main).length === 1) {
    expect(outgoing.document.state).toBe('sent');
    expect(row?.state).toBe('accepted');
  } else {
    // It died with the attempt begun and nothing at the hub: no proof either way, so a person is asked.
    expect(outgoing.document.state).toBe('queued');
    expect(row).toMatchObject({ state: 'needs-attention', lastCode: 'outcome-unknown' });
  }
  const notes = await firstOf(ledger.annotations(asSha256('d'.repeat(64))));
  expect(notes).toMatchObject([{ text: 'Kiểm tra lại nơi nhận', author: main.info.user }]);
  for (const [key, put] of main.latest) expect(key).toBe(`${put.table}/${put.row.id}`);
}

describe('a window that dies at any call', () => {
  it('loses nothing, gives no number twice, signs nothing twice, sends no document twice', async () => {
    const calls = await callsOfTheMorning();
    expect(calls).toBeGreaterThan(30);
    for (let call = 1; call <= calls; call += 1) {
      for (const when of ['before', 'after'] as const) {
        const lived = await liveTwice(call, when);
        await checkMorning(lived).catch((error: unknown) => {
          throw new Error(`dying ${when} call ${call}: ${String(error)}`, { cause: error });
        });
        // Main's journal knows how every attempt ended: nobody needs to be asked.
        expect(edocs(lived.main)).toHaveLength(1);
        lived.ledger.dispose();
      }
    }
  }, 300_000);

  it('loses nothing either when the database is gone with it', async () => {
    const calls = await callsOfTheMorning();
    for (let call = 1; call <= calls; call += 3) {
      const lived = await liveTwice(call, 'after', { disk: true });
      await checkMorning(lived).catch((error: unknown) => {
        throw new Error(`dying after call ${call}: ${String(error)}`, { cause: error });
      });
      lived.ledger.dispose();
    }
  }, 300_000);
});

describe('a main process that dies with its window', () => {
  it('sends no document twice: what nobody can know is found in the sent list or asked of a person', async () => {
    const calls = await callsOfTheMorning();
    // The packages leave near the end of the morning.
    for (let call = calls - 12; call <= calls; call += 1) {
      for (const when of ['before', 'after'] as const) {
        const lived = await liveTwice(call, when, { main: true });
        await checkMorning(lived).catch((error: unknown) => {
          throw new Error(`dying ${when} call ${call}: ${String(error)}`, { cause: error });
        });
        lived.ledger.dispose();
      }
    }
  }, 300_000);

  it('leaves a document whose attempt began and never reached the hub to a person', async () => {
    const main = morning();
    const on = machine(main);
    const first = await openWindow(on);
    await wholeMorning(first.ledger);
    first.ledger.dispose();
    // As if it had died between the attempt's line and the first byte.
    const sent = main.sent.findIndex((one) => one.kind === 'edoc');
    const [lost] = main.sent.splice(sent, 1);
    if (lost === undefined) throw new Error('nothing was sent');
    main.attempts.set(lost.row, null);
    for (const put of main.latest.values()) {
      if (put.table !== 'outbox' || put.row.kind !== 'edoc') continue;
      put.row = { ...put.row, state: 'sending', docId: null };
    }
    on.factory = new IDBFactory();
    const second = await openWindow(on);
    await second.ledger.start();
    for (const seconds of [20, 3600]) {
      main.now = new Date(main.now.getTime() + seconds * 1000);
      await second.ledger.syncNow();
    }
    const attention = await firstOf(second.ledger.attention);
    expect(attention).toMatchObject([{ state: 'needs-attention', lastCode: 'outcome-unknown' }]);
    expect(edocs(main)).toHaveLength(0);
    await second.ledger.acts.sendAgain({ row: attention[0]?.id ?? '' });
    await second.ledger.syncNow();
    expect(edocs(main)).toHaveLength(1);
    second.ledger.dispose();
  });
});

describe('a ledger and a journal that differ', () => {
  it('are made equal at start, both ways', async () => {
    const main = morning();
    const on = machine(main);
    const first = await openWindow(on);
    await wholeMorning(first.ledger);
    first.ledger.dispose();
    const full = structuredClone([...main.latest.entries()]);
    // The journal lost a row, and has an older one of another.
    main.latest.delete(`outgoing/${draftId}`);
    const second = await openWindow(on);
    expect(await second.ledger.start()).toMatchObject({ rebuilt: 0, journaled: 1, damaged: 0 });
    second.ledger.dispose();
    expect(new Map(main.latest)).toEqual(new Map(full));
    // The disk lost everything.
    on.factory = new IDBFactory();
    const third = await openWindow(on);
    expect(await third.ledger.start()).toMatchObject({ rebuilt: full.length, journaled: 0, damaged: 0 });
    const view = await outgoingOf(firstOf(third.ledger.document(draftId)));
    expect(view.document.state).toBe('sent');
    expect(view.sending).toHaveLength(1);
    third.ledger.dispose();
  });

  it('bring in a package that main has and the ledger has not', async () => {
    const main = morning();
    const arrival = documentArrival('in-7');
    main.arrivals.push({ ...arrival, arrivedAt: asInstant(new Date('2026-11-19T00:00:00Z')) });
    const opened = await openWindow(machine(main));
    expect(await opened.ledger.start()).toMatchObject({ arrivals: 1 });
    const view = await firstOf(opened.ledger.document(await documentOf(arrival.docId)));
    expect(view).toMatchObject({ kind: 'incoming', document: { receivedAt: '2026-11-19T00:00:00.000Z' } });
    opened.ledger.dispose();
  });
});

describe('a journal that cannot be written', () => {
  it('is said in the foot and to the act, and nothing of the act is lost', async () => {
    const main = morning();
    const opened = await openWindow(machine(main));
    await opened.ledger.start();
    main.journalFails = 'disk-full';
    const draft = opened.ledger.acts.createDraft({ id: draftId, file: null, annexes: [], facts: {} });
    await expect(draft).rejects.toThrow();
    await firstOf(opened.ledger.status, (status) => status.saved === 'failed');
    main.journalFails = null;
    await opened.ledger.acts.createDraft({ id: draftId, file: null, annexes: [], facts: {} });
    expect(main.latest.has(`outgoing/${draftId}`)).toBe(true);
    await firstOf(opened.ledger.status, (status) => status.saved === 'saved');
    opened.ledger.dispose();
  });
});
