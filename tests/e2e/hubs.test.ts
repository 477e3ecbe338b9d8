// The whole exchange on the real window over every kind of hub but the axis' own (which the other files use): a document comes,
// is taken in and answered; one goes, is taken in there and recalled; one that came is recalled and set aside by the clerk alone.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { writePackage } from '../../main/edxml';
import { statusHeaderOf } from '../../main/services/facts';
import { asInstant, type DeskId } from '../../preload/contract/ids';
import type { Organ } from '../../preload/contract/records';
import { responseTo } from '../../renderer/acts/facts';
import { testIds } from '../../renderer/app/test-ids';
import { accept, answerFirstStart, at, folderCount, openFolder, openRow } from '../desk/actions';
import { closeDisplay, type RunningDesk } from '../desk/launch';
import { axeFaults } from './support/axe';
import {
  type Counterpart,
  deskCode,
  folderCounterpart,
  lgspCounterpart,
  xroadCounterpart,
} from './support/counterparts';
import { snapshotOf } from './support/snapshot';
import { writeWaiting } from './support/waiting';
import { openWorld, type World } from './support/world';

// Several roads of a loaded machine in one test: each wait has its own end.
const whole = 900_000;
const patience = { timeout: 90_000, interval: 250 };
const fixture = readFileSync(resolve('tests/fixtures/edxml/edoc_new.edxml'), 'utf8');
const hanoi: Organ = { code: 'H26', name: 'UBND thành phố Hà Nội' };
const receivers = [deskCode, 'G22'];

/** The document of the fixture, to this desk. */
const document = fixture.replace(
  '<edXML:OrganId>H26</edXML:OrganId>',
  `<edXML:OrganId>${deskCode}</edXML:OrganId>`,
);
/** Its recall: the same document's header, no file. */
const recall = document
  .replace('<edXML:BussinessDocType>0', '<edXML:BussinessDocType>1')
  .replace(/<edXML:edXMLManifest[\s\S]*<\/edXML:edXMLManifest>/, '<edXML:edXMLManifest version="1.0" />')
  .replace(/<AttachmentEncoded>[\s\S]*<\/AttachmentEncoded>/, '<AttachmentEncoded />');

const statusOf = (text: string): string => /StatusCode>(\d+)</.exec(text)?.[1] ?? '';
const businessOf = (text: string): string => /BussinessDocType>(\d)</.exec(text)?.[1] ?? '';

let world: World | undefined;
let desk: RunningDesk | undefined;
let other: Counterpart | undefined;

afterEach(async () => {
  await desk?.quit();
  await other?.close();
  await world?.close();
  desk = undefined;
  other = undefined;
  world = undefined;
});
afterAll(closeDisplay);

async function begin(name: string, counterpart: Counterpart): Promise<{ page: Page; id: DeskId }> {
  other = counterpart;
  world = await openWorld({
    name: `hubs-${name}`,
    env: counterpart.env,
    settings: { hub: counterpart.settings },
  });
  const [id] = await writeWaiting(world, { count: 1, sealed: true });
  if (id === undefined) throw new Error('no document waits');
  desk = await world.launch();
  await answerFirstStart(desk.page, 0, 1);
  return { page: desk.page, id };
}

/** Looks at the hub until something is so; a folder is watched and needs no asking. */
async function until(page: Page, watched: boolean, holds: () => Promise<boolean>): Promise<void> {
  await expect
    .poll(
      async () => {
        if (!watched) await at(page, testIds.act.sync).click();
        return holds();
      },
      { timeout: 120_000, interval: 1000 },
    )
    .toBe(true);
}

/** A status of a receiver about the document that this desk sent. */
async function statusBytes(page: Page, id: DeskId, code: string, description: string): Promise<Uint8Array> {
  const sent = (await snapshotOf(page)).outgoing.find((row) => row.id === id);
  if (sent === undefined) throw new Error('the document is gone');
  const header = statusHeaderOf({
    code,
    from: hanoi,
    responseFor: responseTo(sent.facts),
    description,
    staff: '',
    at: asInstant(new Date()),
  });
  const pieces: Uint8Array[] = [];
  await writePackage({ kind: 'status', header, trace: null, attachments: [], unknown: [] }, async (bytes) => {
    pieces.push(Uint8Array.from(bytes));
  });
  return Buffer.concat(pieces);
}

