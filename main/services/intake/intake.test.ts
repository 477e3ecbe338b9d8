// Files that come in, as a window asks about them: what they are, and the PDF made of them with its originals beside it.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesSource } from '../../../preload/contract/byte-source';
import { codeOf } from '../../../preload/contract/failure';
import { wordFile } from '../../convert/office.fixture';
import { pngPicture } from '../../convert/pictures.fixture';
import { openPdf } from '../../pdf';
import { samplePdf } from '../../pdf/sample-pdf';
import { createIntake, type Intake } from './intake';
import { intakeWorld } from './intake.fixture';

let world: Awaited<ReturnType<typeof intakeWorld>>;
let intake: Intake;
beforeAll(async () => {
  world = await intakeWorld();
  intake = createIntake(world.parts);
});
afterAll(() => world.close());

/** Ended, or waiting only for its parent to hear of it. */
function isRunning(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}

const work = () => crypto.randomUUID();
const ready = resolve('tests/fixtures/convert/lan-dau.pdf');
/** Made once: a zip carries the time of its making. */
const wordBytes = wordFile('Kính gửi');
const word = () => world.put('cong-van.docx', 'application/x', wordBytes);

describe('a file that came in', () => {
  it('is told by its content, and a name that misleads is said', async () => {
    world.installOffice(`cp ${ready} "$out/van-ban.pdf"`);
    const look = async (name: string, bytes: Uint8Array) =>
      intake.look((await world.put(name, '', bytes)).sha256, name);
    expect(await look('a.docx', wordFile('x'))).toEqual({
      step: 'convert',
      fileKind: 'docx',
      by: 'office',
      notes: [],
    });
    expect(await look('a.pdf', wordFile('x'))).toMatchObject({
      step: 'convert',
      notes: ['file-name-misleads'],
    });
    expect(await look('a.png', pngPicture())).toMatchObject({ step: 'convert', by: 'pictures' });
    expect(await look('a.pdf', samplePdf('table'))).toEqual({ step: 'none', fileKind: 'pdf', notes: [] });
    expect(await look('a.txt', Buffer.from('chữ'))).toMatchObject({
      step: 'refused',
      code: 'convert-unknown-kind',
    });
    expect(await look('a.pdf', Buffer.from('chữ'))).toMatchObject({
      step: 'refused',
      notes: ['file-name-misleads'],
    });
  });

  it('of Word says what to install where there is no LibreOffice', async () => {
    rmSync(join(world.folder, 'soffice'), { force: true });
    const { sha256, name } = await word();
    expect(await intake.look(sha256, name)).toMatchObject({
      step: 'refused',
      code: 'convert-office-missing',
    });
  });
});

describe('a PDF that is made', () => {
  it('of Word says what it came from; the original stays byte for byte', async () => {
    world.installOffice(`cp ${ready} "$out/van-ban.pdf"`);
    const original = await word();
    const file = await intake.convert(work(), [original]);
    expect(file).toMatchObject({ name: 'cong-van.pdf', contentType: 'application/pdf', problem: null });
    expect(file.madeFrom).toEqual({
      how: 'converted',
      originals: [original],
      notes: ['convert-font-alike'],
    });
    expect((await world.bytesOf(file.sha256)).equals(readFileSync(ready))).toBe(true);
    expect(await world.bytesOf(original.sha256)).toEqual(Buffer.from(wordBytes));
  });

  it('of several pictures has a page each, in their order, and tells how far it is', async () => {
    world.told.length = 0;
    const pictures = [
      await world.put('trang-1.png', 'image/png', pngPicture()),
      await world.put('trang-2.png', 'image/png', pngPicture()),
    ];
    const file = await intake.convert(work(), pictures);
    const pdf = openPdf(bytesSource(await world.bytesOf(file.sha256)));
    expect([...pdf.pages()]).toHaveLength(2);
    expect(pdf.version >= '1.4').toBe(true);
    expect(file.name).toBe('trang-1.pdf');
    expect(world.told).toEqual([null, 0.5, 1]);
  });

  it('is not made of a Word file and a picture together', async () => {
    const files = [await word(), await world.put('a.png', '', pngPicture())];
    expect(await intake.convert(work(), files).catch(codeOf)).toBe('convert-not-together');
  });

  it('is given up when the clerk stops it: the program ends with what it started, and nothing is kept', async () => {
    const pid = join(world.folder, 'pid');
    world.installOffice(`sleep 600 & echo $! > ${pid}; wait`);
    const before = (await world.blobs.list()).blobs.length;
    const original = await word();
    const mine = work();
    const running = intake.convert(mine, [original]).catch(codeOf);
    await expect
      .poll(
        () => {
          try {
            return readFileSync(pid, 'utf8').trim();
          } catch {
            return '';
          }
        },
        { timeout: 10_000 },
      )
      .toMatch(/^\d+$/);
    intake.stop(mine);
    expect(await running).toBe('cancelled');
    await expect.poll(() => isRunning(Number(readFileSync(pid, 'utf8'))), { timeout: 10_000 }).toBe(false);
    expect((await world.blobs.list()).blobs.length - before).toBeLessThanOrEqual(1);
  });

  it('is not kept when our own reader cannot open it', async () => {
    const bad = join(world.folder, 'bad.pdf');
    writeFileSync(bad, '%PDF-1.7\nnothing\n');
    world.installOffice(`cp ${bad} "$out/van-ban.pdf"`);
    const before = (await world.blobs.list()).blobs.length;
    const original = await world.put('khac.docx', '', wordFile('Khác'));
    expect(await intake.convert(work(), [original]).catch(codeOf)).toBe('convert-output-bad');
    expect((await world.blobs.list()).blobs.length).toBe(before + 1);
  });
});

