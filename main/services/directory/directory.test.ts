// The directory over its life: fetched, merged, searched without marks, checked, kept sealed in the profile over a restart.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../../preload/contract/failure';
import type { AgencyItem, Hub, UnitItem } from '../../exchange/hub';
import { type AgencyIndex, createAgencyIndex } from './agency-index';
import { createDirectory } from './directory';
import { type Entry, mergeEntries } from './entries';
import { successorProvince } from './provinces';

const one = (code: string, name: string, change: Partial<Entry> = {}): Entry => ({
  ...{ code, name, oldCode: '', version: null, removed: false },
  ...change,
});
const item = (code: string, name: string, change: Partial<UnitItem> = {}) =>
  ({ ...{ id: code, pid: '', code, oldCode: '', name, mail: '', other: {} }, ...change }) as AgencyItem &
    Partial<UnitItem>;
const none: ReadonlySet<string> = new Set();

const entries = [
  one('G12', 'Bộ Tài chính'),
  one('G12.18', 'Cục Thuế', { oldCode: '000.00.18.G12' }),
  one('H26', 'Ủy ban nhân dân thành phố Hà Nội'),
  one('H60', 'Ủy ban nhân dân tỉnh Tuyên Quang'),
  one('H60.05', 'Sở Tài chính tỉnh Tuyên Quang'),
  one('H22', 'Ủy ban nhân dân tỉnh Hà Giang', { removed: true }),
  one('000.00.44.W00', 'Nút kỹ thuật Bộ Tài chính'),
];

describe('a search while typing', () => {
  let index: AgencyIndex;
  beforeAll(async () => {
    index = await createAgencyIndex(entries);
  });
  const codes = (text: string, limit = 20) => index.find(text, limit, none).map((found) => found.code);

  it('finds by name without marks, by words in any order, by initials, by new and old code', () => {
    expect(codes('bo tai chinh')).toEqual(['G12']);
    expect(codes('CHÍNH tài')).toEqual(['G12', 'H60.05']);
    expect(codes('btc')).toEqual(['G12']);
    expect(codes('g12')).toEqual(['G12', 'G12.18']);
    expect(codes('000.00.18')).toEqual(['G12.18']);
    expect(codes('hà nội thành phố')).toEqual(['H26']);
  });

  it('never offers technical or removed agencies, and no more than asked for', () => {
    expect(codes('')).toEqual(['G12', 'H26', 'H60', 'G12.18', 'H60.05']);
    expect(codes('nút kỹ thuật')).toEqual([]);
    expect(codes('hà giang')).toEqual([]);
    expect(codes('', 2)).toEqual(['G12', 'H26']);
  });

  it('puts favourites first, then codes, then names that begin so', () => {
    expect(index.find('tai chinh', 9, new Set(['H60.05'])).map((found) => found.code)).toEqual([
      'H60.05',
      'G12',
    ]);
  });

  it('finds every living agency by any of its words, written with or without marks', () => {
    const living = entries.filter((entry) => !entry.removed && !entry.code.includes('W00'));
    fc.assert(
      fc.property(fc.constantFrom(...living), fc.boolean(), fc.nat(), (entry, bare, at) => {
        const words = entry.name.split(' ');
        const word = words[at % words.length] ?? '';
        const plain = word
          .normalize('NFD')
          .replace(/\p{Mn}/gu, '')
          .replace(/[đĐ]/g, 'd');
        expect(codes(bare ? plain : word.toUpperCase())).toContain(entry.code);
      }),
    );
  });
});

