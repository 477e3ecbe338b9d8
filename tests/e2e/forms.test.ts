// Number and date on a page that was made ready before the leader signed elsewhere, and the agency's seal with the picture kept
// in the desk, on the real window. Other readers judge what came of it.
import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testIds } from '../../renderer/app/test-ids';
import { commandLine } from '../cli/command-line';
import { answerFirstStart, answerSaveDialog, at, waitForStep } from '../desk/actions';
import { closeDisplay, type RunningDesk } from '../desk/launch';
import { sealPicture } from '../sandbox/samples/signing';
import { doStep, nextMoment, toRoad, type Work } from './support/clerk';
import { changedBox, colouredBox } from './support/pixels';
import { wordsOf } from './support/shown';
import { snapshotOf } from './support/snapshot';
import { storedFile } from './support/stored';
import { openWorld, pins, type World } from './support/world';

const patience = { timeout: 60_000 };
const agency = 'Ủy ban nhân dân tỉnh Lạng Sơn';

let world: World;
let desk: RunningDesk;
let page: Page;
let work: Work;
const file = (name: string): string => join(world.folder, name);

beforeAll(async () => {
  // No pictures in the settings: the seal is the one that the clerk gives the desk.
  world = await openWorld({ name: 'forms', settings: { images: {} } });
  copyFileSync(join(world.sandbox.folder, 'samples/drafts/tra-loi.pdf'), file('du-thao.pdf'));
  writeFileSync(file('dau.png'), sealPicture(['ỦY BAN NHÂN DÂN', 'TỈNH LẠNG SƠN']));
  const receiver = { code: 'H26', name: 'UBND thành phố Hà Nội' };
  const subject = 'Về việc ghi số vào ô đã chuẩn bị';
  work = { offered: [], subject, file: file('du-thao.pdf'), receiver, pin: pins.agency };
  desk = await world.launch();
  page = desk.page;
  await answerFirstStart(page, 0, 0);
}, 600_000);

afterAll(async () => {
  await desk?.quit();
  await world?.close();
  await closeDisplay();
});

const documentNow = async () =>
  (await snapshotOf(page)).outgoing.find((row) => row.facts.subject === work.subject);

const saved = (sha256: string | undefined, name: string): Promise<string> =>
  storedFile(desk, world.folder, sha256, name);

/** "Signature is Valid." as often as poppler says it. */
function validForPoppler(path: string): number {
  const out = execFileSync('pdfsig', ['-nocert', path], { encoding: 'utf8' });
  return out.split('\n').filter((line) => line.includes('Signature is Valid')).length;
}

describe('a draft that is signed elsewhere', () => {
  it('is saved with fields for number and date, and looks as before', async () => {
    const clerk = { desk, page, at: () => undefined };
    await doStep(clerk, work, 'draft');
    await toRoad(page, work);
    await answerSaveDialog(desk.app, file('trinh-ky.pdf'));
    await at(page, testIds.road.saveForSigning).click(patience);
    await expect.poll(() => wordsOf(at(page, testIds.notice)), patience).toContain('Đã lưu bản trình ký');
    expect(changedBox(file('du-thao.pdf'), file('trinh-ky.pdf'), 1)).toBeNull();
    const before = readFileSync(file('du-thao.pdf'));
    expect(readFileSync(file('trinh-ky.pdf')).subarray(0, before.length).equals(before)).toBe(true);
  });

  it('comes back signed and is checked; the step of the number says that it goes into those fields', async () => {
    const leader = await leaderToken();
    const called = await commandLine(
      [
        'sign',
        'trinh-ky.pdf',
        '--out',
        'da-ky.pdf',
        '--module',
        leader.module,
        '--token',
        leader.label,
        '--pin-stdin',
      ],
      { from: world.folder, input: `${pins.leader}\n`, env: world.env },
    );
    expect(called.exit, called.errors).toBe(0);
    await at(page, testIds.road.chooseSigned).setInputFiles(file('da-ky.pdf'), patience);
    await waitForStep(page, 'number', 'open');
    await expect
      .poll(() => wordsOf(at(page, testIds.road.root)), patience)
      .toContain('Số và ngày được ghi vào ô đã chuẩn bị');
  });

  it('has its number in the fields, and the leader’s signature stays valid for another reader', async () => {
    await doStep({ desk, page, at: () => undefined }, work, 'number');
    const row = await documentNow();
    const numbered = await saved(row?.main?.sha256 ?? '', 'co-so.pdf');
    const words = execFileSync('pdftotext', ['-layout', numbered, '-'], { encoding: 'utf8' });
    expect(row?.numberGiven).not.toBeNull();
    expect(words.replaceAll(/\s+/g, ' ')).toMatch(new RegExp(`Số: ?0*${row?.numberGiven?.number}`));
    expect(validForPoppler(numbered)).toBe(1);
  });

  it('is sealed with the picture that the desk keeps, red and a third over the signature', async () => {
    await page.keyboard.press('Control+7');
    const pictures = page.locator(`[data-testid="${testIds.pictures.one}"][data-holder="${agency}"]`);
    await pictures.getByTestId(testIds.pictures.file).setInputFiles(file('dau.png'), patience);
    await expect.poll(() => wordsOf(at(page, testIds.pictures.message)), patience).toContain(agency);
    await page.keyboard.press('Escape');
    await doStep({ desk, page, at: () => undefined }, work, 'seal');
    const row = await documentNow();
    expect(nextMoment(await snapshotOf(page), work, new Set())).toBe('send');
    const numbered = file('co-so.pdf');
    const sealed = await saved(row?.seal?.sha256 ?? '', 'co-dau.pdf');
    expect(validForPoppler(sealed)).toBe(2);
    const red = colouredBox(sealed, 1, (r, g, b) => r > 150 && g < 110 && b < 110);
    expect(colouredBox(numbered, 1, (r, g, b) => r > 150 && g < 110 && b < 110)).toBeNull();
    // The picture's own width: the size that was set for the seal, 36 mm.
    expect((red?.right ?? 0) - (red?.left ?? 0)).toBeGreaterThan(30);
    expect((red?.right ?? 0) - (red?.left ?? 0)).toBeLessThanOrEqual(36.5);
  });
});

interface TokenPlace {
  readonly module: string;
  readonly label: string;
}

async function leaderToken(): Promise<TokenPlace> {
  const index = JSON.parse(readFileSync(join(world.sandbox.folder, 'tokens/index.json'), 'utf8')) as {
    readonly module: string;
    readonly tokens: readonly { readonly name: string; readonly label: string }[];
  };
  const token = index.tokens.find((one) => one.name === 'leader');
  if (token === undefined) throw new Error('the sandbox has no token of the leader');
  return { module: index.module, label: token.label };
}
