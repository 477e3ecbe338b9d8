// A disk with no room. The system itself refuses: strace makes the calls of the running desk come back with ENOSPC, so the
// test needs no root and no small disk, and the desk meets the very error a full disk gives.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testIds } from '../../renderer/app/test-ids';
import { answerFirstStart, at, openFolder, openRow } from '../desk/actions';
import { closeDisplay, type RunningDesk } from '../desk/launch';
import { writeOffered } from './support/offered';
import { failureShown } from './support/shown';
import { snapshotOf } from './support/snapshot';
import { fillDisk } from './support/strace';
import { openWorld, type World } from './support/world';

let world: World;
let seeds: string;
let desk: RunningDesk;
let page: Page;

beforeAll(async () => {
  seeds = join(process.env.VAN_THU_STATE ?? 'out/state', `bad-disk-seeds-${Date.now()}`);
  mkdirSync(seeds, { recursive: true });
  world = await openWorld({ name: 'bad-disk', seeds });
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

async function offer(name: string): Promise<string> {
  const [id = ''] = await writeOffered(seeds, name, 1, world.sandbox.record.systemId);
  expect(await world.offer()).toBe(1);
  return id;
}

async function synchronise(): Promise<void> {
  const quiet = page.locator(`[data-testid="${testIds.foot.hub}"]`, { hasNotText: 'Đang đồng bộ' });
  await quiet.waitFor({ timeout: 60_000 });
  await at(page, testIds.act.sync).click();
  await quiet.waitFor({ timeout: 60_000 });
}

const arrived = async (id: string) =>
  (await snapshotOf(page)).incoming.filter((row) => row.facts.documentId === id);
const atHub = async (id: string) =>
  (await world.deliveries()).find((one) => one.origin === 'seed' && one.DocumentId === id)?.status;

describe('a disk with no room', () => {
  it('takes no package in: nothing is half stored or acknowledged, and it comes when there is room', async () => {
    const id = await offer('dia-day-nhan');
    const before = await snapshotOf(page);
    const full = await fillDisk(desk.pid, ['fsync']);
    try {
      await synchronise();
      expect(await arrived(id)).toEqual([]);
      expect(await atHub(id)).not.toBe('done');
      expect((await snapshotOf(page)).revisions).toEqual(before.revisions);
    } finally {
      await full.free();
    }
    const whole = async () => {
      await synchronise();
      return (await arrived(id)).length;
    };
    await expect.poll(whole, { timeout: 60_000, interval: 1000 }).toBe(1);
    await expect.poll(() => atHub(id), { timeout: 30_000 }).toBe('done');
  });

  it('registers nothing: the clerk is told, no number is lost, and the same act goes through when there is room', async () => {
    const id = await offer('dia-day-dang-ky');
    await synchronise();
    await expect.poll(async () => (await arrived(id)).length, { timeout: 60_000 }).toBe(1);
    const row = (await arrived(id))[0];
    await openFolder(page, 'in-to-accept');
    await openRow(page, row?.id ?? '');
    const field = at(page, testIds.field.arrivalNumber);
    await page.locator(`[data-testid="${testIds.field.arrivalNumber}"]:not([value=""])`).waitFor();
    const proposed = await field.inputValue();
    const full = await fillDisk(desk.pid, ['fsync', 'fdatasync']);
    try {
      await at(page, testIds.act.registerAndAccept).click();
      expect(['disk-full', 'ledger-not-saved']).toContain(await failureShown(page));
    } finally {
      await full.free();
    }
    expect((await arrived(id))[0]?.state).toBe('to-accept');
    await at(page, testIds.failure).first().getByRole('button').click();
    await at(page, testIds.act.registerAndAccept).click();
    const registered = async () => (await arrived(id))[0]?.arrivalNumber;
    await expect.poll(registered, { timeout: 30_000 }).toBe(Number(proposed));
    await expect
      .poll(() => at(page, testIds.foot.saved).getAttribute('data-saved'), { timeout: 30_000 })
      .toBe('saved');
  });
});
