import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bytesSource } from '../../preload/contract/byte-source';
import { Increment, openPdf, setKey } from '../pdf';
import { pageObjects, type SampleKind, samplePdf } from '../pdf/sample-pdf';
import { verifyPdf } from '../verifying';
import {
  blankNames,
  fillNumberBlanks,
  type NumberBlank,
  prepareNumberBlanks,
  readNumberBlanks,
  wordIn,
} from './number-blanks';
import { completeSignature, readyToSign, type SigningOrder } from './sign';
import { testFont, testKey, testSigner } from './test-signers';

const font = testFont();
const time = new Date('2026-11-27T01:02:03Z');
const leader = testSigner(testKey('rsa:2048', '/C=VN/CN=Trần Thị Bình'), 'rsa-pkcs1-sha256');
const blanks: readonly NumberBlank[] = [
  { part: 'number', page: 0, x: 120, right: 170, y: 540, size: 13 },
  { part: 'day', page: 0, x: 400, right: 425, y: 525, size: 13 },
  { part: 'month', page: 0, x: 465, right: 490, y: 525, size: 13 },
];
const values = { number: '318', day: '05', month: '02' };

const join2 = (one: Uint8Array, other: Uint8Array): Uint8Array => new Uint8Array(Buffer.concat([one, other]));

async function sign(bytes: Uint8Array, what: SigningOrder['what']): Promise<Uint8Array> {
  const ready = readyToSign(bytesSource(bytes), { what, time }, leader, { font });
  return join2(bytes, await completeSignature(ready, leader));
}

const prepare = (bytes: Uint8Array): Uint8Array =>
  join2(bytes, prepareNumberBlanks(bytesSource(bytes), blanks, { font }));
const fill = (bytes: Uint8Array): Uint8Array =>
  join2(bytes, fillNumberBlanks(bytesSource(bytes), values, { font }));

function stored(bytes: Uint8Array): string {
  const path = join(mkdtempSync(join(tmpdir(), 'van-thu-blanks-')), 'file.pdf');
  writeFileSync(path, bytes);
  return path;
}

function verdictOf(bytes: Uint8Array) {
  const options = { anchors: [], intermediates: [], crls: [], ocspResponses: [], now: new Date() };
  return verifyPdf(bytesSource(bytes), options).verdict.signatures;
}

