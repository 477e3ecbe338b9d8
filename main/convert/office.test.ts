// LibreOffice's part: a stand-in that hangs, fails, writes nothing or too much, and the real program where it is installed.
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { bytesSource } from '../../preload/contract/byte-source';
import { codeOf } from '../../preload/contract/failure';
import { findOffice } from './find-office';
import { convertOffice, type OfficeLimits } from './office';
import { odt, wordFile } from './office.fixture';
import { fileFacts } from './office-facts';
import { fontWarning, pdfFonts, replacedFonts } from './pdf-fonts';

vi.setConfig({ testTimeout: 180_000 });
const room = mkdtempSync(join(tmpdir(), 'van-thu-office-'));
afterAll(() => rmSync(room, { recursive: true, force: true }));

/** A program in LibreOffice's place; `$out` is the folder and `$in` the file it is given. */
function standIn(body: string): string {
  const path = join(mkdtempSync(join(room, 'program-')), 'soffice');
  const head = '#!/bin/sh\nwhile [ $# -gt 1 ]; do [ "$1" = --outdir ] && out="$2"; shift; done\nin="$1"\n';
  writeFileSync(path, `${head}${body}\n`, { mode: 0o755 });
  return path;
}

const patient: OfficeLimits = { milliseconds: 120_000, memoryBytes: 3 * 2 ** 30 };

async function convert(program: string, limits = patient, bytes: Uint8Array = Buffer.from('{\\rtf1 x}')) {
  const place = mkdtempSync(join(room, 'room-'));
  let pdf: Buffer | null = null;
  const code = await convertOffice({
    program,
    kind: fileFacts(bytesSource(bytes)).kind,
    room: place,
    fonts: 'resources/fonts',
    limits,
    place: async (path) => writeFileSync(path, bytes, { mode: 0o600 }),
    use: async (path) => {
      pdf = readFileSync(path);
    },
  }).then(
    () => null,
    (error: unknown) => codeOf(error),
  );
  return { code, pdf: pdf as Buffer | null, left: readdirSync(place) };
}

describe('a program that makes the PDF', () => {
  it('gives its PDF, sees neither home nor display, and leaves no file behind', async () => {
    const report = join(room, 'seen.txt');
    const program = standIn(`env > ${report}; cat "$in" > "$out/van-ban.pdf"`);
    const done = await convert(program);
    expect([done.code, done.pdf?.toString(), done.left]).toEqual([null, '{\\rtf1 x}', []]);
    const seen = readFileSync(report, 'utf8');
    expect(seen).toMatch(/^HOME=.*room-/m);
    expect(seen).not.toMatch(/^(DISPLAY|PIN|VAN_THU\w*|npm_\w*)=/m);
  });

  it('runs with macros off and links not followed', async () => {
    const report = join(room, 'profile.xcu');
    const program = standIn(
      `cp "$out/../profile/user/registrymodifications.xcu" ${report}; echo x > "$out/van-ban.pdf"`,
    );
    expect((await convert(program)).code).toBeNull();
    const text = readFileSync(report, 'utf8');
    for (const name of ['MacroSecurityLevel', 'DisableMacrosExecution', 'BlockUntrustedRefererLinks']) {
      expect(text).toContain(`oor:name="${name}"`);
    }
  });

  it('is ended with everything it started when it hangs', async () => {
    const pids = join(room, 'pids.txt');
    const program = standIn(
      `(sleep 1000 & echo $! >> ${pids}; wait) & echo $! >> ${pids}; echo $$ >> ${pids}; wait`,
    );
    const done = await convert(program, { ...patient, milliseconds: 3000 });
    expect([done.code, done.pdf, done.left]).toEqual(['convert-office-hung', null, []]);
    const started = readFileSync(pids, 'utf8').trim().split('\n').map(Number);
    expect(started).toHaveLength(3);
    const alive = (pid: number): boolean => {
      const stat = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'latin1') : ') Z';
      return !/\) Z/.test(stat);
    };
    await vi.waitUntil(() => !started.some(alive), { timeout: 30_000 });
  });

  it('is ended when it takes too much memory', async () => {
    const program = standIn('sleep 1000');
    const done = await convert(program, { ...patient, memoryBytes: 1 });
    expect([done.code, done.left]).toEqual(['convert-office-heavy', []]);
  });

  it('is told apart: failed, said yes and wrote nothing, wrote an empty file, is no program', async () => {
    expect((await convert(standIn('exit 77'))).code).toBe('convert-office-failed');
    expect((await convert(standIn('exit 0'))).code).toBe('convert-office-failed');
    expect((await convert(standIn(': > "$out/van-ban.pdf"'))).code).toBe('convert-output-bad');
    expect((await convert(join(room, 'nothing-here'))).code).toBe('convert-office-failed');
  });

  it('is looked for where settings say and nowhere else, then in PATH, never in PATH on Windows', () => {
    const program = standIn('exit 0');
    const folder = join(program, '..');
    expect(findOffice(program, {})).toBe(program);
    expect(findOffice(join(room, 'absent'), { PATH: folder })).toBeUndefined();
    expect(findOffice(undefined, { PATH: folder }, 'win32')).toBeUndefined();
    expect(findOffice(undefined, { PATH: `relative:${folder}` }, 'freebsd')).toMatch(/soffice$/);
  });
});

