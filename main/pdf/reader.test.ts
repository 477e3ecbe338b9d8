import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ByteSource, bytesSource } from '../../preload/contract/byte-source';
import { codeOf, Failure } from '../../preload/contract/failure';
import { dictOf, entryOf, fileSpanOf, Increment, isDict, isStream, openPdf, type PdfFile } from './index';
import { pageObjects, type SampleKind, samplePdf, startxrefOf } from './sample-pdf';

const kinds: readonly SampleKind[] = ['table', 'stream', 'object-streams', 'hybrid'];

function open(bytes: Uint8Array): PdfFile {
  return openPdf(bytesSource(bytes));
}

function latin1(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return codeOf(error);
  }
  return 'none';
}

describe.each(kinds)('a file with %s', (kind) => {
  it('gives its page with inherited boxes and its contents', () => {
    const file = open(samplePdf(kind));
    const pages = [...file.pages()];
    expect(pages).toHaveLength(1);
    expect(pages[0]?.inherited.MediaBox).toMatchObject({ items: [0, 0, 595, 842] });
    const contents = file.get(pages[0]?.dict ?? file.trailer, 'Contents');
    expect(isStream(contents) && textOf(file.decoded(contents))).toContain('QUYET DINH');
  });

  it('gives one revision that ends where the file ends', () => {
    const bytes = samplePdf(kind);
    const file = open(bytes);
    expect(file.revisions).toHaveLength(1);
    expect(file.revisions[0]).toMatchObject({
      end: bytes.length,
      marked: true,
      startxref: startxrefOf(bytes),
    });
  });

  it('can be opened as an earlier revision left it', () => {
    const first = samplePdf(kind);
    const bytes = samplePdf(kind, [{ number: 1, body: '<< /Type /Catalog /Pages 2 0 R /Lang (vi) >>' }], {
      before: first,
      prev: startxrefOf(first),
    });
    const file = open(bytes);
    expect(file.revisions.map((one) => one.end)).toEqual([first.length, bytes.length]);
    expect(file.numbersOf(1).has(1)).toBe(true);
    expect(file.numbersOf(1).has(3)).toBe(false);
    expect(file.catalog.dict.entries.has('Lang')).toBe(true);
    expect(file.asOf(0).catalog.dict.entries.has('Lang')).toBe(false);
    expect([...file.asOf(0).pages()]).toHaveLength(1);
  });

  it('never crashes and never hangs when bytes of it are changed', () => {
    const bytes = samplePdf(kind);
    const change = fc.tuple(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 }));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        const changed = Uint8Array.from(bytes);
        for (const [at, value] of changes) changed[at] = value;
        try {
          const file = open(changed);
          for (const page of file.pages()) file.resolve(entryOf(page.dict, 'Contents'));
          for (const field of file.fields()) expect(field.name).toBeTypeOf('string');
          for (let number = 0; number < 30; number += 1) {
            const object = file.object(number);
            if (object !== undefined) file.extent(object);
            if (object !== undefined && isStream(object.value)) file.decoded(object.value);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(Failure);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('is refused or read, never more, when it is cut off anywhere', () => {
    const bytes = samplePdf(kind);
    for (let length = 0; length < bytes.length; length += 3) {
      const code = refusal(() => [...open(bytes.subarray(0, length)).pages()]);
      expect(code).not.toBe('internal');
    }
    expect(refusal(() => open(bytes.subarray(0, bytes.length >> 1)))).toBe('pdf-truncated');
  });
});

describe('byte spans', () => {
  it('give the very bytes of a value, with the marks of a hexadecimal string', () => {
    const bytes = samplePdf('table', [
      ...pageObjects(),
      { number: 5, body: '<< /Type /Sig % note\n/Contents<00 ff\n10> /M (a\\)b) >>' },
    ]);
    const file = open(bytes);
    const object = file.object(5);
    const dict = dictOf(object);
    const span = object && dict && fileSpanOf(object, dict, 'Contents');
    expect(span && textOf(bytes.subarray(span.start, span.end))).toBe('<00 ff\n10>');
    const extent = object && file.extent(object);
    expect(extent && textOf(bytes.subarray(extent.start, extent.end))).toMatch(/^5 0 obj[\s\S]*endobj$/);
  });

  it('of a stream object reach to endobj', () => {
    const bytes = samplePdf('table');
    const file = open(bytes);
    const object = file.object(4);
    const extent = object && file.extent(object);
    expect(extent && textOf(bytes.subarray(extent.start, extent.end))).toMatch(/endstream\nendobj$/);
  });

  it('are not given for objects inside object streams', () => {
    const file = open(samplePdf('object-streams'));
    const object = file.object(3);
    expect(object?.container).toBe(11);
    expect(object && isDict(object.value) && fileSpanOf(object, object.value, 'Type')).toBeUndefined();
  });
});

describe('the reader', () => {
  it('reports keys that stand twice', () => {
    const file = open(samplePdf('table', [...pageObjects(), { number: 5, body: '<< /A 1 /B 2 /A 3 >>' }]));
    expect(dictOf(file.object(5))).toMatchObject({ duplicates: ['A'] });
  });

  it('counts offsets from the header when bytes stand before it', () => {
    const junk = latin1('HTTP/1.1 200 OK\r\n\r\n');
    const file = open(new Uint8Array(Buffer.concat([junk, samplePdf('table')])));
    expect(file.headerOffset).toBe(junk.length);
    expect([...file.pages()]).toHaveLength(1);
  });

  it('takes offsets from byte 0 when they are so in spite of bytes before the header', () => {
    const file = open(samplePdf('table', pageObjects(), { header: 'junk\n%PDF-1.7\n' }));
    expect(file.headerOffset).toBe(0);
    expect([...file.pages()]).toHaveLength(1);
  });

  it('groups the two sections of a linearised file into one revision', () => {
    const main = samplePdf('table');
    const mainAt = startxrefOf(main);
    // The first-page section stands before the main one and names it as its /Prev.
    const firstPage = `xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 11 /Root 1 0 R /Prev ${mainAt} >>\nstartxref\n0\n%%EOF\n`;
    const head = '%PDF-1.7\n';
    const shift = firstPage.length;
    const moved = textOf(main)
      .replace('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', head + firstPage)
      .replace(
        /(\d{10}) 00000 n/g,
        (_, digits: string) => `${`${Number(digits) + shift - 6}`.padStart(10, '0')} 00000 n`,
      )
      .replace(`/Prev ${mainAt}`, `/Prev ${mainAt + shift - 6}`)
      .replace(/startxref\n\d+\n%%EOF\n$/, `startxref\n${head.length}\n%%EOF\n`);
    const file = open(latin1(moved));
    expect(file.revisions).toHaveLength(1);
    expect(file.revisions[0]).toMatchObject({ end: moved.length, marked: true });
    expect([...file.pages()]).toHaveLength(1);
  });

  it('refuses what is no PDF, what is cut off and what is encrypted, each with its own code', () => {
    expect(refusal(() => open(latin1('PK\x03\x04 a zip file')))).toBe('pdf-not-pdf');
    expect(refusal(() => open(new Uint8Array(0)))).toBe('pdf-not-pdf');
    expect(refusal(() => open(latin1('%PDF-1.7\n1 0 obj\n')))).toBe('pdf-truncated');
    const encrypted = samplePdf('table', pageObjects(), { trailer: '/Encrypt 9 0 R ' });
    expect(refusal(() => open(encrypted))).toBe('pdf-encryption-damaged');
  });

  it('reads a file of very many updates as fast as one of few, each state as it was', () => {
    let bytes = samplePdf('table');
    for (let update = 0; update < 40; update += 1) {
      const body = `<< /Type /Catalog /Pages 2 0 R /Update ${update} >>`;
      bytes = samplePdf(update % 2 === 0 ? 'stream' : 'table', [{ number: 1, body }], {
        before: bytes,
        prev: startxrefOf(bytes),
      });
    }
    const file = open(bytes);
    expect(file.revisions).toHaveLength(41);
    expect(entryOf(file.catalog.dict, 'Update')).toBe(39);
    expect(entryOf(file.asOf(20).catalog.dict, 'Update')).toBe(19);
    expect([...file.asOf(30).pages()]).toHaveLength(1);
  });

  it('refuses sections in a circle', () => {
    const bytes = samplePdf('table', pageObjects(), { prev: 0 });
    const own = startxrefOf(bytes);
    const circle = textOf(bytes).replace('/Prev 0', `/Prev ${own}`);
    expect(refusal(() => open(latin1(circle)))).toBe('pdf-xref-damaged');
  });

  it('refuses a thousand nested arrays and dictionaries without end', () => {
    for (const deep of ['['.repeat(10_000), '<< /A '.repeat(10_000)]) {
      const file = open(samplePdf('table', [...pageObjects(), { number: 5, body: deep }]));
      expect(refusal(() => file.object(5))).toBe('pdf-too-deep');
    }
  });

  it('refuses a table that announces more entries than a file can hold, at no cost', () => {
    const table = textOf(samplePdf('table')).replace('xref\n0 1\n', 'xref\n0 999999999\n');
    expect(refusal(() => open(latin1(table)))).toMatch(/pdf-too-many-objects|pdf-xref-damaged/);
    const huge = textOf(samplePdf('stream')).replace(/\/Index \[\d+ 1/, '/Index [9000000 1');
    expect(refusal(() => open(latin1(huge)))).toMatch(/pdf-too-many-objects|pdf-xref-damaged/);
  });

  it('refuses a table with an entry that is none', () => {
    const table = textOf(samplePdf('table')).replace('0000000000 65535 f', '00000x0000 65535 f');
    expect(refusal(() => open(latin1(table)))).toBe('pdf-xref-damaged');
  });

  it('refuses an object stream that inflates beyond the limit', () => {
    const file = open(samplePdf('object-streams'));
    const object = file.object(11);
    expect(refusal(() => object && isStream(object.value) && file.decoded(object.value, 10))).toBe(
      'pdf-stream-damaged',
    );
  });

  it('refuses a page tree in a circle, passes over places of pages that are empty, and gives one in two places twice', () => {
    const circle = pageObjects().map((one) =>
      one.number === 3 ? { number: 3, body: '<< /Type /Pages /Kids [2 0 R] >>' } : one,
    );
    expect(refusal(() => [...open(samplePdf('table', circle)).pages()])).toBe('pdf-page-tree-damaged');
    const kids = (list: string): number[] =>
      [...open(latin1(textOf(samplePdf('table')).replace('[3 0 R]', list.padEnd(7)))).pages()].map(
        (one) => one.index,
      );
    expect(kids('[null]')).toEqual([]);
    expect(kids('[8 0 R]')).toEqual([]);
    const twice = pageObjects().map((one) =>
      one.number === 2 ? { number: 2, body: '<< /Kids [3 0 R 3 0 R] >>' } : one,
    );
    expect([...open(samplePdf('table', twice)).pages()].map((one) => one.index)).toEqual([0, 1]);
  });

  it('gives a field once that is listed twice or under itself', () => {
    const form = pageObjects('', '/AcroForm << /Fields [5 0 R 5 0 R 6 0 R] >> ');
    const fields = [
      { number: 5, body: '<< /T (a) /FT /Tx >>' },
      { number: 6, body: '<< /T (b) /FT /Tx /Kids [6 0 R] >>' },
    ];
    const names = [...open(samplePdf('table', [...form, ...fields])).fields()].map((one) => one.name);
    expect(names).toEqual(['a', 'b']);
  });

  it('refuses an object that is not where its entry says', () => {
    const bytes = textOf(samplePdf('table')).replace('3 0 obj', '7 0 obj');
    expect(refusal(() => [...open(latin1(bytes)).pages()])).toBe('pdf-object-damaged');
  });

  it('gives fields with inherited type and value and their widgets', () => {
    const objects = [
      ...pageObjects('', '/AcroForm << /Fields [5 0 R] >> '),
      { number: 5, body: '<< /T (van ban) /FT /Tx /V (x) /Kids [6 0 R 7 0 R] >>' },
      { number: 6, body: '<< /T <FEFF1EE3> /Parent 5 0 R /Kids [8 0 R] >>' },
      { number: 7, body: '<< /T (b) /Parent 5 0 R /V (y) >>' },
      { number: 8, body: '<< /Parent 6 0 R /Subtype /Widget >>' },
    ];
    const fields = [...open(samplePdf('table', objects)).fields()];
    expect(fields.map((one) => [one.name, one.type, one.ownValue, one.widgets[0]?.ref?.number])).toEqual([
      ['van ban.ợ', 'Tx', false, 8],
      ['van ban.b', 'Tx', true, 7],
    ]);
  });

  it('reads no more of a large file than it needs', () => {
    const small = samplePdf('table');
    const startxref = startxrefOf(small);
    const size = 2 ** 33;
    const tail = textOf(small)
      .slice(startxref)
      .replace(`startxref\n${startxref}`, `startxref\n${size - 4096}`);
    const end = latin1(`${tail.slice(0, tail.indexOf('startxref'))}${tail.slice(tail.indexOf('startxref'))}`);
    let read = 0;
    const source: ByteSource = {
      size: size - 4096 + end.length,
      read(offset, length) {
        read += length;
        const out = new Uint8Array(length);
        for (let index = 0; index < length; index += 1) {
          const at = offset + index;
          out[index] =
            at < small.length ? (small[at] ?? 0) : at >= size - 4096 ? (end[at - size + 4096] ?? 0) : 32;
        }
        return out;
      },
    };
    expect([...openPdf(source).pages()]).toHaveLength(1);
    expect(read).toBeLessThan(200_000);
  });
});

describe('a file whose startxref is wrong', () => {
  const wrong = (bytes: Uint8Array, start = 3): Uint8Array => {
    const text = Buffer.from(bytes).toString('latin1');
    return new Uint8Array(Buffer.from(text.replace(/startxref\n\d+/, `startxref\n${start}`), 'latin1'));
  };
  const found = (bytes: Uint8Array): PdfFile => openPdf(bytesSource(bytes), { findStart: true });

  it('is refused, unless its only table is asked for and proven by all objects', () => {
    const bytes = wrong(samplePdf('table'));
    expect(refusal(() => open(bytes))).toBe('pdf-xref-damaged');
    const file = found(bytes);
    expect([file.startWasWrong, [...file.pages()].length]).toEqual([true, 1]);
    expect(file.revision.startxref).toBe(startxrefOf(samplePdf('table')));
    expect(found(samplePdf('table')).startWasWrong).toBe(false);
  });

  it('becomes a file that is read strictly once something is appended', () => {
    const bytes = wrong(samplePdf('table'));
    const increment = new Increment(found(bytes));
    increment.put(increment.allocate(), 'true');
    const all = Buffer.concat([bytes, increment.finish(new Uint8Array(16)).bytes]);
    expect(open(all).revisions).toHaveLength(2);
  });

  it.each(['table', 'stream'] as const)(
    '(%s) is found by a chain of all its saves, also where it was signed',
    (kind) => {
      const first = samplePdf(kind);
      const prev = startxrefOf(first);
      const changed = { number: 3, body: '<< /Type /Page /Parent 2 0 R /Rotate 90 /ByteRange [0 1] >>' };
      const saved = samplePdf(kind, [changed], { before: first, prev });
      const text = Buffer.from(saved).toString('latin1');
      const bytes = new Uint8Array(Buffer.from(text.replace(/\d+(?=\n%%EOF\n$)/, '5'), 'latin1'));
      expect(refusal(() => open(bytes))).toBe('pdf-xref-damaged');
      const file = found(bytes);
      expect([file.startWasWrong, file.revisions.length, file.page(0).inherited.Rotate]).toEqual([
        true,
        2,
        90,
      ]);
      expect(file.revision.startxref).toBe(startxrefOf(saved));
    },
  );

  it('is not found where an older object stands after the newer one', () => {
    const first = samplePdf('table');
    const saved = samplePdf('table', [{ number: 9, body: 'true' }], {
      before: first,
      prev: startxrefOf(first),
    });
    const text = Buffer.from(saved)
      .toString('latin1')
      .replace(/\d+(?=\n%%EOF\n$)/, '5');
    const older = text.replace(/\n9 1\n\d{10} 00000 n/, (entry) => entry.replace('00000 n', '00000 f'));
    expect(refusal(() => found(new Uint8Array(Buffer.from(older, 'latin1'))))).not.toBe('pdf-xref-damaged');
  });

  it('is found also behind other bytes before the header', () => {
    const bytes = Buffer.concat([Buffer.from('junk junk\n'), wrong(samplePdf('table'))]);
    expect(found(bytes).headerOffset).toBe(10);
  });

  it.each([
    ['an entry points elsewhere', (text: string) => text.replace(/(3 1\n\d{9})\d/, '$19')],
    ['there is a second table', (text: string) => text.replace('trailer', 'xref\ntrailer')],
    ['an earlier section is named', (text: string) => text.replace('/Root', '/Prev 9 /Root')],
    ['an object is not named', (text: string) => text.replace('xref\n0', '9 0 obj null endobj xref\n0')],
  ])('is not proven by a table where %s: its objects alone count', (_, change) => {
    const text = change(Buffer.from(wrong(samplePdf('table'))).toString('latin1'));
    const file = found(new Uint8Array(Buffer.from(text, 'latin1')));
    expect([file.startWasWrong, file.rebuilt]).toEqual([false, true]);
  });
});
