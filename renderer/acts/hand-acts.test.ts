// Packages by hand in the ledger: taken in once, told to nobody as done, doubles recognised, given away as they came.
import { describe, expect, it } from 'vitest';
import { type HandReport, handDocId } from '../../preload/contract/hand';
import { asSha256, type DeskId } from '../../preload/contract/ids';
import type { Arrival } from '../../preload/contract/records';
import { FakeMain } from '../testing/fake-desk';
import { documentArrival, facts, firstOf, machine, offer, openWindow } from '../testing/fixtures';

const sha = asSha256('d'.repeat(64));
const docId = handDocId(sha);

function file(main: FakeMain, number: string): Arrival {
  const arrival: Arrival = { ...documentArrival(docId), packageSha: sha, facts: facts(number) };
  main.byHand.set(sha, arrival);
  return arrival;
}

function report(number: string): HandReport {
  return {
    kind: 'document',
    sha256: sha,
    name: 'a.edxml',
    docId,
    facts: facts(number),
    files: [],
    findings: [],
  };
}

async function desk(main: FakeMain) {
  const on = machine(main);
  const opened = await openWindow(on);
  await opened.ledger.start();
  return { ...opened, on };
}

describe('a package that came by hand', () => {
  it('is taken in once, waits to be accepted, and survives the loss of the database', async () => {
    const main = new FakeMain();
    file(main, '41');
    const { ledger } = await desk(main);
    const first = await ledger.acts.bringByHand({ sha256: sha });
    const again = await ledger.acts.bringByHand({ sha256: sha });
    expect(again).toEqual(first);
    expect((await firstOf(ledger.folders))['in-to-accept']).toBe(1);
    ledger.dispose();
    const other = await desk(main);
    const view = await firstOf(other.ledger.document(first.id as DeskId));
    expect(view).toMatchObject({ kind: 'incoming', document: { state: 'to-accept', docId } });
    other.ledger.dispose();
  });

  it('is known again by its bytes, by sender and DocumentId, and by number, symbol and issuer', async () => {
    const main = new FakeMain();
    offer(main, documentArrival('in-41'));
    const { ledger } = await desk(main);
    await ledger.syncNow();
    expect(await ledger.acts.knownByHand(report('41'))).toMatchObject({ same: false, by: 'identity' });
    const renamed = report('41');
    if (renamed.kind !== 'document') throw new Error(renamed.kind);
    const other = { ...renamed, facts: { ...renamed.facts, documentId: 'khác' } };
    expect(await ledger.acts.knownByHand(other)).toMatchObject({ same: false, by: 'number' });
    expect(await ledger.acts.knownByHand(report('77'))).toEqual({ same: false, document: null, by: null });
    file(main, '77');
    await ledger.acts.bringByHand({ sha256: sha });
    expect(await ledger.acts.knownByHand(report('77'))).toMatchObject({ same: true });
    ledger.dispose();
  });

  it('and was quarantined is not said to be here once it is a false alarm, and becomes the document it was', async () => {
    const main = new FakeMain();
    const { arrivedAt } = documentArrival(docId);
    main.byHand.set(sha, { kind: 'secret', docId, sender: { code: 'G12', name: '' }, arrivedAt });
    const { ledger } = await desk(main);
    const { id } = await ledger.acts.bringByHand({ sha256: sha });
    const secret: HandReport = { kind: 'secret', sha256: null, name: 'a.edxml', docId };
    expect(await ledger.acts.knownByHand(secret)).toMatchObject({ same: true });
    expect(await ledger.acts.knownByHand(report('41'))).toMatchObject({ same: false });
    file(main, '41');
    await ledger.acts.bringByHand({ sha256: sha });
    const view = await firstOf(ledger.document(id as DeskId));
    expect(view).toMatchObject({
      kind: 'incoming',
      document: { state: 'to-accept', facts: { number: '41' } },
    });
    expect(await ledger.acts.knownByHand(report('41'))).toMatchObject({ same: true });
    ledger.dispose();
  });

  it('that could not be read leaves no row', async () => {
    const main = new FakeMain();
    const { ledger } = await desk(main);
    await expect(ledger.acts.bringByHand({ sha256: sha })).rejects.toMatchObject({ code: 'hand-unreadable' });
    expect((await firstOf(ledger.folders))['in-to-accept']).toBe(0);
    ledger.dispose();
  });

  it('is given away as the bytes that came', async () => {
    const main = new FakeMain();
    file(main, '41');
    const { ledger } = await desk(main);
    const { id } = await ledger.acts.bringByHand({ sha256: sha });
    expect(await ledger.acts.exportPackage({ id: id as DeskId })).toEqual({
      sha256: sha,
      name: '41-BTC-VP.edxml',
      frozen: true,
    });
    ledger.dispose();
  });
});

describe('a document without a package', () => {
  it('is packed from what is here, with a DocumentId made of its agency, day, number and symbol', async () => {
    const main = new FakeMain();
    const { ledger } = await desk(main);
    const id = crypto.randomUUID() as DeskId;
    const paper = { ...facts('9'), documentId: '' };
    await ledger.acts.registerPaper({ id, facts: paper, files: [], number: 1, date: '2026-11-20' as never });
    const given = await ledger.acts.exportPackage({ id });
    expect(given.frozen).toBe(false);
    const packed = [...main.packages.values()].find((one) => one.sha === given.sha256);
    expect(packed?.facts?.documentId).toBe('G12,2026/11/20,9/BTC-VP');
    expect(await ledger.acts.exportPackage({ id })).toEqual(given);
    ledger.dispose();
  });

  it('is not given away before the agency has signed it', async () => {
    const main = new FakeMain();
    const { ledger } = await desk(main);
    const id = crypto.randomUUID() as DeskId;
    await ledger.acts.createDraft({ id, file: null, annexes: [], facts: { subject: 'Dự thảo' } });
    await expect(ledger.acts.exportPackage({ id })).rejects.toMatchObject({
      code: 'document-has-no-package',
    });
    ledger.dispose();
  });
});
