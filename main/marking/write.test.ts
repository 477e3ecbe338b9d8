// Marks written into files of every kind and read again.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesSource } from '../../preload/contract/byte-source';
import { pageObjects, type SampleKind, samplePdf } from '../pdf/sample-pdf';
import { shippedFont } from '../signing';
import { anyMark, everyKind, pictureSha, sampleMark } from './marks.fixture';
import { answerable, asImported, readMarks } from './read';
import { redPixel } from './red-pixel.fixture';
import { type MarkingOrder, markIncrement } from './write';

const font = shippedFont();
const pictures = new Map([[pictureSha, redPixel()]]);
const kinds: readonly SampleKind[] = ['table', 'stream', 'object-streams', 'hybrid'];

function written(bytes: Uint8Array, order: Omit<MarkingOrder, 'pictures'>): Uint8Array {
  const { increment } = markIncrement(bytesSource(bytes), { pictures, ...order }, font);
  return new Uint8Array(Buffer.concat([bytes, increment]));
}

const shaOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const readBack = (bytes: Uint8Array, password?: string) =>
  readMarks(bytesSource(bytes), shaOf(bytes), password);

function onDisk(bytes: Uint8Array): string {
  const path = join(mkdtempSync(join(tmpdir(), 'van-thu-marks-')), 'a.pdf');
  writeFileSync(path, bytes);
  return path;
}

