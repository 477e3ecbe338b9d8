// Kills main, window or hub at random moments of an exchange over a faulty wire, eight documents in for each kill and one out
// for every third (50 documents for six kills), and audits hub, journal, ledger and token: nothing lost, nothing doubled, nothing
// signed twice. The hub never deduplicates. VAN_THU_SEED and VAN_THU_COUNT choose the run.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testIds } from '../../renderer/app/test-ids';
import { answerFirstStart, at, waitForDesk } from '../desk/actions';
import { closeDisplay, type RunningDesk } from '../desk/launch';
import { exchangeFaults, sameRevisions } from './kills/audit';
import { randomFrom } from './kills/plan';
import { openKillsRoom } from './kills/room';
import { doStep, nextMoment, type Work } from './support/clerk';
import { type FaultyProxy, startFaultyProxy } from './support/faulty-proxy';
import { writeOffered } from './support/offered';
import { takePage } from './support/pages';
import { strike, withCommandLine } from './support/processes';
import { closedBook, ledgerRevisions, type Snapshot, snapshotOf } from './support/snapshot';
import { openWorld, pins, type World } from './support/world';

const seed = Number(process.env.VAN_THU_SEED || 20260801);
const count = Number(process.env.VAN_THU_COUNT || 6);
const arrivalsAKill = 8;
const outgoingEvery = 3;
const targets = ['main', 'window', 'hub'] as const;
type Target = (typeof targets)[number];

const random = randomFrom(seed);
let world: World;
let proxy: FaultyProxy;
let seeds: string;
let calls: string;
let desk: RunningDesk;
let page: Page;
let browser: Browser | null = null;

/** The profile speaks to the wire, the wire to the hub. */
async function layWire(): Promise<void> {
  const file = join(world.profile, 'settings.json');
  const settings = JSON.parse(readFileSync(file, 'utf8')) as {
    hub: { endpoint: string; timeoutSeconds?: number };
  };
  const endpoint = new URL(settings.hub.endpoint);
  const hubPort = Number(endpoint.port);
  proxy = await startFaultyProxy(() => hubPort, random);
  endpoint.port = String(proxy.port);
  settings.hub = { ...settings.hub, endpoint: endpoint.href, timeoutSeconds: 10 };
  writeFileSync(file, JSON.stringify(settings));
}

beforeAll(async () => {
  const room = openKillsRoom('exchange-kills-parts', '');
  ({ seeds, calls } = room);
  world = await openWorld({
    name: 'exchange-kills',
    seeds,
    driver: room.probe,
    replyAfter: 600,
    env: room.env,
  });
  await layWire();
  await world.startHub();
  desk = await world.launch();
  page = desk.page;
  await answerFirstStart(page, 0, 0);
});

afterAll(async () => {
  await browser?.close();
  await desk?.kill();
  await proxy?.close();
  await world?.close();
  await closeDisplay();
});

async function carryOut(target: Target): Promise<void> {
  switch (target) {
    case 'main':
      await desk.kill();
      await browser?.close();
      browser = null;
      desk = await world.launch();
      page = desk.page;
      break;
    case 'window': {
      strike(withCommandLine(desk.pid, /--type=renderer/));
      await browser?.close();
      const taken = await takePage(desk.pid);
      browser = taken.browser;
      page = taken.page;
      break;
    }
    case 'hub':
      await world.stopHub('SIGKILL');
      await pause(random() * 1500);
      await world.startHub();
      return;
  }
  await waitForDesk(page);
}

const isOpen = (state: string) =>
  ['ready', 'sending', 'waiting', 'unknown', 'needs-attention'].includes(state);

/** Rows of documents that were cut before the hub had them: a person's case, left open. */
async function lostRows(now: Snapshot): Promise<Set<string>> {
  const sent = await world.log();
  const lost = now.outbox.filter((row) => {
    if (row.kind !== 'edoc' || (row.state !== 'unknown' && row.state !== 'needs-attention')) return false;
    const document = now.outgoing.find((one) => one.id === row.lane);
    return !sent.some((one) => one.messagetype === 'edoc' && one.DocumentId === document?.facts.documentId);
  });
  return new Set(lost.map((row) => row.id));
}

/** Synchronises until everything offered is here and nothing is open but what only a person can settle. */
async function settle(offered: readonly string[], patience: number): Promise<void> {
  const end = Date.now() + patience;
  for (;;) {
    const now = await snapshotOf(page);
    const lost = await lostRows(now);
    const here = new Set(now.incoming.map((row) => row.facts.documentId));
    const missing = offered.filter((id) => !here.has(id));
    const open = now.outbox.filter((row) => isOpen(row.state) && !lost.has(row.id));
    if (missing.length === 0 && open.length === 0) return;
    if (Date.now() > end) {
      const rows = open.map((row) => `${row.kind} ${row.state} ${row.lastCode}`);
      throw new Error(`not settled: ${missing.length} missing, open: ${rows.join('; ')}`);
    }
    const sync = at(page, testIds.act.sync);
    if ((await sync.count()) > 0) await sync.click({ timeout: 15_000 }).catch(() => undefined);
    await pause(500);
  }
}

