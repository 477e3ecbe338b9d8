// The words of notes behind the pages of a flattened copy: numbered in reading order, with their answers, as poppler reads them.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ExportedMark } from '../../preload/contract/annotation';
import { bytesSource } from '../../preload/contract/byte-source';
import { asSha256 } from '../../preload/contract/ids';
import { type SampleKind, samplePdf } from '../pdf/sample-pdf';
import { shippedFont } from '../signing';
import { enclosedNotes } from './enclosed-notes';
import { flattenIncrement, notesPageCount } from './flatten';
import { pictureSha, sampleMark } from './marks.fixture';
import { readMarks } from './read';

const none: ReadonlySet<string> = new Set();
const id = (digit: number): string => `${`${digit}`.repeat(8)}-1111-4111-8111-111111111111`;
const note = (digit: number, text: string, more: Partial<ExportedMark> = {}): ExportedMark =>
  sampleMark('note', 100, 700 - digit * 40, {
    ...{ id: id(digit), text, author: 'Nguyễn Thị Hường', createdAt: '2026-11-27T03:04:00.000Z' as never },
    ...more,
  });
const answer = (digit: number, to: number, text: string, more: Partial<ExportedMark> = {}) =>
  note(digit, text, { replyTo: id(to), author: 'Trần Văn Quyết', ...more });
const later = '2026-11-28T03:04:00.000Z' as ExportedMark['createdAt'];

describe('notes whose words no page shows', () => {
  it('are numbered by page and from the top, each with its answers in the order of time', () => {
    const marks = [
      answer(5, 2, 'sau', { createdAt: later }),
      note(2, 'dưới'),
      note(1, 'trên'),
      answer(4, 2, 'trước'),
      answer(6, 5, 'trả lời của trả lời', { createdAt: later }),
      note(3, 'trang hai', { page: 2, at: { x: 10, y: 800 } }),
    ];
    const list = enclosedNotes(marks, none).map(({ number, mark, answers }) => [
      number,
      mark.text,
      answers.map(({ text }) => text),
    ]);
    expect(list).toEqual([
      [1, 'trên', []],
      [2, 'dưới', ['trước', 'sau', 'trả lời của trả lời']],
      [3, 'trang hai', []],
    ]);
  });

  it('are not what stands on the page already, unless somebody answered it', () => {
    const text = sampleMark('text', 100, 300);
    const stamp = sampleMark('stamp', 100, 200);
    expect(enclosedNotes([text, stamp, note(1, '  ')], none)).toEqual([]);
    const found = enclosedNotes([text, stamp, answer(2, 1, 'x', { replyTo: text.id })], none);
    expect(found.map(({ mark }) => mark.kind)).toEqual(['text']);
  });

  it('are also answers to what other programs wrote, and no thread without an end holds it up', () => {
    const foreign = enclosedNotes([answer(1, 9, 'trả lời')], new Set([id(9)]));
    expect(foreign).toMatchObject([{ number: 1, answering: 'in-file' }]);
    const loop = [answer(1, 2, 'a'), answer(2, 1, 'b')];
    expect(enclosedNotes(loop, none).map(({ mark }) => mark.text)).toEqual(['a', 'b']);
  });
});

describe('an answer to a note on a layer that was left out', () => {
  const orphan = answer(1, 9, 'Đồng ý');

  it('does not pass for one to a note of the file, and keeps the answers to itself', () => {
    const list = enclosedNotes([orphan, answer(2, 1, 'Đã rõ'), answer(3, 8, 'khác')], new Set([id(8)]));
    expect(list.map(({ answering, answers }) => [answering, answers.map(({ text }) => text)])).toEqual([
      ['not-here', ['Đã rõ']],
      ['in-file', []],
    ]);
  });

  it('keeps its words whatever its kind: no page draws an answer', () => {
    const list = enclosedNotes([{ ...orphan, kind: 'text', box: [1, 2, 3, 4] }], none);
    expect(list).toMatchObject([{ answering: 'not-here' }]);
  });

  it('says so on the page of notes', () => {
    const { pages } = flat(samplePdf('table'), [orphan]);
    expect(pages[1]).toContain('Trả lời một ghi chú không có trong bản này');
    expect(pages[1]).not.toContain('có sẵn trong tệp');
  });
});

it('a stamp of a picture has no words behind the pages, unless somebody answered it', () => {
  const stamp = sampleMark('stamp', 100, 200, { picture: asSha256(pictureSha) });
  expect(enclosedNotes([stamp], none)).toEqual([]);
  expect(enclosedNotes([stamp, answer(2, 1, 'x', { replyTo: stamp.id })], none)).toHaveLength(1);
});

