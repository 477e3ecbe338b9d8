import { describe, expect, it } from 'vitest';
import { asDay } from '../../preload/contract/ids';
import { documentOf } from '../acts/act-id';
import type { FakeMain } from '../testing/fake-desk';
import { documentArrival, firstOf, machine, openWindow } from '../testing/fixtures';
import { morning } from '../testing/scenario';

async function withOneUnsent(main: FakeMain) {
  const opened = await openWindow(machine(main));
  await opened.ledger.start();
  await opened.ledger.syncNow();
  main.mood = 'down';
  const id = await documentOf(documentArrival('in-1').docId);
  await opened.ledger.acts.registerAndAccept({ id, number: 1253, date: asDay('2026-11-20') });
  await firstOf(opened.ledger.unsent, (count) => count === 1);
  return opened;
}

describe('sending before the program ends', () => {
  it('leaves nothing when the hub is there', async () => {
    const main = morning();
    const { ledger } = await withOneUnsent(main);
    main.mood = 'up';
    expect(await ledger.sendAll(60_000)).toBe(0);
    expect(main.statusesSent()).toEqual(['01>G12', '03>G12']);
    ledger.dispose();
  });

  it('does not wait for a hub that is away: what is left stays in the outbox', async () => {
    const main = morning();
    const { ledger } = await withOneUnsent(main);
    expect(await ledger.sendAll(60_000)).toBe(1);
    expect(await firstOf(ledger.unsent)).toBe(1);
    ledger.dispose();
  });

  it('ends at its limit though the hub is mute', async () => {
    const main = morning();
    const opened = await withOneUnsent(main);
    main.mood = 'up';
    const run = main.run.bind(main);
    let asked: () => void = () => undefined;
    const sending = new Promise<void>((resolve) => {
      asked = resolve;
    });
    main.run = (name, input) => {
      if (name !== 'hub.send') return run(name, input);
      asked();
      return new Promise(() => undefined);
    };
    const left = opened.ledger.sendAll(60_000);
    await sending;
    opened.runTimers();
    expect(await left).toBe(1);
    opened.ledger.dispose();
  });
});
