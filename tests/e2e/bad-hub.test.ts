// A hub that answers garbage, 500, half an answer, nothing at all, or drops the line after it did the work: the desk stays
// calm, says why, keeps its queue, and in the end everything is there once.
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testIds } from '../../renderer/app/test-ids';
import { answerFirstStart, at } from '../desk/actions';
import { closeDisplay, type RunningDesk } from '../desk/launch';
import { doStep, nextMoment, type Work } from './support/clerk';
import { writeOffered } from './support/offered';
import { failureShown, hubShown } from './support/shown';
import { type Snapshot, snapshotOf } from './support/snapshot';
import { openWorld, pins, type World } from './support/world';

let world: World;
let seeds: string;
let desk: RunningDesk;
let page: Page;
let offers = 0;

const many = 1000;

beforeAll(async () => {
  seeds = join(process.env.VAN_THU_STATE ?? 'out/state', `bad-hub-seeds-${Date.now()}`);
  mkdirSync(seeds, { recursive: true });
  world = await openWorld({ name: 'bad-hub', seeds, replyAfter: 600 });
  await world.startHub();
  desk = await world.launch();
  page = desk.page;
  await answerFirstStart(page, 0, 0);
});

afterAll(async () => {
  await desk?.quit();
  await world?.close();
  await closeDisplay();
});

async function offer(): Promise<string> {
  offers += 1;
  const [id = ''] = await writeOffered(seeds, `loi-${offers}`, 1, world.sandbox.record.systemId);
  expect(await world.offer()).toBe(1);
  return id;
}

/** One round asked for by hand, to its end. */
async function synchronise(): Promise<void> {
  const quiet = page.locator(`[data-testid="${testIds.foot.hub}"]`, { hasNotText: 'Đang đồng bộ' });
  await quiet.waitFor({ timeout: 60_000 });
  await at(page, testIds.act.sync).click();
  await quiet.waitFor({ timeout: 60_000 });
}

async function statusAtHub(documentId: string): Promise<string | undefined> {
  return (await world.deliveries()).find((one) => one.origin === 'seed' && one.DocumentId === documentId)
    ?.status;
}

function rowsOf(now: Snapshot, documentId: string): number {
  return now.incoming.filter((row) => row.facts.documentId === documentId).length;
}

const modes = ['garbage', 'http-500', 'half-answer', 'close'] as const;

describe('a hub that fails', () => {
  for (const mode of modes) {
    it(`in its list (${mode}): the foot is calm and says why, the queue stays, the package stays listed`, async () => {
      const id = await offer();
      const before = await snapshotOf(page);
      await world.fault({ mode, operation: 'getReceivedEdocList', count: many });
      await synchronise();
      // The foot may tell what came of it a moment after the round.
      const saysWhy = async () => {
        const { state, code } = await hubShown(page);
        return state !== 'online' && code !== 'none';
      };
      await expect.poll(saysWhy, { timeout: 30_000 }).toBe(true);
      expect((await snapshotOf(page)).revisions).toEqual(before.revisions);
      expect(await statusAtHub(id)).toBe('initial');
      await world.clearFaults();
      await synchronise();
      await expect.poll(async () => rowsOf(await snapshotOf(page), id), { timeout: 30_000 }).toBe(1);
      await expect.poll(() => statusAtHub(id), { timeout: 30_000 }).toBe('done');
      await expect.poll(async () => (await hubShown(page)).state, { timeout: 30_000 }).toBe('online');
    });

    it(`while it hands a package over (${mode}): nothing of it is stored or acknowledged, later it comes whole`, async () => {
      const id = await offer();
      await world.fault({ mode, operation: 'getEdoc', count: many });
      await synchronise();
      expect(rowsOf(await snapshotOf(page), id)).toBe(0);
      expect(await statusAtHub(id)).not.toBe('done');
      await world.clearFaults();
      const whole = async () => {
        await synchronise();
        return rowsOf(await snapshotOf(page), id);
      };
      await expect.poll(whole, { timeout: 60_000, interval: 1000 }).toBe(1);
      await expect.poll(() => statusAtHub(id), { timeout: 30_000 }).toBe('done');
    });
  }

  for (const mode of ['drop-after-accept', 'http-500'] as const) {
    it(`at the acknowledgement (${mode}): the document is here once, and \`done\` is said again until it is heard`, async () => {
      const id = await offer();
      await world.fault({ mode, operation: 'updateStatus', count: 3 });
      await synchronise();
      await expect.poll(async () => rowsOf(await snapshotOf(page), id), { timeout: 30_000 }).toBe(1);
      const heard = async () => {
        await synchronise();
        return statusAtHub(id);
      };
      await world.clearFaults();
      await expect.poll(heard, { timeout: 60_000, interval: 1000 }).toBe('done');
      expect(rowsOf(await snapshotOf(page), id)).toBe(1);
    });
  }

  it('in an entry of its list that has no name: all others come in, and the foot says what cannot be fetched until it can', async () => {
    const id = await offer();
    const unlisted = at(page, testIds.foot.unlisted);
    await world.fault({ mode: 'nameless-entry', operation: 'getReceivedEdocList', count: many });
    await synchronise();
    await expect.poll(async () => rowsOf(await snapshotOf(page), id), { timeout: 30_000 }).toBe(1);
    // One in each of its two lists.
    await unlisted.filter({ hasText: 'Mục trên trục chưa lấy về được: 2' }).waitFor({ timeout: 30_000 });
    await unlisted.click();
    expect(await failureShown(page)).toBe('hub-list-unreadable');
    await world.clearFaults();
    await synchronise();
    await unlisted.waitFor({ state: 'detached', timeout: 30_000 });
  });

  it('by silence: the clerk goes on working, and the foot is calm again once the line is cut', async () => {
    const id = await offer();
    await synchronise();
    await expect.poll(async () => rowsOf(await snapshotOf(page), id), { timeout: 30_000 }).toBe(1);
    await world.fault({ mode: 'hang', operation: 'getReceivedEdocList', count: many });
    await at(page, testIds.act.sync).click();
    await page.locator(`[data-testid="${testIds.foot.hub}"]`, { hasText: 'Đang đồng bộ' }).waitFor();
    const work: Work = {
      offered: [id],
      subject: '',
      file: '',
      receiver: { code: '', name: '' },
      pin: '',
    };
    expect(nextMoment(await snapshotOf(page), work, new Set())).toBe('accept');
    await doStep({ desk, page, at: () => undefined }, work, 'accept');
    await world.stopHub();
    await page
      .locator(`[data-testid="${testIds.foot.hub}"][data-hub="offline"]`, { hasText: 'Ngoại tuyến' })
      .waitFor({ timeout: 30_000 });
    expect((await hubShown(page)).code).not.toBe('none');
    await world.startHub();
    await synchronise();
    const told = async () =>
      (await world.log())
        .filter((one) => one.DocumentId === id)
        .map((one) => one.code)
        .sort();
    await expect.poll(told, { timeout: 60_000 }).toEqual(['01', '03']);
  });
});

