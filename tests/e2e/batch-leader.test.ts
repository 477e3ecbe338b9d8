// The leader signs several documents under one PIN in the real window: each carries the picture where main finds the place
// between position and full name, and each goes on to be numbered.
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testIds } from '../../renderer/app/test-ids';
import { at, openFolder, pressToClose } from '../desk/actions';
import { closeDisplay, type RunningDesk, stateFolder } from '../desk/launch';
import { softhsmModule } from '../sandbox/token/softhsm';
import { changedBox } from './support/pixels';
import { snapshotOf } from './support/snapshot';
import { storedFile } from './support/stored';
import { writeWaiting } from './support/waiting';
import { openWorld, pins, type World } from './support/world';

const count = 3;
const patience = { timeout: 300_000 };
const calls = stateFolder('batch-leader-calls.txt');

let world: World;
let desk: RunningDesk;
let page: Page;

beforeAll(async () => {
  const env = { PROBE_MODULE: softhsmModule(), PROBE_LOG: calls };
  const driver = resolve('out/probe/pkcs11-probe.so');
  const settings = { profile: 'leader', user: 'Trần Thị Bình' };
  world = await openWorld({ name: 'batch-leader', driver, env, settings });
  writeFileSync(calls, '');
  await writeWaiting(world, { count, forLeader: true });
  desk = await world.launch();
  page = desk.page;
}, 900_000);

afterAll(async () => {
  await desk?.quit();
  await world?.close();
  await closeDisplay();
});

const saved = (sha256: string | undefined, name: string): Promise<string> =>
  storedFile(desk, world.folder, sha256, name);

/** The place main finds for the leader's picture, in millimetres from the upper left corner of an A4 page. */
async function proposed(
  sha256: string,
): Promise<{ left: number; top: number; right: number; bottom: number }> {
  const { placement } = await page.evaluate(async (of) => {
    type Place = { x: number; y: number; width: number; height: number };
    const { desk: api } = window as unknown as {
      desk: { signing: { place(input: unknown): Promise<{ value: { placement: Place } }> } };
    };
    return (await api.signing.place({ role: 'leader', sha256: of })).value;
  }, sha256);
  const mm = 25.4 / 72;
  const { x, y, width, height } = placement;
  const top = 841.89 - y - height;
  return { left: x * mm, top: top * mm, right: (x + width) * mm, bottom: (top + height) * mm };
}

describe('a leader with several documents', () => {
  it('signs them with one PIN and one login; each carries the picture at its place and waits for its number', async () => {
    await openFolder(page, 'out-to-sign');
    const drafts = (await snapshotOf(page)).outgoing;
    expect(drafts.map((row) => row.state)).toEqual(Array(count).fill('to-sign'));
    await at(page, testIds.batch.open).click();
    await page.locator(`[role="option"][aria-setsize="${count}"]`).first().waitFor(patience);
    await at(page, testIds.batch.all).click();
    await at(page, testIds.batch.confirm).check();
    await page
      .locator(`[data-testid="${testIds.road.card}"] input:checked`)
      .waitFor({ state: 'attached', ...patience });
    const opening = desk.app.waitForEvent('window', patience);
    await at(page, testIds.batch.sign).click();
    const window = await opening;
    await window.locator('#pin').waitFor(patience);
    expect(await window.locator('#documents li').count()).toBe(count);
    expect(await window.locator('#title').textContent()).toContain('của người có thẩm quyền');
    await window.locator('#pin').fill(pins.leader);
    await pressToClose(window, '#sign');
    await at(page, testIds.batch.results).waitFor(patience);
    expect(await at(page, testIds.batch.results).getAttribute('data-signed')).toBe(String(count));
    const made = readFileSync(calls, 'utf8').split('\n');
    expect(made.filter((line) => line.startsWith('C_Login '))).toHaveLength(1);
    expect(made.filter((line) => line.startsWith('C_Sign '))).toHaveLength(count);
    const signed = (await snapshotOf(page)).outgoing;
    expect(signed.map((row) => row.state)).toEqual(Array(count).fill('to-number'));
    for (const draft of drafts) {
      const row = signed.find((one) => one.id === draft.id);
      const before = await saved(draft.main?.sha256 ?? '', 'truoc.pdf');
      const after = await saved(row?.leaderSignature?.sha256 ?? '', 'sau.pdf');
      const ink = changedBox(before, after, 1);
      const place = await proposed(draft.main?.sha256 ?? '');
      expect(ink).not.toBeNull();
      if (ink === null) continue;
      for (const side of ['left', 'top'] as const) expect(ink[side]).toBeGreaterThan(place[side] - 0.5);
      for (const side of ['right', 'bottom'] as const) expect(ink[side]).toBeLessThan(place[side] + 0.5);
    }
  }, 900_000);
});
