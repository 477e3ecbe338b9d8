// The clerk and the signing devices of the machine: the dialog of drivers, a driver chosen by hand, the text for support; and a
// device that comes and goes while the desk is at work, also with a driver that hangs.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testIds } from '../../renderer/app/test-ids';
import { answerFirstStart, at, openFolder } from '../desk/actions';
import { closeDisplay, type RunningDesk } from '../desk/launch';
import { softhsmModule } from '../sandbox/token/softhsm';
import { axeFaults } from './support/axe';
import { withLoaded } from './support/processes';
import { codeIn, wordsOf } from './support/shown';
import { openWorld, pins, type World } from './support/world';

const patience = { timeout: 60_000 };

let world: World;
let desk: RunningDesk;
let page: Page;
let second: string;
const room = join(process.env.VAN_THU_STATE ?? 'out/state', 'devices');
const script = `${room}-script.txt`;
const calls = `${room}-calls.txt`;
const probe = resolve('out/probe/pkcs11-probe.so');

beforeAll(async () => {
  writeFileSync(calls, '');
  writeFileSync(script, '');
  const env = { PROBE_MODULE: softhsmModule(), PROBE_SCRIPT: script, PROBE_LOG: calls };
  world = await openWorld({ name: 'devices', driver: probe, env });
  // The same driver under another name, as a person would find it in a vendor's folder.
  mkdirSync(join(world.folder, 'nha-cung-cap'));
  second = join(world.folder, 'nha-cung-cap', 'libkhac.so');
  copyFileSync(probe, second);
  writeFileSync(join(world.folder, 'khong-phai.so'), 'không phải thư viện, dù mang tên thư viện');
  desk = await world.launch();
  page = desk.page;
  await answerFirstStart(page, 0, 0);
});

afterAll(async () => {
  await desk?.quit();
  await world?.close();
  await closeDisplay();
});

const dialog = (): Locator => at(page, testIds.devices.root);
const driver = (file: string): Locator =>
  page.locator(`[data-testid="${testIds.devices.driver}"][data-file="${file}"]`);

async function openDevices(): Promise<void> {
  await at(page, testIds.foot.devices).click();
  await dialog().waitFor();
  await driver('pkcs11-probe.so').waitFor(patience);
  await page.locator(`[data-testid="${testIds.devices.list}"]:not([aria-busy="true"])`).waitFor(patience);
}

/** What main's own dialog will answer: a path that only main ever sees. */
async function willChoose(path: string | null): Promise<void> {
  await desk.app.evaluate(({ dialog: own }, chosen) => {
    own.showOpenDialog = async () => ({
      canceled: chosen === null,
      filePaths: chosen === null ? [] : [chosen],
    });
  }, path);
}

async function said(): Promise<string> {
  const bar = at(page, testIds.devices.message);
  await bar.waitFor(patience);
  return wordsOf(bar);
}

