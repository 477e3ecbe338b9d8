// The whole order of law on one letter, by both ways of giving its number, and the file that goes with it: each step by the
// command line with real tokens, each result judged by every other program there is.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPdf } from '../../main/pdf';
import { leaderPlaceOn, type Rect } from '../../main/signing';
import { bytesSource } from '../../preload/contract/byte-source';
import { setLetter } from '../sandbox/samples/letter';
import { commandLine } from './command-line';
import { opinionOf } from './oracles';
import { type CliWorld, openCliWorld, type TokenPlace } from './world';

let world: CliWorld;
let text: (name: string) => string;

const notation = 'UBND-KT';

beforeAll(async () => {
  world = await openCliWorld('chains');
  const letter = {
    agency: ['ỦY BAN NHÂN DÂN', 'TỈNH LẠNG SƠN'] as const,
    number: undefined,
    notation,
    place: 'Lạng Sơn',
    date: undefined,
    year: '2026',
    typeName: undefined,
    subject: 'V/v phối hợp công tác',
    addressees: ['Bộ Tài chính'],
    body: ['Ủy ban nhân dân tỉnh đề nghị quý Bộ xem xét.'],
    receivers: ['Như trên', 'Lưu: VT'],
    authority: ['TM. ỦY BAN NHÂN DÂN', 'CHỦ TỊCH'],
    name: 'Trần Thị Bình',
    made: new Date('2026-11-20T01:00:00Z'),
  };
  for (const objectStreams of [false, true]) {
    const { bytes } = await setLetter({ ...letter, objectStreams });
    writeFileSync(join(world.folder, objectStreams ? 'tờ trình.pdf' : 'dự thảo.pdf'), bytes);
  }
  text = (name) => execFileSync('pdftotext', ['-layout', '-l', '1', at(name), '-'], { encoding: 'utf8' });
}, 600_000);

afterAll(() => world?.close());

/** Where the first signature of a file shows. */
function leaderRect(name: string): Rect {
  const place = leaderPlaceOn(openPdf(bytesSource(readFileSync(at(name)))));
  if (place === undefined) throw new Error('no signature shows');
  return place.rect;
}

const at = (name: string): string => join(world.folder, name);

async function run(args: readonly string[], input = ''): Promise<Readonly<Record<string, unknown>>> {
  const done = await commandLine([...args, '--json'], { from: world.folder, input, env: world.env });
  expect(done.exit, done.errors).toBe(0);
  const [line] = done.lines;
  if (line === undefined) throw new Error('no line');
  return line;
}

const sign = (token: TokenPlace, args: readonly string[]) =>
  run(
    [
      ...['sign', ...args, '--module', world.module, '--token', token.label, '--pin-stdin'],
      ...['--trust', world.root],
    ],
    `${token.pin}\n`,
  );

/** What everybody says of a file with so many signatures. */
async function judged(name: string, signatures: number): Promise<void> {
  const opinion = opinionOf(at(name), world.root, world.base);
  expect(opinion.signatures, name).toEqual(Array(signatures).fill('Signature is Valid.'));
  expect(opinion.cades, name).toEqual(Array(signatures).fill(0));
  expect(opinion.qpdf, name).toBe(0);
  expect(opinion.mutool, name).not.toMatch(/invalid|broken|disallowed|unreadable/i);
  const verdict = await run(['verify', name, '--trust', world.root]);
  expect(verdict, name).toMatchObject({ verdict: 'valid' });
  expect(verdict.signatures, name).toHaveLength(signatures);
}

