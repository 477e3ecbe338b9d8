// Packages nobody can read: each is a line of its own with its code and sentence, is not acknowledged, and stops no other.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attachmentText, packageText } from '../../main/edxml/testing';
import { testIds } from '../../renderer/app/test-ids';
import { answerFirstStart, at, openFolder, openRow } from '../desk/actions';
import { closeDisplay, type RunningDesk } from '../desk/launch';
import { writeOffered } from './support/offered';
import { codeIn, wordsOf } from './support/shown';
import { snapshotOf } from './support/snapshot';
import { openWorld, type World } from './support/world';

let world: World;
let desk: RunningDesk;
let page: Page;

const nested = '<a>'.repeat(10_000) + '</a>'.repeat(10_000);
const bad: readonly (readonly [string, string])[] = [
  ['is not XML', 'Xin chào, đây không phải gói tin.'],
  ['has another namespace', '<?xml version="1.0"?><edXML xmlns="urn:khac"><a/></edXML>'],
  [
    'has a DTD',
    '<?xml version="1.0"?><!DOCTYPE edXML [<!ENTITY a "b">]><edXML xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016">&a;</edXML>',
  ],
  ['ends in the middle', packageText().slice(0, 300)],
  ['has 10 000 nested elements', packageText({ header: nested })],
];
const brokenZip = packageText({
  attachment: attachmentText(
    'a.pdf',
    'application/zip',
    Buffer.from('PK\u0003\u0004hong').toString('base64'),
  ),
});

beforeAll(async () => {
  const seeds = join(process.env.VAN_THU_STATE ?? 'out/state', `bad-packages-seeds-${Date.now()}`);
  mkdirSync(seeds, { recursive: true });
  world = await openWorld({ name: 'bad-packages', seeds });
  await writeOffered(seeds, 'hong', bad.length + 2, world.sandbox.record.systemId);
  await world.startHub();
  // The hub offers only what it can read itself, so the bytes go bad in its store, under the same name.
  const stored = join(world.folder, 'hub/packages');
  const names = readdirSync(stored).sort();
  for (const [index, [, text]] of bad.entries()) writeFileSync(join(stored, names[index] ?? ''), text);
  writeFileSync(join(stored, names[bad.length] ?? ''), brokenZip);
  desk = await world.launch();
  page = desk.page;
  await answerFirstStart(page, 0, 0);
});

afterAll(async () => {
  await desk?.quit();
  await world?.close();
  await closeDisplay();
});

describe('a package that cannot be read', () => {
  it('is set aside with its code, and the good one beside it comes in', async () => {
    const arrived = async () => (await snapshotOf(page)).incoming.length;
    await expect.poll(arrived, { timeout: 60_000 }).toBe(bad.length + 2);
    const { incoming } = await snapshotOf(page);
    const unreadable = incoming.filter((row) => row.state === 'unreadable');
    expect(unreadable.length).toBeGreaterThanOrEqual(bad.length);
    for (const row of unreadable) expect(row.problem).toMatch(/^[a-z-]+$/);
    const good = incoming.filter((row) => row.state === 'to-accept' && row.problem === null);
    expect(good).toHaveLength(1);
  });

  it('stays listed at the hub, while the good one is acknowledged', async () => {
    const { incoming } = await snapshotOf(page);
    const unread = incoming.filter((row) => row.state === 'unreadable').map((row) => row.docId);
    const good = incoming.find((row) => row.state === 'to-accept' && row.problem === null)?.docId;
    const statusOf = async (docId: string | null | undefined) =>
      (await world.deliveries()).find((one) => one.docId === docId)?.status;
    await expect.poll(() => statusOf(good), { timeout: 30_000 }).toBe('done');
    for (const docId of unread) expect(await statusOf(docId)).not.toBe('done');
  });

  it('is a line of its own that says what is wrong and what to do', async () => {
    await openFolder(page, 'in-set-aside');
    const { incoming } = await snapshotOf(page);
    for (const row of incoming.filter((one) => one.state === 'unreadable')) {
      await openRow(page, row.id);
      const pane = at(page, testIds.panes.document);
      await expect.poll(async () => codeIn(await wordsOf(pane)), { timeout: 20_000 }).toBe(row.problem);
      expect(await pane.locator(`[data-testid="${testIds.act.registerAndAccept}"]`).count()).toBe(0);
    }
  });

  it('with one broken attachment is shown with the rest, and the attachment has its code', async () => {
    const { incoming } = await snapshotOf(page);
    const row = incoming.find((one) => one.attachments.some((file) => file.problem !== null));
    expect(row?.problem ?? '').toMatch(/^edxml-/);
    expect(codeIn(await sentenceShown(row?.id ?? '', row?.state ?? ''))).not.toBe('none');
  });

  async function sentenceShown(id: string, state: string): Promise<string> {
    await openFolder(page, state === 'to-accept' ? 'in-to-accept' : 'in-set-aside');
    await openRow(page, id);
    const pane = at(page, testIds.panes.document);
    await expect.poll(async () => codeIn(await wordsOf(pane)), { timeout: 20_000 }).not.toBe('none');
    return wordsOf(pane);
  }
});
