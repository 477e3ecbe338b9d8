// A kill proves no fsync: the system calls of one receive and one send, traced, show that what is promised was on the disk
// before anybody was told. Blob < its folder < journal < IndexedDB < first byte of `done` or `sendEdoc`.
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testIds } from '../../renderer/app/test-ids';
import { answerFirstStart, at } from '../desk/actions';
import { closeDisplay, type RunningDesk } from '../desk/launch';
import {
  type Call,
  inOrder,
  parseTrace,
  requestOf,
  type Step,
  syncOf,
  unsyncedNames,
} from './durability/trace';
import { doStep, nextMoment, type Work } from './support/clerk';
import { writeOffered, writeOfferedStatus } from './support/offered';
import { snapshotOf } from './support/snapshot';
import { traceDesk } from './support/strace';
import { openWorld, pins, type World } from './support/world';

let world: World;
let desk: RunningDesk;
let work: Work;
let seeds: string;

beforeAll(async () => {
  seeds = join(process.env.VAN_THU_STATE ?? 'out/state', 'durability-seeds');
  // What an earlier run left there would be received while this one is traced.
  rmSync(seeds, { recursive: true, force: true });
  mkdirSync(seeds, { recursive: true });
  world = await openWorld({ name: 'durability', seeds, replyAfter: 600 });
  await world.startHub();
  desk = await world.launch();
  await answerFirstStart(desk.page, 0, 0);
  const file = join(world.folder, 'thu.pdf');
  copyFileSync(join(world.sandbox.folder, 'samples/drafts/tra-loi-da-ky.pdf'), file);
  const receiver = { code: 'H26', name: 'UBND thành phố Hà Nội' };
  work = { offered: [], subject: 'Về việc lưu bền vững', file, receiver, pin: pins.agency };
});

afterAll(async () => {
  await desk?.quit();
  await world?.close();
  await closeDisplay();
});

async function seedsAreDone(): Promise<boolean> {
  const offered = (await world.deliveries()).filter((one) => one.origin === 'seed');
  return offered.every((one) => one.status === 'done');
}

async function traced(name: string, act: () => Promise<void>): Promise<readonly Call[]> {
  const tracing = await traceDesk(desk.pid, join(world.folder, `${name}.strace`));
  try {
    await act();
  } catch (error) {
    await tracing.stop();
    throw error;
  }
  return parseTrace(await tracing.stop());
}

const clerk = () => ({ desk, page: desk.page, at: () => undefined });

async function until(moment: string | null): Promise<void> {
  for (let steps = 0; steps < 20; steps += 1) {
    const next = nextMoment(await snapshotOf(desk.page), work, new Set());
    if (next === moment || next === null) return;
    await doStep(clerk(), work, next);
  }
  throw new Error(`the job does not come to ${moment}`);
}

function stores(): Readonly<Record<'bytes' | 'folder' | 'journal' | 'ledger', Step>> {
  const below = (name: string) => `^${join(world.profile, name).replaceAll('.', '\\.')}/`;
  return {
    bytes: {
      name: 'bytes of the blob',
      fits: syncOf(new RegExp(`${below('blobs')}.*\\.part$|${below('blobs')}.*/[^/]{20,}$`)),
    },
    folder: { name: 'folder of the blob', fits: syncOf(new RegExp(`${below('blobs')}([^/]{1,8}/?)*$`)) },
    journal: { name: 'journal', fits: syncOf(new RegExp(below('journal'))) },
    ledger: { name: 'IndexedDB', fits: syncOf(new RegExp(`${below('session')}.*IndexedDB/.*\\.log$`)) },
  };
}

