// The agency's calendar over the life of a window: read at start, changed, and open documents reckoned anew by it.
import { afterEach, describe, expect, it } from 'vitest';
import { asDay, asInstant } from '../../preload/contract/ids';
import { reckonWith } from '../db/calendar';
import { FakeMain } from '../testing/fake-desk';
import { documentArrival, firstOf, machine, offer, openWindow } from '../testing/fixtures';
import { documentOf } from './act-id';

afterEach(() => reckonWith([]));

const saturday = asInstant(new Date('2026-11-21T02:00:00Z'));

async function withDocument(main: FakeMain) {
  const arrival = { ...documentArrival('in-1'), arrivedAt: saturday };
  offer(main, arrival);
  const opened = await openWindow(machine(main));
  await opened.ledger.start();
  await opened.ledger.syncNow();
  return { ...opened, id: await documentOf(arrival.docId) };
}

async function dueOf(ledger: Awaited<ReturnType<typeof withDocument>>['ledger'], id: never) {
  const view = await firstOf(ledger.document(id));
  return view.kind === 'incoming' ? view.deadline?.day : null;
}

describe('the calendar', () => {
  it('changed by hand moves the deadlines of open documents, also in the folders', async () => {
    const main = new FakeMain();
    main.now = new Date('2026-11-23T03:00:00Z');
    const { ledger, id } = await withDocument(main);
    expect(await dueOf(ledger, id as never)).toBe('2026-11-23');
    expect((await firstOf(ledger.folders))['in-overdue']).toBe(0);
    await ledger.acts.changeCalendar({
      changes: [{ day: asDay('2026-11-21'), kind: 'working', name: 'Làm bù' }],
    });
    expect(main.calendar).toHaveLength(1);
    expect(await dueOf(ledger, id as never)).toBe('2026-11-21');
    expect((await firstOf(ledger.folders))['in-overdue']).toBe(1);
    ledger.dispose();
  });

  it('is read at start, and the law’s holds where main cannot tell', async () => {
    const main = new FakeMain();
    main.now = new Date('2026-11-23T03:00:00Z');
    main.calendar = [{ day: asDay('2026-11-23'), kind: 'off', name: 'Nghỉ theo thông báo' }];
    const { ledger, id } = await withDocument(main);
    expect(await dueOf(ledger, id as never)).toBe('2026-11-24');
    ledger.dispose();
  });
});