/** Everything up to sending, without a kill: kills while signing are another run. */
async function prepare(work: Work): Promise<void> {
  for (let steps = 0; steps < 60; steps += 1) {
    const moment = nextMoment(await snapshotOf(page), work, new Set());
    if (moment === 'send' || moment === 'settle' || moment === null) return;
    await doStep({ desk, page, at: () => undefined }, work, moment).catch(async (error: unknown) => {
      if (steps > 50) throw error;
    });
  }
}

it(
  `loses nothing, doubles nothing and signs nothing twice over ${count} kills on a faulty wire (seed ${seed})`,
  async () => {
    const offered: string[] = [];
    const issued: string[] = [];
    const letter = join(world.sandbox.folder, 'samples/drafts/tra-loi-da-ky.pdf');
    for (let kill = 0; kill < count; kill += 1) {
      const target = targets[kill % targets.length] ?? 'main';
      const name = `${seed}-${kill}`;
      offered.push(...(await writeOffered(seeds, name, arrivalsAKill, world.sandbox.record.systemId)));
      let sending: Promise<void> = Promise.resolve();
      if (kill % outgoingEvery === 0) {
        const file = join(world.folder, `thu-${kill}.pdf`);
        copyFileSync(letter, file);
        const subject = `Về việc trao đổi lần ${kill + 1} của đợt ${seed}`;
        const receiver = { code: 'H26', name: 'UBND thành phố Hà Nội' };
        const work: Work = { offered: [], subject, file, receiver, pin: pins.agency };
        await prepare(work);
        issued.push(subject);
        sending = doStep({ desk, page, at: () => undefined }, work, 'send');
      }
      sending.catch(() => undefined);
      await world.offer();
      const started = Date.now();
      at(page, testIds.act.sync)
        .click({ timeout: 15_000 })
        .catch(() => undefined);
      await pause(random() * 4000);
      await carryOut(target);
      // A document whose sending the kill forestalled is sent by the clerk who comes back.
      const again = await snapshotOf(page);
      const subject = issued.at(-1);
      const unsent = again.outgoing.find((row) => row.facts.subject === subject && row.state === 'to-send');
      if (unsent !== undefined && subject !== undefined) {
        const work = {
          offered: [],
          subject,
          file: '',
          receiver: { code: 'H26', name: '' },
          pin: pins.agency,
        };
        await doStep({ desk, page, at: () => undefined }, work, 'send');
      }
      const took = `${Date.now() - started} ms`;
      process.stdout.write(
        `${JSON.stringify({ kill: kill + 1, target, took, wire: Object.fromEntries(proxy.done) })}\n`,
      );
    }
    proxy.setFaulty(false);
    await settle(offered, 240_000);
    let now = await snapshotOf(page);
    let ledgerRows = await ledgerRevisions(page);
    for (let look = 0; look < 60 && !sameRevisions(now.revisions, ledgerRows); look += 1) {
      await pause(500);
      now = await snapshotOf(page);
      ledgerRows = await ledgerRevisions(page);
    }
    const [log, deliveries] = [await world.log(), await world.deliveries()];
    // A window that was killed took the page with it that the desk was launched with: who is asked now is asked here.
    const leaving = at(page, testIds.quit.now).click({ timeout: 60_000 });
    await Promise.all([desk.quit(), leaving.catch(() => undefined)]);
    const book = await closedBook(world.profile, world.sandbox.record.passphrase);
    const signCalls = readFileSync(calls, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('C_Sign ')).length;
    const faults = exchangeFaults({
      ...{ offered, issued, log, deliveries, ...now, ...book, signCalls, killsWhileSigning: 0 },
      journalRows: now.revisions,
      ledgerRows,
    });
    const edocs = log.filter((one) => one.messagetype === 'edoc').length;
    const summary = { kills: count, offered: offered.length, issued: issued.length, edocs, signCalls };
    process.stdout.write(`${JSON.stringify({ ...summary, seed, faults: faults.length })}\n`);
    expect(faults, faults.join('\n')).toEqual([]);
    expect([...proxy.done.values()].reduce((sum, one) => sum + one, 0)).toBeGreaterThan(
      count * arrivalsAKill,
    );
  },
  300_000 + count * 90_000,
);
