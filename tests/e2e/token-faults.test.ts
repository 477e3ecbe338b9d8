// Every return value, a crash, a removal, a hang and a delay at each PKCS#11 call of signing, driven through the window: the
// right sentence, one C_Login at most for a PIN that was typed, the document as it was, the desk alive. VAN_THU_COUNT and
// VAN_THU_SEED choose the run; without them a sample that has every value and every call.
import { writeFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testIds } from '../../renderer/app/test-ids';
import { answerFirstStart, at, pressToClose } from '../desk/actions';
import { closeDisplay, type RunningDesk, stateFolder } from '../desk/launch';
import { bringToSeal } from './support/at-seal';
import { nextMoment, type Work } from './support/clerk';
import { inPage } from './support/in-page';
import { openProbe } from './support/probe';
import { strike, withLoaded } from './support/processes';
import { codeIn, failureShown, wordsOf } from './support/shown';
import { snapshotOf } from './support/snapshot';
import { openWorld, pins, type World } from './support/world';
import { expectedOf, type FaultCase, nameOf, sampleCases, scriptOf, someCases } from './token-faults/plan';
import { openReport } from './token-faults/report';
import { type Ended, tableOf } from './token-faults/table';

const seed = Number(process.env.VAN_THU_SEED ?? 20260801);
const count = process.env.VAN_THU_COUNT;
const cases = count === undefined ? sampleCases(seed) : someCases(seed, Number(count));
const patience = { timeout: 60_000 };

let world: World;
let desk: RunningDesk;
let page: Page;
let work: Work;
const { driver, env, script, counted } = openProbe('token-faults');

beforeAll(async () => {
  // Far above what the software token needs, on a slow machine too; a hang is given up sooner than by default.
  const settings = { deviceSeconds: { look: 10, login: 10, sign: 10 } };
  world = await openWorld({ name: 'token-faults', driver, env, settings });
  desk = await world.launch();
  page = desk.page;
  await answerFirstStart(page, 0, 0);
  work = await bringToSeal(world, desk, 'Về việc lỗi của thiết bị ký số');
}, 600_000);

afterAll(async () => {
  await desk?.quit();
  await world?.close();
  await closeDisplay();
});

const logins = (): number => counted('C_Login');

const failureBar = (): Locator => at(page, testIds.failure).first();
const readyButton = (): Locator =>
  page.locator(`[data-testid="${testIds.road.seal}"]:not([aria-busy="true"]):not([aria-disabled="true"])`);

async function endHost(): Promise<void> {
  const hosts = withLoaded(desk.pid, 'pkcs11-probe.so');
  strike(hosts);
  await expect
    .poll(() => withLoaded(desk.pid, 'pkcs11-probe.so').some((pid) => hosts.includes(pid)), patience)
    .toBe(false);
}

/** The desk as before a case: an obedient driver, its certificate chosen, nothing said. */
async function settle(): Promise<void> {
  writeFileSync(script, '');
  if ((await failureBar().count()) > 0) await failureBar().getByRole('button').click();
  await at(page, testIds.road.card).first().waitFor(patience);
  await readyButton().waitFor(patience);
}

/** What stands on the screen, for whoever reads why a case had no answer. */
async function shownNow(): Promise<string> {
  const button = await at(page, testIds.road.seal)
    .evaluateAll((all) => all.map((one) => one.outerHTML.slice(0, 300)).join())
    .catch(String);
  const bar = await failureBar().allTextContents();
  const pins = desk.app.windows().filter((one) => one.url().startsWith('app://pin/'));
  const state = `[document.readyState, document.visibilityState, document.getElementById('form')?.hidden].join()`;
  const late = new Promise((done) => setTimeout(done, 5000, 'no answer'));
  const forms = await Promise.all(pins.map((one) => Promise.race([inPage(one, state), late])));
  return [...desk.app.windows().map((one) => one.url()), ...forms.map(String), button, ...bar].join(' | ');
}

/** After a case that did not end as any should: whatever stands open is closed, and the next case has its chance. */
async function recover(): Promise<void> {
  writeFileSync(script, '');
  await endHost();
  for (const window of desk.app.windows()) {
    if (window.url().startsWith('app://pin/')) await window.close();
  }
  await settle();
}

/**
 * Presses the button with the script as it shall be from then on; the PIN window, or null when the desk said why there is
 * none. The desk's own look at the devices may meet the fault first and take the certificate away, also in the very moment of
 * the press: then the reason stands at the button, and the case is begun once more. A press without any answer fails.
 */
