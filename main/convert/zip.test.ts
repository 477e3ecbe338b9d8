// Every entry of an archive is there under its own place, whatever the others are called; names are read as they were written.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesSource } from '../../preload/contract/byte-source';
import { openZip } from './zip';
import { type StoredEntry, storedZip } from './zip.fixture';
import { shownName, zipName } from './zip-names';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const opened = (entries: readonly StoredEntry[]) => openZip(bytesSource(storedZip(entries)));

describe('entries', () => {
  it('of one name are both listed and both read', () => {
    const zip = opened([
      { name: 'a.pdf', bytes: bytes('first') },
      { name: 'a.pdf', bytes: bytes('the second') },
    ]);
    expect(zip.entries.map(({ name, size }) => [name, size])).toEqual([
      ['a.pdf', 5],
      ['a.pdf', 10],
    ]);
    expect(zip.names).toEqual(['a.pdf']);
    expect(Buffer.from(zip.readAt(0, 100) ?? []).toString()).toBe('first');
    expect(Buffer.from(zip.readAt(1, 100) ?? []).toString()).toBe('the second');
    expect(Buffer.from(zip.read('a.pdf', 100) ?? []).toString()).toBe('the second');
    expect([zip.readAt(2, 100), zip.read('b', 100), zip.readAt(1, 9)]).toEqual(Array(3).fill(undefined));
  });

  it('are as many as were written and hold what was written, in their order', () => {
    const entry = fc.record({
      name: fc.oneof(fc.constantFrom('a.pdf', 'b.docx', ''), fc.uint8Array({ maxLength: 6 })),
      bytes: fc.uint8Array({ maxLength: 40 }),
      flags: fc.constantFrom(0, 0x800),
    });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 12 }), (entries) => {
        const zip = opened(entries);
        expect(zip.entries.map(({ size }) => size)).toEqual(entries.map((one) => one.bytes.length));
        for (const [place, one] of entries.entries()) {
          expect(Buffer.from(zip.readAt(place, 40) ?? [])).toEqual(Buffer.from(one.bytes));
        }
      }),
    );
  });

  it('that lie outside the file say nothing and hide no other', () => {
    const whole = storedZip([
      { name: 'a', bytes: bytes('one') },
      { name: 'b', bytes: bytes('two') },
    ]);
    const row = Buffer.from(whole.buffer).indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    Buffer.from(whole.buffer).writeUInt32LE(0x7fffffff, row + 42);
    const zip = openZip(bytesSource(whole));
    expect(zip.readAt(0, 100)).toBeUndefined();
    expect(Buffer.from(zip.readAt(1, 100) ?? []).toString()).toBe('two');
  });
});

describe('a name', () => {
  it('of DOS is read by its code page, and two of them stay two', () => {
    const zip = opened([
      { name: bytes('h\x93 so.txt'), bytes: bytes('1') },
      { name: bytes('h\x83 so.txt'), bytes: bytes('2') },
    ]);
    expect(zip.names).toEqual(['hô so.txt', 'hâ so.txt']);
  });

  it('in UTF-8 is read as such, with or without its sign', () => {
    for (const flags of [0, 0x800]) {
      expect(opened([{ name: 'TỐI MẬT.docx', bytes: bytes(''), flags }]).names).toEqual(['TỐI MẬT.docx']);
    }
    expect(zipName(bytes('h\x93.txt'), true)).toBe('h\ufffd.txt');
  });

  it('without the sign is never the same for two different runs of bytes', () => {
    const run = fc.uint8Array({ maxLength: 5 });
    fc.assert(
      fc.property(run, run, (one, other) => {
        fc.pre(!Buffer.from(one).equals(Buffer.from(other)));
        // UTF-8 and the code page may meet in one word; within each of them nothing does.
        const isUtf8 = (given: Uint8Array) => Buffer.from(Buffer.from(given).toString()).equals(given);
        fc.pre(isUtf8(one) === isUtf8(other));
        expect(zipName(one, false)).not.toBe(zipName(other, false));
      }),
    );
  });

  it('is shown without what turns or hides its letters', () => {
    expect(shownName('hop-dong\u202efdp.exe')).toBe('hop-dongfdp.exe');
    expect(shownName('phu-luc/\u0000a\u200b\u2066.p\u00addf\u2069\n')).toBe('phu-luc/a.pdf');
    expect(shownName('Hồ sơ số 1.docx')).toBe('Hồ sơ số 1.docx');
  });
});