describe('a code that is checked', () => {
  let index: AgencyIndex;
  beforeAll(async () => {
    index = await createAgencyIndex(entries);
  });
  const standing = (code: string) => {
    const { standing: how, organ, successor } = index.check(code);
    return [how, organ?.code ?? null, successor?.code ?? null];
  };

  it('is known, old, merged into another province, removed, technical, unknown or odd', async () => {
    expect(standing('g12')).toEqual(['known', 'G12', null]);
    expect(standing('000.00.18.G12')).toEqual(['old-code', 'G12.18', null]);
    expect(standing('H22')).toEqual(['merged', 'H22', 'H60']);
    expect(standing('H22.05')).toEqual(['merged', null, 'H60.05']);
    expect(standing('000.00.05.H22')).toEqual(['merged', null, 'H60']);
    expect(standing('000.00.44.W00')).toEqual(['technical', null, null]);
    expect(standing('G99')).toEqual(['unknown', null, null]);
    expect(standing('bộ tài chính')).toEqual(['odd', null, null]);
    expect((await createAgencyIndex([])).check('G12').standing).toBe('no-directory');
    const kept = await createAgencyIndex([one('G04', 'Bộ Kế hoạch và Đầu tư', { removed: true })]);
    expect(kept.check('G04').standing).toBe('removed');
  });

  it('is an old one also where the hub lists no old codes, and is found so', async () => {
    const listed = await createAgencyIndex([
      one('H37.18', 'Sở Tài chính'),
      one('000.00.18.H37', 'Sở Tài chính', { removed: true }),
      one('H37.19', 'Sở Y tế', { oldCode: '000.00.91.H37' }),
    ]);
    expect(listed.check('000.00.18.h37')).toMatchObject({ standing: 'old-code', organ: { code: 'H37.18' } });
    expect(listed.find('000.00.18.H37', 5, none).map(({ code }) => code)).toEqual(['H37.18']);
    // The directory knows better than the groups of a code.
    expect(listed.check('000.00.19.H37')).toMatchObject({ standing: 'unknown', organ: null });
    expect(listed.check('000.00.91.H37')).toMatchObject({ standing: 'old-code', organ: { code: 'H37.19' } });
  });

  it('of a province that a directory still lists as living is known: the directory overrides the table', async () => {
    const listed = await createAgencyIndex([one('H22', 'UBND tỉnh Hà Giang')]);
    expect(listed.check('H22').standing).toBe('known');
  });

  it('leads each of the 29 provinces that were merged to one that stands: 34 are left of 63', () => {
    const all = Array.from({ length: 63 }, (_, at) => `H${String(at + 1).padStart(2, '0')}`);
    const merged = all.filter((code) => successorProvince(code) !== undefined);
    expect(merged).toHaveLength(29);
    for (const code of merged) expect(successorProvince(successorProvince(code) ?? '')).toBeUndefined();
  });
});

