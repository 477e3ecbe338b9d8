import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createCell, eased, liveFrom } from './live';
import '../testing/fixtures';
import { type Databases, openDatabases } from './schema';

let databases: Databases | null = null;

afterEach(() => {
  databases?.close();
  databases = null;
});

async function follow(open: Databases) {
  let reads = 0;
  const seen: number[] = [];
  const close = liveFrom(
    () => {
      reads += 1;
      return open.strict.receipts.count();
    },
    (count) => Promise.resolve(count),
  ).subscribe((count) => seen.push(count));
  await vi.waitFor(() => expect(seen.length).toBeGreaterThan(0), { timeout: 10_000 });
  return { seen, close, reads: () => reads };
}

async function watched() {
  const factory = { indexedDB: new IDBFactory(), IDBKeyRange };
  const open = await openDatabases(() => undefined, factory);
  databases = open;
  const add = (id: string) =>
    open.strict.receipts.put({ id, kind: 'status', at: '2026-11-20T00:00:00.000Z' });
  return { open, add, ...(await follow(open)) };
}

describe('a live query while changes pour in', () => {
  it('reads far less often than there are changes, and ends at the last one', async () => {
    const { add, seen, reads } = await watched();
    for (let index = 0; index < 60; index += 1) await add(`row-${index}`);
    await vi.waitFor(() => expect(seen.at(-1)).toBe(60), { timeout: 10_000 });
    expect(reads()).toBeLessThan(30);
  });

  it('goes on watching after it was held back', async () => {
    const { add, seen } = await watched();
    for (let index = 0; index < 20; index += 1) await add(`row-${index}`);
    await vi.waitFor(() => expect(seen.at(-1)).toBe(20), { timeout: 10_000 });
    await add('one-more');
    await vi.waitFor(() => expect(seen.at(-1)).toBe(21), { timeout: 10_000 });
    await add('and-one-more');
    await vi.waitFor(() => expect(seen.at(-1)).toBe(22), { timeout: 10_000 });
  });

  it('says nothing more once closed, also while it is held back', async () => {
    const { open, add, seen, close } = await watched();
    for (let index = 0; index < 20; index += 1) await add(`row-${index}`);
    close();
    const before = seen.length;
    const other = await follow(open);
    for (let index = 20; index < 40; index += 1) await add(`row-${index}`);
    await vi.waitFor(() => expect(other.seen.at(-1)).toBe(40), { timeout: 10_000 });
    expect(seen.length).toBe(before);
  });
});

describe('an eased value', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is told at once, then at most once in a moment, and ends at the last one', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const cell = createCell(0);
    const seen: number[] = [];
    const stop = eased(cell, () => false).subscribe((value) => seen.push(value));
    expect(seen).toEqual([0]);
    for (let value = 1; value <= 50; value += 1) cell.set(value);
    expect(seen).toEqual([0]);
    vi.advanceTimersByTime(200);
    expect(seen).toEqual([0, 50]);
    vi.advanceTimersByTime(1000);
    cell.set(51);
    expect(seen).toEqual([0, 50, 51]);
    cell.set(52);
    stop();
    vi.advanceTimersByTime(1000);
    expect(seen).toEqual([0, 50, 51]);
  });

  it('is told less and less often while it never rests, and at once again after it has', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const cell = createCell(0);
    const seen: number[] = [];
    const stop = eased(cell, () => false, 100).subscribe((value) => seen.push(value));
    for (let value = 1; value <= 6000; value += 1) {
      cell.set(value);
      vi.advanceTimersByTime(1);
    }
    // 100, 200, 400, 800, then 960 each time.
    expect(seen).toHaveLength(9);
    vi.advanceTimersByTime(2000);
    expect(seen.at(-1)).toBe(6000);
    const before = seen.length;
    cell.set(-1);
    expect(seen).toHaveLength(before + 1);
    cell.set(-2);
    vi.advanceTimersByTime(101);
    expect(seen.at(-1)).toBe(-2);
    stop();
  });

  it('waits for nothing with what is urgent, and what waited then is over', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const cell = createCell('saved');
    const seen: string[] = [];
    const stop = eased(cell, (told, now) => now === 'saving' && told !== now).subscribe((value) =>
      seen.push(value),
    );
    cell.set('saved again');
    cell.set('saving');
    expect(seen).toEqual(['saved', 'saving']);
    vi.advanceTimersByTime(1000);
    expect(seen).toEqual(['saved', 'saving']);
    cell.set('saved');
    cell.set('saving');
    cell.set('saved');
    expect(seen).toEqual(['saved', 'saving', 'saved', 'saving']);
    vi.advanceTimersByTime(1000);
    expect(seen).toEqual(['saved', 'saving', 'saved', 'saving', 'saved']);
    stop();
  });
});