describe('what is promised is on the disk first', () => {
  it('once something has come, so that threads write what follows', async () => {
    const systemId = world.sandbox.record.systemId;
    // So many at once that every thread is there: one that begins while strace attaches itself may be left stopped by it.
    await writeOffered(seeds, `${Date.now()}-truoc`, 24, systemId);
    expect(await world.offer()).toBe(24);
    await at(desk.page, testIds.act.sync).click();
    await expect.poll(seedsAreDone, { timeout: 60_000 }).toBe(true);
    work = { ...work, offered: await writeOffered(seeds, `${Date.now()}`, 1, systemId) };
  });

  it('a package is durable in blob, journal and IndexedDB before the hub is told `done`', async () => {
    expect(await world.offer()).toBe(1);
    const calls = await traced('receive', async () => {
      // Traced, it may take longer than a clerk's patience: what counts is that the hub is told in the end.
      await doStep(clerk(), work, 'arrive').catch(() => undefined);
      await expect.poll(seedsAreDone, { timeout: 120_000 }).toBe(true);
    });
    const { bytes, folder, journal, ledger } = stores();
    const done = { name: 'first byte of done', fits: requestOf(/"(POST|PUT|GET) [^"]*\/updateStatus/) };
    const chain = inOrder(calls, [bytes, folder, journal, ledger, journal, done]);
    expect(chain, `missing in order: ${String(chain)}`).toHaveLength(6);
    const first = calls.findIndex(done.fits);
    const told = calls[first]?.begun ?? -1;
    expect(chain[5]).toBe(calls[first]);
    const names = unsyncedNames(calls, join(world.profile, 'blobs'), -1, told);
    expect(names.faults).toEqual([]);
    expect(names.named).toBeGreaterThanOrEqual(2);
  });

  it('a document is durable as package, journal line, outbox row and attempt before sendEdoc', async () => {
    await until('send');
    const calls = await traced('send', async () => {
      await doStep(clerk(), work, 'send');
      const taken = async () => (await world.log()).filter((one) => one.messagetype === 'edoc').length;
      await expect.poll(taken, { timeout: 30_000 }).toBe(1);
    });
    const { bytes, folder, journal, ledger } = stores();
    const send = { name: 'first byte of sendEdoc', fits: requestOf(/"POST [^"]*\/sendEdoc/) };
    // Frozen package and its line; row and outbox, then their line; the row as `sending`, its line; the attempt.
    const steps = [bytes, folder, journal, ledger, journal, ledger, journal, journal, send];
    const chain = inOrder(calls, steps);
    expect(chain, `missing in order: ${String(chain)}`).toHaveLength(steps.length);
    const first = calls.find(send.fits);
    expect(chain[steps.length - 1]).toBe(first);
    const names = unsyncedNames(calls, join(world.profile, 'blobs'), -1, first?.begun ?? -1);
    expect(names.faults).toEqual([]);
    expect(names.named).toBeGreaterThanOrEqual(1);
  });

  it('a status is durable in blob, journal and IndexedDB before the hub is told `done`', async () => {
    const sent = (await snapshotOf(desk.page)).outgoing.find((one) => one.facts.subject === work.subject);
    if (sent === undefined) throw new Error('nothing was sent');
    await writeOfferedStatus(seeds, `status-${Date.now()}`, '03', sent);
    expect(await world.offer()).toBe(1);
    const calls = await traced('status', async () => {
      await doStep(clerk(), work, 'settle').catch(() => undefined);
      const acknowledged = async () =>
        (await world.deliveries()).some(
          (one) => one.origin === 'seed' && one.messagetype === 'status' && one.status === 'done',
        );
      await expect.poll(acknowledged, { timeout: 60_000 }).toBe(true);
    });
    const { bytes, folder, journal, ledger } = stores();
    const done = { name: 'first byte of done', fits: requestOf(/"(POST|PUT|GET) [^"]*\/updateStatus/) };
    // The package and its line; the document with the status, its receipt and acknowledgement, then their line; only then `done`.
    const chain = inOrder(calls, [bytes, folder, journal, ledger, journal, done]);
    expect(chain, `missing in order: ${String(chain)}`).toHaveLength(6);
    const first = calls.find(done.fits);
    expect(chain[5]).toBe(first);
    const names = unsyncedNames(calls, join(world.profile, 'blobs'), -1, first?.begun ?? -1);
    expect(names.faults).toEqual([]);
    expect(names.named).toBeGreaterThanOrEqual(1);
    const told = (await snapshotOf(desk.page)).outgoing.find((one) => one.id === sent.id);
    expect(told?.deliveries.map((one) => one.state)).toContain('03');
  });
});