async function deliveryState(page: Page, code: string): Promise<string | null> {
  const line = page.locator(`[data-testid="${testIds.delivery}"][data-code="${code}"]`).first();
  return (await line.count()) === 0 ? null : line.getAttribute('data-state');
}

async function fillDecision(page: Page, reason: string): Promise<void> {
  await at(page, testIds.changes.dialog).waitFor();
  await at(page, testIds.field.reason).fill(reason);
  await at(page, testIds.changes.decidedBy).fill('Trần Thị Bình');
}

const kinds: readonly (readonly [string, () => Promise<Counterpart>])[] = [
  ['folder', async () => folderCounterpart()],
  ['lgsp', lgspCounterpart],
  ['xroad over SOAP with a client certificate', () => xroadCounterpart('soap')],
  ['xroad over REST with a client certificate', () => xroadCounterpart('rest')],
];

describe.each(kinds)('a hub of the kind %s', (name, open) => {
  it(
    'carries a document in and one out, statuses and recalls both ways',
    async () => {
      const counterpart = await open();
      const kind = String(counterpart.settings.kind);
      const watched = kind === 'folder';
      const byStatus = counterpart.settings.recallBy === 'status';
      const { page, id } = await begin(name.replace(/\W+/g, '-'), counterpart);
      const { give, taken } = counterpart;

      // The way there, said at the foot: plain only where policy names the host.
      expect(await at(page, testIds.foot.insecure).count()).toBe(kind === 'lgsp' ? 1 : 0);
      if (kind === 'lgsp') expect(await at(page, testIds.foot.insecure).textContent()).toContain('127.0.0.1');

      // A document comes and is taken in; its sender hears 01 and 03.
      await give('G12', 'edoc', Buffer.from(document), receivers);
      await until(page, watched, async () => (await folderCount(page, 'in-to-accept')) === 1);
      await openFolder(page, 'in-to-accept');
      const came = (await snapshotOf(page)).incoming[0];
      if (came === undefined) throw new Error('nothing came');
      await openRow(page, came.id);
      await accept(page);
      await until(page, watched, async () =>
        (await taken('G12', 'status')).some((one) => statusOf(one) === '03'),
      );
      expect((await taken('G12', 'status')).map(statusOf).sort()).toEqual(['01', '03']);

      // One goes out, and what became of it there comes back.
      await openFolder(page, 'out-to-send');
      await openRow(page, id);
      await at(page, testIds.act.openRoad).click();
      await at(page, testIds.road.send).click();
      await until(page, watched, async () => (await taken('H26', 'edoc')).length === 1);
      const [gone = ''] = await taken('H26', 'edoc');
      expect(businessOf(gone)).toBe('0');
      expect(gone).toContain('<AttachmentEncoded>');
      await give('H26', 'status', await statusBytes(page, id, '03', 'Số đến 12'), [deskCode]);
      await at(page, testIds.road.later).click();
      await openFolder(page, 'out-sent');
      await openRow(page, id);
      await until(page, watched, async () => (await deliveryState(page, 'H26')) === '03');

      // It is recalled: why, who decided it, to whom; the receiver agrees.
      await at(page, testIds.act.recall).click();
      expect(await at(page, testIds.changes.confirm).getAttribute('aria-disabled')).toBe('true');
      await fillDecision(page, 'Sai nội dung phụ lục');
      expect(await at(page, testIds.changes.who).textContent()).toContain('H26');
      if (kind === 'folder') expect(await axeFaults(page)).toEqual([]);
      await at(page, testIds.changes.confirm).click();
      await until(page, watched, async () => {
        if (byStatus) return (await taken('H26', 'status')).some((one) => statusOf(one) === '13');
        return (await taken('H26', 'edoc')).some((one) => businessOf(one) === '1');
      });
      const told = byStatus ? await taken('H26', 'status') : await taken('H26', 'edoc');
      expect(told.join('\n')).toContain('Sai nội dung phụ lục');
      expect(told.join('\n')).toContain('Trần Thị Bình');
      await give('H26', 'status', await statusBytes(page, id, '15', ''), [deskCode]);
      await openFolder(page, 'out-recalled');
      await openRow(page, id);
      await until(page, watched, async () => (await deliveryState(page, 'H26')) === '15');
      expect(await at(page, testIds.fact('given')).textContent()).toContain('1,');

      // What came is recalled too: nothing happens by itself, and its number stays when the clerk agrees.
      await give('G12', 'edoc', Buffer.from(recall), receivers);
      await until(page, watched, async () => (await folderCount(page, 'in-to-accept')) === 1);
      expect((await snapshotOf(page)).incoming.find((row) => row.id === came.id)?.state).toBe('to-present');
      await openFolder(page, 'in-to-present');
      await openRow(page, came.id);
      await at(page, testIds.changes.asked).locator('button').click();
      await at(page, testIds.act.agreeRecall).click();
      await until(page, watched, async () =>
        (await taken('G12', 'status')).some((one) => statusOf(one) === '15'),
      );
      const after = (await snapshotOf(page)).incoming.find((row) => row.id === came.id);
      expect([after?.state, after?.arrivalNumber]).toEqual(['recalled', 1]);
    },
    whole,
  );
});

