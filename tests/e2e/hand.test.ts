// Packages by hand on the real window: chosen or dropped, reported, taken in once, given away byte for byte; a secret one leaves
// nothing but the fact. By keyboard, and without a fault under axe.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testIds } from '../../renderer/app/test-ids';
import { answerFirstStart, at, folderCount, openFolder } from '../desk/actions';
import { closeDisplay, type RunningDesk } from '../desk/launch';
import { axeFaults } from './support/axe';
import { openWorld, type World } from './support/world';

const patience = { timeout: 60_000 };
const fixture = readFileSync(resolve('tests/fixtures/edxml/edoc_new.edxml'));

let world: World;
let desk: RunningDesk;
let page: Page;

beforeAll(async () => {
  world = await openWorld({ name: 'hand' });
  desk = await world.launch();
  page = desk.page;
  await answerFirstStart(page, 0, 0);
});

afterAll(async () => {
  await desk?.quit();
  await world?.close();
  await closeDisplay();
});

const entry = (): Locator => at(page, testIds.hand.entry);

async function choose(name: string, bytes: Buffer): Promise<void> {
  const path = join(world.folder, name);
  writeFileSync(path, bytes);
  await at(page, testIds.hand.file).setInputFiles(path);
}

describe('packages by hand', () => {
  it('are chosen by keys, reported, and taken in by Enter', async () => {
    await page.keyboard.press('Control+i');
    await at(page, testIds.hand.root).waitFor();
    await choose('goi.edxml', fixture);
    await page.locator(`[data-testid="${testIds.hand.entry}"][data-kind="document"]`).waitFor(patience);
    expect(await axeFaults(page)).toEqual([]);
    await at(page, testIds.hand.bring).focus();
    await page.keyboard.press('Enter');
    await page.locator(`[data-testid="${testIds.hand.entry}"][data-brought="true"]`).waitFor(patience);
    await page.keyboard.press('Escape');
    await at(page, testIds.hand.root).waitFor({ state: 'detached' });
    await expect.poll(() => folderCount(page, 'in-to-accept'), patience).toBe(1);
  });

  it('are known again when they are dropped on the desk', async () => {
    await page.evaluate((text) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob(text), (one) => one.charCodeAt(0))], 'lan-hai.edxml'));
      document.body.dispatchEvent(
        new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }),
      );
    }, fixture.toString('base64'));
    await page
      .locator(`[data-testid="${testIds.hand.entry}"][data-kind="document"][data-known="same"]`)
      .waitFor(patience);
    expect(await at(page, testIds.hand.bring).getAttribute('aria-disabled')).toBe('true');
  });

  it('say which file is none, and keep no word of a secret one', async () => {
    await choose('anh.edxml', Buffer.from('GIF89a'));
    await page.locator(`[data-testid="${testIds.hand.entry}"][data-kind="unreadable"]`).waitFor(patience);
    const text = fixture.toString('utf8').replace(/(<edXML:Subject>)[^<]*/, '$1TỐI MẬT - Phương án mười bảy');
    expect(text).toContain('mười bảy');
    await choose('mat.edxml', Buffer.from(text));
    await page.locator(`[data-testid="${testIds.hand.entry}"][data-kind="secret"]`).waitFor(patience);
    expect(await page.content()).not.toContain('mười bảy');
    await expect.poll(() => entry().count()).toBe(3);
    await at(page, testIds.hand.close).click();
    expect(await folderCount(page, 'in-to-accept')).toBe(1);
  });

  it('are given away byte for byte', async () => {
    await openFolder(page, 'in-to-accept');
    await at(page, testIds.row).first().click();
    const target = join(world.folder, 'ra.edxml');
    await desk.app.evaluate(({ dialog }, path) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath: path });
    }, target);
    await at(page, testIds.hand.export).click();
    await expect.poll(() => existsSync(target), patience).toBe(true);
    await at(page, testIds.notice).waitFor(patience);
    expect(readFileSync(target).equals(fixture)).toBe(true);
  });
});
