import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { GlobalWorkerOptions, getDocument, PDFDataRangeTransport } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, describe, expect, it } from 'vitest';
import { longPdf } from '../tests/fixtures/large-pdf';
import { withClosing } from './pdf-closing.mjs';

const worker = readFileSync('node_modules/pdfjs-dist/legacy/build/pdf.worker.mjs', 'utf8');
const mended = withClosing as (source: string) => string;
const folder = mkdtempSync(join(tmpdir(), 'van-thu-closing-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a file that is closed while it is read', () => {
  it('is let go of, whatever of it was still asked for', async () => {
    const path = join(folder, 'pdf.worker.mjs');
    writeFileSync(path, mended(worker));
    GlobalWorkerOptions.workerSrc = pathToFileURL(path).href;
    const bytes = await longPdf(12);
    let answers = true;
    let hearAsked: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      hearAsked = resolve;
    });
    class Ranges extends PDFDataRangeTransport {
      override requestDataRange(begin: number, end: number): void {
        if (answers) setTimeout(() => this.onDataRange(begin, bytes.slice(begin, end)), 0);
        else hearAsked();
      }
    }
    const task = getDocument({
      range: new Ranges(bytes.length, bytes.slice(0, 4096)),
      ...{ disableAutoFetch: true, disableStream: true, rangeChunkSize: 4096, verbosity: 0 },
    });
    const page = await (await task.promise).getPage(5);
    answers = false;
    page.getOperatorList().catch(() => undefined);
    await asked;
    await task.destroy();
    expect(task.destroyed).toBe(true);
  });

  it('stops the build where pdf.js reads in another way than this was written for', () => {
    expect(() => mended(worker.replaceAll('_requestChunks', 'another'))).toThrow('pdf.js changed');
  });
});
