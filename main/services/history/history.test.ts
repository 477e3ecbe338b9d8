// A history that was given away shows every change of it: words, order, rows left out, rows put in, a cut end.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HistoryFile } from '../../../preload/contract/history-chain';
import { asInstant, asSha256, type DeskId } from '../../../preload/contract/ids';
import type { LedgerPut } from '../../../preload/contract/records';
import type { CliIo } from '../../cli/command';
import { historyCheckCommand } from '../../cli/history-check';
import { chainFault, firstPrevious, linked, type Unlinked } from './chain';
import { csvOf } from './csv';
import { createHistory, type HistoryParts } from './history';

const document = '11111111-1111-4111-8111-111111111111' as DeskId;
const at = (minute: number) => asInstant(new Date(Date.UTC(2026, 10, 20, 1, minute)));
const row = (minute: number, change: Partial<Unlinked> = {}): Unlinked => ({
  ...{ at: at(minute), register: 'incoming', document, title: '99/BTC-VP', what: 'arrived' },
  ...{ who: 'Nguyễn Thị Hường', detail: '' },
  ...change,
});

function fileOf(rows: readonly Unlinked[]) {
  const chain = linked(rows);
  return { rows: chain, last: chain.at(-1)?.hash ?? asSha256('0'.repeat(64)) };
}

describe('a chain', () => {
  const whole = fileOf([row(1), row(2, { what: 'accepted', detail: '1253' }), row(3, { what: 'presented' })]);

  it('is whole as it was made, also when it is empty', () => {
    expect(chainFault(whole)).toBeNull();
    expect(chainFault(fileOf([]))).toBeNull();
  });

  it('shows a changed word, a missing row, changed order and a cut end', () => {
    const [first, second, third] = whole.rows;
    if (first === undefined || second === undefined || third === undefined) throw new Error('three rows');
    const changed = [first, { ...second, who: 'Người khác' }, third];
    expect(chainFault({ ...whole, rows: changed })).toEqual({ fault: 'row-changed', seq: 2 });
    expect(chainFault({ ...whole, rows: [first, third] })).toEqual({ fault: 'row-missing', seq: 2 });
    expect(chainFault({ ...whole, rows: [second, first, third] })).toEqual({ fault: 'row-missing', seq: 1 });
    expect(chainFault({ ...whole, rows: [first, second] })).toEqual({ fault: 'end-missing', seq: 3 });
  });

  it('shows any change of any field of any row, and any row left out', () => {
    const words = fc.string({ maxLength: 8 });
    const anyRow = fc
      .record({ minute: fc.nat(50), title: words, what: words, who: words, detail: words, from: words })
      .map(({ minute, ...rest }) => row(minute, rest));
    fc.assert(
      fc.property(
        fc.array(anyRow, { minLength: 1, maxLength: 12 }),
        fc.nat(),
        fc.constantFrom(
          ...(['at', 'register', 'document', 'title', 'what', 'who', 'detail', 'from'] as const),
        ),
        (rows, pick, field) => {
          const file = fileOf(rows);
          const index = pick % rows.length;
          const changed = file.rows.map((one, each) =>
            each === index ? { ...one, [field]: `${one[field]}x` } : one,
          );
          expect(chainFault({ ...file, rows: changed })).toEqual({ fault: 'row-changed', seq: index + 1 });
          expect(chainFault({ ...file, rows: file.rows.filter((_, each) => each !== index) })).not.toBeNull();
        },
      ),
    );
  });
});

describe('a spreadsheet', () => {
  it('has one line a row, in Vietnam’s time, and runs nothing', () => {
    const text = csvOf(fileOf([row(1, { detail: '=HYPERLINK("x")' })]).rows);
    expect(text.startsWith('\uFEFF"STT"')).toBe(true);
    expect(text).toContain('"2026/11/20 08:01:00"');
    expect(text).toContain(`"'=HYPERLINK(""x"")"`);
    expect(text.trimEnd().split('\r\n')).toHaveLength(2);
  });
});

function parts() {
  const notes: string[] = [];
  let written = '';
  const put = (id: string, minutes: readonly number[]): LedgerPut =>
    ({
      table: 'incoming',
      row: {
        id,
        facts: { number: '99', notation: 'BTC-VP' },
        history: minutes.map((minute) => ({ at: at(minute), what: `w${minute}`, who: '', detail: '' })),
      },
    }) as unknown as LedgerPut;
  const other = '22222222-2222-4222-8222-222222222222';
  const pages = [[put(document, [1, 5])], [put(other, [3, 3]), { table: 'outbox', row: {} } as LedgerPut]];
  const given = {
    journal: {
      latest: async (after: number) => ({ items: pages[after] ?? [], next: after === 0 ? 1 : null }),
      append: async ({ text }: { text: string }) => notes.push(text),
    },
    blobs: {
      writer: async () => ({
        write: async (bytes: Uint8Array) => {
          written += Buffer.from(bytes).toString('utf8');
        },
        finish: async () => ({ sha256: asSha256('b'.repeat(64)), size: 1 }),
        abort: async () => undefined,
      }),
    },
    ...{ agency: { code: 'H37', name: 'UBND tỉnh Lạng Sơn' }, machine: 'may-1', user: 'Hường' },
    now: () => new Date('2026-11-21T01:00:00Z'),
  } as unknown as HistoryParts;
  return { history: createHistory(given), notes, text: () => written };
}

describe('the history of a desk', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'history-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function check(file: HistoryFile, ...more: string[]) {
    const lines: unknown[] = [];
    const path = join(folder, 'a.json');
    writeFileSync(path, JSON.stringify(file));
    const io = { callerFolder: folder, json: (one: unknown) => lines.push(one), message: () => undefined };
    const code = await historyCheckCommand.run([path, ...more], io as unknown as CliIo);
    return [code, lines[0]];
  }

  it('holds every row of every document in the order of time, and its last hash is written down', async () => {
    const { history, notes, text } = parts();
    const made = await history.make('json');
    const file = JSON.parse(text()) as HistoryFile;
    expect(file.rows.map((one) => one.what)).toEqual(['w1', 'w3', 'w3', 'w5']);
    expect(file.rows.map((one) => one.seq)).toEqual([1, 2, 3, 4]);
    expect(notes).toEqual([`history 4 ${made.last}`]);
    expect(made.name).toBe('lich-su-xu-ly-2026-11-21.json');
  });

  it('is checked by the command line, also against a hash that was told before', async () => {
    const { history, text } = parts();
    const made = await history.make('json');
    const file = JSON.parse(text()) as HistoryFile;
    expect(await check(file)).toEqual([0, { rows: 4, last: made.last, intact: true }]);
    expect((await check(file, '--last', made.last.toUpperCase()))[0]).toBe(0);
    expect(await check(file, '--last', 'c'.repeat(64))).toMatchObject([1, { fault: 'end-missing' }]);
    const emptied = { ...file, rows: [], last: firstPrevious };
    expect(await check(emptied, '--last', made.last)).toMatchObject([1, { fault: 'end-missing', seq: 1 }]);
    expect((await check(file, '--last', firstPrevious))[0]).toBe(0);
    const forged = { ...file, rows: file.rows.map((one) => ({ ...one, who: 'Người khác' })) };
    expect(await check(forged)).toMatchObject([1, { intact: false, fault: 'row-changed', seq: 1 }]);
  });
});