describe('leader, number, seal and attachment', () => {
  it.each([
    ['dự thảo.pdf', 'blanks', 'made before'],
    ['tờ trình.pdf', 'blanks', 'made by signing'],
    ['dự thảo.pdf', 'fields', 'of the agency'],
    ['tờ trình.pdf', 'fields', 'of the agency'],
  ] as const)('hold on %s with the number in %s %s', async (draft, way, made) => {
    const [ready, first, numbered, last, whole] = ['0', '1', '2', '3', '4'].map(
      (one) => `${way} ${one} ${draft}`,
    );
    if (!ready || !first || !numbered || !last || !whole) throw new Error('five names');
    const before = made === 'made before';
    if (before) expect(await run(['prepare-number', draft, '--out', ready])).toMatchObject({ blanks: 3 });
    // Without a place the signature goes where the text has room for it, and the blanks become fields.
    const place = made === 'made by signing' ? [] : ['--page', '1', '--rect', '330,525,156,62'];
    await sign(world.leader, [before ? ready : draft, '--out', first, '--role', 'leader', ...place]);
    if (place.length === 0) {
      const { x, y, width, height } = leaderRect(first);
      expect(x + width / 2).toBeGreaterThan(330);
      expect(x + width / 2).toBeLessThan(486);
      expect(y).toBeGreaterThan(520);
      expect(y + height).toBeLessThan(590);
    }
    await judged(first, 1);
    const given = ['--number', '318', '--date', '2026-02-05'];
    expect(await run(['number', first, '--out', numbered, ...given])).toMatchObject({ way, blanks: 3 });
    expect(text(numbered)).toMatch(new RegExp(`Số:\\s*318\\s*/${notation}`));
    expect(text(numbered)).toMatch(/ngày\s*05\s*tháng\s*02\s*năm/);
    await sign(world.agency, [numbered, '--out', last, '--role', 'seal']);
    await judged(last, 2);
    await sign(world.agency, [
      last,
      '--out',
      whole,
      '--role',
      'attachment',
      '--document-number',
      `318/${notation}`,
    ]);
    await judged(whole, 3);
  });

  it('take the ĐẾN stamp on a copy alone, and say whose signature shows it', async () => {
    const stamp = ['--agency', 'UBND tỉnh Lạng Sơn', '--number', '7', '--date', '2026-02-06'];
    const plain = await run(['stamp-arrival', 'dự thảo.pdf', '--out', 'dấu 1.pdf', ...stamp]);
    expect(plain).toMatchObject({ changed: [], place: { page: 1 } });
    for (const words of ['ĐẾN', 'Số: 07', 'Ngày: 06/02/2026']) expect(text('dấu 1.pdf')).toContain(words);
    const signed = await run(['stamp-arrival', 'blanks 3 dự thảo.pdf', '--out', 'dấu 2.pdf', ...stamp]);
    expect(signed.changed).toHaveLength(2);
    const locked = resolve('main/pdf/fixtures/aes-256.pdf');
    const given = ['stamp-arrival', locked, '--out', 'dấu 3.pdf', ...stamp, '--json'];
    const refused = await commandLine(given, { from: world.folder });
    expect([refused.exit, refused.lines[0]?.code]).toEqual([2, 'pdf-password-needed']);
    expect(existsSync(at('dấu 3.pdf'))).toBe(false);
  });

  it('give no number twice, and none before the leader or after the seal', async () => {
    const given = ['--number', '319', '--date', '2026-02-05', '--json'];
    for (const [name, code] of [
      ['blanks 2 dự thảo.pdf', 'signing-number-present'],
      ['fields 2 dự thảo.pdf', 'signing-number-present'],
      ['dự thảo.pdf', 'leader-missing'],
      ['blanks 3 dự thảo.pdf', 'number-after-seal'],
    ] as const) {
      const done = await commandLine(['number', name, '--out', 'lại.pdf', ...given], { from: world.folder });
      expect([name, done.exit, done.lines[0]?.code]).toEqual([name, 2, code]);
    }
  });

  it('have their fields made before anybody signs, or not at all', async () => {
    for (const [name, code] of [
      ['fields 1 dự thảo.pdf', 'number-blanks-late'],
      ['blanks 0 dự thảo.pdf', 'number-blanks-present'],
      ['công văn.pdf', 'number-no-blank'],
    ] as const) {
      const done = await commandLine(['prepare-number', name, '--out', 'ô.pdf', '--json'], {
        from: world.folder,
      });
      expect([name, done.exit, done.lines[0]?.code]).toEqual([name, 2, code]);
    }
  });
});
