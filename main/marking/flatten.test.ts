// Marks drawn into pages whose content and resources stand in every way a file may hold them.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bytesSource } from '../../preload/contract/byte-source';
import { pageObjects, type SampleKind, type SampleObject, samplePdf } from '../pdf/sample-pdf';
import { shippedFont } from '../signing';
import { flattenIncrement } from './flatten';
import { graphicsBalance } from './graphics-balance';
import { sampleMark } from './marks.fixture';
import { readMarks } from './read';

const kinds: readonly SampleKind[] = ['table', 'stream', 'object-streams', 'hybrid'];
const words = 'Đã xem, chuyển Phòng Nội vụ';
const text = sampleMark('text', 100, 300, { text: words });
const font = '/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>';

function flattened(source: Uint8Array, marks = [text]): string {
  const { increment } = flattenIncrement(bytesSource(source), { marks, pictures: new Map() }, shippedFont());
  const path = join(mkdtempSync(join(tmpdir(), 'van-thu-flat-')), 'a.pdf');
  writeFileSync(path, Buffer.concat([source, increment]));
  execFileSync('qpdf', ['--check', path]);
  const whole = new Uint8Array(Buffer.concat([source, increment]));
  expect(readMarks(bytesSource(whole), '').marks).toEqual([]);
  return path;
}

/** Where the words stand on the page, as poppler finds them: left, and from the top, of the first word. */
function placeOf(path: string, word: string, page = '1'): readonly [number, number] {
  const boxes = execFileSync('pdftotext', ['-bbox', '-f', page, '-l', page, path, '-'], { encoding: 'utf8' });
  const found = new RegExp(`xMin="([\\d.]+)" yMin="([\\d.]+)"[^>]*>${word}<`).exec(boxes);
  return [Math.round(Number(found?.[1])), Math.round(Number(found?.[2]))];
}

describe('marks drawn into a page', () => {
  it.each(kinds)('are words that can be searched, and no annotation (%s)', (kind) => {
    const path = flattened(samplePdf(kind, pageObjects(`/Resources << ${font} >> `)));
    expect(execFileSync('pdftotext', [path, '-'], { encoding: 'utf8' })).toContain('Đã xem, chuyển Phòng');
    expect(placeOf(path, 'xem,')[0]).toBeGreaterThan(100);
  });

  const content = (body: string): SampleObject[] =>
    pageObjects(`/Resources << ${font} >> `).map((one) =>
      one.number === 4
        ? { number: 4, body: `<< /Length ${body.length} >>\nstream\n${body}\nendstream` }
        : one,
    );

  it.each([
    ['balanced', 'q 1 0 0 1 50 50 cm Q'],
    ['left open', '2 0 0 2 50 50 cm q q 3 0 0 3 9 9 cm'],
    ['closed too often', 'q Q Q Q 2 0 0 2 50 50 cm'],
    ['with an image in it', 'q 1 0 0 1 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID q EI Q 2 0 0 2 5 5 cm q'],
  ])('stand where they belong after content that is %s', (_, body) => {
    const plain = placeOf(flattened(samplePdf('table', content('n'))), 'xem,');
    expect(placeOf(flattened(samplePdf('table', content(body))), 'xem,')).toEqual(plain);
  });

  it('are drawn once on each page, whether pages share, inherit or lack their resources', () => {
    const two = (resources: string, first: string, more: SampleObject[] = []): Uint8Array =>
      samplePdf('table', [
        { number: 1, body: '<< /Type /Catalog /Pages 2 0 R >>' },
        {
          number: 2,
          body: `<< /Type /Pages /Kids [3 0 R 5 0 R] /Count 2 /MediaBox [0 0 595 842] ${resources}>>`,
        },
        { number: 3, body: `<< /Type /Page /Parent 2 0 R /Contents [4 0 R] ${first}>>` },
        { number: 4, body: '<< /Length 1 >>\nstream\nn\nendstream' },
        { number: 5, body: `<< /Type /Page /Parent 2 0 R ${first}>>` },
        ...more,
      ]);
    const marks = [text, { ...text, id: '44444444-4444-4444-8444-444444444444', page: 2, text: 'Trang hai' }];
    const held = { number: 6, body: `<< ${font} /XObject 7 0 R >>` };
    const list = { number: 7, body: '<< /Old 4 0 R >>' };
    for (const source of [
      two('', ''),
      two(`/Resources << ${font} >> `, ''),
      two(`/Resources << ${font} /XObject << >> >> `, ''),
      two('/Resources 6 0 R ', '', [held, list]),
      two('', '/Resources 6 0 R ', [held, list]),
      two('', `/Resources << ${font} /XObject 7 0 R >> `, [list]),
    ]) {
      const path = flattened(source, marks);
      const pages = execFileSync('pdftotext', [path, '-'], { encoding: 'utf8' }).split('\f');
      expect(pages[0]?.match(/Đã xem/g)).toHaveLength(1);
      expect(pages[1]?.match(/Trang hai/g)).toHaveLength(1);
    }
  });

  it('are none where there is no mark', () => {
    const source = samplePdf('table');
    const written = flattenIncrement(bytesSource(source), { marks: [], pictures: new Map() }, shippedFont());
    expect(written).toEqual({ increment: new Uint8Array(), unshown: [] });
  });
});

it('tells which signs of notes and of words on the page show as a box, and that nothing else does', () => {
  const order = {
    marks: [
      sampleMark('note', 100, 500, { text: '✓ Đồng ý ⇒ chuyển ✓ \u{1F44D}\ufe0f' }),
      sampleMark('text', 100, 300, { text: '①\u200b' }),
    ],
    pictures: new Map(),
  };
  const { unshown } = flattenIncrement(bytesSource(samplePdf('table')), order, shippedFont());
  expect([...unshown].sort()).toEqual(['⇒', '①', '✓', '\u{1F44D}']);
});

describe('the balance of graphics states', () => {
  it.each([
    ['', 0, 0],
    ['q Q', 0, 0],
    ['q q Q', 0, 1],
    ['Q Q q', 2, 1],
    ['(q) <71> % q\n/q gs', 0, 0],
  ])('of "%s" misses %d and leaves %d', (text, missing, open) => {
    expect(graphicsBalance(Buffer.from(text))).toEqual({ missing, open });
  });
});