describe('a document whose sending goes wrong', () => {
  async function sealed(subject: string): Promise<Work> {
    const file = join(world.folder, `${Date.now()}.pdf`);
    copyFileSync(join(world.sandbox.folder, 'samples/drafts/tra-loi-da-ky.pdf'), file);
    const receiver = { code: 'H26', name: 'UBND thành phố Hà Nội' };
    const work: Work = { offered: [], subject, file, receiver, pin: pins.agency };
    for (let moment = nextMoment(await snapshotOf(page), work, new Set()); moment !== 'send'; ) {
      if (moment === null) throw new Error('the document was sent already');
      await doStep({ desk, page, at: () => undefined }, work, moment);
      moment = nextMoment(await snapshotOf(page), work, new Set());
    }
    return work;
  }

  async function edocRow(subject: string): Promise<string | undefined> {
    const now = await snapshotOf(page);
    const document = now.outgoing.find((row) => row.facts.subject === subject);
    return now.outbox.find((row) => row.kind === 'edoc' && row.lane === document?.id)?.state;
  }

  async function takenAtHub(subject: string): Promise<number> {
    const document = (await snapshotOf(page)).outgoing.find((row) => row.facts.subject === subject);
    return (await world.log()).filter(
      (one) => one.messagetype === 'edoc' && one.DocumentId === document?.facts.documentId,
    ).length;
  }

  for (const mode of ['drop-after-accept', 'half-answer'] as const) {
    it(`after the hub took it (${mode}) is found in the sent list and not sent again`, async () => {
      const work = await sealed(`Về việc đứt đường truyền sau khi nhận, ${mode}`);
      await world.fault({ mode, operation: 'sendEdoc', count: 1 });
      await doStep({ desk, page, at: () => undefined }, work, 'send');
      const settled = async () => {
        await synchronise();
        return edocRow(work.subject);
      };
      await expect.poll(settled, { timeout: 60_000, interval: 1000 }).toBe('accepted');
      expect(await takenAtHub(work.subject)).toBe(1);
    });
  }

  for (const mode of ['garbage', 'http-500', 'close'] as const) {
    it(`before the hub took it (${mode}) stays open and is never sent again by itself`, async () => {
      const work = await sealed(`Về việc trục không nhận, ${mode}`);
      await world.fault({ mode, operation: 'sendEdoc', count: 1 });
      await doStep({ desk, page, at: () => undefined }, work, 'send');
      await expect.poll(() => edocRow(work.subject), { timeout: 30_000 }).toBe('unknown');
      await world.clearFaults();
      for (let rounds = 0; rounds < 3; rounds += 1) await synchronise();
      expect(await edocRow(work.subject)).toBe('unknown');
      expect(await takenAtHub(work.subject)).toBe(0);
    });
  }
});
