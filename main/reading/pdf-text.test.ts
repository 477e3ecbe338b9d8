// Taking text out with a limit of work: what was read by then is what there is, and nothing is said of the rest.
import { PDFDocument } from '@cantoo/pdf-lib';
import { describe, expect, it } from 'vitest';
import { bytesSource } from '../../preload/contract/byte-source';
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
