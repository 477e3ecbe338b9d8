// Signers' pictures through the window: a seal is chosen, looked at, given its real size, kept sealed over a restart, removed.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testIds } from '../../renderer/app/test-ids';
import { answerFirstStart, at } from '../desk/actions';
import { closeDisplay, type RunningDesk } from '../desk/launch';
import { sealPicture, signaturePicture } from '../sandbox/samples/signing';
import { axeFaults } from './support/axe';
import { codeIn, wordsOf } from './support/shown';
import { openWorld, type World } from './support/world';

const patience = { timeout: 60_000 };
// As the certificate on the device names it.
const agency = 'Ủy ban nhân dân tỉnh Lạng Sơn';

let world: World;
let desk: RunningDesk;
let page: Page;
let folder: string;

beforeAll(async () => {
  world = await openWorld({ name: 'pictures', settings: { images: {} } });
  folder = join(world.profile, 'pictures');
  writeFileSync(join(world.folder, 'dau.png'), sealPicture(['ỦY BAN NHÂN DÂN', 'TỈNH LẠNG SƠN']));
  writeFileSync(join(world.folder, 'ky.png'), signaturePicture('Trần Thị Bình'));
  writeFileSync(join(world.folder, 'khong-phai.png'), 'không phải ảnh, dù mang tên ảnh');
  desk = await world.launch();
  page = desk.page;
  await answerFirstStart(page, 0, 0);
  // The sandbox is made by the first test of a run that needs it.
}, 600_000);

afterAll(async () => {
  await desk?.quit();
  await world?.close();
  await closeDisplay();
});

const dialog = (): Locator => at(page, testIds.pictures.root);
const row = (): Locator => page.locator(`[data-testid="${testIds.pictures.one}"][data-holder="${agency}"]`);
const image = (): Locator => row().getByTestId(testIds.pictures.image);
const said = (): Promise<string> => wordsOf(at(page, testIds.pictures.message));

async function choose(name: string): Promise<void> {
  await row().getByTestId(testIds.pictures.file).setInputFiles(join(world.folder, name));
}

/** How wide the picture is on the screen, in millimetres of its style sheet. */
async function shownMm(): Promise<number> {
  const box = await image().boundingBox();
  return Math.round(((box?.width ?? 0) / 96) * 254) / 10;
}

describe('the dialog of pictures', () => {
  it('opens by its keys and takes a seal for the agency, shown in its real size and sealed on the disk', async () => {
    await page.keyboard.press('Control+7');
    await dialog().waitFor(patience);
    await row().waitFor(patience);
    expect(await row().getAttribute('data-kind')).toBe('');
    await choose('dau.png');
    await expect.poll(said, patience).toContain(agency);
    expect(await row().getAttribute('data-kind')).toBe('seal');
    await image().waitFor(patience);
    expect(await shownMm()).toBeCloseTo(36, 0);
    const kept = readdirSync(folder);
    expect(kept).toHaveLength(1);
    const bytes = readFileSync(join(folder, kept[0] ?? '')).toString('latin1');
    expect(bytes).not.toContain('PNG');
    expect(bytes).not.toContain('IDAT');
  });

  it('refuses what is no picture, and keeps the one that is there', async () => {
    await choose('khong-phai.png');
    await expect.poll(async () => codeIn(await said()), patience).toBe('picture-no-png');
    expect(await shownMm()).toBeCloseTo(36, 0);
  });

  it('says that a blue picture is no seal', async () => {
    await choose('ky.png');
    await expect.poll(() => wordsOf(row()), patience).toContain('Dấu của cơ quan phải màu đỏ');
    await choose('dau.png');
    await expect.poll(() => wordsOf(row()), patience).not.toContain('Dấu của cơ quan phải màu đỏ');
  });

  it('takes the real size in millimetres, and no size that cannot be', async () => {
    await row().getByTestId(testIds.pictures.width).fill('200');
    await expect.poll(() => wordsOf(row()), patience).toContain('từ 10 đến 80 mm');
    await row().getByTestId(testIds.pictures.width).fill('40');
    await row().getByTestId(testIds.pictures.resize).click(patience);
    await expect.poll(shownMm, patience).toBeCloseTo(40, 0);
  });

  it('has no fault under axe, and all of it is reached by Tab', async () => {
    expect(await axeFaults(page)).toEqual([]);
    const stops = await dialog().locator('button, input').count();
    const reached = new Set<string>();
    for (let presses = 0; presses < stops + 4; presses += 1) {
      await page.keyboard.press('Tab');
      reached.add(await page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? ''));
    }
    const { file, width, resize, remove, close } = testIds.pictures;
    for (const id of [file, width, resize, remove, close]) expect([...reached]).toContain(id);
  });

  it('has the picture after a restart, and lets go of it when asked', async () => {
    await desk.quit();
    desk = await world.launch();
    page = desk.page;
    await at(page, testIds.foot.devices).click(patience);
    await at(page, testIds.devices.pictures).click(patience);
    await image().waitFor(patience);
    expect(await shownMm()).toBeCloseTo(40, 0);
    await row().getByTestId(testIds.pictures.remove).click(patience);
    await expect.poll(() => wordsOf(row()).catch(() => ''), patience).toContain('Chưa có ảnh');
    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached', ...patience });
  });
});
