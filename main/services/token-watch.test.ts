// The watch over tokens: what changed is told once, a slow driver is left in peace, nothing is asked while signing.
import { describe, expect, it } from 'vitest';
import { Failure } from '../../preload/contract/failure';
import type { SignerCard } from '../../preload/contract/signing-request';
import type { LookListener } from './signing-signers';
import { type WatchClock, watchTokens } from './token-watch';

function fakeClock() {
  let time = 0;
  const planned: { run: () => void; milliseconds: number }[] = [];
  const clock: WatchClock = {
    now: () => time,
    after: (run, milliseconds) => {
      const one = { run, milliseconds };
      planned.push(one);
      return () => planned.splice(planned.indexOf(one), 1);
    },
  };
  return {
    clock,
    planned,
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
    /** Runs what is planned and waits until the next look is planned. */
    async next(): Promise<number> {
      const one = planned.shift();
      if (one === undefined) throw new Error('nothing is planned');
      one.run();
      for (let turns = 0; turns < 20 && planned.length === 0; turns += 1) await Promise.resolve();
      return one.milliseconds;
    },
  };
}

const card = (holder: string) => ({ holder }) as SignerCard;
const unheard = () => () => undefined;

describe('the watch', () => {
  it('tells what is plugged in at first and when it changes, and only then', async () => {
    const time = fakeClock();
    let present = [card('A')];
    const told: string[] = [];
    const signing = { busy: () => false, signers: async () => present, onLook: unheard };
    watchTokens(signing, 'seal', (signers) => told.push(signers.map((one) => one.holder).join()), time.clock);
    await time.next();
    await time.next();
    present = [];
    await time.next();
    present = [card('A')];
    await time.next();
    expect(told).toEqual(['A', '', 'A']);
  });

  it('tells again what it saw before, once somebody else’s look showed otherwise', async () => {
    const time = fakeClock();
    const told: string[] = [];
    let heard: LookListener = () => undefined;
    const signing = {
      busy: () => false,
      signers: async () => [card('A')],
      onLook: (listener: LookListener) => {
        heard = listener;
        return () => undefined;
      },
    };
    watchTokens(signing, 'seal', (signers) => told.push(signers.map((one) => one.holder).join()), time.clock);
    await time.next();
    heard(() => [card('A')]);
    await time.next();
    expect(told).toEqual(['A']);
    heard(() => []);
    await time.next();
    expect(told).toEqual(['A', 'A']);
  });

  it('looks again soon at quick drivers and leaves slow ones in peace', async () => {
    const time = fakeClock();
    let slow = 0;
    const signing = {
      busy: () => false,
      onLook: unheard,
      signers: async () => {
        time.pass(slow);
        return [];
      },
    };
    watchTokens(signing, 'seal', () => undefined, time.clock);
    const pauseAfter = async (milliseconds: number): Promise<number> => {
      slow = milliseconds;
      await time.next();
      return time.planned[0]?.milliseconds ?? 0;
    };
    expect(await pauseAfter(100)).toBe(2000);
    expect(await pauseAfter(1500)).toBe(7500);
    expect(await pauseAfter(30_000)).toBe(10_000);
    expect(await pauseAfter(100)).toBe(2000);
  });

  it('asks nothing while a signature is made, goes on after a failure, and ends when told to', async () => {
    const time = fakeClock();
    let busy = true;
    let asked = 0;
    const signing = {
      busy: () => busy,
      onLook: unheard,
      signers: async () => {
        asked += 1;
        throw new Failure('token-hung');
      },
    };
    const end = watchTokens(signing, 'seal', () => undefined, time.clock);
    await time.next();
    expect(asked).toBe(0);
    busy = false;
    await time.next();
    await time.next();
    expect(asked).toBe(2);
    end();
    expect(time.planned).toEqual([]);
  });
});
