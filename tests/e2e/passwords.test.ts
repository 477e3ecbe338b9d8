// An encrypted PDF in the window: its password is asked once, a wrong one is said, what is signed stays encrypted, and what its
// owner forbids is refused. Nothing of a password is found in the profile afterwards.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testIds } from '../../renderer/app/test-ids';
import {
  answerFirstStart,
  answerSaveDialog,
  at,
  openFolder,
  openRow,
  typePin,
  waitForDesk,
  waitForStep,
} from '../desk/actions';
import { closeDisplay, type RunningDesk } from '../desk/launch';
import { writeScan } from './support/scan';
import { codeIn, failureShown, wordsOf } from './support/shown';
import { snapshotOf } from './support/snapshot';
import { openWorld, pins, type World } from './support/world';

const patience = { timeout: 60_000 };
const [user, owner] = ['mat-khau-mo', 'mat-khau-chu'];
const ids = testIds.intake;
let world: World;
let desk: RunningDesk;
let page: Page;

beforeAll(async () => {
  world = await openWorld({ name: 'passwords' });
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

function encrypted(name: string, password: string, ...limits: readonly string[]): string {
  const [plain, sealed] = [join(world.folder, `ro-${name}`), join(world.folder, name)];
  writeFileSync(plain, writeScan(name));
  execFileSync('qpdf', ['--encrypt', password, owner ?? '', '256', ...limits, '--', plain, sealed]);
  return sealed;
}

async function give(password: string): Promise<void> {
  await at(page, ids.password).fill(password, patience);
  await at(page, ids.unlock).click(patience);
}

const pageIsShown = () => page.locator('.viewer canvas').first().waitFor(patience);

/** A copy of the chosen file, saved and numbered: what is left is the agency's signature. */
async function toSeal(subject: string): Promise<void> {
  await at(page, testIds.copy.source).selectOption('paper-original');
  await at(page, testIds.copy.subject).fill(subject);
  await at(page, testIds.copy.save).click(patience);
  await at(page, testIds.road.root).waitFor(patience);
  await page.locator(`[data-testid="${testIds.road.number}"]:not([value=""])`).waitFor(patience);
  await at(page, testIds.road.giveNumber).click(patience);
  await waitForStep(page, 'seal', 'open');
  await at(page, testIds.sign.placement).waitFor(patience);
}

function* filesBelow(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* filesBelow(path);
    else if (statSync(path).isFile()) yield path;
  }
}

describe('an encrypted PDF', () => {
  it('asks for its password, says that one is wrong, and is shown with the right one', async () => {
    await at(page, testIds.act.copy).click(patience);
    await at(page, testIds.copy.file).setInputFiles(encrypted('mat.pdf', user ?? ''));
    await at(page, ids.passwordForm).waitFor(patience);
    await give('sai');
    const wrong = async () => codeIn(await wordsOf(at(page, ids.passwordForm)));
    await expect.poll(wrong, patience).toBe('pdf-password-wrong');
    await give(user ?? '');
    await at(page, ids.passwordForm).waitFor({ state: 'detached', ...patience });
    await pageIsShown();
  });

  it('is signed and stays encrypted', async () => {
    await toSeal('Văn bản có mật khẩu');
    await typePin(desk.app, () => at(page, testIds.road.seal).click(), pins.agency);
    await waitForStep(page, 'send', 'open');
    await pageIsShown();
    const path = join(world.folder, 'da-ky.pdf');
    await answerSaveDialog(desk.app, path);
    await at(page, testIds.saveFile).click(patience);
    const check = () => {
      try {
        return execFileSync('pdfsig', ['-nocert', '-upw', user ?? '', path], { encoding: 'utf8' });
      } catch {
        return '';
      }
    };
    await expect.poll(check, patience).toContain('Signature Validation: Signature is Valid.');
    expect(
      execFileSync('qpdf', ['--show-encryption', `--password=${user}`, path], { encoding: 'utf8' }),
    ).toContain('AESv3');
    await at(page, testIds.road.later).click(patience);
  });

  it('leaves no password in the profile, and is asked for again at the next start', async () => {
    const [{ id = '' } = {}] = (await snapshotOf(page)).outgoing;
    await desk.quit();
    for (const path of filesBelow(world.profile)) {
      const bytes = readFileSync(path);
      expect([path, bytes.includes(user ?? ''), bytes.includes(owner ?? '')]).toEqual([path, false, false]);
      expect([path, bytes.includes(Buffer.from(user ?? '', 'utf16le'))]).toEqual([path, false]);
    }
    desk = await world.launch();
    page = desk.page;
    await waitForDesk(page);
    await openFolder(page, 'out-to-send');
    await openRow(page, id);
    await at(page, ids.passwordForm).waitFor(patience);
    await give(user ?? '');
    await pageIsShown();
  });
});

describe('a PDF whose owner forbids changes', () => {
  it('can be read, and its signing is refused with the reason', async () => {
    const limits = ['--modify=none', '--annotate=n', '--form=n', '--assemble=n'];
    await at(page, testIds.act.copy).click(patience);
    await at(page, testIds.copy.file).setInputFiles(encrypted('cam-sua.pdf', '', ...limits));
    await at(page, ids.passwordForm).waitFor(patience);
    expect(codeIn(await wordsOf(at(page, ids.passwordForm)))).toBe('pdf-changes-restricted');
    await at(page, ids.no).click(patience);
    await pageIsShown();
    await toSeal('Văn bản cấm sửa');
    await at(page, testIds.road.seal).click(patience);
    expect(await failureShown(page)).toBe('pdf-changes-restricted');
    await at(page, testIds.road.later).click(patience);
  });

  it('is signed once its owner’s password is given', async () => {
    const limits = ['--modify=none', '--annotate=n', '--form=n', '--assemble=n'];
    await at(page, testIds.act.copy).click(patience);
    await at(page, testIds.copy.file).setInputFiles(encrypted('duoc-sua.pdf', '', ...limits));
    await at(page, ids.passwordForm).waitFor(patience);
    await give(owner ?? '');
    await at(page, ids.passwordForm).waitFor({ state: 'detached', ...patience });
    await toSeal('Văn bản được phép ký');
    await typePin(desk.app, () => at(page, testIds.road.seal).click(), pins.agency);
    await waitForStep(page, 'send', 'open');
  });
});
