// `convert` as a caller sees it: one line a file, codes, exit codes. LibreOffice is played by a stand-in.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { codeOf } from '../../preload/contract/failure';
import { wordFile } from '../convert/office.fixture';
import { pngPicture } from '../convert/pictures.fixture';
import type { CliIo } from './command';
import { codeOfNoPdf, convertCommand } from './convert';

const folder = mkdtempSync(join(tmpdir(), 'van-thu-cli-convert-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
writeFileSync(join(folder, 'anh.png'), pngPicture());
writeFileSync(join(folder, 'anh.jpg'), pngPicture());
writeFileSync(join(folder, 'van-ban.bin'), wordFile('Quyết định'));
writeFileSync(join(folder, 'chu.docx'), 'plain text');
const ready = resolve('tests/fixtures/convert/lan-dau.pdf');
const office = join(folder, 'soffice');
const loop = 'while [ $# -gt 1 ]; do [ "$1" = --outdir ] && out="$2"; shift; done';
writeFileSync(office, `#!/bin/sh\n${loop}\ncp ${ready} "$out/van-ban.pdf"\n`, { mode: 0o755 });

async function run(...args: readonly string[]) {
  const lines: Record<string, unknown>[] = [];
  const io: CliIo = {
    callerFolder: folder,
    env: {},
    json: (value) => void lines.push(value as Record<string, unknown>),
    message: () => undefined,
    readSecretLine: async () => new Uint8Array(),
  };
  const exit = await convertCommand.run(args, io).catch((error: unknown) => codeOf(error));
  return { exit, lines };
}

describe('convert', () => {
  it('makes a PDF of each file in a folder, by content and not by name', async () => {
    const { exit, lines } = await run(
      'anh.png',
      'anh.jpg',
      'van-ban.bin',
      '--out',
      'ra',
      '--office',
      office,
      '--json',
    );
    expect(exit).toBe(0);
    expect(lines.map(({ out, ok, pages, dpi }) => [out, ok, pages, dpi])).toEqual([
      ['ra/anh.pdf', true, 1, 200],
      ['ra/anh-2.pdf', true, 1, 200],
      ['ra/van-ban.pdf', true, 1, null],
    ]);
    expect(lines[0]).toMatchObject({ warnings: ['convert-image-small'], code: null });
    expect(lines[2]).toMatchObject({ fonts: { missing: ['Times New Roman'], instead: ['Tinos-Regular'] } });
    expect(lines[2]).toMatchObject({ warnings: ['convert-font-alike'] });
    expect(readFileSync(join(folder, 'ra/van-ban.pdf')).equals(readFileSync(ready))).toBe(true);
    expect(readdirSync(join(folder, 'ra')).sort()).toEqual(['anh-2.pdf', 'anh.pdf', 'van-ban.pdf']);
  });

  it('puts several pictures into one PDF, and nothing else', async () => {
    const { exit, lines } = await run('anh.png', 'anh.jpg', '--out', 'chung.pdf');
    expect([exit, lines.map((line) => line.pages)]).toEqual([0, [2, 2]]);
    const mixed = await run('anh.png', 'van-ban.bin', '--out', 'lan.pdf', '--office', office);
    expect([mixed.exit, mixed.lines[0]?.code]).toEqual([2, 'convert-not-together']);
    expect(existsSync(join(folder, 'lan.pdf'))).toBe(false);
  });

  it('says what to install, what it does not take, and goes on with the rest', async () => {
    const missing = join(folder, 'no-office');
    const { exit, lines } = await run(
      'van-ban.bin',
      'chu.docx',
      'anh.png',
      'mat.png',
      '--out',
      'hai',
      '--office',
      missing,
    );
    expect(exit).toBe(1);
    expect(lines.map(({ code }) => code)).toEqual([
      'convert-office-missing',
      'convert-unknown-kind',
      null,
      'file-unreadable',
    ]);
    expect((await run('chu.docx', '--out', 'hai')).exit).toBe(2);
    expect((await run('anh.png')).exit).toBe('usage');
  });
});

describe('a file that should be a PDF to be signed', () => {
  it('is said to need converting first, where it can be', () => {
    expect(codeOfNoPdf(join(folder, 'van-ban.bin'))).toBe('convert-first');
    expect(codeOfNoPdf(join(folder, 'anh.png'))).toBe('convert-first');
    expect(codeOfNoPdf(join(folder, 'chu.docx'))).toBe('pdf-not-pdf');
  });
});
