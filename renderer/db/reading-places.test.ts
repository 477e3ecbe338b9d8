import { describe, expect, it } from 'vitest';
import type { Sha256 } from '../../preload/contract/ids';
import type { ReadingPlace } from '../ledger-places';
import { createReadingPlaces } from './reading-places';
import type { Sealed } from './sealing';

const place = (page: number): ReadingPlace => ({
  zoom: 'width',
  turn: 90,
  spread: 'one',
  page,
});
const file = (number: number): Sha256 => number.toString(16).padStart(64, '0') as Sha256;

/** A table of one row and a sealer that only remembers: what is under test is what goes through them. */
function disk() {
  const rows = new Map<string, { key: string; sealed: Sealed }>();
  const values = new Map<Sealed, unknown>();
  const database = {
    directory: {
      get: async (key: string) => rows.get(key),
      put: async (row: { key: string; sealed: Sealed }) => void rows.set(row.key, row),
    },
  };
  const sealer = {
    seal: async (_table: string, _id: string, value: unknown) => {
      const sealed: Sealed = { v: 1, nonce: new Uint8Array(12), bytes: new ArrayBuffer(0) };
      values.set(sealed, JSON.parse(JSON.stringify(value)));
      return sealed;
    },
    open: async (_table: string, _id: string, sealed: Sealed) => ({
      ok: true as const,
      value: values.get(sealed),
    }),
  };
  const later: (() => void)[] = [];
  const open = () =>
    createReadingPlaces(database as never, sealer, (_milliseconds, run) => {
      later.push(run);
      return () => undefined;
    });
  return { open, later, rows, values };
}

describe('places of reading', () => {
  it('are there again after a restart', async () => {
    const { open } = disk();
    const before = open();
    before.put(file(1), place(7));
    await before.flush();
    const after = open();
    expect(after.get(file(1))).toBeUndefined();
    await after.load();
    expect(after.get(file(1))).toEqual(place(7));
  });

  it('many changes are stored together', () => {
    const { open, later } = disk();
    const places = open();
    for (let page = 1; page <= 20; page += 1) places.put(file(1), place(page));
    expect(later.length).toBe(1);
  });

  it('the files read longest ago are forgotten first', async () => {
    const { open } = disk();
    const places = open();
    for (let number = 1; number <= 301; number += 1) places.put(file(number), place(1));
    places.put(file(2), place(2));
    places.put(file(302), place(1));
    expect(places.get(file(1))).toBeUndefined();
    expect(places.get(file(2))?.page).toBe(2);
    expect(places.get(file(3))).toBeUndefined();
  });

  it('what this window has read meanwhile is newer than what was stored', async () => {
    const { open } = disk();
    const before = open();
    before.put(file(1), place(7));
    await before.flush();
    const after = open();
    after.put(file(1), place(9));
    await after.load();
    expect(after.get(file(1))?.page).toBe(9);
  });

  it('a row that is damaged counts as nothing', async () => {
    const { open, values } = disk();
    const before = open();
    before.put(file(1), place(7));
    await before.flush();
    for (const sealed of values.keys()) values.set(sealed, [['no hash', { page: 'x' }]]);
    const after = open();
    await after.load();
    expect(after.get(file(1))).toBeUndefined();
  });
});
