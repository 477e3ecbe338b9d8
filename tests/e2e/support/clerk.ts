// The main job step by step, each step found by looking at what the desk holds: whoever comes back after a kill goes on from
// there, as a clerk would. A step that fails is simply looked at again.
import { basename } from 'node:path';
import type { Page } from 'playwright-core';
import type { OutboxRow, OutgoingDocument } from '../../../preload/contract/records';
import { testIds } from '../../../renderer/app/test-ids';
import { at, openFolder, openRow } from '../../desk/actions';
import type { RunningDesk } from '../../desk/launch';
import type { Moment } from '../kills/plan';
import { type Snapshot, snapshotOf } from './snapshot';

let patience = 15_000;
const look = { timeout: patience };

/** For files of hundreds of megabytes: how long each look may take, in milliseconds. */
export function waitUpTo(milliseconds: number): void {
  patience = milliseconds;
  look.timeout = milliseconds;
}

export interface Work {
  /** DocumentIds that wait at the hub for this round. */
  readonly offered: readonly string[];
  /** The subject of the document that is issued; one of a kind. */
  readonly subject: string;
  /** A PDF that its leader has signed. */
  readonly file: string;
  /** A PDF that goes along with it. */
  readonly annex?: string;
  readonly receiver: { readonly code: string; readonly name: string };
  readonly pin: string;
}

export interface Clerk {
  readonly desk: RunningDesk;
  readonly page: Page;
  /** Called at the start of a moment. */
  readonly at: (moment: Moment) => void;
}

function documentOf(now: Snapshot, work: Work): OutgoingDocument | undefined {
  return now.outgoing
    .filter((row) => row.facts.subject === work.subject)
    .sort((left, right) => Number(left.state === 'draft') - Number(right.state === 'draft'))[0];
}

function isSettled(row: OutboxRow): boolean {
  return row.state === 'accepted' || row.state === 'confirmed' || row.state === 'superseded';
}

/** What is to be done next; null when the round is over. `knownLost`: rows that only a person could settle. */
export function nextMoment(now: Snapshot, work: Work, knownLost: ReadonlySet<string>): Moment | null {
  const arrived = now.incoming.filter((row) => work.offered.includes(row.facts.documentId));
  if (arrived.length < work.offered.length) return 'arrive';
  if (arrived.some((row) => row.state === 'to-accept')) return 'accept';
  switch (documentOf(now, work)?.state) {
    case undefined:
    case 'draft':
      return 'draft';
    case 'to-sign':
      return 'leader';
    case 'to-number':
      return 'number';
    case 'to-seal':
      return 'seal';
    case 'to-send':
      return 'send';
    case 'queued':
    case 'sent':
    case 'returned':
    case 'recalled':
      return now.outbox.every((row) => isSettled(row) || knownLost.has(row.id)) ? null : 'settle';
  }
}

/** Waits until the desk holds what is asked for. */
async function until(page: Page, holds: (now: Snapshot) => boolean): Promise<void> {
  const end = Date.now() + patience;
  while (!holds(await snapshotOf(page))) {
    if (Date.now() > end) throw new Error('the desk does not come to hold it');
    await page.waitForTimeout(100);
  }
}

async function synchronise(page: Page): Promise<void> {
  await at(page, testIds.act.sync).click(look);
}

/** Back to the three panes from whatever screen was left open. */
async function toPanes(page: Page): Promise<void> {
  const end = Date.now() + patience;
  // A screen may be about to open still, after the act that leads to it: it is closed like one that was there.
  while (!(await at(page, testIds.panes.folders).isVisible())) {
    if (Date.now() > end) throw new Error('the panes do not come back');
    for (const close of [testIds.road.later, testIds.draft.cancel]) {
      if ((await at(page, close).count()) > 0) {
        await at(page, close)
          .click({ timeout: 1000 })
          .catch(() => undefined);
      }
    }
    await page.waitForTimeout(100);
  }
}

async function accept(page: Page, work: Work): Promise<void> {
  await toPanes(page);
  const waiting = (now: Snapshot) =>
    now.incoming.filter((row) => work.offered.includes(row.facts.documentId) && row.state === 'to-accept');
  const [row] = waiting(await snapshotOf(page));
  if (row === undefined) return;
  await openFolder(page, 'in-to-accept');
  await openRow(page, row.id);
  await page.locator(`[data-testid="${testIds.field.arrivalNumber}"]:not([value=""])`).waitFor(look);
  await at(page, testIds.act.registerAndAccept).click(look);
  await until(page, (now) => !waiting(now).some((one) => one.id === row.id));
}