async function press(text: string, tries = 5): Promise<Page | null> {
  writeFileSync(script, text);
  const before = logins();
  const opening = desk.app.waitForEvent('window', patience);
  const failing = failureBar().waitFor(patience);
  const explaining = page.locator(`[data-testid="${testIds.act.reason}"]:not(:empty)`).waitFor(patience);
  for (const one of [opening, failing, explaining]) one.catch(() => undefined);
  try {
    await readyButton().click({ timeout: tries > 1 ? 3000 : patience.timeout });
  } catch (error) {
    if (tries === 1) throw error;
    // The press may have reached the desk although nobody told so in time: its window is refused before the next one.
    const settled = settle();
    settled.catch(() => undefined);
    const late = await Promise.race([opening, settled.then(() => null)]).catch(() => null);
    if (late !== null) {
      await pressToClose(late, '#refuse');
      await settle();
    }
    return press(text, tries - 1);
  }
  const answer = await Promise.race([
    opening,
    failing.then(() => 'failure' as const),
    explaining.then(() => 'reason' as const),
  ]);
  if (answer === 'failure') return null;
  if (answer === 'reason') {
    expect([tries > 1, logins()]).toEqual([true, before]);
    await settle();
    return press(text, tries - 1);
  }
  await answer.locator('#pin').waitFor(patience);
  return answer;
}

const pressFor = (one: FaultCase): Promise<Page | null> => press(one.moment === 'look' ? scriptOf(one) : '');

/** C_Initialize is called by a fresh host alone: one that a look had started before the script stood is ended once more. */
async function pressAfresh(one: FaultCase, tries = 5): Promise<Page | null> {
  await endHost();
  const window = await pressFor(one);
  if (window === null || tries === 1 || expectedOf(one).typed) return window;
  await pressToClose(window, '#refuse');
  await settle();
  return pressAfresh(one, tries - 1);
}

async function run(one: FaultCase): Promise<Ended> {
  const expected = expectedOf(one);
  const before = logins();
  const window = one.call === 'C_Initialize' ? await pressAfresh(one) : await pressFor(one);
  if (one.moment === 'pin') writeFileSync(script, scriptOf(one));
  let code: string;
  if (window !== null && expected.where === 'pin-window') {
    await window.locator('#pin').fill(pins.agency);
    await window.locator('#sign').click();
    await window.locator('#error').waitFor(patience);
    code = codeIn(await wordsOf(window.locator('#error')));
    await pressToClose(window, '#refuse');
  } else {
    if (window !== null) {
      await window.locator('#pin').fill(pins.agency);
      await pressToClose(window, '#sign');
    }
    code = await failureShown(page);
  }
  const ended = { what: one, code, logins: logins() - before, typed: window !== null };
  // A removed token comes back to a fresh host alone; one that hung may still hold up a look that was asked for meanwhile.
  if (one.fault.kind === 'remove' || one.fault.kind === 'hang') {
    writeFileSync(script, '');
    await endHost();
  }
  await settle();
  return ended;
}

/** What is wrong with how a case ended; '' when nothing is. */
function faultOf({ what, code, logins: made, typed }: Ended): string {
  const expected = expectedOf(what);
  const wrong = [
    ...((expected.codes as readonly string[]).includes(code) ? [] : [`${code} instead of ${expected.codes}`]),
    ...(made <= Number(typed) ? [] : [`${made} C_Login`]),
    ...(typed === expected.typed ? [] : [typed ? 'a PIN was asked for' : 'no PIN was asked for']),
  ];
  return wrong.length === 0 ? '' : `${nameOf(what)}: ${wrong.join('; ')}`;
}

describe('a driver that fails', () => {
  it(`in ${cases.length} ways is told with its own sentence, costs no second login, and leaves document and desk as they were`, async () => {
    const began = Date.now();
    const report = openReport(
      `${stateFolder('token-faults')}-${count === undefined ? 'sample' : 'long'}-${seed}.jsonl`,
      cases,
    );
    const ended: Ended[] = [...report.before];
    const done = new Set(ended.map(({ what }) => nameOf(what)));
    for (const one of cases.filter((each) => !done.has(nameOf(each)))) {
      const end = await run(one).catch(async (error: unknown): Promise<Ended> => {
        const words = `${error instanceof Error ? error.message : error} ${await shownNow()}`;
        await recover();
        return { what: one, code: `không trả lời: ${words}`, logins: 0, typed: expectedOf(one).typed };
      });
      ended.push(end);
      report.add(end, faultOf(end));
    }
    const seconds = Math.round((Date.now() - began) / 1000);
    console.log(`${cases.length} trường hợp, hạt giống ${seed}, ${seconds} s\n${tableOf(ended)}`);
    const wrong = ended.map(faultOf).filter((one) => one !== '');
    expect(wrong, wrong.join('\n')).toEqual([]);
    const now = await snapshotOf(page);
    expect(nextMoment(now, work, new Set())).toBe('seal');
    expect(now.outgoing.find((row) => row.facts.subject === work.subject)?.seal).toBeNull();
  }, 7_200_000);

  it('is forgotten: the same desk then signs with one PIN', async () => {
    const before = logins();
    const window = await press('');
    if (window === null) throw new Error(await failureShown(page));
    await window.locator('#pin').fill(pins.agency);
    await pressToClose(window, '#sign');
    const next = async () => nextMoment(await snapshotOf(page), work, new Set());
    await expect.poll(next, patience).toBe('send');
    expect(logins()).toBe(before + 1);
  });
});
