// The outgoing half of the story: a draft becomes a signed, numbered, sealed document that is sent to its receivers.
import { existsSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { testIds } from '../../renderer/app/test-ids';
import { answerSaveDialog, at, openFolder, openRow, rows, typePin, waitForStep } from '../desk/actions';
import type { RunningDesk } from '../desk/launch';
import type { Evidence } from './evidence';

const patience = 60_000;

export interface Letter {
  readonly file: string;
  readonly subject: string;
  readonly receivers: readonly string[];
}

const known: Readonly<Record<string, string>> = {
  G12: 'Bộ Tài chính',
  G22: 'Văn phòng Chính phủ',
  H26: 'UBND thành phố Hà Nội',
  H14: 'UBND tỉnh Cao Bằng',
  H57: 'UBND thành phố Huế',
};

/** A field's text replaced, whatever was proposed. */
async function put(page: Page, id: string, text: string): Promise<void> {
  await at(page, id).fill(text);
}

async function fillLetter(page: Page, letter: Letter): Promise<void> {
  await at(page, testIds.draft.file).setInputFiles(letter.file);
  await at(page, testIds.viewer.root).waitFor({ timeout: patience });
  // The symbol is proposed from the page's own text a moment after the file is there.
  await page
    .waitForFunction(
      (id) =>
        (document.querySelector(`[data-testid="${id}"]`) as HTMLInputElement | null)?.value.includes('-'),
      testIds.draft.notation,
      { timeout: 10_000 },
    )
    .catch(() => undefined);
  await put(page, testIds.draft.subject, letter.subject);
  await put(page, testIds.draft.signerName, 'Trần Thị Bình');
  await put(page, testIds.draft.signerPosition, 'Chủ tịch');
  const chosen = at(page, testIds.draft.receiver);
  for (const code of letter.receivers) {
    const there = await page
      .locator(`[data-testid="${testIds.draft.receiver}"][data-code="${code}"]`)
      .count();
    if (there > 0) continue;
    await put(page, testIds.draft.receiverName, known[code] ?? `Cơ quan ${code}`);
    await put(page, testIds.draft.receiverCode, code);
    await at(page, testIds.draft.receiverAdd).click();
  }
  const codes: string[] = [];
  for (const one of await chosen.all()) codes.push((await one.getAttribute('data-code')) ?? '');
  for (const code of codes.filter((one) => !letter.receivers.includes(one))) {
    await page
      .locator(`[data-testid="${testIds.draft.receiver}"][data-code="${code}"]`)
      .getByRole('button')
      .click();
  }
}

/** Fills the open draft and hands it on to the road of steps. */
async function submitDraft(page: Page, letter: Letter): Promise<void> {
  await at(page, testIds.draft.root).waitFor({ timeout: patience });
  await fillLetter(page, letter);
  await at(page, testIds.draft.submit).click();
  await at(page, testIds.road.root).waitFor({ timeout: patience });
}

/** A new outgoing document from a file. */
export async function startLetter(page: Page, letter: Letter, evidence: Evidence | null): Promise<void> {
  await at(page, testIds.act.issue).click();
  await at(page, testIds.draft.root).waitFor({ timeout: patience });
  await fillLetter(page, letter);
  await evidence?.picture(page, 'phat-hanh-van-ban');
  await at(page, testIds.draft.submit).click();
  await at(page, testIds.road.root).waitFor({ timeout: patience });
}

/** "Trả lời" on an accepted document: receiver and ResponseFor are filled in. */
export async function startAnswer(
  page: Page,
  folder: 'in-progress',
  id: string,
  letter: Letter,
  evidence: Evidence,
): Promise<void> {
  await openFolder(page, folder);
  await openRow(page, id);
  await at(page, testIds.act.answer).click();
  await at(page, testIds.draft.root).waitFor({ timeout: patience });
  await evidence.picture(page, 'tra-loi-van-ban');
  await submitDraft(page, letter);
}

/** The leader's profile: reads, signs with the leader's token, saves the signed copy. */
export async function leaderSigns(
  desk: RunningDesk,
  letter: Letter,
  pin: string,
  copy: string,
  evidence: Evidence,
): Promise<void> {
  const { page, app } = desk;
  await startLetter(page, letter, null);
  await at(page, testIds.road.card).first().waitFor({ timeout: patience });
  await evidence.picture(page, 'lanh-dao-ky-so');
  await typePin(
    app,
    () => at(page, testIds.road.signLeader).click(),
    pin,
    (window) => evidence.picture(window, 'ma-pin-lanh-dao'),
  );
  await waitForStep(page, 'leader', 'done');
  await evidence.picture(page, 'lanh-dao-da-ky');
  await at(page, testIds.road.later).click();
  await openFolder(page, 'out-to-number');
  const [row] = await rows(page);
  if (row === undefined) throw new Error('the signed document is in no folder');
  await openRow(page, row.document);
  await answerSaveDialog(app, copy);
  await at(page, testIds.saveFile).click();
  // The copy gets its name when it is whole.
  for (let tries = 0; tries < 300 && !existsSync(copy); tries += 1) await page.waitForTimeout(100);
}

/** The clerk: the leader's signature verified, number given, the agency's seal. */
export async function verifyNumberSeal(
  desk: RunningDesk,
  pin: string,
  evidence: Evidence | null,
): Promise<string> {
  const { page, app } = desk;
  await at(page, testIds.road.checkLeader).click();
  await waitForStep(page, 'leader', 'done');
  const number = at(page, testIds.road.number);
  await page.waitForFunction(
    (id) => (document.querySelector(`[data-testid="${id}"]`) as HTMLInputElement | null)?.value !== '',
    testIds.road.number,
    { timeout: patience },
  );
  // A page without blanks shows no preview of number and date.
  await at(page, testIds.sign.written)
    .first()
    .waitFor({ timeout: 3000 })
    .catch(() => undefined);
  await evidence?.picture(page, 'cap-so-ngay');
  const given = await number.inputValue();
  await at(page, testIds.road.giveNumber).click();
  await waitForStep(page, 'number', 'done');
  await at(page, testIds.road.card).first().waitFor({ timeout: patience });
  await evidence?.picture(page, 'ky-so-cua-co-quan');
  await typePin(
    app,
    () => at(page, testIds.road.seal).click(),
    pin,
    async (window) => {
      await evidence?.picture(window, 'ma-pin-co-quan');
    },
  );
  await waitForStep(page, 'seal', 'done');
  return given;
}

/** Puts the sealed document in the queue. */
export async function send(page: Page, evidence: Evidence | null): Promise<void> {
  await evidence?.picture(page, 'gui-van-ban');
  await at(page, testIds.road.send).click();
  await waitForStep(page, 'send', 'done');
}

/** States of the receivers of the open document, by code. */
export async function deliveries(page: Page): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const one of await at(page, testIds.delivery).all()) {
    found[(await one.getAttribute('data-code')) ?? ''] = (await one.getAttribute('data-state')) ?? '';
  }
  return found;
}
