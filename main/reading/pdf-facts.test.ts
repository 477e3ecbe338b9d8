// The form's facts are read of every file that can be signed, also where its cross-reference is of no use.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bytesSource } from '../../preload/contract/byte-source';
import { samplePdf } from '../pdf/sample-pdf';
import { readyToSign, stampIncrement } from '../signing';
import { testFont, testKey, testSigner } from '../signing/test-signers';
import { pdfFactsJob } from './pdf-facts';

const folder = mkdtempSync(join(tmpdir(), 'facts-'));
afterAll(() => rmSync(folder, { recursive: true }));
const font = testFont();
const signer = testSigner(testKey('ec', '/CN=Thu', '-pkeyopt', 'ec_paramgen_curve:P-256'), 'ecdsa-sha256');

const damages: readonly (readonly [string, (text: string) => string])[] = [
  ['whole', (text) => text],
  ['a wrong startxref', (text) => text.replace(/startxref\n\d+/, 'startxref\n7')],
  ['no table', (text) => text.replace(/\nxref\n/, '\nxrxf\n').replace(/startxref\n\d+/, 'startxref\n7')],
  ['an entry that leads elsewhere', (text) => text.replace(/^\d{10} 00000 n/m, '0000000003 00000 n')],
];

describe('a PDF with', () => {
  it.each(damages)('%s is read, stamped and made ready alike', async (_name, damage) => {
    const bytes = new Uint8Array(
      Buffer.from(damage(Buffer.from(samplePdf('table')).toString('latin1')), 'latin1'),
    );
    const path = join(folder, 'a.pdf');
    writeFileSync(path, bytes);
    const order = { what: { role: 'leader' as const }, time: new Date('2026-11-20T03:00:00Z') };
    const ready = readyToSign(bytesSource(bytes), order, signer, { font });
    expect(ready.prepared.increment.length).toBeGreaterThan(0);
    const given = { access: { path, fileKey: null }, textPages: 0, textCharacters: 0 };
    const facts = await pdfFactsJob(given, () => Promise.reject(new Error('nothing is asked')));
    expect(facts.pages).toBe(1);
    const at = { page: 0, x: 100, y: 100 };
    const stamp = stampIncrement(bytesSource(bytes), { kind: 'urgency', level: 1 }, at, {
      regular: font,
      bold: font,
    });
    expect(stamp.length).toBeGreaterThan(0);
  });
});
