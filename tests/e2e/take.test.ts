// The desk beside another program of the agency that shares its code: it takes in and tells the hub nothing.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { testIds } from '../../renderer/app/test-ids';
import { accept, answerFirstStart, at, folderCount, openFolder, openRow } from '../desk/actions';
import { closeDisplay, type RunningDesk, stateFolder } from '../desk/launch';
import { writeOffered } from './support/offered';
import { snapshotOf } from './support/snapshot';
import { openWorld, type World } from './support/world';

const patience = { timeout: 60_000 };
const poll = { timeout: 60_000, interval: 250 };
const seeds = stateFolder('take-seeds');
let world: World | undefined;
let desk: RunningDesk | undefined;

afterEach(async () => {
  await desk?.quit();
  await world?.close();
  rmSync(seeds, { recursive: true, force: true });
  desk = undefined;
  world = undefined;
});
afterAll(closeDisplay);

async function begin(name: string, hub: Readonly<Record<string, unknown>>, documents: number): Promise<Page> {
  rmSync(seeds, { recursive: true, force: true });
  mkdirSync(seeds, { recursive: true });
  world = await openWorld({ name, seeds });
  const file = join(world.profile, 'settings.json');
  const settings = JSON.parse(readFileSync(file, 'utf8')) as { readonly hub: Record<string, unknown> };
  writeFileSync(file, JSON.stringify({ ...settings, hub: { ...settings.hub, ...hub } }));
  await writeOffered(seeds, name, documents, world.sandbox.record.systemId);
  await world.startHub();
  desk = await world.launch();
  await answerFirstStart(desk.page, 0, 0);
  return desk.page;
}

describe('a desk that only takes', () => {
  it('says so, takes documents in once, and the hub hears nothing of it', async () => {
    const page = await begin('take', { reading: 'take' }, 2);
    await expect.poll(() => folderCount(page, 'in-to-accept'), poll).toBe(2);
    expect(await at(page, testIds.foot.root).textContent()).toContain('Chỉ nhận, không báo trục');
    const [first] = (await snapshotOf(page)).incoming;
    await openFolder(page, 'in-to-accept');
    await openRow(page, first?.id ?? '');
    await accept(page);
    await expect.poll(() => folderCount(page, 'in-to-accept'), poll).toBe(1);
    await at(page, testIds.act.sync).click(patience);
    await expect
      .poll(async () => (await snapshotOf(page)).outbox.filter((row) => row.state === 'ready').length, poll)
      .toBe(0);
    expect((await snapshotOf(page)).incoming).toHaveLength(2);
    expect(await world?.log()).toEqual([]);
    const listed = (await world?.deliveries()) ?? [];
    expect(listed.filter((one) => one.messagetype === 'edoc')).toHaveLength(2);
    expect(listed.filter((one) => one.status === 'done')).toEqual([]);
  });
});