describe('lists of the hub', () => {
  it('add, change and mark as removed; what is unchanged stays the same', () => {
    const known = [one('G12', 'Bộ Tài chính', { version: 3 }), one('G15', 'Bộ Tư pháp', { version: 1 })];
    const after = mergeEntries(known, [
      item('G12', 'Bộ Tài Chính', { version: 4, deleted: false }),
      item('G15', 'Bộ Tư pháp', { version: 2, deleted: true }),
      item('g16', 'Bộ VHTTDL', { version: 1, deleted: false }),
    ]);
    expect(after).toMatchObject({ added: 1, changed: 1, removed: 1 });
    expect(after.entries.map((entry) => [entry.code, entry.removed])).toEqual([
      ['G12', false],
      ['G15', true],
      ['G16', false],
    ]);
  });

  it('that are late change nothing, and that are short remove nothing', () => {
    const known = Array.from({ length: 10 }, (_, at) => one(`G1${at}`, `Bộ ${at}`, { version: 5 }));
    const late = mergeEntries(
      known,
      known.map((entry) => item(entry.code, 'cũ', { version: 4 })),
    );
    expect(late).toEqual({ entries: known, added: 0, changed: 0, removed: 0 });
    expect(mergeEntries(known, [item('G10', 'Bộ 0', { version: 5 })])).toMatchObject({ removed: 0 });
    expect(
      mergeEntries(
        known,
        known.slice(0, 8).map((entry) => item(entry.code, entry.name)),
      ),
    ).toMatchObject({
      removed: 2,
    });
  });

  it('of agencies and of units, of which each knows what the other does not, change nothing when they are read again', () => {
    const agencies = [
      item('H26', 'UBND thành phố Hà Nội', { oldCode: '000.00.00.H26' }),
      item('G04', 'Bộ Kế hoạch và Đầu tư', { oldCode: '000.00.00.G04' }),
    ];
    const units = [
      item('H26', 'UBND thành phố Hà Nội', { version: 1, deleted: false }),
      item('G04', 'Bộ Kế hoạch và Đầu tư', { version: 2, deleted: true }),
    ];
    const both = [...agencies, ...units];
    const once = mergeEntries([], both);
    expect(once).toMatchObject({ added: 2, changed: 0, removed: 0 });
    expect(once.entries[0]).toMatchObject({ oldCode: '000.00.00.H26', version: 1 });
    expect(mergeEntries(once.entries, both)).toEqual({ ...once, added: 0 });
    const renamed = [...agencies, item('H26', 'UBND TP Hà Nội', { version: 2, deleted: true }), units[1]];
    const next = mergeEntries(
      once.entries,
      renamed.flatMap((one) => one ?? []),
    );
    expect(next).toMatchObject({ changed: 0, removed: 1 });
    expect(next.entries[0]).toMatchObject({ oldCode: '000.00.00.H26', version: 2, removed: true });
  });

  it('read twice say the same the second time, whatever they hold, and forget no code', () => {
    const listed = fc.array(
      fc.record({
        at: fc.nat(12),
        name: fc.constantFrom('a', 'b'),
        version: fc.option(fc.nat(4)),
        gone: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(listed, listed, (first, second) => {
        const items = (list: typeof first) =>
          list.map(({ at, name, version, gone }) => item(`G${at}`, name, { version, deleted: gone }));
        const before = mergeEntries([], items(first)).entries;
        const once = mergeEntries(before, items(second)).entries;
        const codes = (list: readonly Entry[]) => new Set(list.map((entry) => entry.code));
        for (const code of codes(before)) expect(codes(once)).toContain(code);
        // The last word on a code holds; a list that names it twice ends in the same entry again.
        const again = mergeEntries(once, items(second)).entries;
        expect(codes(again)).toEqual(codes(once));
      }),
    );
  });

  it('count an agency at most once a reading, and nothing where every entry is as it was', () => {
    const listed = fc.array(
      fc.record({
        at: fc.nat(5),
        name: fc.constantFrom('a', 'b'),
        oldCode: fc.constantFrom('', 'old'),
        version: fc.option(fc.nat(4), { nil: undefined }),
        deleted: fc.option(fc.boolean(), { nil: undefined }),
      }),
    );
    fc.assert(
      fc.property(listed, listed, (first, second) => {
        const items = (list: typeof first) =>
          list.map(({ at, name, oldCode, version, deleted }) =>
            item(`G${at}`, name, {
              oldCode,
              ...(version === undefined ? {} : { version }),
              ...(deleted === undefined ? {} : { deleted }),
            }),
          );
        const known = mergeEntries([], items(first)).entries;
        const { entries, added, changed, removed } = mergeEntries(known, items(second));
        const fresh = entries.filter((entry) => !known.some((one) => one.code === entry.code));
        const others = known.filter((one) => !entries.includes(one));
        expect([added, changed + removed]).toEqual([fresh.length, others.length]);
        for (const one of known.filter((each) => each.oldCode !== '')) {
          expect(entries.find((entry) => entry.code === one.code)?.oldCode).toBe('OLD');
        }
      }),
    );
  });
});

describe('the directory of a profile', () => {
  let profile: string;
  beforeEach(() => {
    profile = mkdtempSync(join(tmpdir(), 'directory-'));
  });
  afterEach(() => rmSync(profile, { recursive: true }));

  const vault = {
    sealSecret: (name: string, secret: Uint8Array) =>
      Buffer.from(`${name}|${Buffer.from(secret).toString('base64')}`),
    openSecret(name: string, sealed: Uint8Array) {
      const [found, text = ''] = Buffer.from(sealed).toString('latin1').split('|');
      if (found !== name) throw new Failure('secret-unreadable', name);
      return Buffer.from(text, 'base64');
    },
  };
  const hubWith = (list: readonly AgencyItem[]): Pick<Hub, 'agencies' | 'units'> => ({
    agencies: async () => ({ kind: 'ok', value: { items: list, unreadable: 0 } }),
    units: async () => ({ kind: 'refused', errorCode: '9', errorDesc: 'không có' }) as never,
  });
  const open = (list: readonly AgencyItem[] | null = null) =>
    createDirectory({ profile, vault, hub: list === null ? null : hubWith(list) });

  it('is fetched once, kept over a restart, and written again only when something changed', async () => {
    const list = [item('G12', 'Bộ Tài chính'), item('H26', 'UBND thành phố Hà Nội')];
    expect((await open(list).refresh()).state).toEqual({ agencies: 2, added: 2, changed: 0, removed: 0 });
    const written = readFileSync(join(profile, 'agencies.sealed'));
    writeFileSync(join(profile, 'mark'), written);
    const again = open(list);
    expect((await again.refresh()).state).toEqual({ agencies: 2, added: 0, changed: 0, removed: 0 });
    expect(await open().find('tai chinh', 5)).toEqual([
      { code: 'G12', name: 'Bộ Tài chính', oldCode: '', favourite: false },
    ]);
    expect((await open().check(['H26', 'X01']))[1]?.standing).toBe('unknown');
  });

  it('is not written again where both lists of the hub say what is known', async () => {
    const agencies = [item('H26', 'UBND thành phố Hà Nội', { oldCode: '000.00.00.H26' })];
    const units = [item('H26', 'UBND thành phố Hà Nội', { version: 1, deleted: false })] as UnitItem[];
    const hub: Pick<Hub, 'agencies' | 'units'> = {
      agencies: async () => ({ kind: 'ok', value: { items: agencies, unreadable: 0 } }),
      units: async () => ({ kind: 'ok', value: { items: units, unreadable: 0 } }),
    };
    const desk = createDirectory({ profile, vault, hub });
    expect((await desk.refresh()).state).toEqual({ agencies: 1, added: 1, changed: 0, removed: 0 });
    rmSync(join(profile, 'agencies.sealed'));
    expect((await desk.refresh()).state).toEqual({ agencies: 1, added: 0, changed: 0, removed: 0 });
    expect(existsSync(join(profile, 'agencies.sealed'))).toBe(false);
  });

  it('removes nobody and takes nobody back because the list of units did not come', async () => {
    const agencies = ['G12', 'G15', 'G04'].map((code) => item(code, `Bộ ${code}`));
    const units = [
      item('G04', 'Bộ G04', { version: 2, deleted: true }),
      item('H26.5', 'Sở Tài chính', { version: 1, deleted: false }),
    ] as UnitItem[];
    let comes = true;
    const hub: Pick<Hub, 'agencies' | 'units'> = {
      agencies: async () => ({ kind: 'ok', value: { items: agencies, unreadable: 0 } }),
      units: async () =>
        comes
          ? { kind: 'ok', value: { items: units, unreadable: 0 } }
          : { kind: 'unknown', reason: 'cut', detail: '', retryAfterSeconds: null },
    };
    const desk = createDirectory({ profile, vault, hub });
    await desk.refresh();
    comes = false;
    expect((await desk.refresh()).state).toMatchObject({ added: 0, changed: 0, removed: 0 });
    const standings = (await desk.check(['H26.5', 'G04'])).map((one) => one.standing);
    expect(standings).toEqual(['known', 'removed']);
  });

  it('keeps favourites and groups, also where two are named at once', async () => {
    await open([item('G12', 'Bộ Tài chính'), item('G15', 'Bộ Tư pháp')]).refresh();
    const desk = open();
    await Promise.all([desk.favour('g15', true), desk.favour('G12', true)]);
    await desk.favour('G12', false);
    const id = crypto.randomUUID();
    await desk.putGroup(id, { id, name: 'Các bộ', members: [{ code: 'G12', name: 'Bộ Tài chính' }] });
    const later = open();
    expect((await later.find('bo', 5)).map(({ code, favourite }) => [code, favourite])).toEqual([
      ['G15', true],
      ['G12', false],
    ]);
    expect((await later.groups()).map((group) => group.name)).toEqual(['Các bộ']);
    expect(await later.putGroup(id, null)).toEqual([]);
  });

  it('is empty, and fetched anew, where its file is damaged', async () => {
    writeFileSync(join(profile, 'agencies.sealed'), 'agencies|không phải JSON');
    expect(await open().find('', 5)).toEqual([]);
    writeFileSync(join(profile, 'agencies.sealed'), 'tên khác|');
    expect((await open([item('G12', 'Bộ Tài chính')]).refresh()).state.added).toBe(1);
  });

  it('says that no hub could be asked, and loses nothing', async () => {
    await open([item('G12', 'Bộ Tài chính')]).refresh();
    expect(await open().refresh()).toMatchObject({ answer: { kind: 'not-sent' }, state: { agencies: 1 } });
  });
});
