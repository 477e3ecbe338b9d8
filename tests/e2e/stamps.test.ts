// The stamps through the window: ĐẾN on a copy of what came in, the urgency mark on a draft before anybody signs and never after.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testIds } from '../../renderer/app/test-ids';
import { accept, answerFirstStart, answerSaveDialog, at, openFolder, openRow } from '../desk/actions';
import { closeDisplay, type RunningDesk } from '../desk/launch';
import { doStep, toRoad, type Work } from './support/clerk';
import { changedBox, colouredBox, isRed } from './support/pixels';
import { failureShown } from './support/shown';
import { snapshotOf } from './support/snapshot';
import { storedFile } from './support/stored';
import { openWorld, pins, type World } from './support/world';

const patience = { timeout: 60_000 };
let world: World;
let desk: RunningDesk;
let page: Page;

beforeAll(async () => {
  world = await openWorld({ name: 'stamps', seeds: 'samples' });
  await world.startHub();
  desk = await world.launch();
  page = desk.page;
  await answerFirstStart(page, 40, 17);
});

afterAll(async () => {
  await desk?.quit();
  await world?.close();
  await closeDisplay();
});

const saved = (sha256: string | undefined, name: string): Promise<string> =>
  storedFile(desk, world.folder, sha256, name);

describe('the ĐẾN stamp', () => {
  it('is on the copy that is saved, in its size, and not on the original', async () => {
    await openFolder(page, 'in-to-accept');
    await expect
      .poll(
        async () => (await snapshotOf(page)).incoming.filter((one) => one.state === 'to-accept').length,
        patience,
      )
      .toBeGreaterThan(3);
    const { incoming } = await snapshotOf(page);
    const chosen = incoming.find(
      (one) =>
        one.state === 'to-accept' &&
        one.facts.business.type === '0' &&
        one.attachments[0]?.verdict?.verdict === 'valid',
    );
    if (chosen === undefined) throw new Error('no good document came');
    await openRow(page, chosen.id);
    expect(await at(page, testIds.act.arrivalStamp).count()).toBe(0);
    await accept(page);
    await expect
      .poll(
        async () => (await snapshotOf(page)).incoming.find((one) => one.id === chosen.id)?.arrivalNumber,
        patience,
      )
      .toBe(41);
    await openFolder(page, 'in-to-present');
    await openRow(page, chosen.id);
    await at(page, testIds.act.arrivalStamp).click(patience);
    await at(page, testIds.sign.placement).waitFor(patience);
    await at(page, testIds.stamp.signedNote).waitFor(patience);
    await at(page, testIds.stamp.forwarded).fill('Phòng Văn xã');
    const original = chosen.attachments[0]?.sha256;
    const before = readFileSync(await saved(original, 'goc-truoc.pdf'));
    const path = join(world.folder, 'co-dau-den.pdf');
    await answerSaveDialog(desk.app, path);
    await at(page, testIds.stamp.run).click(patience);
    await expect.poll(() => existsSync(path), patience).toBe(true);
    const after = readFileSync(await saved(original, 'goc-sau.pdf'));
    expect(after.equals(before)).toBe(true);
    const stamped = readFileSync(path);
    expect(stamped.subarray(0, before.length).equals(before)).toBe(true);
    expect(execFileSync('qpdf', ['--check', path], { encoding: 'utf8' })).toContain('No syntax');
    const box = changedBox(join(world.folder, 'goc-sau.pdf'), path, 1);
    expect((box?.right ?? 0) - (box?.left ?? 0)).toBeCloseTo(50, 0);
    expect((box?.bottom ?? 0) - (box?.top ?? 0)).toBeCloseTo(35, 0);
    await at(page, testIds.stamp.close).click(patience);
  });
});

describe('the urgency mark', () => {
  const work = (subject: string, draft: string): Work => {
    const file = join(world.folder, `${draft}.pdf`);
    copyFileSync(join(world.sandbox.folder, `samples/drafts/${draft}.pdf`), file);
    return {
      offered: [],
      subject,
      file,
      receiver: { code: 'H26', name: 'UBND thành phố Hà Nội' },
      pin: pins.agency,
    };
  };
  const clerk = () => ({ desk, page, at: () => undefined });

  it('is put on a draft that nobody has signed', async () => {
    const open = work('Về việc khẩn', 'tra-loi');
    await doStep(clerk(), open, 'draft');
    await toRoad(page, open);
    await at(page, testIds.act.urgencyMark).click(patience);
    await at(page, testIds.stamp.level).selectOption('3');
    await at(page, testIds.sign.placement).waitFor(patience);
    await at(page, testIds.stamp.run).click(patience);
    await at(page, testIds.road.root).waitFor(patience);
    const row = (await snapshotOf(page)).outgoing.find((one) => one.facts.subject === open.subject);
    expect(row?.facts.urgency).toBe(3);
    const marked = await saved(row?.main?.sha256, 'khan.pdf');
    const box = changedBox(open.file, marked, 1);
    expect(box).not.toBeNull();
    expect(colouredBox(marked, 1, isRed)).toEqual(box);
    expect((box?.right ?? 0) - (box?.left ?? 0)).toBeCloseTo(30, 0);
    expect((box?.bottom ?? 0) - (box?.top ?? 0)).toBeCloseTo(8, 0);
    await at(page, testIds.road.later).click(patience);
  });

  it('is refused with its own code once there is a signature, and the file stays', async () => {
    const signed = work('Về việc đã ký', 'tra-loi-da-ky');
    await doStep(clerk(), signed, 'draft');
    await toRoad(page, signed);
    const before = (await snapshotOf(page)).outgoing.find((one) => one.facts.subject === signed.subject);
    await at(page, testIds.act.urgencyMark).click(patience);
    await at(page, testIds.sign.placement).waitFor(patience);
    await at(page, testIds.stamp.run).click(patience);
    expect(await failureShown(page)).toBe('urgency-after-signature');
    const after = (await snapshotOf(page)).outgoing.find((one) => one.facts.subject === signed.subject);
    expect(after).toEqual(before);
  });
});
