// What is no PDF yet becomes one in the window: a photographed page on its way to a signed copy, a Word file as a draft. The
// originals stay beside it, byte for byte.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findOffice } from '../../main/convert';
import { wordFile } from '../../main/convert/office.fixture';
import { pictureBy } from '../../main/convert/pictures.fixture';
import { pageObjects, samplePdf } from '../../main/pdf/sample-pdf';
import { testIds } from '../../renderer/app/test-ids';
import { answerFirstStart, answerSaveDialog, at, typePin, waitForStep } from '../desk/actions';
import { closeDisplay, type RunningDesk } from '../desk/launch';
import { writeScan } from './support/scan';
import { codeIn, wordsOf } from './support/shown';
import { snapshotOf } from './support/snapshot';
import { openWorld, pins, type World } from './support/world';

const patience = { timeout: 60_000 };
/** LibreOffice's first start in a fresh profile on a slow machine. */
const longPatience = { timeout: 170_000 };
let world: World;
let desk: RunningDesk;
let page: Page;

beforeAll(async () => {
  world = await openWorld({ name: 'intake' });
  await world.startHub();
  desk = await world.launch();
  page = desk.page;
  await answerFirstStart(page, 5, 317);
});

afterAll(async () => {
  await desk?.quit();
  await world?.close();
  await closeDisplay();
});

const ids = testIds.intake;

async function saveTo(path: string, button: string): Promise<void> {
  await answerSaveDialog(desk.app, path);
  await at(page, button).click(patience);
}

const readWhole = (path: string): Buffer => {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
};

describe('a photographed page', () => {
  const photo = pictureBy(writeScan('TRANG CHUP'), '-jpeg', '-r', '200');

  it('is asked for, made a PDF and shown before anything is signed', async () => {
    const path = join(world.folder, 'trang-chup.jpg');
    writeFileSync(path, photo);
    await at(page, testIds.act.copy).click(patience);
    await at(page, testIds.copy.file).setInputFiles(path);
    await at(page, ids.convert).waitFor(patience);
    await at(page, ids.yes).click(patience);
    await at(page, testIds.fileChoice).filter({ hasText: 'trang-chup.pdf' }).waitFor(patience);
    await page.locator('.viewer canvas').first().waitFor(patience);
    expect(await at(page, ids.madeFrom).getAttribute('data-how')).toBe('converted');
  });

  it('gives its original back byte for byte', async () => {
    const path = join(world.folder, 'goc.jpg');
    await saveTo(path, ids.original);
    await expect.poll(() => readWhole(path).equals(photo), patience).toBe(true);
  });

  it('is numbered and signed as a copy, and still says what it was made from', async () => {
    await at(page, testIds.copy.source).selectOption('paper-original');
    await at(page, testIds.copy.subject).fill('Quyết định chụp bằng máy ảnh');
    await at(page, testIds.copy.save).click(patience);
    await at(page, testIds.road.root).waitFor(patience);
    await expect.poll(() => at(page, testIds.road.number).inputValue(), patience).toBe('1');
    await at(page, testIds.road.giveNumber).click(patience);
    await waitForStep(page, 'seal', 'open');
    await at(page, testIds.sign.placement).waitFor(patience);
    await typePin(desk.app, () => at(page, testIds.road.seal).click(), pins.agency);
    await waitForStep(page, 'send', 'open');
    const [copy] = (await snapshotOf(page)).outgoing;
    expect(copy?.main?.madeFrom).toMatchObject({
      how: 'converted',
      originals: [{ name: 'trang-chup.jpg', size: photo.length }],
    });
    const path = join(world.folder, 'ban-sao.pdf');
    await saveTo(path, testIds.saveFile);
    await expect.poll(() => readWhole(path).length, patience).toBeGreaterThan(photo.length);
    expect(execFileSync('pdfsig', ['-nocert', path], { encoding: 'utf8' })).toContain(
      'Signature Validation: Signature is Valid.',
    );
    const [first = ''] = execFileSync('pdfimages', ['-list', path], { encoding: 'utf8' })
      .split('\n')
      .slice(2);
    const dpi = Number(first.trim().split(/\s+/)[12]);
    expect(dpi).toBeGreaterThanOrEqual(200);
    await at(page, testIds.road.later).click(patience);
  });
});

