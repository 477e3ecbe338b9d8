// Numbers: given once, whatever is repeated, restarted, refused by the disk or asked for at the same moment.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ActId, newActId, newDeskId } from '../../preload/contract/ids';
import { type Journal, openJournal, type RegisterName } from '../journal';
import { openNumbers } from './numbers';
import type { SeriesKey } from './register-state';

const clock = new Date('2026-11-20T01:00:00Z');
let folder: string;
let journal: Journal;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'numbers-'));
  journal = await reopen();
});
afterEach(async () => {
  await journal.close();
  rmSync(folder, { recursive: true });
});
function reopen(): Promise<Journal> {
  return openJournal({ folder, key: new Uint8Array(32).fill(5), storeInUse: false });
}
async function restart(): Promise<void> {
  await journal.close();
  journal = await reopen();
}
const numbers = (now = clock) => openNumbers(journal, () => now);
const key = (change: Partial<SeriesKey> = {}): SeriesKey => ({
  register: 'incoming',
  series: '',
  year: 2026,
  ...change,
});
const request = (number: number, change: { act?: ActId } & Partial<SeriesKey> = {}) => ({
  ...key(),
  act: newActId(),
  documentId: newDeskId(),
  number,
  ...change,
});
const start = (last: number, register: RegisterName = 'incoming', series: string | null = null) => ({
  register,
  series,
  year: 2026,
  last,
});

describe('giving', () => {
  it('offers one above the highest, after a restart too', async () => {
    expect(numbers().propose(key())).toBe(1);
    await numbers().give(request(7));
    await restart();
    expect(numbers().propose(key())).toBe(8);
    expect(numbers().propose(key({ register: 'outgoing' }))).toBe(1);
    expect(numbers().propose(key({ year: 2025 }))).toBe(1);
    expect(numbers().propose(key({ series: 'QĐ' }))).toBe(1);
  });

  it('gives an act its number again and never a second one', async () => {
    const asked = request(12);
    const first = await numbers().give(asked);
    await restart();
    expect(await numbers().give(asked)).toEqual(first);
    expect(await numbers().give({ ...asked, number: 13 })).toEqual(first);
    await expect(numbers().give({ ...asked, documentId: newDeskId() })).rejects.toMatchObject({
      code: 'number-act-differs',
    });
    expect(numbers().propose(key())).toBe(13);
  });

  it('never gives a number twice, in any order of acts, restarts and simultaneous requests', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.array(
            fc.record({
              number: fc.integer({ min: 1, max: 6 }),
              year: fc.constantFrom(2025, 2026),
              register: fc.constantFrom<RegisterName>('incoming', 'outgoing'),
            }),
            { minLength: 1, maxLength: 5 },
          ),
          { maxLength: 4 },
        ),
        async (rounds) => {
          rmSync(folder, { recursive: true });
          await journal.close();
          journal = await reopen();
          const seen = new Map<string, string>();
          for (const round of rounds) {
            const book = numbers();
            const asked = round.map((one) => request(one.number, one));
            const answers = await Promise.allSettled(asked.map((one) => book.give(one)));
            for (const [n, answer] of answers.entries()) {
              const one = asked[n];
              if (one === undefined) continue;
              const name = `${one.register}/${one.year}/${one.number}`;
              if (answer.status === 'fulfilled') {
                expect(seen.has(name)).toBe(false);
                seen.set(name, one.act);
              } else {
                expect(answer.reason).toMatchObject({ code: 'number-taken' });
                expect(seen.has(name)).toBe(true);
              }
            }
            await restart();
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('gives nothing when the disk refuses, and then gives it', async () => {
    const failing = {
      ...journal,
      appendAll: () => Promise.reject(Object.assign(new Error(), { code: 'disk-full' })),
    };
    const asked = request(1);
    await expect(openNumbers(failing, () => clock).give(asked)).rejects.toMatchObject({ code: 'disk-full' });
    const book = numbers();
    expect(book.propose(key())).toBe(1);
    expect(await book.give(asked)).toMatchObject({ number: 1 });
  });

  it.each([0, -1, 1.5, 1_000_000, Number.NaN])('refuses the number %d', async (number) => {
    await expect(numbers().give(request(number))).rejects.toMatchObject({ code: 'number-out-of-range' });
  });

  it('takes this year and the last, by the calendar of Vietnam', async () => {
    const newYear = new Date('2026-12-31T17:30:00Z');
    await numbers(newYear).give(request(1, { year: 2027 }));
    await numbers(newYear).give(request(1, { year: 2026 }));
    for (const year of [2025, 2028]) {
      await expect(numbers(newYear).give(request(1, { year }))).rejects.toMatchObject({
        code: 'number-year',
      });
    }
  });
});

describe('the last numbers of the other book', () => {
  it('are asked for once, taken, and counted on from', async () => {
    expect(numbers().needsStart).toBe(true);
    await numbers().start([start(4470), start(311, 'outgoing')]);
    await restart();
    const book = numbers();
    expect(book.needsStart).toBe(false);
    expect(book.propose(key())).toBe(4471);
    expect(book.propose(key({ register: 'outgoing', series: 'QĐ' }))).toBe(312);
    await expect(book.give(request(4470))).rejects.toMatchObject({ code: 'number-taken' });
    await book.give(request(4475));
    expect(book.propose(key())).toBe(4476);
    await book.give(request(4472));
    expect(book.propose({ ...key(), year: 2025 })).toBe(1);
  });

  it('may be of one series alone, and be corrected', async () => {
    const book = numbers();
    await book.start([start(100), start(5, 'incoming', 'QĐ')]);
    expect(book.propose(key({ series: 'QĐ' }))).toBe(6);
    expect(book.propose(key())).toBe(101);
    await book.start([start(10)]);
    expect(book.propose(key())).toBe(11);
    await expect(book.start([{ ...start(1), year: 2020 }])).rejects.toMatchObject({ code: 'number-year' });
  });
});

describe('after damage to the journal', () => {
  it('gives and offers nothing until the last numbers were entered again', async () => {
    for (let number = 1; number <= 5; number += 1) await numbers().give(request(number));
    await journal.close();
    const [name] = readdirSync(folder).filter((one) => one.endsWith('.journal'));
    const path = join(folder, name ?? '');
    const lines = readFileSync(path, 'latin1').split('\n');
    writeFileSync(path, lines.filter((_, n) => n !== lines.length - 3).join('\n'), 'latin1');
    journal = await reopen();
    expect(journal.intact).toBe(false);
    const book = numbers();
    expect(book.needsStart).toBe(true);
    expect(() => book.propose(key())).toThrow(expect.objectContaining({ code: 'numbers-uncertain' }));
    await expect(book.give(request(9))).rejects.toMatchObject({ code: 'numbers-uncertain' });
    await book.start([start(5), start(0, 'outgoing')]);
    expect(book.propose(key())).toBe(6);
    await restart();
    expect(numbers().propose(key())).toBe(6);
    expect(numbers().needsStart).toBe(false);
  });
});