describe('blanks of number and date', () => {
  it.each<SampleKind>(['table', 'stream', 'object-streams', 'hybrid'])(
    'made before the leader signs and filled after it keep that signature, in a file with %s',
    async (kind) => {
      const signed = await sign(prepare(samplePdf(kind)), { role: 'leader' });
      const filled = fill(signed);
      expect(Buffer.from(filled.subarray(0, signed.length)).equals(signed)).toBe(true);
      expect(verdictOf(filled)).toMatchObject([{ integrity: 'intact', changes: 'form', permitted: true }]);
      const sealed = await sign(filled, { role: 'seal' });
      expect(verdictOf(sealed)).toMatchObject([
        { integrity: 'intact', changes: 'signature', permitted: true },
        { integrity: 'intact', changes: 'none', permitted: true },
      ]);
      const path = stored(sealed);
      execFileSync('qpdf', ['--check', path]);
      const text = execFileSync('mutool', ['draw', '-F', 'text', path, '1'], { encoding: 'utf8' });
      for (const word of Object.values(values)) expect(text).toContain(word);
    },
  );

  it.each([0, 90, 180, 270])('read upright on a page turned by %d degrees', (turn) => {
    const path = stored(fill(prepare(samplePdf('table', pageObjects(`/Rotate ${turn} `)))));
    const words = execFileSync('pdftotext', ['-raw', path, '-'], { encoding: 'utf8' });
    expect(words.match(/\b(318|05|02)\b/g)).toHaveLength(3);
  });

  it('show nothing while they are empty', () => {
    const bytes = prepare(samplePdf('table'));
    const picture = (path: string): Buffer => execFileSync('pdftoppm', ['-r', '40', '-png', path]);
    expect(picture(stored(bytes)).equals(picture(stored(samplePdf('table'))))).toBe(true);
    expect(readNumberBlanks(openPdf(bytesSource(bytes))).filled).toBe(false);
  });

  it('are found again where they were made, whatever way the page is turned', () => {
    for (const turn of [0, 90, 180, 270]) {
      const bytes = prepare(samplePdf('table', pageObjects(`/Rotate ${turn} `)));
      const found = readNumberBlanks(openPdf(bytesSource(bytes)));
      for (const [index, blank] of blanks.entries()) {
        const again = found.blanks[index];
        for (const key of ['x', 'right', 'y', 'size'] as const)
          expect(again?.[key]).toBeCloseTo(blank[key], 2);
      }
    }
  });

  it('are made and filled where the cross-reference of the file is of no use', async () => {
    const text = Buffer.from(samplePdf('table')).toString('latin1');
    const damaged = Buffer.from(text.replace('\nxref\n', '\nxrxf\n'), 'latin1');
    const ready = readyToSign(bytesSource(damaged), { what: { role: 'leader' }, time, blanks }, leader, {
      font,
    });
    const signed = join2(damaged, await completeSignature(ready, leader));
    expect(ready.prepared.sourceSize).toBe(damaged.length);
    expect(verdictOf(fill(signed))).toMatchObject([
      { integrity: 'intact', changes: 'form', permitted: true },
    ]);
    execFileSync('qpdf', ['--check', stored(fill(signed))]);
  });

  it('are made by the leader’s own signing, which covers them', async () => {
    const bytes = samplePdf('object-streams');
    const ready = readyToSign(bytesSource(bytes), { what: { role: 'leader' }, time, blanks }, leader, {
      font,
    });
    const signed = join2(bytes, await completeSignature(ready, leader));
    expect(verdictOf(signed)).toMatchObject([
      { integrity: 'intact', coverage: 'whole-file', changes: 'none' },
    ]);
    expect(readNumberBlanks(openPdf(bytesSource(signed))).blanks).toHaveLength(3);
    const second = readyToSign(bytesSource(signed), { what: { role: 'leader' }, time, blanks }, leader, {
      font,
    });
    expect(second.prepared.increment.length).toBeLessThan(ready.prepared.increment.length);
  });

  it('are made and filled in an encrypted document with its password', () => {
    const bytes = new Uint8Array(readFileSync(join(import.meta.dirname, '../pdf/fixtures/aes-128.pdf')));
    const made = join2(bytes, prepareNumberBlanks(bytesSource(bytes), blanks, { font }, 'usr'));
    const done = join2(made, fillNumberBlanks(bytesSource(made), values, { font }, 'usr'));
    const path = stored(done);
    execFileSync('qpdf', ['--check', '--password=usr', path]);
    const words = execFileSync('pdftotext', ['-upw', 'usr', '-raw', path, '-'], { encoding: 'utf8' });
    expect(words.match(/\b(318|05|02)\b/g)).toHaveLength(3);
  });

  it('are not made on a document that is signed, nor twice', async () => {
    const signed = await sign(samplePdf('table'), { role: 'leader' });
    expect(prepareNumberBlanks(bytesSource(signed), blanks, { font })).toHaveLength(0);
    expect(prepareNumberBlanks(bytesSource(prepare(samplePdf('table'))), blanks, { font })).toHaveLength(0);
  });

  it('are filled once, and only where there is one for each word', () => {
    const filled = fill(prepare(samplePdf('table')));
    expect(() => fill(filled)).toThrow(expect.objectContaining({ code: 'signing-number-present' }));
    const [number] = blanks;
    if (number === undefined) throw new Error('no blank');
    const bytes = join2(
      samplePdf('table'),
      prepareNumberBlanks(bytesSource(samplePdf('table')), [number], { font }),
    );
    expect(() => fill(bytes)).toThrow(expect.objectContaining({ code: 'signing-field-missing' }));
  });

  it('are locked by the seal: what was given cannot be filled again', async () => {
    const sealed = await sign(fill(await sign(prepare(samplePdf('table')), { role: 'leader' })), {
      role: 'seal',
    });
    const file = openPdf(bytesSource(sealed));
    const field = [...file.fields()].find((one) => one.name === blankNames.number);
    const [object, value] = [field?.object, field === undefined ? undefined : field.dict.entries.get('V')];
    if (object === undefined || field === undefined || value === undefined) throw new Error('no field');
    const increment = new Increment(file);
    increment.rewrite(object, field.dict, [setKey(field.dict, 'V', '(319)')]);
    const forged = join2(sealed, increment.finish(new Uint8Array(16)).bytes);
    expect(verdictOf(forged)).toMatchObject([{ permitted: false }, { permitted: false }]);
    expect(verdictOf(forged)[1]?.codes).toContain('changes-locked-field');
    expect(() => fill(sealed)).toThrow();
  });

  it('take a long number by setting it smaller', () => {
    const narrow: NumberBlank = { part: 'number', page: 0, x: 100, right: 120, y: 700, size: 13 };
    const { x, size } = wordIn(narrow, 2.5);
    expect(size).toBe(8);
    expect(x).toBe(100);
  });
});
