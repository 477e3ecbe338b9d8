// A new file of what can be read of a damaged one: it opens for every reader, shows what the damaged one showed, says what it lacks.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bytesSource } from '../../preload/contract/byte-source';
import { codeOf } from '../../preload/contract/failure';
import { openPdf } from './index';
import { repairPdf } from './repair';
import { pageObjects, type SampleObject, samplePdf } from './sample-pdf';

const folder = mkdtempSync(join(tmpdir(), 'rebuild-'));
afterAll(() => rmSync(folder, { recursive: true }));

const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

interface Wish {
  readonly password?: string;
  readonly force?: boolean;
}

async function repair(bytes: Uint8Array, wish: Wish = {}) {
  const parts: Uint8Array[] = [];
  const order = { password: wish.password, name: 'Công văn hỏng.pdf', force: wish.force ?? false };
  const report = await repairPdf(bytesSource(bytes), order, async (part) => {
    parts.push(Uint8Array.from(part));
  });
  return { report, bytes: new Uint8Array(Buffer.concat(parts)) };
}

const refusal = (bytes: Uint8Array, wish: Wish = {}) => repair(bytes, wish).then(() => 'none', codeOf);

function pagesOf(bytes: Uint8Array, password?: string): number {
  return [...openPdf(bytesSource(bytes), password === undefined ? {} : { password }).pages()].length;
}

/** What qpdf says: 0 for a file without a fault. */
function qpdf(bytes: Uint8Array, ...options: readonly string[]): number | null {
  const path = join(folder, 'checked.pdf');
  writeFileSync(path, bytes);
  return spawnSync('qpdf', ['--check', ...options, path]).status;
}

function picture(bytes: Uint8Array): Buffer {
  const path = join(folder, 'shown.pdf');
  writeFileSync(path, bytes);
  execFileSync('pdftoppm', ['-r', '50', '-singlefile', path, join(folder, 'shown')], { stdio: 'pipe' });
  return readFileSync(join(folder, 'shown.ppm'));
}

/** Pages of one line each: numbers 3, 4 and 5, 6 and so on. */
function pagesOfLines(count: number): SampleObject[] {
  const kids = Array.from({ length: count }, (_, index) => `${3 + index * 2} 0 R`).join(' ');
  const pages = Array.from({ length: count }, (_, index) => {
    const text = `BT /F1 14 Tf 100 700 Td (TRANG ${index + 1}) Tj ET`;
    return [
      { number: 3 + index * 2, body: `<< /Type /Page /Parent 2 0 R /Contents ${4 + index * 2} 0 R >>` },
      { number: 4 + index * 2, body: `<< /Length ${text.length} >>\nstream\n${text}\nendstream` },
    ];
  });
  const font = '/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>';
  const tree = `<< /Type /Pages /Kids [${kids}] /Count ${count} /MediaBox [0 0 595 842] /Resources << ${font} >> >>`;
  return [
    { number: 1, body: '<< /Type /Catalog /Pages 2 0 R >>' },
    { number: 2, body: tree },
    ...pages.flat(),
  ];
}

const withoutTable = (text: string): string =>
  text.replace(/\nxref\n/, '\nxrxf\n').replace(/startxref\n\d+/, 'startxref\n7');

