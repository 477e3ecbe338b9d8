// The incoming half of the story: what arrived is checked, then accepted, sent back or answered; one goes its whole way.
import type { Page } from 'playwright-core';
import { testIds } from '../../renderer/app/test-ids';
import { accept, at, folderCount, openFolder, openRow, refuse, rows, waitForRowGone } from '../desk/actions';
import { type Evidence, NotOffered } from './evidence';

const patience = 60_000;

export interface Handled {
  readonly accepted: string[];
  /** The accepted letter that the drafts of the sandbox answer, where it was offered. */
  toAnswer: string | null;
  readonly refused: string[];
  readonly answeredRecalls: string[];
}

/** Waits until something arrived and the number of waiting documents stands still for three looks. */
export async function waitForArrivals(page: Page, seconds: number): Promise<number> {
  const until = Date.now() + seconds * 1000;
  let last = -1;
  let still = 0;
  await openFolder(page, 'in-to-accept');
  while (Date.now() < until) {
    const count = await folderCount(page, 'in-to-accept');
    still = count > 0 && count === last ? still + 1 : 0;
    if (still >= 5) return count;
    last = count;
    await page.waitForTimeout(1500);
  }
  return Math.max(0, last);
}

async function refusalReason(page: Page): Promise<string | null> {
  const bar = at(page, testIds.verdict);
  await bar.or(at(page, testIds.act.agreeRecall)).first().waitFor({ timeout: patience });
  if ((await bar.count()) === 0) return null;
  const verdict = await bar.getAttribute('data-verdict');
  const words = (await bar.innerText()).replace(/\s+/g, ' ').slice(0, 300);
  if (verdict === 'invalid' || verdict === 'unreadable') return words;
  return words.includes('không do tổ chức được tin cậy') ? words : null;
}

async function handleOne(
  page: Page,
  id: string,
  handled: Handled,
  look: (name: string) => Promise<void>,
): Promise<void> {
  await openRow(page, id);
  const reason = await refusalReason(page);
  const asked = at(page, testIds.act.agreeRecall);
  let answered = false;
  if ((await asked.count()) > 0) {
    if (handled.answeredRecalls.length === 0) await look('de-nghi-cua-noi-gui');
    await asked.click();
    await asked.waitFor({ state: 'detached', timeout: patience });
    handled.answeredRecalls.push(id);
    // A replacement stays to be registered; a recall or an update is done with its answer.
    answered = (await at(page, testIds.act.registerAndAccept).count()) === 0;
  }
  if (answered) {
    await openFolder(page, 'in-to-accept');
  } else if (reason !== null || (await at(page, testIds.act.registerAndAccept).isDisabled())) {
    if (handled.refused.length === 0) await look('khong-duoc-tiep-nhan');
    await refuse(page, reason ?? 'Không đủ điều kiện tiếp nhận');
    handled.refused.push(id);
  } else {
    if (handled.accepted.length === 0) await look('kiem-tra-va-tiep-nhan');
    await accept(page);
    handled.accepted.push(id);
  }
  await openFolder(page, 'in-to-accept');
  await waitForRowGone(page, id);
}

/** Takes every waiting document: accepts what is acceptable, refuses the rest with 02. */
export async function handleArrivals(page: Page, evidence: Evidence): Promise<Handled> {
  const handled: Handled = { accepted: [], toAnswer: null, refused: [], answeredRecalls: [] };
  const seen = new Set<string>();
  for (let round = 0; round < 200; round += 1) {
    await openFolder(page, 'in-to-accept');
    const next = (await rows(page)).find((row) => row.state === 'to-accept' && !seen.has(row.document));
    if (next === undefined) break;
    seen.add(next.document);
    await handleOne(page, next.document, handled, (name) => evidence.picture(page, name));
    if (next.title === '1542/BTC-ĐT' && handled.accepted.includes(next.document))
      handled.toAnswer = next.document;
  }
  if (handled.accepted.length + handled.refused.length + handled.answeredRecalls.length === 0) {
    throw new NotOffered('nothing arrived');
  }
  return handled;
}

/** Trình, chuyển giao theo ý kiến chỉ đạo (04), theo dõi (05), hoàn thành (06) of one accepted document. */
export async function routeOne(page: Page, id: string, evidence: Evidence): Promise<void> {
  await openFolder(page, 'in-to-present');
  await openRow(page, id);
  await at(page, testIds.field.presentTo).fill('Chủ tịch Trần Thị Bình');
  await at(page, testIds.act.present).click();
  await openFolder(page, 'in-to-assign');
  await openRow(page, id);
  await at(page, testIds.field.opinion).fill('Giao Sở Tài chính chủ trì, tham mưu báo cáo trước ngày 28/11.');
  await at(page, testIds.field.assignTo).fill('Sở Tài chính');
  await evidence.picture(page, 'chuyen-giao-theo-y-kien-chi-dao');
  await at(page, testIds.act.assign).click();
  await openFolder(page, 'in-progress');
  await openRow(page, id);
  await at(page, testIds.act.progress).click();
  await at(page, testIds.act.finish).waitFor({ timeout: patience });
}

/** 06 for a document that is being handled. */
export async function finishOne(page: Page, id: string): Promise<void> {
  await openFolder(page, 'in-progress');
  await openRow(page, id);
  await at(page, testIds.act.finish).click();
  await openFolder(page, 'in-finished');
  await openRow(page, id);
}