const words = 'Ủy ban nhân dân tỉnh Lạng Sơn quyết định: đường, ngõ, quyển sổ, ưỡn ẹo.';

describe('what a file is', () => {
  it('is told by its content, with its fonts, whatever it is called', () => {
    const word = fileFacts(bytesSource(wordFile(words)));
    expect(word).toMatchObject({ kind: 'docx', locked: false, macros: false });
    expect(word.fonts).toContain('Times New Roman');
    expect(fileFacts(bytesSource(odt(words)))).toMatchObject({ kind: 'odt', fonts: ['Times New Roman'] });
    expect(fileFacts(bytesSource(Buffer.from('{\\rtf1\\ansi x}'))).kind).toBe('rtf');
    expect(fileFacts(bytesSource(zipSync({ 'a.txt': strToU8('a') }))).kind).toBe('zip');
    expect(fileFacts(bytesSource(Buffer.from('PK\u0003\u0004 cut off'))).kind).toBe('zip');
    expect(fileFacts(bytesSource(Buffer.from('plain text'))).kind).toBe('other');
    expect(fileFacts(bytesSource(new Uint8Array())).kind).toBe('other');
  });

  it('says of macros and passwords', () => {
    const macro = zipSync({ 'word/document.xml': strToU8('<a/>'), 'word/vbaProject.bin': strToU8('x') });
    expect(fileFacts(bytesSource(macro))).toMatchObject({ kind: 'docx', macros: true });
    const manifest =
      '<m:manifest xmlns:m="x"><m:file-entry><manifest:encryption-data xmlns:manifest="y"/></m:file-entry></m:manifest>';
    expect(fileFacts(bytesSource(odt(words, { 'META-INF/manifest.xml': manifest }))).locked).toBe(true);
    expect(fileFacts(bytesSource(odt(words, { 'Basic/Standard/Module1.xml': '<a/>' }))).macros).toBe(true);
    const ole = Buffer.alloc(2048);
    ole.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    ole.write('EncryptedPackage\0', 1024, 'utf16le');
    expect(fileFacts(bytesSource(ole))).toMatchObject({ kind: 'docx', locked: true });
  });

  it('tells which font came in the place of which, and that Tinos changes no line of Times New Roman', () => {
    const same = replacedFonts(['Times New Roman'], ['TimesNewRomanPS-BoldMT', 'TimesNewRomanPSMT']);
    expect(same).toEqual({ missing: [], instead: [] });
    const alike = replacedFonts(['Times New Roman'], ['Tinos-Regular', 'Tinos-Bold']);
    expect(alike.missing).toEqual(['Times New Roman']);
    expect(fontWarning(alike)).toBe('convert-font-alike');
    const other = replacedFonts(['.VnTime', 'Times New Roman'], ['DejaVuSans', 'Tinos-Regular']);
    expect(other.missing).toEqual(['.VnTime', 'Times New Roman']);
    expect(fontWarning(other)).toBe('convert-fonts-replaced');
    expect(fontWarning(replacedFonts(['Calibri'], []))).toBeNull();
  });
});

const installed = findOffice(undefined, process.env);

describe(
  installed === undefined ? 'LibreOffice, played by a stand-in' : 'LibreOffice as it is installed',
  () => {
    /** Takes the words out of the archive and answers with a PDF that another program made of them. */
    const program = installed ?? standIn(`cp ${join(room, 'ready.pdf')} "$out/van-ban.pdf"`);

    it('makes PDFs of Word and OpenDocument text with every letter of Vietnamese, in a font of the same widths', async () => {
      for (const file of [wordFile(words), odt(words)]) {
        if (installed === undefined)
          copyFileSync('tests/fixtures/convert/lan-dau.pdf', join(room, 'ready.pdf'));
        const { code, pdf, left } = await convert(program, patient, file);
        expect([code, left]).toEqual([null, []]);
        const path = join(room, 'made.pdf');
        writeFileSync(path, pdf ?? '');
        const text = execFileSync('pdftotext', [path, '-'], { encoding: 'utf8' }).normalize('NFC');
        expect(text.replace(/\s+/g, ' ')).toContain(words);
        const fonts = pdfFonts(bytesSource(pdf ?? new Uint8Array()));
        const warning = fontWarning(replacedFonts(['Times New Roman'], fonts));
        expect([null, 'convert-font-alike']).toContain(warning);
      }
    });
  },
);