describe('the dialog of signing devices', () => {
  it('opens from the foot and by its keys, and shows each driver, device and certificate with its state', async () => {
    await openDevices();
    expect(await driver('pkcs11-probe.so').getAttribute('data-code')).toBe('');
    const words = await wordsOf(driver('pkcs11-probe.so'));
    expect(words).toContain('Mã PIN: sẵn sàng');
    expect(words).toContain('UBND tỉnh Lạng Sơn');
    const certificates = driver('pkcs11-probe.so').getByTestId(testIds.devices.certificate);
    expect(await certificates.count()).toBeGreaterThan(0);
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await page.keyboard.press('Control+5');
    await driver('pkcs11-probe.so').waitFor(patience);
    expect(readFileSync(calls, 'utf8')).not.toContain('C_Login');
  });

  it('has no fault under axe, and every button of it is reached by Tab', async () => {
    expect(await axeFaults(page)).toEqual([]);
    const buttons = await dialog().locator('button').count();
    const reached = new Set<string>();
    for (let presses = 0; presses < buttons + 4; presses += 1) {
      await page.keyboard.press('Tab');
      reached.add(await page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? ''));
    }
    const { test, choose, copy, close } = testIds.devices;
    for (const id of [test, choose, copy, close]) expect([...reached]).toContain(id);
  });

  it('says of a file that is no driver what it is, and does not keep it', async () => {
    await willChoose(join(world.folder, 'khong-phai.so'));
    await at(page, testIds.devices.choose).click();
    expect(codeIn(await said())).toBe('token-driver-broken');
    expect(readFileSync(join(world.profile, 'settings.json'), 'utf8')).not.toContain('khong-phai.so');
  });

  it('takes a driver of the clerk’s choice, keeps it in the profile, and no path of it reaches the window', async () => {
    await willChoose(second);
    await at(page, testIds.devices.choose).click();
    await driver('libkhac.so').waitFor(patience);
    expect(await said()).toContain('libkhac.so');
    const settings = JSON.parse(readFileSync(join(world.profile, 'settings.json'), 'utf8')) as {
      readonly modules: readonly string[];
    };
    expect(settings.modules).toEqual([probe, second]);
    expect(await page.content()).not.toContain('nha-cung-cap');
    await driver('libkhac.so').getByTestId(testIds.devices.test).click();
    await expect.poll(said, patience).toContain('trả lời tốt');
    await driver('libkhac.so').getByTestId(testIds.devices.forget).click();
    await driver('libkhac.so').waitFor({ state: 'detached', ...patience });
    expect(readFileSync(join(world.profile, 'settings.json'), 'utf8')).not.toContain('libkhac.so');
  });

  it('copies what support needs: driver, slots, devices, filters; no PIN', async () => {
    await at(page, testIds.devices.copy).click();
    await expect.poll(said, patience).toContain('Đã sao chép');
    const text = await desk.app.evaluate(({ clipboard }) => clipboard.readText());
    expect(text).toContain(probe);
    expect(text).toMatch(/đã nạp: có; C_GetInfo: .*SoftHSM/);
    expect(text).toMatch(/khe 1: /);
    expect(text).toContain('dùng được');
    expect(text).not.toContain(pins.agency);
    expect(text).not.toContain(pins.leader);
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  });
});

describe('a device that comes and goes', () => {
  const foot = (): Promise<string> => wordsOf(at(page, testIds.foot.devices));

  it('is told in the foot, and the dialog follows', async () => {
    await expect.poll(foot, patience).toContain('sẵn sàng');
    await openDevices();
    writeFileSync(script, 'C_GetSlotList * absent\n');
    await expect.poll(foot, patience).toContain('chưa cắm');
    await expect
      .poll(() => wordsOf(driver('pkcs11-probe.so')), patience)
      .toContain('Không có thiết bị nào đang cắm.');
    writeFileSync(script, '');
    await expect.poll(foot, patience).toContain('sẵn sàng');
    await expect.poll(() => wordsOf(driver('pkcs11-probe.so')), patience).toContain('Mã PIN: sẵn sàng');
    await page.keyboard.press('Escape');
  });

  it('with a driver that hangs: the desk works on, the host is given up, the device is there again', async () => {
    const [host] = withLoaded(desk.pid, 'pkcs11-probe.so');
    writeFileSync(script, 'C_GetInfo * hang\n');
    for (const folder of ['today', 'out-sent', 'register-outgoing', 'in-to-accept'] as const) {
      await openFolder(page, folder);
      await page.locator(`[data-testid="${testIds.folder(folder)}"][aria-current="page"]`).waitFor();
    }
    await expect.poll(foot, { timeout: 120_000 }).toContain('chưa cắm');
    expect(withLoaded(desk.pid, 'pkcs11-probe.so')).not.toContain(host);
    writeFileSync(script, '');
    await expect.poll(foot, { timeout: 120_000 }).toContain('sẵn sàng');
    expect(readFileSync(calls, 'utf8')).not.toContain('C_Login');
  });
});
