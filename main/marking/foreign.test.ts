// Notes that other programs wrote, as the desk takes them: kind, place, words, author, day, colour and thread; nothing of them is run.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesSource } from '../../preload/contract/byte-source';
import { isFailure } from '../../preload/contract/failure';
import { pageObjects, type SampleObject, samplePdf } from '../pdf/sample-pdf';
import { answerable, asImported, instantOfDate, readMarks } from './read';

const sha = 'cd'.repeat(32);

function fileWith(bodies: readonly string[], page = '', more: readonly SampleObject[] = []): Uint8Array {
  const annotations = bodies.map((body, index) => ({
    number: 20 + index,
    body: `<< /Type /Annot ${body} >>`,
  }));
  const list = annotations.map(({ number }) => `${number} 0 R`).join(' ');
  return samplePdf('table', [...pageObjects(`/Annots [${list}] ${page}`), ...annotations, ...more]);
}

const read = (bytes: Uint8Array) => readMarks(bytesSource(bytes), sha);
const marksIn = (...bodies: string[]) => read(fileWith(bodies)).marks.map(({ mark }) => mark);

const utf16 = (text: string): string => `<FEFF${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`;

describe('a note of another program', () => {
  it('keeps its words, author, day and colour', () => {
    const [mark] = marksIn(
      `/Subtype /Highlight /Rect [100 690 200 712] /QuadPoints [100 712 200 712 100 690 200 690] ` +
        `/C [1 0.82 0] /T ${utf16('Nguyễn Văn Bình')} /Contents ${utf16('Xem lại\rđiều này')} ` +
        `/CreationDate (D:20260315101112+07'00') /F 4`,
    );
    expect(mark).toMatchObject({
      kind: 'highlight',
      page: 1,
      layer: 'imported',
      quads: [[100, 712, 200, 712, 100, 690, 200, 690]],
      colour: 'yellow',
      author: 'Nguyễn Văn Bình',
      text: 'Xem lại\nđiều này',
      createdAt: '2026-03-15T03:11:12.000Z',
    });
  });

  it.each([
    ['counter-clockwise, as the standard says', '100 690 200 690 200 712 100 712'],
    ['clockwise', '100 712 200 712 200 690 100 690'],
    ['as every program writes them', '100 712 200 712 100 690 200 690'],
  ])('has its corners %s and is the same line', (_, quad) => {
    const [mark] = marksIn(`/Subtype /Underline /Rect [100 690 200 712] /QuadPoints [${quad}]`);
    expect(mark?.quads).toEqual([[100, 712, 200, 712, 100, 690, 200, 690]]);
  });

  it.each([
    ['/Subtype /Text', 'note'],
    ['/Subtype /Caret', 'note'],
    ['/Subtype /FreeText', 'text'],
    ['/Subtype /StrikeOut', 'strike'],
    ['/Subtype /Squiggly', 'underline'],
    ['/Subtype /Ink /InkList [[100 700 110 710 120 700]]', 'ink'],
    ['/Subtype /PolyLine /Vertices [100 700 110 710 120 700]', 'ink'],
    ['/Subtype /Polygon /Vertices [100 700 110 710 120 700]', 'ink'],
    ['/Subtype /Line /L [100 700 180 720]', 'line'],
    ['/Subtype /Line /L [100 700 180 720] /LE [/None /ClosedArrow]', 'arrow'],
    ['/Subtype /Line /L [100 700 180 720] /LE [/OpenArrow /None]', 'arrow'],
    ['/Subtype /Square', 'rectangle'],
    ['/Subtype /Redact', 'rectangle'],
    ['/Subtype /Circle', 'ellipse'],
    ['/Subtype /Stamp /Name /Approved', 'stamp'],
  ])('%s is a mark of the kind %s, its words kept', (body, kind) => {
    const [mark] = marksIn(`${body} /Rect [100 690 200 720] /Contents (Xin y kien)`);
    expect(mark?.kind).toBe(kind);
    expect(mark?.text).toBe('Xin y kien');
  });

  it('points where its head is', () => {
    const [mark] = marksIn('/Subtype /Line /Rect [0 0 9 9] /L [100 700 180 720] /LE [/OpenArrow /None]');
    expect(mark?.strokes).toEqual([[180, 720, 100, 700]]);
  });

  it('names what it answers, hidden or not; parts of a group do not', () => {
    const bytes = fileWith([
      '/Subtype /Text /Rect [100 690 120 710] /Contents (One)',
      '/Subtype /Text /Rect [100 690 120 710] /Contents (Two) /IRT 20 0 R /RT /R /F 30',
      '/Subtype /Ink /Rect [100 690 120 710] /InkList [[1 2 3 4]] /IRT 20 0 R /RT /Group',
      '/Subtype /Text /Rect [100 690 120 710] /Contents (Hidden) /F 2',
    ]);
    const marks = read(bytes).marks.map(({ mark }) => mark);
    expect(marks.map(({ text }) => text)).toEqual(['One', 'Two', '']);
    expect(marks.map(({ replyTo }) => replyTo)).toEqual([null, marks[0]?.id, null]);
  });

  it('that answers an answer belongs to the first note of the thread, also as what was imported', () => {
    const bytes = fileWith([
      '/Subtype /Text /Rect [100 690 120 710] /Contents (Third) /IRT 21 0 R',
      '/Subtype /Text /Rect [100 690 120 710] /Contents (Second) /IRT 22 0 R',
      '/Subtype /Text /Rect [100 690 120 710] /Contents (First)',
    ]);
    const found = read(bytes);
    const [, , first] = found.marks;
    expect(found.marks.map(({ mark }) => mark.replyTo)).toEqual([first?.mark.id, first?.mark.id, null]);
    expect(asImported(found).map(({ replyTo }) => replyTo)).toEqual([
      first?.importedId,
      first?.importedId,
      null,
    ]);
  });

  it('stands for itself where answers lead in a circle', () => {
    const bytes = fileWith([
      '/Subtype /Text /Rect [100 690 120 710] /Contents (One) /IRT 21 0 R',
      '/Subtype /Text /Rect [100 690 120 710] /Contents (Two) /IRT 20 0 R',
      '/Subtype /Text /Rect [100 690 120 710] /Contents (To both) /IRT 20 0 R',
    ]);
    expect(asImported(read(bytes)).map(({ text, replyTo }) => [text, replyTo])).toEqual([
      ['One', null],
      ['Two', null],
      ['To both', null],
    ]);
  });

  it('has the same name whenever the same file is read, and another in another file', () => {
    const bytes = fileWith(['/Subtype /Text /Rect [1 2 3 4]']);
    const names = (file: string) => asImported(readMarks(bytesSource(bytes), file)).map(({ id }) => id);
    expect(names(sha)).toEqual(names(sha));
    expect(names(sha)).not.toEqual(names('ef'.repeat(32)));
  });

  it('is read also where it is written in the list of its page, under a name of its own place', () => {
    const direct = (words: string) =>
      `<< /Type /Annot /Subtype /Text /Rect [1 1 20 20] /Contents (${words}) >>`;
    const objects = pageObjects(`/Annots [${direct('one')} 20 0 R ${direct('two')} << /Subtype /Sound >>] `);
    const answer = {
      number: 20,
      body: '<< /Type /Annot /Subtype /Text /Rect [1 1 9 9] /Contents (object) >>',
    };
    const found = read(samplePdf('table', [...objects, answer]));
    expect(found.marks.map(({ mark, ref }) => [mark.text, ref?.number])).toEqual([
      ['one', undefined],
      ['object', 20],
      ['two', undefined],
    ]);
    expect(found.others).toEqual({ Sound: 1 });
    expect(new Set(asImported(found).map(({ id }) => id)).size).toBe(3);
    expect(asImported(read(samplePdf('table', [...objects, answer])))).toEqual(asImported(found));
    // It may be answered by a mark of the desk, though not by the standard's reference.
    expect([...answerable(found)].map(([, ref]) => ref?.number)).toEqual([undefined, 20, undefined]);
  });

  it('on a turned page stands where it is seen', () => {
    const bytes = fileWith(['/Subtype /Square /Rect [0 0 100 50]'], '/Rotate 90 ');
    // The lower left corner of the page is its upper left one once it is turned.
    expect(read(bytes).marks[0]?.mark.box).toEqual([0, 495, 50, 595]);
  });

  it('of a kind without a place here is counted; links, fields and pop-ups are no notes', () => {
    const bytes = fileWith([
      '/Subtype /Sound /Rect [0 0 9 9]',
      '/Subtype /Screen /Rect [0 0 9 9]',
      '/Subtype /Link /Rect [0 0 9 9] /A << /S /Launch /F (calc.exe) >>',
      '/Subtype /Widget /Rect [0 0 9 9]',
      '/Subtype /Popup /Rect [0 0 9 9]',
    ]);
    expect(read(bytes)).toMatchObject({ marks: [], others: { Sound: 1, Screen: 1 } });
  });

  it('that is damaged takes no other one away, and numbers beyond a page are no shape', () => {
    const marks = marksIn(
      '/Subtype /Ink /Rect [0 0 1 1] /InkList [[1e30 2]]',
      '/Subtype /Highlight /Rect (none)',
      '/Subtype /Text /Rect [1 2 3 4] /Contents (whole)',
    );
    expect(marks.map(({ text }) => text)).toEqual(['whole']);
  });

  it('of any syntax at all ends in marks of the contract or in a known refusal', () => {
    const value = fc.constantFrom(
      'null',
      '1',
      '[1 2 3 4]',
      '(x)',
      '/N',
      '<< >>',
      '99 0 R',
      '[[1 2]]',
      '[null]',
    );
    const keys = [
      'Rect',
      'QuadPoints',
      'InkList',
      'L',
      'LE',
      'C',
      'T',
      'M',
      'RD',
      'IRT',
      'F',
      'Contents',
      'VanThu',
    ];
    const kind = fc.constantFrom(
      'Highlight',
      'Ink',
      'Line',
      'Square',
      'Text',
      'Stamp',
      'Polygon',
      'FreeText',
    );
    fc.assert(
      fc.property(
        kind,
        fc.array(value, { minLength: keys.length, maxLength: keys.length }),
        (subtype, values) => {
          const body = keys.map((key, index) => `/${key} ${values[index]}`).join(' ');
          try {
            read(fileWith([`/Subtype /${subtype} ${body}`]));
          } catch (error) {
            if (!isFailure(error)) throw error;
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

it('notes that MuPDF wrote come in with kind, words and place', () => {
  const folder = mkdtempSync(join(tmpdir(), 'van-thu-mupdf-'));
  writeFileSync(join(folder, 'in.pdf'), samplePdf('table'));
  const script = `
    var doc = new PDFDocument("in.pdf"), page = doc.loadPage(0);
    function add(type, set) { var a = page.createAnnotation(type); set(a); a.update(); }
    add("Highlight", function (a) { a.setQuadPoints([[100,100,200,100,100,120,200,120]]); a.setContents("Đề nghị xem"); a.setAuthor("Bình"); });
    add("Square", function (a) { a.setRect([100,200,200,260]); });
    add("Ink", function (a) { a.setInkList([[[100,300],[150,320]]]); });
    add("FreeText", function (a) { a.setRect([100,400,300,440]); a.setContents("Chữ tiếng Việt"); });
    add("Text", function (a) { a.setRect([300,100,320,120]); a.setContents("Ghi chú"); });
    doc.save("out.pdf");`;
  writeFileSync(join(folder, 'add.js'), script);
  execFileSync('mutool', ['run', 'add.js'], { cwd: folder });
  const marks = read(new Uint8Array(readFileSync(join(folder, 'out.pdf')))).marks.map(({ mark }) => mark);
  expect(marks.map(({ kind }) => kind)).toEqual(['highlight', 'rectangle', 'ink', 'text', 'note']);
  expect(marks[0]).toMatchObject({ text: 'Đề nghị xem', author: 'Bình' });
  expect(marks[0]?.quads[0]).toEqual([100, 742, 200, 742, 100, 722, 200, 722]);
  expect(marks[3]?.text).toBe('Chữ tiếng Việt');
});

it.each([
  ["D:20260315101112+07'00'", '2026-03-15T03:11:12.000Z'],
  ['D:20260315101112Z', '2026-03-15T10:11:12.000Z'],
  ['D:20260315101112-0330', '2026-03-15T13:41:12.000Z'],
  ['D:2026', '2026-01-01T00:00:00.000Z'],
  ['20260315', '2026-03-15T00:00:00.000Z'],
  ['Friday', undefined],
])('the date %s is %s', (text, instant) => {
  expect(instantOfDate(text)).toBe(instant);
});
