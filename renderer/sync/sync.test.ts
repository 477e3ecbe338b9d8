import { describe, expect, it } from 'vitest';
import { asInstant, type HubDocId } from '../../preload/contract/ids';
import type { Arrival } from '../../preload/contract/records';
import { documentOf } from '../acts/act-id';
import { FakeFailure, FakeMain } from '../testing/fake-desk';
import {
  documentArrival,
  firstOf,
  machine,
  ministry,
  offer,
  openWindow,
  statusArrival,
} from '../testing/fixtures';

async function started(main: FakeMain) {
  const opened = await openWindow(machine(main));
  await opened.ledger.start();
  await opened.ledger.syncNow();
  return opened;
}

const unreadable: Arrival = {
  kind: 'unreadable',
  docId: 'bad-1' as HubDocId,
  packageSha: null,
  code: 'package-secret',
  arrivedAt: asInstant(new Date('2026-11-20T02:00:00Z')),
};
const secret: Arrival = {
  kind: 'secret',
  docId: 'secret-1' as HubDocId,
  sender: ministry,
  arrivedAt: asInstant(new Date('2026-11-20T02:00:00Z')),
};

describe('synchronising', () => {
  it('keeps what it cannot read as a row with its code, stays silent to the hub, and fetches it once', async () => {
    const main = new FakeMain();
    offer(main, unreadable);
    offer(main, secret);
    offer(main, documentArrival('in-1'));
    const { ledger } = await started(main);
    await ledger.syncNow();
    expect(main.received.sort()).toEqual(['bad-1', 'in-1', 'secret-1']);
    expect(main.done).toEqual(['in-1']);
    const view = await firstOf(ledger.document(await documentOf(unreadable.docId)));
    expect(view).toMatchObject({ document: { state: 'unreadable', problem: 'package-secret' }, may: [] });
    const hidden = await firstOf(ledger.document(await documentOf(secret.docId)));
    expect(hidden).toMatchObject({ document: { state: 'secret', facts: { subject: '' } }, may: [] });
    expect((await firstOf(ledger.folders))['in-set-aside']).toBe(2);
    ledger.dispose();
  });

  it('takes a quarantined package in once policy calls its mark a false alarm, and says so', async () => {
    const main = new FakeMain();
    const here = machine(main);
    offer(main, secret);
    const first = await openWindow(here);
    await first.ledger.start();
    await first.ledger.syncNow();
    first.ledger.dispose();
    const second = await openWindow(here);
    await second.ledger.start();
    await second.ledger.syncNow();
    const id = await documentOf(secret.docId);
    expect(await firstOf(second.ledger.document(id))).toMatchObject({ document: { state: 'secret' } });
    expect(main.done).toEqual([]);
    second.ledger.dispose();
    offer(main, { ...documentArrival('secret-1'), docId: secret.docId });
    const third = await openWindow(here);
    await third.ledger.start();
    await third.ledger.syncNow();
    const view = await firstOf(third.ledger.document(id));
    if (view.kind !== 'incoming') throw new Error(view.kind);
    expect(view.document.state).toBe('to-accept');
    expect(view.document.history.map((entry) => entry.what)).toEqual(['arrived', 'false-alarm']);
    expect(main.done).toEqual(['secret-1']);
    third.ledger.dispose();
  });

  it('asks again at the next start for what it could not read, and takes it in as what it is', async () => {
    const main = new FakeMain();
    const here = machine(main);
    offer(main, unreadable);
    const first = await openWindow(here);
    await first.ledger.start();
    await first.ledger.syncNow();
    first.ledger.dispose();
    offer(main, { ...documentArrival('bad-1'), docId: unreadable.docId });
    const second = await openWindow(here);
    await second.ledger.start();
    await second.ledger.syncNow();
    const id = await documentOf(unreadable.docId);
    const view = await firstOf(second.ledger.document(id));
    if (view.kind !== 'incoming') throw new Error(view.kind);
    expect(view.document).toMatchObject({ state: 'to-accept', problem: null });
    expect(view.document.history.map((entry) => entry.what)).toEqual(['arrived', 'read-again']);
    expect(main.done).toEqual(['bad-1']);
    expect(main.statusesSent()).toEqual(['01>G12']);
    second.ledger.dispose();
  });

  it('keeps a status of a document it does not know, and acknowledges it', async () => {
    const main = new FakeMain();
    offer(main, statusArrival('s-1', '03', 'H37,2020/01/01,1/UBND'));
    const { ledger } = await started(main);
    expect(main.done).toEqual(['s-1']);
    expect(await firstOf(ledger.strays)).toMatchObject([{ status: { code: '03' } }]);
    ledger.dispose();
  });

  it('brings in a document whose 01 could not be made, and says so in its history', async () => {
    const main = new FakeMain();
    offer(main, documentArrival('in-1'));
    const run = main.run.bind(main);
    main.run = (name, input) => {
      if (name !== 'package.status') return run(name, input);
      throw new FakeFailure('disk-full');
    };
    const { ledger } = await started(main);
    const view = await firstOf(ledger.document(await documentOf('in-1' as HubDocId)));
    if (view.kind !== 'incoming') throw new Error(view.kind);
    expect(view.document.history.map((entry) => entry.what)).toEqual(['arrived', 'receipt-not-told']);
    expect(main.done).toEqual(['in-1']);
    ledger.dispose();
  });

  it('tells the foot that the hub was never reached, then when it was', async () => {
    const main = new FakeMain();
    main.mood = 'down';
    const { ledger } = await started(main);
    const offline = await firstOf(ledger.status);
    expect(offline).toMatchObject({ hub: 'never', hubCode: 'hub-unreachable', lastSync: null, leader: true });
    main.mood = 'up';
    await ledger.syncNow();
    await firstOf(ledger.status, (status) => status.hub === 'online' && status.lastSync === main.instant());
    ledger.dispose();
  });

  it('says that a package which the hub lists and does not give is missing, until it comes', async () => {
    const main = new FakeMain();
    const { ledger } = await started(main);
    const run = main.run.bind(main);
    let gives = false;
    main.run = (name, input) => {
      if (name !== 'hub.receive' || gives) return run(name, input);
      return { answer: { kind: 'refused', code: 'hub-refused', words: 'không có' }, arrival: null };
    };
    offer(main, documentArrival('in-1'));
    for (const expected of [0, 0, 1]) {
      main.now = new Date(main.now.getTime() + 3_600_000);
      await ledger.syncNow();
      expect(await firstOf(ledger.status)).toMatchObject({ hub: 'online', unlisted: expected });
    }
    gives = true;
    main.now = new Date(main.now.getTime() + 3_600_000);
    await ledger.syncNow();
    await firstOf(ledger.status, (status) => status.unlisted === 0);
    expect(main.done).toEqual(['in-1']);
    ledger.dispose();
  });

  it('tells the foot how many entries of the hub’s list cannot be fetched, and takes in all others', async () => {
    const main = new FakeMain();
    main.withoutName = 2;
    offer(main, documentArrival('in-1'));
    const { ledger } = await started(main);
    await firstOf(ledger.status, (status) => status.unlisted === 2);
    expect((await firstOf(ledger.folders))['in-to-accept']).toBe(1);
    main.mood = 'down';
    await ledger.syncNow();
    // Nobody said that they are gone.
    expect((await firstOf(ledger.status)).unlisted).toBe(2);
    main.mood = 'up';
    main.withoutName = 0;
    await ledger.syncNow();
    await firstOf(ledger.status, (status) => status.unlisted === 0);
    ledger.dispose();
  });

  it('tries the hub again by its own clock after it was away', async () => {
    const main = new FakeMain();
    main.mood = 'down';
    const opened = await started(main);
    main.mood = 'up';
    offer(main, documentArrival('in-1'));
    opened.runTimers();
    await firstOf(opened.ledger.folders, (counts) => counts['in-to-accept'] === 1);
    opened.ledger.dispose();
  });

  it('stores one package once though it is listed by two ticks at the same time', async () => {
    const main = new FakeMain();
    offer(main, documentArrival('in-1'));
    const { ledger, window } = await openWindow(machine(main));
    await ledger.start();
    for (const reason of ['interval', 'network', 'resume'] as const) {
      window.emit('sync.tick', { reason, at: main.instant() });
    }
    await ledger.syncNow();
    await ledger.syncNow();
    expect(main.received).toEqual(['in-1']);
    expect(main.statusesSent()).toEqual(['01>G12']);
    ledger.dispose();
  });

  it('has main read the directory of agencies once a day', async () => {
    const main = new FakeMain();
    const { ledger } = await started(main);
    const asked = () => main.calls.filter((name) => name === 'agencies.refresh').length;
    await ledger.syncNow();
    expect(asked()).toBe(1);
    main.now = new Date(main.now.getTime() + 25 * 3_600_000);
    await ledger.syncNow();
    expect(asked()).toBe(2);
    ledger.dispose();
  });
});

describe('beside another program of the agency that tells the hub', () => {
  it('takes documents in, and tells no status of its own', async () => {
    const main = new FakeMain();
    main.info = { ...main.info, hub: { ...main.info.hub, takes: true } };
    offer(main, documentArrival('in-1'));
    const { ledger } = await started(main);
    const id = await documentOf(documentArrival('in-1').docId);
    expect(await firstOf(ledger.document(id))).toMatchObject({ document: { state: 'to-accept' } });
    await ledger.syncNow();
    expect(main.sent).toEqual([]);
    ledger.dispose();
  });
});
