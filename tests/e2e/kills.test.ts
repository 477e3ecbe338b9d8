// Kills main, window or token host at random moments of the main job, on a real hub, real tokens and a real disk, and audits
// what was promised: nothing lost, nothing sent twice, nothing signed twice. VAN_THU_SEED and VAN_THU_COUNT choose the run.
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { answerFirstStart, waitForDesk } from '../desk/actions';
import { closeDisplay, type RunningDesk } from '../desk/launch';
import { audit, sameRevisions } from './kills/audit';
import { type Kill, type Moment, planKills } from './kills/plan';
import { openKillsRoom } from './kills/room';
import { doStep, nextMoment, type Work } from './support/clerk';
import { writeOffered } from './support/offered';
import { takePage } from './support/pages';
import { strike, withCommandLine, withLoaded } from './support/processes';
import { closedBook, ledgerRevisions, snapshotOf } from './support/snapshot';
import { openWorld, pins, type World } from './support/world';

const seed = Number(process.env.VAN_THU_SEED ?? 20260801);
const count = Number(process.env.VAN_THU_COUNT ?? 20);
const packagesARound = 2;
const mostStepsARound = 60;

let world: World;
let seeds: string;
let calls: string;
let desk: RunningDesk;
let page: Page;
let browser: Browser | null = null;

beforeAll(async () => {
  // A slow token: the signature is under way for a while, so that kills meet it.
  const room = openKillsRoom('kills-parts', 'C_Sign * delay 150\n');
  ({ seeds, calls } = room);
  world = await openWorld({
    name: 'kills',
    seeds,
    driver: room.probe,
    replyAfter: 600,
    // The sample stays short; the long run raises signatures between the kills too.
    timeStamps: process.env.VAN_THU_COUNT !== undefined,
    env: room.env,
  });
  await world.startHub();
  desk = await world.launch();
  page = desk.page;
  await answerFirstStart(page, 0, 0);
});

afterAll(async () => {
  await browser?.close();
  await desk?.kill();
  await world?.close();
  await closeDisplay();
});

/** The desk as it is after a kill, ready for the clerk: started again, or its page taken anew. */
async function recover(kill: Kill): Promise<void> {
  if (kill.target === 'token') return;
  await browser?.close();
  browser = null;
  if (kill.target === 'main') {
    desk = await world.launch();
    page = desk.page;
  } else if (kill.target === 'window') {
    const taken = await takePage(desk.pid);
    browser = taken.browser;
    page = taken.page;
  }
  await waitForDesk(page);
}

async function carryOut(kill: Kill): Promise<void> {
  switch (kill.target) {
    case 'main':
      return desk.kill();
    case 'window':
      return strike(withCommandLine(desk.pid, /--type=renderer/));
    case 'token':
      return strike(withLoaded(desk.pid, 'pkcs11-probe.so'));
  }
}

interface Round {
  readonly kill: Kill;
  readonly steps: number;
  /** Whether the kill fell while a signature was being made. */
  readonly whileSigning: boolean;
}

/** Outbox rows of documents whose sending was cut before the hub had them: a person's case, left open. */
async function lostRows(): Promise<Set<string>> {
  const sent = await world.log();
  const now = await snapshotOf(page);
  const lost = now.outbox.filter((row) => {
    if (row.kind !== 'edoc' || (row.state !== 'unknown' && row.state !== 'needs-attention')) return false;
    const document = now.outgoing.find((one) => one.id === row.lane);
    return !sent.some((one) => one.messagetype === 'edoc' && one.DocumentId === document?.facts.documentId);
  });
  return new Set(lost.map((row) => row.id));
}

async function round(work: Work, kill: Kill): Promise<Round> {
  let current: Moment = 'arrive';
  let dying: Promise<void> | null = null;
  let whileSigning = false;
  const reached = (moment: Moment): void => {
    current = moment;
    if (dying !== null || moment !== kill.moment) return;
    dying = pause(kill.delayMs).then(() => {
      whileSigning = current === 'seal' || current === 'signing';
      return carryOut(kill);
    });
  };
  let recovered = false;
  for (let steps = 1; steps <= mostStepsARound; steps += 1) {
    try {
      const moment = nextMoment(await snapshotOf(page), work, await lostRows());
      if (moment === null && (recovered || dying === null)) return { kill, steps, whileSigning };
      if (moment !== null) await doStep({ desk, page, at: reached }, work, moment);
    } catch (error) {
      // Before the kill nothing may fail; after it the next look decides.
      if (dying === null) throw error;
    }
    if (dying !== null && !recovered) {
      await dying;
      await recover(kill);
      recovered = true;
    }
  }
  throw new Error(`the job does not come to its end after ${JSON.stringify(kill)}`);
}

it(
  `loses nothing, sends nothing twice and signs nothing twice over ${count} kills (seed ${seed})`,
  async () => {
    const offered: string[] = [];
    const issued: string[] = [];
    const rounds: Round[] = [];
    const letter = join(world.sandbox.folder, 'samples/drafts/tra-loi-da-ky.pdf');
    for (const [index, kill] of planKills(seed, count).entries()) {
      const fresh = await writeOffered(
        seeds,
        `${seed}-${index}`,
        packagesARound,
        world.sandbox.record.systemId,
      );
      expect(await world.offer()).toBe(packagesARound);
      const file = join(world.folder, `thu-${index}.pdf`);
      copyFileSync(letter, file);
      const subject = `Về việc thử lần ${index + 1} của đợt ${seed}`;
      offered.push(...fresh);
      issued.push(subject);
      const receiver = { code: 'H26', name: 'UBND thành phố Hà Nội' };
      const started = Date.now();
      const done = await round({ offered: fresh, subject, file, receiver, pin: pins.agency }, kill);
      rounds.push(done);
      process.stdout.write(
        `${JSON.stringify({ round: index + 1, ...kill, steps: done.steps, whileSigning: done.whileSigning, ms: Date.now() - started })}\n`,
      );
    }
    // A last start: what the journal and the ledger say of each other after everything.
    await browser?.close();
    browser = null;
    await desk.kill();
    desk = await world.launch();
    page = desk.page;
    await waitForDesk(page);
    // The two are read one after the other while the desk still works off its queue: they are compared once it rests.
    let now = await snapshotOf(page);
    let ledgerRows = await ledgerRevisions(page);
    for (let look = 0; look < 60 && !sameRevisions(now.revisions, ledgerRows); look += 1) {
      await pause(500);
      now = await snapshotOf(page);
      ledgerRows = await ledgerRevisions(page);
    }
    const [log, deliveries] = [await world.log(), await world.deliveries()];
    await desk.quit();
    const book = await closedBook(world.profile, world.sandbox.record.passphrase);
    const faults = audit({
      offered,
      issued,
      log,
      deliveries,
      incoming: now.incoming,
      outgoing: now.outgoing,
      outbox: now.outbox,
      ...book,
      journalRows: now.revisions,
      ledgerRows,
      signCalls: readFileSync(calls, 'utf8')
        .split('\n')
        .filter((line) => line.startsWith('C_Sign ')).length,
      killsWhileSigning: rounds.filter((one) => one.whileSigning).length,
    });
    expect(faults, faults.join('\n')).toEqual([]);
  },
  count * 60_000,
);
