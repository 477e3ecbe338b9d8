// Taking text out with a limit of work: what was read by then is what there is, and nothing is said of the rest.
import { PDFDocument } from '@cantoo/pdf-lib';
import { describe, expect, it } from 'vitest';
import { bytesSource } from '../../preload/contract/byte-source';
import { pageObjects, samplePdf } from '../pdf/sample-pdf';
import { readText } from './pdf-text';

const pages = 5;

async function wordedPages(): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  for (let number = 1; number <= pages; number += 1) pdf.addPage().drawText(`Trang ${number}`);
  return pdf.save();
}

describe('the text of a file', () => {
  it('is read from every wanted page when its work has no limit', async () => {
    const read = await readText(bytesSource(await wordedPages()), pages);
    expect(read?.sizes).toHaveLength(pages);
    expect(read?.text).toContain(`Trang ${pages}`);
  });

  it('ends with the page on which its work was used up, and keeps what that page gave', async () => {
    const read = await readText(bytesSource(await wordedPages()), pages, null, 0);
    expect(read?.sizes).toHaveLength(1);
    expect(read?.pieces.map((piece) => piece.text)).toContain('Trang 1');
  });
});

it('leaves a file in memory as it was, of whatever size: others read it afterwards', async () => {
  for (const padding of [0, 5000, 60_000, 70_000]) {
    const text = `BT /F1 14 Tf 100 700 Td (QUYET DINH) Tj ET%${'x'.repeat(padding)}`;
    const body = `<< /Length ${text.length} >>\nstream\n${text}\nendstream`;
    const objects = pageObjects().map((one) => (one.number === 4 ? { ...one, body } : one));
    // A buffer of its own, as a whole file has it that came in one message.
    const bytes = Uint8Array.from(samplePdf('table', objects));
    const before = Buffer.from(bytes);
    expect(await readText(bytesSource(bytes), 1)).not.toBeNull();
    expect(before.equals(bytes)).toBe(true);
  }
});