describe('a damaged file', () => {
  it.each([
    ['without a table', 'table', withoutTable],
    [
      'of object streams, without a start',
      'object-streams',
      (text: string) => text.replace(/startxref\n\d+/, 'startxref\n7'),
    ],
    ['without an end', 'table', (text: string) => text.slice(0, text.indexOf('\nxref\n'))],
    [
      'whose page tree leads nowhere',
      'table',
      (text: string) => text.replace('/Kids [3 0 R 5 0 R]', '/Kids [9 0 R 5 0 R]'),
    ],
    [
      'whose stream lengths are wrong',
      'table',
      (text: string) => withoutTable(text.replaceAll(/\/Length \d+/g, '/Length 9')),
    ],
    [
      'without its catalog',
      'table',
      (text: string) =>
        text.replace('/Type /Catalog', '/Typo /Catalog').replace('/Pages 2 0 R', '/Pagos 2 0 R'),
    ],
  ] as const)(
    '%s becomes a new one that every reader takes, with both pages',
    async (_name, kind, damage) => {
      const bytes = latin1(damage(textOf(samplePdf(kind, pagesOfLines(2)))));
      const before = Uint8Array.from(bytes);
      const made = await repair(bytes);
      expect([made.report.pages, pagesOf(made.bytes), qpdf(made.bytes)]).toEqual([2, 2, 0]);
      expect(bytes).toEqual(before);
      const said = textOf(made.bytes);
      expect(said).toContain('/RepairedFromSHA256 (');
    },
  );

  it('shows what the damaged one showed', async () => {
    const bytes = latin1(withoutTable(textOf(samplePdf('table', pagesOfLines(1)))));
    const made = await repair(bytes);
    expect(picture(made.bytes).equals(picture(bytes))).toBe(true);
  });

  it('that was cut off keeps the pages that are left, and says how many are lost', async () => {
    const text = textOf(samplePdf('table', pagesOfLines(4)));
    const made = await repair(latin1(text.slice(0, text.indexOf('(TRANG 3)'))));
    expect(made.report).toMatchObject({ pages: 3, declaredPages: 4 });
    expect(made.report.notes).toEqual(['pdf-repair-pages-lost', 'pdf-repair-content-lost']);
    expect(qpdf(made.bytes)).toBe(0);
  });

  it('loses its signatures, and says whose fields they were, loudly', async () => {
    const [catalog, ...rest] = pageObjects('/Annots [7 0 R] ');
    const signed = [
      {
        number: 1,
        body: `${catalog?.body.slice(0, -2)} /AcroForm << /Fields [7 0 R] /SigFlags 3 >> /Perms << /DocMDP 8 0 R >> >>`,
      },
      ...rest,
      {
        number: 7,
        body: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (LanhDao) /Rect [0 0 9 9] /V 8 0 R >>',
      },
      { number: 8, body: '<< /Type /Sig /Filter /Adobe.PPKLite /ByteRange [0 1 2 3] /Contents <00> >>' },
    ];
    const made = await repair(latin1(withoutTable(textOf(samplePdf('table', signed)))));
    expect(made.report.signatures).toEqual(['LanhDao']);
    expect(made.report.notes[0]).toBe('pdf-repair-signatures-lost');
    expect(textOf(made.bytes)).not.toContain('/ByteRange');
    expect(textOf(made.bytes)).not.toContain('/DocMDP');
    expect(qpdf(made.bytes)).toBe(0);
  });

  it.each([
    ['rc4-128', 'usr'],
    ['aes-128', 'usr'],
    ['aes-256', 'Mật khẩu'],
  ])('that is encrypted (%s) stays encrypted, and opens with its password', async (name, password) => {
    const whole = new Uint8Array(readFileSync(join(import.meta.dirname, 'fixtures', `${name}.pdf`)));
    const bytes = latin1(textOf(whole).replace(/startxref\s+\d+/g, 'startxref\n7'));
    expect(await refusal(bytes)).toBe('pdf-password-needed');
    const made = await repair(bytes, { password });
    expect(made.report.encrypted).toBe(true);
    expect(pagesOf(made.bytes, password)).toBe(1);
    expect(textOf(made.bytes)).not.toContain('QUYET DINH');
    const file = openPdf(bytesSource(made.bytes), { password });
    expect([...file.fields()].map((field) => field.name)).toEqual(['Ghi chu']);
    expect(qpdf(made.bytes, `--password=${password}`)).toBe(0);
  });
});

describe('no new file is made', () => {
  it('of one that is in order, unless it is asked for', async () => {
    expect(await refusal(samplePdf('table'))).toBe('pdf-repair-not-needed');
    expect((await repair(samplePdf('stream'), { force: true })).report.pages).toBe(1);
  });

  it('of one without a page', async () => {
    expect(await refusal(latin1('%PDF-1.7\nnothing is left'))).toBe('pdf-repair-nothing');
  });
});
