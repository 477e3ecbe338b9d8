// A hub that settings name and policy does not allow: the desk opens with all that is on this machine, says what is wrong, and
// nothing leaves.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testIds } from '../../renderer/app/test-ids';
import { answerFirstStart, at, waitForDesk } from '../desk/actions';
import { closeDisplay, type RunningDesk, stateFolder } from '../desk/launch';
import { writeOffered } from './support/offered';
import { failureShown, hubShown } from './support/shown';
import { snapshotOf } from './support/snapshot';
import { openWorld, type World } from './support/world';

interface Kept {
  readonly hub: { readonly endpoint: string; readonly plainHttpHosts: readonly string[] };
}

let world: World;
let desk: RunningDesk;
const settingsFile = (): string => join(world.profile, 'settings.json');

beforeAll(async () => {
  const seeds = stateFolder(`unusable-hub-seeds-${Date.now()}`);
  mkdirSync(seeds, { recursive: true });
  world = await openWorld({ name: 'unusable-hub', seeds, replyAfter: 600 });
  await writeOffered(seeds, 'cho', 2, world.sandbox.record.systemId);
  await world.startHub();
});

afterAll(async () => {
  await desk?.quit();
  await world?.close();
  await closeDisplay();
});

describe('a hub under an address in the clear that policy does not name', () => {
  it('leaves the desk open, which says that a technician is needed and what is wrong', async () => {
    const allowed = readFileSync(settingsFile(), 'utf8');
    const kept = JSON.parse(allowed) as Kept;
    writeFileSync(settingsFile(), JSON.stringify({ ...kept, hub: { ...kept.hub, plainHttpHosts: [] } }));
    desk = await world.launch();
    await answerFirstStart(desk.page, 0, 0);
    await waitForDesk(desk.page);
    const foot = desk.page.locator(`[data-testid="${testIds.foot.hub}"]`, {
      hasText: 'cần bộ phận kỹ thuật',
    });
    await foot.waitFor();
    await at(desk.page, testIds.act.sync).click();
    expect(await failureShown(desk.page)).toBe('hub-endpoint-unsafe');
    expect((await hubShown(desk.page)).code).toBe('hub-endpoint-unsafe');
    expect((await snapshotOf(desk.page)).incoming).toEqual([]);
    const offered = (await world.deliveries()).filter((one) => one.origin === 'seed');
    expect(offered.map((one) => one.status)).toEqual(['initial', 'initial']);
    await desk.quit();
    writeFileSync(settingsFile(), allowed);
  });

  it('is asked again once the settings are mended', async () => {
    desk = await world.launch();
    await waitForDesk(desk.page);
    await desk.page.locator(`[data-testid="${testIds.foot.hub}"][data-hub="online"]`).waitFor();
    const here = async () => (await snapshotOf(desk.page)).incoming.length;
    await expect.poll(here, { timeout: 60_000 }).toBe(2);
  });
});
