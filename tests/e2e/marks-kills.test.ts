// Kills the application or its window at random moments while a clerk marks a page, on a real disk, and looks at what is left: every
// mark that was saved is there whole, and of the one in the hand at most that one is missing. VAN_THU_SEED and VAN_THU_COUNT
// choose the run.
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Annotation } from '../../preload/contract/annotation';
import { testIds } from '../../renderer/app/test-ids';
import { answerFirstStart, at, openFolder, openRow, waitForDesk } from '../desk/actions';
import { closeDisplay, type RunningDesk } from '../desk/launch';
import { sameRevisions } from './kills/audit';
import { faultsAfterKill, type MarkAct, type MarkKill, planMarkKills } from './kills/marks-plan';
import { drag, firstPage, marksOf, openMarks, pages, press, shownMarks } from './support/marks';
import { takePage } from './support/pages';
import { strike, withCommandLine } from './support/processes';
import { ledgerRevisions, snapshotOf } from './support/snapshot';
import { openWorld, type World } from './support/world';

const seed = Number(process.env.VAN_THU_SEED ?? 20261127);
const count = Number(process.env.VAN_THU_COUNT ?? 6);
const patience = { timeout: 60_000 };
/** A page with more marks than a clerk ever lays on one is emptied. */
const mostMarks = 30;
const { marks } = testIds;

let world: World;
let desk: RunningDesk;
let page: Page;
let browser: Browser | null = null;
let document: string;

beforeAll(async () => {
  world = await openWorld({ name: 'marks-kills', seeds: 'samples' });
  await world.startHub();
  desk = await world.launch();
  page = desk.page;
  await answerFirstStart(page, 0, 0);
  document = await firstReadable();
  await world.stopHub();
  await openDocument();
}, 600_000);

afterAll(async () => {
  await browser?.close();
  await desk?.kill();
  await world?.close();
  await closeDisplay();
});

async function firstReadable(): Promise<string> {
  for (;;) {
    const found = (await snapshotOf(page)).incoming.find(
      (row) => row.state === 'to-accept' && row.attachments[0]?.contentType === 'application/pdf',
    );
    if (found !== undefined) return found.id;
    await pause(100);
  }
}

async function openDocument(): Promise<void> {
  await openFolder(page, 'in-to-accept');
  await openRow(page, document);
  await firstPage(page).waitFor(patience);
  await openMarks(page);
}

async function recover(kill: MarkKill): Promise<void> {
  await browser?.close();
  browser = null;
  if (kill.target === 'main') {
    desk = await world.launch();
    page = desk.page;
  } else {
    const taken = await takePage(desk.pid);
    browser = taken.browser;
    page = taken.page;
  }
  await waitForDesk(page);
}

async function take(kind: 'ink' | 'rectangle' | 'text' | 'note'): Promise<void> {
  const tool = at(page, marks.tool(kind));
  if ((await tool.getAttribute('aria-pressed')) !== 'true') await tool.click();
}

async function rest(): Promise<void> {
  const tool = at(page, marks.tool('select'));
  if ((await tool.getAttribute('aria-pressed')) !== 'true') await tool.click();
}

/** One act of the clerk, as far as the hand does it; it is saved by itself. */
async function carryOut({ kind, across, down, words }: MarkAct): Promise<void> {
  switch (kind) {
    case 'ink':
    case 'rectangle':
      await take(kind);
      await drag(page, [across, down], [across + 0.2, down + 0.08], 5);
      return;
    case 'text':
    case 'note':
      await take(kind);
      await press(page, [across, down]);
      await page.keyboard.type(words, { delay: 5 });
      await page.keyboard.press('Escape');
      return;
    case 'move':
    case 'remove':
    case 'recolour': {
      await rest();
      const mark = shownMarks(page, 'rectangle').last();
      if ((await mark.count()) === 0) return;
      await mark.focus();
      if (kind === 'move') await page.keyboard.press('Control+ArrowUp');
      else if (kind === 'remove') await page.keyboard.press('Delete');
      else await at(page, marks.bar).getByTestId(marks.colour).selectOption(words);
      return;
    }
    case 'undo':
      await pages(page).focus();
      await page.keyboard.press('Control+Z');
      await page.keyboard.press('Escape');
      return;
  }
}

/** Waits until the journal has what the screen shows and what was typed, and gives it. */
async function settled(acts: readonly MarkAct[]): Promise<readonly Annotation[]> {
  for (const { kind, words } of acts) {
    if (kind !== 'text' && kind !== 'note') continue;
    const typed = async (): Promise<boolean> => (await marksOf(page)).some(({ text }) => text === words);
    await expect.poll(typed, patience).toBe(true);
  }
  for (let before = await marksOf(page); ; ) {
    await page.locator(`[data-testid="${testIds.foot.saved}"][data-saved="saved"]`).waitFor(patience);
    const shown = await page.locator('[data-mark]').count();
    const now = await marksOf(page);
    if (now.length === shown && JSON.stringify(now) === JSON.stringify(before)) return now;
    before = now;
  }
}

async function emptied(): Promise<void> {
  await rest();
  await pages(page).focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await page
    .locator('[data-mark]')
    .first()
    .waitFor({ state: 'detached', ...patience });
}

it(
  `loses at most the stroke in the hand over ${count} kills (seed ${seed})`,
  async () => {
    const faults: string[] = [];
    let missed = 0;
    for (const [round, kill] of planMarkKills(seed, count).entries()) {
      if ((await page.locator('[data-mark]').count()) > mostMarks) await emptied();
      for (const act of kill.before) await carryOut(act);
      const confirmed = await settled(kill.before);
      const hand = carryOut(kill.act).catch(() => undefined);
      await pause(kill.delayMs);
      if (kill.target === 'main') await desk.kill();
      else strike(withCommandLine(desk.pid, /--type=renderer/));
      await hand;
      await recover(kill);
      // The start brings ledger and journal together; what is there then is what is left.
      await expect
        .poll(
          async () => sameRevisions((await snapshotOf(page)).revisions, await ledgerRevisions(page)),
          patience,
        )
        .toBe(true);
      const found = faultsAfterKill(confirmed, await marksOf(page), kill.act);
      faults.push(...found.map((fault) => `round ${round} ${JSON.stringify(kill)}: ${fault}`));
      if ((await marksOf(page)).length === confirmed.length) missed += 1;
      await openDocument();
      // What is there can be seen: nothing of it is damaged.
      const shown = (await marksOf(page)).filter((mark) => mark.page === 1).length;
      await expect.poll(() => page.locator('[data-mark]').count(), patience).toBe(shown);
      if ((round + 1) % 25 === 0) console.log(`${round + 1} kills, ${faults.length} faults`);
    }
    console.log(
      `${count} kills, seed ${seed}: ${faults.length} faults; ${missed} fell before or beside a new mark`,
    );
    expect(faults, faults.join('\n')).toEqual([]);
  },
  count * 60_000 + 120_000,
);