describe('files that cannot be a document', () => {
  it('are refused one by one, and say why', async () => {
    const empty = join(world.folder, 'rong.pdf');
    writeFileSync(empty, '');
    await at(page, testIds.act.issue).click(patience);
    await at(page, testIds.draft.file).setInputFiles(empty);
    await at(page, ids.refused).waitFor(patience);
    expect(await at(page, ids.reason).getAttribute('data-code')).toBe('file-empty');
    await at(page, ids.yes).click(patience);
    const text = join(world.folder, 'ghi-chu.pdf');
    writeFileSync(text, 'không phải PDF');
    await at(page, testIds.draft.file).setInputFiles(text);
    await at(page, ids.noPdf).waitFor(patience);
    expect(codeIn(await wordsOf(at(page, ids.reason)))).toBe('convert-unknown-kind');
    expect(await at(page, ids.note).getAttribute('data-code')).toBe('file-name-misleads');
    await at(page, ids.no).click(patience);
  });
});

describe('a damaged PDF', () => {
  it('is made anew only when the clerk says so, and the new one says where it came from', async () => {
    const whole = Buffer.from(samplePdf('table', pageObjects()));
    // Cut off behind its page: the table, the trailer and the end are gone.
    const damaged = whole.subarray(0, whole.indexOf('QUYET DINH'));
    const path = join(world.folder, 'hong.pdf');
    writeFileSync(path, damaged);
    await at(page, testIds.draft.file).setInputFiles(path);
    await at(page, ids.damaged).waitFor(patience);
    await at(page, ids.no).click(patience);
    expect(await at(page, testIds.viewer.root).count()).toBe(0);
    await at(page, testIds.draft.file).setInputFiles(path);
    await at(page, ids.damaged).waitFor(patience);
    await at(page, ids.yes).click(patience);
    await at(page, ids.repaired).waitFor(patience);
    expect(await at(page, ids.repairedPages).getAttribute('data-pages')).toBe('1');
    expect(await at(page, ids.note).first().getAttribute('data-code')).toBe('pdf-repair-content-lost');
    await at(page, ids.yes).click(patience);
    await at(page, ids.madeFrom).waitFor(patience);
    expect(await at(page, ids.madeFrom).getAttribute('data-how')).toBe('repaired');
    await page.locator('.viewer canvas').first().waitFor(patience);
    const saved = join(world.folder, 'hong-goc.pdf');
    await saveTo(saved, ids.original);
    await expect.poll(() => readWhole(saved).equals(damaged), patience).toBe(true);
  });
});

describe('a Word file with the name of a PDF', () => {
  it('is made a PDF by LibreOffice; where there is none, the desk says what to install', async () => {
    const path = join(world.folder, 'cong-van.pdf');
    writeFileSync(path, wordFile('Kính gửi: Văn phòng Chính phủ'));
    await at(page, testIds.draft.file).setInputFiles(path);
    if (findOffice(undefined, process.env) === undefined) {
      process.stderr.write('Máy này không có LibreOffice: chỉ kiểm tra lời nhắn.\n');
      await at(page, ids.noPdf).waitFor(patience);
      expect(codeIn(await wordsOf(at(page, ids.reason)))).toBe('convert-office-missing');
      return;
    }
    await at(page, ids.convert).waitFor(patience);
    expect(await at(page, ids.convert).getByTestId(ids.note).getAttribute('data-code')).toBe(
      'file-name-misleads',
    );
    await at(page, ids.yes).click(patience);
    await page.locator(`[data-testid="${ids.madeFrom}"][data-how="converted"]`).waitFor(longPatience);
    await page.locator('.viewer canvas').first().waitFor(patience);
    await at(page, testIds.draft.subject).fill('Công văn từ tệp Word');
    await at(page, testIds.draft.save).click(patience);
    const stored = async () =>
      (await snapshotOf(page)).outgoing.find((one) => one.facts.subject === 'Công văn từ tệp Word');
    await expect.poll(async () => (await stored())?.main?.madeFrom?.how, patience).toBe('converted');
    const saved = join(world.folder, 'cong-van-pdf.pdf');
    await saveTo(saved, testIds.saveFile);
    await expect
      .poll(() => {
        try {
          return execFileSync('pdftotext', [saved, '-'], { encoding: 'utf8' });
        } catch {
          return '';
        }
      }, patience)
      .toContain('Kính gửi: Văn phòng Chính phủ');
  });
});
