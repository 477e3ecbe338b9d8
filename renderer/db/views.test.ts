import { describe, expect, it } from 'vitest';
import { asInstant } from '../../preload/contract/ids';
import type { ListMark, ListRow } from '../ledger';
import { FakeMain } from '../testing/fake-desk';
import { documentArrival, firstOf, machine, offer, openWindow } from '../testing/fixtures';

const subjects = [
  'Kế hoạch triển khai chữ ký số',
  'Báo cáo tình hình hòa giải ở cơ sở',
  'Báo cáo tình hình hoa kiểng',
  'Quyết định về việc điều động',
];

async function filled() {
  const main = new FakeMain();
  for (const [index, subject] of subjects.entries()) {
    const arrival = documentArrival(`in-${index + 1}`, { subject });
    const at = asInstant(new Date(Date.parse('2026-11-20T00:00:00Z') + index * 60_000));
    offer(main, { ...arrival, arrivedAt: at });
  }
  const on = machine(main);
  const opened = await openWindow(on);
  await opened.ledger.start();
  await opened.ledger.syncNow();
  return { main, on, ...opened };
}

const subjectsOf = (rows: readonly ListRow[]) =>
  rows.map((row) => (row.kind === 'summary' ? row.subject : row.code));

describe('a folder', () => {
  it('is read in pages, newest first, each row once', async () => {
    const { ledger } = await filled();
    const seen: string[] = [];
    let before: ListMark | undefined;
    for (let page = 0; page < 4; page += 1) {
      const { rows, next } = await firstOf(
        ledger.list('in-to-accept', { limit: 3, ...(before && { before }) }),
      );
      seen.push(...subjectsOf(rows));
      if (next === null) break;
      before = next;
    }
    expect(seen).toEqual([...subjects].reverse());
    ledger.dispose();
  });

  it('changes while it is watched', async () => {
    const { ledger, main } = await filled();
    const seen: number[] = [];
    const close = ledger.folders.subscribe((counts) => seen.push(counts['in-to-accept']));
    await firstOf(ledger.folders, (counts) => counts['in-to-accept'] === 4);
    offer(main, documentArrival('in-9'));
    await ledger.syncNow();
    await firstOf(ledger.folders, (counts) => counts['in-to-accept'] === 5);
    close();
    expect(seen[0]).toBe(4);
    ledger.dispose();
  });

  it('gathers today’s work, and what is late tomorrow', async () => {
    const { ledger, main } = await filled();
    expect(await firstOf(ledger.folders)).toMatchObject({ today: 4, 'in-overdue': 0 });
    main.now = new Date('2026-11-21T03:00:00Z');
    expect(await firstOf(ledger.folders)).toMatchObject({ today: 4, 'in-overdue': 4 });
    const page = await firstOf(ledger.list('today', { limit: 2 }));
    expect(page.rows).toMatchObject([{ deadline: { day: '2026-11-20', by: 'law', late: true } }, {}]);
    const rest = await firstOf(ledger.list('today', { limit: 2, ...(page.next && { before: page.next }) }));
    expect(rest.rows).toHaveLength(2);
    expect(rest.next).toBeNull();
    ledger.dispose();
  });

  it('shows a row that cannot be opened with its code, and start mends it from the journal', async () => {
    const { ledger, on } = await filled();
    const id = await firstOf(ledger.list('in-to-accept', { limit: 1 })).then(({ rows }) => rows[0]?.id ?? '');
    ledger.dispose();
    await damage(on.factory, on.name, id);
    const second = await openWindow(on);
    const started = second.ledger.start();
    expect(await started).toMatchObject({ rebuilt: 1, damaged: 0 });
    second.ledger.dispose();
    await damage(on.factory, on.name, id);
    on.main.latest.delete(`incoming/${id}`);
    const third = await openWindow(on);
    expect(await third.ledger.start()).toMatchObject({ rebuilt: 0, damaged: 1 });
    const { rows } = await firstOf(third.ledger.list('in-to-accept', { limit: 9 }));
    expect(rows.filter((row) => row.kind === 'damaged')).toMatchObject([{ id, code: 'record-damaged' }]);
    expect(rows).toHaveLength(4);
    third.ledger.dispose();
  });
});

/** Flips a byte of a sealed row, as a failing disk would. */
function damage(factory: IDBFactory, name: string, id: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const open = factory.open(name);
    open.onerror = () => reject(open.error);
    open.onsuccess = () => {
      const transaction = open.result.transaction('incoming', 'readwrite');
      const store = transaction.objectStore('incoming');
      const get = store.get(id);
      get.onsuccess = () => {
        const row = get.result;
        const bytes = new Uint8Array(row.sealed.bytes.slice(0));
        bytes[3] = (bytes[3] ?? 0) ^ 1;
        store.put({ ...row, sealed: { ...row.sealed, bytes: bytes.buffer } });
      };
      transaction.oncomplete = () => {
        open.result.close();
        resolve();
      };
    };
  });
}

describe('search', () => {
  it('finds without marks, ranks what has the marks first, and knows numbers', async () => {
    const { ledger } = await filled();
    expect(subjectsOf(await ledger.search('hoa giai'))).toEqual(['Báo cáo tình hình hòa giải ở cơ sở']);
    expect(subjectsOf(await ledger.search('hòa'))[0]).toBe('Báo cáo tình hình hòa giải ở cơ sở');
    expect(subjectsOf(await ledger.search('DIEU DONG'))).toEqual(['Quyết định về việc điều động']);
    expect(subjectsOf(await ledger.search('2/BTC-VP'))[0]).toBe(subjects[1]);
    expect(await ledger.search('không có gì như thế')).toEqual([]);
    expect(await ledger.search('  ')).toEqual([]);
    ledger.dispose();
  });

  it('knows what changed since it last looked', async () => {
    const { ledger, main } = await filled();
    expect(await ledger.search('đột xuất')).toEqual([]);
    offer(main, documentArrival('in-8', { subject: 'Báo cáo đột xuất' }));
    await ledger.syncNow();
    expect(subjectsOf(await ledger.search('dot xuat'))).toEqual(['Báo cáo đột xuất']);
    ledger.dispose();
  });
});