describe('an encrypted PDF', () => {
  const fixture = (name: string) => readFileSync(resolve('main/pdf/fixtures', `${name}.pdf`));
  /** Opens with the empty password; its owner forbids every change. */
  function restricted(user: string): Buffer {
    const [plain, sealed] = ['plain.pdf', 'restricted.pdf'].map((name) => join(world.folder, name));
    writeFileSync(plain ?? '', samplePdf('table'));
    const limits = ['--modify=none', '--annotate=n', '--form=n', '--assemble=n'];
    execFileSync('qpdf', [
      '--warning-exit-0',
      '--encrypt',
      user,
      'chu',
      '256',
      ...limits,
      '--',
      plain ?? '',
      sealed ?? '',
    ]);
    return readFileSync(sealed ?? '');
  }

  it.each([
    ['rc4-40', 'usr', 'own'],
    ['rc4-128', 'usr', 'own'],
    ['aes-128', 'usr', 'own'],
    ['aes-256', 'Mật khẩu', 'chủ'],
  ])('(%s) is opened by either password, and a wrong one is said', async (name, user, owner) => {
    for (const password of [user, owner]) {
      const file = await world.put(`${name}.pdf`, '', Buffer.concat([fixture(name), Buffer.from(password)]));
      expect(await intake.look(file.sha256, file.name)).toEqual({
        step: 'unlock',
        fileKind: 'pdf',
        notes: [],
      });
      expect(await intake.unlock(file.sha256, 'sai', false).catch(codeOf)).toBe('pdf-password-wrong');
      expect(intake.passwordOf(file.sha256)).toBeNull();
      expect(await intake.unlock(file.sha256, password, false)).toMatchObject({ restricted: false });
      expect(intake.passwordOf(file.sha256)).toBe(password);
      expect(await intake.look(file.sha256, file.name)).toMatchObject({ step: 'none', notes: [] });
    }
  });

  it('whose owner forbids changes takes the owner’s password alone', async () => {
    const file = await world.put('cam.pdf', '', restricted(''));
    const notes = ['pdf-changes-restricted'];
    expect(await intake.look(file.sha256, file.name)).toMatchObject({ step: 'none', notes });
    expect(await intake.unlock(file.sha256, 'doan', false).catch(codeOf)).toBe('pdf-password-wrong');
    expect(await intake.unlock(file.sha256, 'chu', false)).toMatchObject({ restricted: false });
    expect(await intake.look(file.sha256, file.name)).toMatchObject({ step: 'none', notes: [] });
  });

  it('says that it is restricted when the user’s password opens it', async () => {
    const file = await world.put('cam-2.pdf', '', restricted('nguoi-dung'));
    expect(await intake.unlock(file.sha256, 'nguoi-dung', false)).toMatchObject({ restricted: true });
    expect(await intake.unlock(file.sha256, 'chu', false)).toMatchObject({ restricted: false });
  });
});

describe('a damaged PDF', () => {
  it('is made anew beside the damaged one, which stays byte for byte', async () => {
    const text = Buffer.from(samplePdf('table')).toString('latin1');
    // Two objects say that they are number 4: no reader can be sure which one counts.
    const damaged = Buffer.from(
      `${text.replace(/\nxref\n[\s\S]*/, '\n')}4 0 obj\n<< /Length 3 >>\nstream\nq Q\nendstream\n`.replace(
        /trailer[\s\S]*$/,
        '',
      ),
      'latin1',
    ).subarray(0, -4);
    const original = await world.put('hong.pdf', 'application/pdf', damaged);
    const look = await intake.look(original.sha256, original.name);
    expect(look.step).toBe('repair');
    const { file, report } = await intake.repair(work(), original);
    expect([report.pages, report.signatures]).toEqual([1, []]);
    expect(file).toMatchObject({
      name: 'hong (lập lại).pdf',
      madeFrom: { how: 'repaired', originals: [original] },
    });
    expect((await world.bytesOf(original.sha256)).equals(damaged)).toBe(true);
    expect(await intake.look(file.sha256, file.name)).toMatchObject({ step: 'none' });
  });

  it('of which nothing can be read is refused with the reason', async () => {
    const original = await world.put('mat.pdf', '', Buffer.from('%PDF-1.7\nmất hết'));
    expect(await intake.look(original.sha256, original.name)).toMatchObject({ step: 'repair' });
    expect(await intake.repair(work(), original).catch(codeOf)).toBe('pdf-repair-nothing');
  });
});