async function draft(page: Page, work: Work): Promise<void> {
  await toPanes(page);
  const stored = documentOf(await snapshotOf(page), work);
  if (stored === undefined) {
    await at(page, testIds.act.issue).click(look);
    await at(page, testIds.draft.file).setInputFiles(work.file, look);
    await at(page, testIds.viewer.root).waitFor(look);
    // The symbol comes from the page's own text: only then is the rest left alone.
    await page.locator(`[data-testid="${testIds.draft.notation}"][value*="-"]`).waitFor(look);
    await at(page, testIds.draft.subject).fill(work.subject, look);
    if (work.annex !== undefined) {
      await at(page, testIds.draft.annexes).setInputFiles(work.annex, look);
      await page
        .locator('li')
        .filter({ hasText: basename(work.annex) })
        .first()
        .waitFor(look);
    }
    await at(page, testIds.draft.signerName).fill('Trần Thị Bình', look);
    await at(page, testIds.draft.signerPosition).fill('Chủ tịch', look);
    await at(page, testIds.draft.receiverName).fill(work.receiver.name, look);
    await at(page, testIds.draft.receiverCode).fill(work.receiver.code, look);
    await at(page, testIds.draft.receiverAdd).click(look);
  } else {
    await openFolder(page, 'out-draft');
    await openRow(page, stored.id);
    await at(page, testIds.act.openDraft).click(look);
  }
  await at(page, testIds.draft.submit).click(look);
  await until(page, (now) => documentOf(now, work)?.state === 'to-sign');
}

const folderOf: Partial<Record<OutgoingDocument['state'], 'out-to-sign' | 'out-to-number' | 'out-to-send'>> =
  {
    'to-sign': 'out-to-sign',
    'to-number': 'out-to-number',
    'to-seal': 'out-to-number',
    'to-send': 'out-to-send',
  };

/** Opens the road of the round's document from wherever the clerk is. */
export async function toRoad(page: Page, work: Work): Promise<void> {
  const document = documentOf(await snapshotOf(page), work);
  const folder = document === undefined ? undefined : folderOf[document.state];
  if (document === undefined || folder === undefined) throw new Error('the document is on no road');
  const road = page.locator(`[data-testid="${testIds.road.root}"][data-document="${document.id}"]`);
  if ((await road.count()) > 0) return;
  await toPanes(page);
  await openFolder(page, folder);
  await openRow(page, document.id);
  await at(page, testIds.act.openRoad).click(look);
  await road.waitFor(look);
}

/** A PIN window that outlived the page that asked for it: signing goes on in main, so the clerk goes on there. */
function openPinWindow(desk: RunningDesk): Page | undefined {
  for (const one of desk.app.windows()) {
    if (!one.isClosed() && one.url().startsWith('app://pin/')) return one;
  }
  return undefined;
}

async function typeAndSign(clerk: Clerk, window: Page, pin: string): Promise<void> {
  await window.locator('#pin').fill(pin, look);
  clerk.at('signing');
  await window
    .locator('#sign')
    .click(look)
    .catch((error: unknown) => {
      // It may close before the press is told to have happened.
      if (!window.isClosed()) throw error;
    });
}

/** What an earlier act was told is no answer to the next. */
async function closeMessage(page: Page): Promise<void> {
  const message = at(page, testIds.failure).first();
  if ((await message.count()) > 0) await message.getByRole('button').click(look);
}

async function seal(clerk: Clerk, work: Work): Promise<void> {
  const { page, desk } = clerk;
  await toRoad(page, work);
  await at(page, testIds.road.card).first().waitFor(look);
  await closeMessage(page);
  const left = openPinWindow(desk);
  if (left !== undefined) {
    await at(page, testIds.road.seal).click(look);
    await typeAndSign(clerk, left, work.pin);
    return until(page, (now) => documentOf(now, work)?.state === 'to-send');
  }
  const opening = desk.app.waitForEvent('window', look);
  const failing = at(page, testIds.failure).first().waitFor(look);
  // Whichever loses the race may be rejected by a kill long after: it is nobody's failure then.
  for (const one of [opening, failing]) one.catch(() => undefined);
  await at(page, testIds.road.seal).click(look);
  const window = await Promise.race([opening, failing.then(() => null)]);
  if (window === null) throw new Error('the desk refused to sign');
  await typeAndSign(clerk, window, work.pin);
  const sealed = until(page, (now) => documentOf(now, work)?.state === 'to-send');
  sealed.catch(() => undefined);
  await Promise.race([
    sealed,
    failing.then(() => {
      throw new Error('the desk could not sign');
    }),
  ]);
}

/** Does one step. Throws when it could not be done, by a kill or otherwise. */
export async function doStep(clerk: Clerk, work: Work, moment: Moment): Promise<void> {
  const { page } = clerk;
  clerk.at(moment);
  switch (moment) {
    case 'arrive':
      await toPanes(page);
      await synchronise(page);
      return until(page, (now) => nextMoment(now, work, new Set()) !== 'arrive');
    case 'accept':
      return accept(page, work);
    case 'draft':
      return draft(page, work);
    case 'leader':
      await toRoad(page, work);
      await at(page, testIds.road.checkLeader).click(look);
      return until(page, (now) => documentOf(now, work)?.state === 'to-number');
    case 'number':
      await toRoad(page, work);
      await page.locator(`[data-testid="${testIds.road.number}"]:not([value=""])`).waitFor(look);
      await at(page, testIds.road.giveNumber).click(look);
      return until(page, (now) => documentOf(now, work)?.state === 'to-seal');
    case 'seal':
    case 'signing':
      return seal(clerk, work);
    case 'send':
      await toRoad(page, work);
      await at(page, testIds.road.send).click(look);
      return until(page, (now) => !['to-send'].includes(documentOf(now, work)?.state ?? 'to-send'));
    case 'settle':
      await toPanes(page);
      await synchronise(page);
      await page.waitForTimeout(300);
  }
}
