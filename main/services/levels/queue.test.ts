// The queue of levels over drawn events and random ones: nothing is lost, one works at a time, pauses grow and are bounded.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asSha256, type DeskId, newDeskId, type Sha256 } from '../../../preload/contract/ids';
import { type Asked, afterAsking, mayAskAt } from './budget';
import {
  afterEvent,
  dueJob,
  nextDue,
  pauseAfter,
  type Queue,
  type QueueEvent,
  waitingDocuments,
} from './queue';

const name = (text: string): Sha256 => asSha256(text.padEnd(64, '0'));
const document = newDeskId();
const a = name('a');

function wanted(input: Sha256, at = 0, documentId: DeskId = document): QueueEvent {
  return { kind: 'wanted', input, documentId, names: [input], level: 'B-B', at };
}

const run = (...events: readonly QueueEvent[]): Queue => events.reduce(afterEvent, new Map() as Queue);
const failed = (input: Sha256, at: number): QueueEvent => ({
  ...{ kind: 'failed', input, code: 'signing-timestamp-failed', said: '' },
  ...{ at, chance: 0.5, notBefore: null },
});

describe('a signed file on its way to its level', () => {
  it('is due at once, works, steps, and has reached it', () => {
    expect(dueJob(run(wanted(a)), 0)?.input).toBe(a);
    const output = name('b');
    const queue = run(
      wanted(a),
      { kind: 'started', input: a },
      { kind: 'stepped', input: a, output, level: 'B-T' },
      { kind: 'reached', input: a, level: 'B-LTA' },
    );
    expect(queue.get(a)).toMatchObject({ state: 'reached', names: [a, output], level: 'B-LTA', code: null });
    expect([dueJob(queue, 1e15), nextDue(queue), waitingDocuments(queue)]).toEqual([null, null, []]);
  });

  it('waits longer after each failure and is due at once when the network comes back', () => {
    let queue = run(wanted(a), { kind: 'started', input: a }, failed(a, 1000));
    expect(queue.get(a)).toMatchObject({
      state: 'waiting',
      notBefore: 31_000,
      code: 'signing-timestamp-failed',
    });
    expect(dueJob(queue, 30_999)).toBeNull();
    queue = run(wanted(a), failed(a, 0), failed(a, 0), failed(a, 0));
    expect(queue.get(a)?.notBefore).toBe(120_000);
    queue = afterEvent(queue, { kind: 'woken', documentId: null, at: 5000 });
    expect(dueJob(queue, 5000)?.input).toBe(a);
    expect(afterEvent(queue, failed(a, 5000)).get(a)?.notBefore).toBe(35_000);
  });

  it('keeps to the time an authority gave, also when somebody asks sooner', () => {
    const limited: QueueEvent = {
      ...{ kind: 'failed', input: a, code: 'timestamp-limited', said: '' },
      ...{ at: 0, chance: 0, notBefore: 900_000 },
    };
    const queue = run(wanted(a), limited, { kind: 'woken', documentId: document, at: 10 });
    expect(nextDue(queue)).toBe(900_000);
  });

  it('is one job, however often it is wanted', () => {
    const queue = run(wanted(a), { kind: 'reached', input: a, level: 'B-LTA' }, wanted(a, 5));
    expect([queue.size, queue.get(a)?.state]).toEqual([1, 'reached']);
  });

  it('is raised alone, whatever comes in whatever order', () => {
    const inputs = ['a', 'b', 'c'].map(name);
    const input = fc.constantFrom(...inputs);
    const at = fc.integer({ min: 0, max: 10_000_000 });
    const event: fc.Arbitrary<QueueEvent | 'pump'> = fc.oneof(
      fc.constant('pump' as const),
      fc.record({ input, at }).map((one) => wanted(one.input, one.at)),
      fc.record({ input, at }).map((one) => failed(one.input, one.at)),
      input.map((one): QueueEvent => ({ kind: 'reached', input: one, level: 'B-LTA' })),
      input.map((one): QueueEvent => ({ kind: 'stopped', input: one, code: 'blob-missing' })),
      at.map((one): QueueEvent => ({ kind: 'woken', documentId: null, at: one })),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        let queue: Queue = new Map();
        const seen = new Set<Sha256>();
        for (const one of events) {
          if (one === 'pump') {
            const due = dueJob(queue, 20_000_000);
            if (due !== null) queue = afterEvent(queue, { kind: 'started', input: due.input });
          } else {
            if (one.kind === 'wanted') seen.add(one.input);
            queue = afterEvent(queue, one);
          }
          const working = [...queue.values()].filter((job) => job.state === 'working');
          expect(working.length).toBeLessThanOrEqual(1);
          expect(new Set(queue.keys())).toEqual(seen);
        }
      }),
    );
  });

  it('pauses between 24 seconds and 36 minutes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (times, chance) => {
          const pause = pauseAfter(times, chance);
          expect(pause).toBeGreaterThanOrEqual(24_000);
          expect(pause).toBeLessThanOrEqual(36 * 60_000);
        },
      ),
    );
  });
});

describe('the count of an authority', () => {
  const rule = { requests: 20, minutes: 20 };

  it('never lets more than 20 requests into any 20 minutes, and says when the next may go', () => {
    let asked: Asked = new Map();
    const times: number[] = [];
    let now = 1_000_000;
    for (let request = 0; request < 90; request += 1) {
      now = mayAskAt(asked, 'one', rule, now);
      asked = afterAsking(asked, 'one', rule, now);
      times.push(now);
      now += 7000;
    }
    times.forEach((time, index) => {
      const before = times[index - 20];
      if (before !== undefined) expect(time - before).toBeGreaterThan(20 * 60_000);
    });
    expect(mayAskAt(asked, 'another', rule, now)).toBe(now);
  });

  it('forgets what a clock that was ahead wrote', () => {
    const asked: Asked = new Map([['one', Array.from({ length: 20 }, () => 9e12)]]);
    expect(mayAskAt(asked, 'one', rule, 1000)).toBe(1000);
  });
});