describe('a folder', () => {
  it(
    'carries an update to who has the document and the whole document to who is new; a replacement begins a draft',
    async () => {
      const counterpart = folderCounterpart();
      const { page, id } = await begin('update', counterpart);
      const { taken } = counterpart;
      await openFolder(page, 'out-to-send');
      await openRow(page, id);
      await at(page, testIds.act.openRoad).click();
      await at(page, testIds.road.send).click();
      await expect.poll(async () => (await taken('H26', 'edoc')).length, patience).toBe(1);
      await at(page, testIds.road.later).click();
      await openFolder(page, 'out-sent');
      await openRow(page, id);

      await at(page, testIds.act.updateSent).click();
      await fillDecision(page, 'Bổ sung nơi nhận');
      expect(await at(page, testIds.changes.confirm).getAttribute('aria-disabled')).toBe('true');
      await at(page, testIds.draft.receiverName).fill('Văn phòng Chính phủ');
      await at(page, testIds.draft.receiverCode).fill('G22');
      await at(page, testIds.draft.receiverAdd).click();
      expect(await at(page, testIds.changes.who).textContent()).toContain('G22');
      expect(await axeFaults(page)).toEqual([]);
      await at(page, testIds.changes.confirm).click();
      await expect.poll(async () => (await taken('G22', 'edoc')).map(businessOf), patience).toEqual(['0']);
      await expect
        .poll(async () => (await taken('H26', 'edoc')).map(businessOf).sort(), patience)
        .toEqual(['0', '2']);
      const update = (await taken('H26', 'edoc')).find((one) => businessOf(one) === '2') ?? '';
      expect(update).toMatch(/<edXML:OrganId>G22<\/edXML:OrganId>\s*<edXML:ReceiverType>1</);
      await expect.poll(() => deliveryState(page, 'G22'), patience).toBe('sent');

      await at(page, testIds.act.replaceSent).click();
      await fillDecision(page, 'Sai số liệu');
      await at(page, testIds.changes.confirm).click();
      await at(page, testIds.draft.root).waitFor();
      const now = await snapshotOf(page);
      expect(now.outgoing.find((row) => row.replaces === id)).toMatchObject({
        state: 'draft',
        facts: { business: { type: '3', reason: 'Sai số liệu' } },
      });
      expect(now.outgoing.find((row) => row.id === id)?.state).toBe('sent');
    },
    whole,
  );

  it(
    'that is pulled out is said in its own words; put back, what waited goes and what came is fetched, unasked',
    async () => {
      const counterpart = folderCounterpart();
      const { page, id } = await begin('stick', counterpart);
      const { root, taken } = counterpart;
      const foot = at(page, testIds.foot.hub);
      await expect.poll(() => foot.getAttribute('data-hub'), patience).toBe('online');
      renameSync(root, `${root}-out`);
      await openFolder(page, 'out-to-send');
      await openRow(page, id);
      await at(page, testIds.act.openRoad).click();
      await at(page, testIds.road.send).click();
      await expect.poll(() => foot.textContent(), patience).toContain('Không thấy thư mục trao đổi');
      expect(await foot.getAttribute('title')).toContain('chưa cắm');
      expect(existsSync(root)).toBe(false);
      writeFileSync(join(`${root}-out`, 'in', 'den.edxml'), document);
      renameSync(`${root}-out`, root);
      await expect.poll(async () => (await taken('H26', 'edoc')).length, patience).toBe(1);
      await at(page, testIds.road.later).click();
      await expect.poll(() => folderCount(page, 'in-to-accept'), patience).toBe(1);
    },
    whole,
  );
});