const words = 'Đề nghị Phòng Văn xã xử lý trước ngày 30/11; ẩn, ỗ, ượ, Ữ, đ, Đ.';

function flat(source: Uint8Array, marks: ExportedMark[]) {
  const order = { marks, pictures: new Map() };
  const { increment } = flattenIncrement(bytesSource(source), order, shippedFont());
  const bytes = new Uint8Array(Buffer.concat([source, increment]));
  const path = join(mkdtempSync(join(tmpdir(), 'van-thu-notes-')), 'a.pdf');
  writeFileSync(path, bytes);
  execFileSync('qpdf', ['--check', path]);
  expect(readMarks(bytesSource(bytes), '').marks).toEqual([]);
  const pages = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' })
    .split('\f')
    .slice(0, -1);
  return { path, pages: pages.map((page) => page.replace(/\s+/g, ' ')) };
}

describe('the pages of notes', () => {
  const kinds: readonly SampleKind[] = ['table', 'stream', 'object-streams', 'hybrid'];
  it.each(kinds)('stand behind the last page, with whose words they are (%s)', (kind) => {
    const marks = [note(1, words), answer(2, 1, 'Đã rõ, sẽ báo cáo'), sampleMark('highlight', 100, 300)];
    const { pages, path } = flat(samplePdf(kind), marks);
    const before = samplePdf(kind);
    expect(pages).toHaveLength(2);
    expect(notesPageCount(marks, none, shippedFont())).toBe(1);
    expect(pages[1]).toContain('GHI CHÚ KÈM THEO');
    expect(pages[1]).toContain('1. Trang 1 · Ghi chú · Nguyễn Thị Hường · 27/11/2026 10:04');
    expect(pages[1]).toContain(words);
    expect(pages[1]).toContain('Trả lời · Trần Văn Quyết · 27/11/2026 10:04 Đã rõ, sẽ báo cáo');
    expect(pages[1]).toContain('2. Trang 1 · Tô sáng');
    // The numbers stand on the page itself.
    expect(pages[0]).toMatch(/(^|\s)1(\s|$)/);
    expect(pages[0]).toMatch(/(^|\s)2(\s|$)/);
    expect(readFileSync(path).subarray(0, before.length).equals(Buffer.from(before))).toBe(true);
    expect(execFileSync('pdffonts', ['-f', '2', path], { encoding: 'utf8' })).toMatch(/Tinos.*yes yes yes/);
  });

  it('go on where much was said, and lose no word', () => {
    const marks = Array.from({ length: 60 }, (_, index) =>
      sampleMark('note', 100, 500, {
        id: `00000000-0000-4000-8000-${`${index}`.padStart(12, '0')}`,
        text: `Ý kiến số ${index}: ${'rà soát, tổng hợp và báo cáo. '.repeat(8)}`,
      }),
    );
    const { pages } = flat(samplePdf('table'), marks);
    expect(pages.length).toBe(1 + notesPageCount(marks, none, shippedFont()));
    expect(pages.length).toBeGreaterThan(5);
    const all = pages.join(' ');
    for (let index = 0; index < marks.length; index += 1) expect(all).toContain(`Ý kiến số ${index}:`);
    expect(pages.at(-1)).toContain(`trang ${pages.length - 1}/${pages.length - 1}`);
  });

  it('are upright A4 whatever the tree above says, and the page tree may hold its list as an object', () => {
    const source = samplePdf('table', [
      { number: 1, body: '<< /Type /Catalog /Pages 2 0 R >>' },
      { number: 2, body: '<< /Type /Pages /Kids 6 0 R /Count 1 /MediaBox [0 0 200 300] /Rotate 90 >>' },
      { number: 3, body: '<< /Type /Page /Parent 2 0 R /Contents [4 0 R] >>' },
      { number: 4, body: '<< /Length 1 >>\nstream\nn\nendstream' },
      { number: 6, body: '[3 0 R]' },
    ]);
    const { path } = flat(source, [note(1, words, { at: { x: 20, y: 100 } })]);
    const facts = execFileSync('pdfinfo', ['-f', '1', '-l', '2', path], { encoding: 'utf8' });
    expect(facts).toMatch(/Page\s+1 rot:\s+90/);
    expect(facts).toMatch(/Page\s+2 size:\s+595\.28 x 841\.89 pts \(A4\)/);
    expect(facts).toMatch(/Page\s+2 rot:\s+0/);
  });
});
