// A seeded sample of whole runs of the exchange: the ledger's own engine, acts and saver over Dexie, main's own hub service, a
// hub that never deduplicates, and deaths, clocks and answers as they are drawn. VAN_THU_SEED and VAN_THU_COUNT choose the run.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outboxState } from '../../preload/contract/records';
import { onOneThread } from './one-thread';
import { type Plan, plan } from './plan';
import { brokenPromises } from './promises';
import { World } from './world';

const count = Number(process.env.VAN_THU_COUNT ?? 150);
const seed = Number(process.env.VAN_THU_SEED ?? 20260801);
let manyThreads: () => void = () => undefined;

beforeAll(() => {
  manyThreads = onOneThread();
});
afterAll(() => manyThreads());

/** States and reasons that any outbox row had: a sample that meets few of them proves little. */
const met = new Set<string>();

async function broken(one: Plan): Promise<readonly string[]> {
  const world = new World(one);
  const faults = await brokenPromises(world);
  for (const entry of world.disk.entries) {
    if (entry.type !== 'put' || entry.put.table !== 'outbox') continue;
    met.add(entry.put.row.state).add(entry.put.row.lastCode);
  }
  return faults;
}

describe('any run of the exchange', () => {
  it(`keeps every promise over ${count} runs (seed ${seed})`, {
    timeout: 120_000 + count * 2000,
  }, async () => {
    let done = 0;
    await fc.assert(
      fc.asyncProperty(plan, async (one) => {
        expect(await broken(one)).toEqual([]);
        done += 1;
        if (done % 500 === 0) process.stderr.write(`${done}\n`);
      }),
      { numRuns: count, seed },
    );
    // A short run may well meet less.
    if (count < 100) return;
    for (const state of outboxState.options) expect(met).toContain(state);
    for (const reason of [
      'answer-lost',
      'hub-timed-out',
      'hub-offline',
      'hub-busy',
      'hub-refused',
      'listed-again',
    ]) {
      expect(met).toContain(reason);
    }
  });
});

describe('two windows', () => {
  it('that do something to one document at once lose neither act', async () => {
    const moments: Plan['moments'] = [
      { kind: 'offer' },
      { kind: 'tick', reason: 'interval' },
      { kind: 'both', pick: 0 },
    ];
    const world = new World({ moments, sendFates: [], fates: [] });
    expect(await brokenPromises(world)).toEqual([]);
    expect(
      world.kept
        .map((one) => one.what)
        .slice(-2)
        .sort(),
    ).toEqual(['finished', 'progress']);
  });
});

describe('runs that once broke a promise', () => {
  it('a document that never left, recalled: the receipt of the recall does not confirm the document', async () => {
    const once: Plan = {
      moments: [
        { kind: 'issue', receivers: 0 },
        { kind: 'recall', pick: 0 },
        { kind: 'pass', seconds: 2000 },
        { kind: 'reply', pick: 0, code: '01' },
        { kind: 'clerk', act: 'next', pick: 0 },
      ],
      sendFates: ['half'],
      fates: [],
    };
    expect(await broken(once)).toEqual([]);
  });

  it('a document that never left, recalled: the recall in the list of what was sent is not taken for the document', async () => {
    const once: Plan = {
      moments: [
        { kind: 'issue', receivers: 0 },
        { kind: 'recall', pick: 0 },
        { kind: 'tick', reason: 'asked' },
      ],
      sendFates: ['half', 'answer-lost'],
      fates: [],
    };
    expect(await broken(once)).toEqual([]);
  });

  it('an act while the clock was years ahead, which nothing else was done by: once it is put back the act is told', async () => {
    const once: Plan = {
      moments: [
        { kind: 'offer' },
        { kind: 'clock-jump', seconds: 40_000_000 },
        { kind: 'clerk', act: 'refuse', pick: 0 },
        { kind: 'clock-jump', seconds: -40_000_000 },
        { kind: 'reply', pick: 0, code: '01' },
      ],
      sendFates: [],
      fates: [],
    };
    expect(await broken(once)).toEqual([]);
  });
});