describe('marks written as annotations', () => {
  it('read back as they were, whatever their kind, place and words, on turned and cropped pages too', () => {
    const pages = fc.record({
      turn: fc.constantFrom(0, 90, 180, 270),
      boxes: fc.constantFrom(
        '',
        '/CropBox [20 30 575 800] ',
        '/MediaBox [-100 200 495 1042] /CropBox [-50 300 400 900] ',
      ),
      unit: fc.constantFrom(1, 2, 0.5),
      kind: fc.constantFrom(...kinds),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(anyMark, { minLength: 1, maxLength: 5, selector: ({ id }) => id }),
        pages,
        (marks, page) => {
          const more = `/Rotate ${page.turn} ${page.boxes}/UserUnit ${page.unit} `;
          const out = written(samplePdf(page.kind, pageObjects(more)), { marks });
          const read = readBack(out);
          expect(read.marks.map((one) => one.mark)).toEqual(marks);
          expect(read.marks.every((one) => one.own)).toBe(true);
          expect(read.others).toEqual({});
        },
      ),
      { numRuns: 150 },
    );
  });

  it.each(kinds)('keep every earlier byte and make a file that qpdf finds sound (%s)', (kind) => {
    const before = samplePdf(kind);
    const out = written(before, { marks: everyKind() });
    expect(Buffer.from(out.subarray(0, before.length)).equals(Buffer.from(before))).toBe(true);
    execFileSync('qpdf', ['--check', onDisk(out)]);
  });

  it.each(['aes-128.pdf', 'aes-256-r5.pdf', 'rc4-128.pdf'])(
    'are sealed in an encrypted file (%s)',
    (name) => {
      const bytes = new Uint8Array(readFileSync(join(import.meta.dirname, '../pdf/fixtures', name)));
      const marks = everyKind();
      const out = written(bytes, { marks, password: 'usr' });
      execFileSync('qpdf', ['--check', '--password=usr', onDisk(out)]);
      expect(Buffer.from(out.subarray(bytes.length)).includes('Nguy')).toBe(false);
      expect(readBack(out, 'usr').marks.map((one) => one.mark)).toEqual(marks);
    },
  );

  it('give their words to every other program as text of the page and of the annotation', () => {
    const marks = [sampleMark('text', 80, 500), sampleMark('stamp', 80, 300, { text: 'ĐÃ XEM' })];
    const path = onDisk(written(samplePdf('table'), { marks }));
    const text = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
    expect(text.replace(/\s+/g, ' ')).toContain('Đề nghị Phòng Văn xã xử lý');
    expect(text).toContain('ĐÃ XEM');
    const fonts = execFileSync('pdffonts', [path], { encoding: 'utf8' });
    expect(fonts).toMatch(/\+Tinos\s+CID TrueType\s+Identity-H\s+yes yes yes/);
  });

  it('name what they answer, here and in what another program wrote', () => {
    const body =
      '<< /Type /Annot /Subtype /Text /Rect [100 700 120 720] /Contents (Please check) /T (Bob) /M (D:20260102030405Z) >>';
    const file = samplePdf('table', [...pageObjects('/Annots [6 0 R] '), { number: 6, body }]);
    const before = readBack(file);
    const [theirs] = asImported(before);
    if (theirs === undefined) throw new Error('the note was not read');
    const answer = sampleMark('note', 100, 700, { replyTo: theirs.id });
    const again = {
      ...sampleMark('note', 100, 700),
      id: '11111111-1111-4111-8111-111111111111',
      replyTo: answer.id,
    };
    const out = written(file, { marks: [again, answer], known: answerable(before) });
    const read = readBack(out).marks;
    expect(read.map(({ mark }) => mark.replyTo)).toEqual([null, answer.id, theirs.id]);
    const imported = asImported(readBack(out));
    // As what was imported, all of a thread belong to its first note.
    expect(imported.map(({ replyTo }) => replyTo)).toEqual([null, imported[0]?.id, imported[0]?.id]);
    const text = Buffer.from(out).toString('latin1');
    expect(text).toContain('/IRT 6 0 R /RT /R');
  });

  it('are no longer believed as ours once another program moved them: what the standard says is read', () => {
    const mark = sampleMark('rectangle', 100, 400);
    const out = written(samplePdf('table'), { marks: [mark] });
    const text = Buffer.from(out).toString('latin1');
    const moved = Buffer.from(text.replace('/Rect [99.25 399.25 ', '/Rect [89.25 399.25 '), 'latin1');
    const [read] = readBack(new Uint8Array(moved)).marks;
    expect(read?.own).toBe(false);
    expect(read?.mark.kind).toBe('rectangle');
    expect(read?.mark.box?.[0]).toBeCloseTo(90, 3);
    expect(read?.mark.text).toBe(mark.text);
  });

  it('tell which signs of drawn words show as a box; the words themselves are kept', () => {
    const source = samplePdf('table');
    const marks = [
      sampleMark('text', 80, 500, { text: '☑ Đồng ý' }),
      sampleMark('note', 80, 300, { text: '☐' }),
    ];
    const { unshown } = markIncrement(bytesSource(source), { marks, pictures }, font);
    expect(unshown).toEqual(['☑']);
    expect(readBack(written(source, { marks })).marks.map(({ mark }) => mark.text)).toEqual([
      '☑ Đồng ý',
      '☐',
    ]);
  });

  describe('on pages that share one list', () => {
    const theirs = '<< /Type /Annot /Subtype /Text /Rect [1 2 30 40] /Contents (theirs) >>';
    const two = (list: string): Uint8Array =>
      samplePdf('table', [
        { number: 1, body: '<< /Type /Catalog /Pages 2 0 R >>' },
        { number: 2, body: '<< /Type /Pages /Kids [3 0 R 5 0 R] /Count 2 /MediaBox [0 0 595 842] >>' },
        { number: 3, body: '<< /Type /Page /Parent 2 0 R /Annots 6 0 R >>' },
        { number: 5, body: '<< /Type /Page /Parent 2 0 R /Annots 6 0 R >>' },
        { number: 6, body: list },
        { number: 7, body: theirs },
      ]);

    it.each([
      ['as objects', '[7 0 R]'],
      ['written in it', `[${theirs}]`],
      ['empty', '[]'],
    ])('are on the page they were made for alone, beside what the list has (%s)', (_, list) => {
      const other = {
        ...sampleMark('note', 100, 300, { page: 2 }),
        id: '11111111-1111-4111-8111-111111111111',
      };
      for (const marks of [[sampleMark('rectangle', 100, 500)], [sampleMark('rectangle', 100, 500), other]]) {
        const out = written(two(list), { marks });
        const path = onDisk(out);
        execFileSync('qpdf', ['--check', path]);
        const found = readBack(out).marks.filter(({ own }) => own);
        expect(found.map(({ mark }) => mark)).toEqual(marks);
        const shown = [1, 2].map((page) =>
          execFileSync('mutool', ['show', path, `pages/${page}/Annots/*`], { encoding: 'utf8' }),
        );
        expect(shown.map((text) => text.match(/theirs/g)?.length ?? 0)).toEqual(
          list === '[]' ? [0, 0] : [1, 1],
        );
        expect(shown.map((text) => text.includes('/Square'))).toEqual([true, false]);
      }
    });
  });

  it.each([
    ['kind', 'rectangle', '/Subtype /Square', '/Subtype /Circle', { kind: 'ellipse', colour: 'red' }],
    ['colour', 'rectangle', /\/C \[[^\]]*\]/, '/C [0 0 1]', { kind: 'rectangle', colour: 'blue' }],
    ['ends', 'arrow', '/LE [/None /OpenArrow]', '/LE [/None /None]', { kind: 'line', colour: 'red' }],
  ] as const)(
    'are no longer believed as ours once another program changed their %s',
    (_, kind, from, to, wanted) => {
      const out = written(samplePdf('table'), { marks: [sampleMark(kind, 100, 400, { colour: 'red' })] });
      // As long as before: the table of the file says where everything stands.
      const changed = Buffer.from(out)
        .toString('latin1')
        .replace(from, (was) => to.padEnd(was.length));
      expect(changed).toContain(to);
      const [read] = readBack(new Uint8Array(Buffer.from(changed, 'latin1'))).marks;
      expect(read?.own).toBe(false);
      expect(read?.mark).toMatchObject(wanted);
    },
  );

  it('are refused on a page the file does not have', () => {
    expect(() => written(samplePdf('table'), { marks: [sampleMark('note', 10, 10, { page: 2 })] })).toThrow(
      expect.objectContaining({ code: 'pdf-page-missing' }),
    );
  });

  it('of no place are left out, and no mark at all changes nothing', () => {
    const empty = sampleMark('highlight', 10, 10, { quads: [] });
    const before = samplePdf('table');
    expect(written(before, { marks: [empty] })).toEqual(before);
    expect(written(before, { marks: [] })).toEqual(before);
  });
});
