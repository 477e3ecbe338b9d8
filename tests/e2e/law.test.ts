// What law asks of the desk, on the real window: receivers out of the directory with warnings and groups, the working calendar
// by keys and without a fault under axe, the history given away in a chain that shows tampering.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chainFault } from '../../main/services/history/chain';
import { historyFile } from '../../preload/contract/history-chain';
import { testIds } from '../../renderer/app/test-ids';
import { answerFirstStart, at, openFolder } from '../desk/actions';
import { closeDisplay, type RunningDesk } from '../desk/launch';
import { axeFaults } from './support/axe';
import { snapshotOf } from './support/snapshot';
import { openWorld, type World } from './support/world';

const patience = { timeout: 60_000 };

let world: World;
let desk: RunningDesk;
let page: Page;

beforeAll(async () => {
  world = await openWorld({ name: 'law', seeds: 'samples' });
  await world.startHub();
  desk = await world.launch();
  page = desk.page;
  await answerFirstStart(page, 0, 0);
});

afterAll(async () => {
  await desk?.quit();
  await world?.close();
  await closeDisplay();
});

const faults = (): Promise<string[]> => axeFaults(page);

const receiver = (code: string) =>
  page.locator(`[data-testid="${testIds.draft.receiver}"][data-code="${code}"]`);

describe('the desk', () => {
  it('has received its documents, and the directory behind them', async () => {
    await expect.poll(async () => (await snapshotOf(page)).incoming.length, patience).toBeGreaterThan(3);
    await expect.poll(() => existsSync(join(world.profile, 'agencies.sealed')), patience).toBe(true);
  });
});

describe('receivers', () => {
  it('are found without marks and taken by keys', async () => {
    await page.keyboard.press('Control+n');
    await at(page, testIds.draft.root).waitFor(patience);
    await at(page, testIds.draft.receiverName).pressSequentially('bo tai chinh');
    await page.locator(`[data-testid="${testIds.directory.option}"][data-code="G12"]`).waitFor(patience);
    expect(await faults()).toEqual([]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await receiver('G12').waitFor(patience);
  });

  it('of a merged province are warned of and replaced', async () => {
    await at(page, testIds.draft.receiverName).fill('UBND tỉnh Hà Giang');
    await at(page, testIds.draft.receiverCode).fill('H22');
    await at(page, testIds.draft.receiverAdd).click();
    await page
      .locator(`[data-testid="${testIds.draft.receiver}"][data-code="H22"][data-standing="merged"]`)
      .waitFor(patience);
    await at(page, testIds.directory.replace).click();
    await receiver('H60').waitFor(patience);
    expect(await receiver('H22').count()).toBe(0);
  });

  it('are kept as a group and added at once', async () => {
    await at(page, testIds.directory.groups).locator('summary').click();
    await at(page, testIds.directory.groupName).fill('Nơi nhận thường kỳ');
    await at(page, testIds.directory.groupSave).click();
    await at(page, testIds.directory.group).waitFor(patience);
    await receiver('H60').getByRole('button').last().click();
    await receiver('H60').waitFor({ state: 'detached' });
    await at(page, testIds.directory.groupAdd).click();
    await receiver('H60').waitFor(patience);
    await page.keyboard.press('Escape');
    await at(page, testIds.panes.folders).waitFor(patience);
  });
});

describe('the working calendar', () => {
  it('is opened by keys, shows the holidays of law, and keeps a Saturday worked', async () => {
    await page.keyboard.press('Control+6');
    await at(page, testIds.calendar.root).waitFor(patience);
    const year = await at(page, testIds.calendar.year).inputValue();
    await page.locator(`[data-testid="${testIds.calendar.day}"][data-day="${year}-09-02"]`).waitFor(patience);
    expect(await faults()).toEqual([]);
    await at(page, testIds.calendar.newDay).fill(`24/11/${year}`);
    await at(page, testIds.calendar.newName).fill('Nghỉ theo thông báo');
    await at(page, testIds.calendar.add).click();
    await page
      .locator(`[data-testid="${testIds.calendar.day}"][data-day="${year}-11-24"][data-by="off"]`)
      .waitFor(patience);
    await at(page, testIds.calendar.save).click();
    await at(page, testIds.calendar.root).waitFor({ state: 'detached', ...patience });
    expect(existsSync(join(world.profile, 'calendar.sealed'))).toBe(true);
  });
});

describe('the history', () => {
  it('is given away in a chain that is whole and shows a changed row', async () => {
    await openFolder(page, 'register-incoming');
    const target = join(world.folder, 'lich-su.json');
    await desk.app.evaluate(({ dialog }, path) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath: path });
    }, target);
    await at(page, testIds.register.historyChain).click();
    await at(page, testIds.notice).waitFor(patience);
    const file = historyFile.parse(JSON.parse(readFileSync(target, 'utf8')));
    expect(file.rows.length).toBeGreaterThan(3);
    expect(chainFault(file)).toBeNull();
    const forged = file.rows.map((row, index) => (index === 1 ? { ...row, who: 'Người khác' } : row));
    expect(chainFault({ ...file, rows: forged })).toEqual({ fault: 'row-changed', seq: 2 });
    expect(await faults()).toEqual([]);
  });
});
