// Many documents in one run, as the ledger saves them: each once, as soon as it is signed, and nothing is lost with a window.
import { describe, expect, it } from 'vitest';
import { asDay, asSha256, type DeskId, newDeskId } from '../../preload/contract/ids';
import type { Ledger, ManyOutcome } from '../ledger';
import { type FakeMain, pdf } from '../testing/fake-desk';
import { firstOf, machine, openWindow } from '../testing/fixtures';
import { morning } from '../testing/scenario';

const day = asDay('2026-11-20');
const fingerprint = asSha256('f'.repeat(64));
const batch = () => crypto.randomUUID();

async function numbered(ledger: Ledger, count: number, annexes: readonly string[] = []): Promise<DeskId[]> {
  const ids: DeskId[] = [];
  for (let index = 1; index <= count; index += 1) {
    const id = newDeskId();
    const file = pdf(asSha256(String(index).padStart(64, 'd')));
    const added = annexes.map((name, at) => ({
      ...pdf(asSha256(`${index}${at}`.padStart(64, 'e')), name),
      contentType: name.endsWith('.pdf') ? 'application/pdf' : 'application/vnd.ms-excel',
    }));
    await ledger.acts.createDraft({
      id,
      file,
      annexes: added,
      facts: { subject: `V/v ${index}`, typeName: 'Công văn', notation: 'UBND-VX', pages: 2 },
    });
    await ledger.acts.markSignedElsewhere({ id });
    await ledger.acts.giveNumber({ id, number: index, date: day });
    ids.push(id);
  }
  return ids;
}

async function desk(main: FakeMain = morning()) {
  const on = machine(main);
  const opened = await openWindow(on);
  await opened.ledger.start();
  return { main, on, ...opened };
}

async function documentsOf(ledger: Ledger, ids: readonly DeskId[]) {
  const views = await Promise.all(ids.map((id) => firstOf(ledger.document(id))));
  return views.map((view) => {
    if (view.kind !== 'outgoing') throw new Error(view.kind);
    return view.document;
  });
}

describe('a run of many documents', () => {
  it('seals each with its annexes and tells what became of each, in the order asked', async () => {
    const { main, ledger } = await desk();
    const ids = await numbered(ledger, 3, ['phu-luc.pdf', 'bang.xlsx']);
    main.toldOutcomes = 2;
    const told: ManyOutcome[] = [];
    const outcomes = await ledger.acts.signMany({
      batch: batch(),
      ids,
      fingerprint,
      onSettled: (one) => told.push(one),
    });
    expect(outcomes).toEqual(ids.map((id) => ({ id, kind: 'signed', code: null })));
    expect(told).toHaveLength(3);
    for (const document of await documentsOf(ledger, ids)) {
      expect(document.state).toBe('to-send');
      expect(document.main?.sha256).toBe(document.seal?.sha256);
    }
    // The letter and its PDF annex, each once.
    expect(main.signatures.size).toBe(6);
    ledger.dispose();
  });

  it('on a leader’s profile signs the documents alone, and they wait for their numbers', async () => {
    const main = morning();
    main.info = { ...main.info, profile: 'leader' };
    const { ledger } = await desk(main);
    const ids: DeskId[] = [];
    for (const digit of ['1', '2']) {
      const id = newDeskId();
      const file = pdf(asSha256(digit.repeat(64)));
      const annexes = [pdf(asSha256(digit.padStart(64, 'e')), 'phu-luc.pdf')];
      await ledger.acts.createDraft({ id, file, annexes, facts: { subject: 'V/v', typeName: 'Công văn' } });
      await ledger.acts.submit({ id });
      ids.push(id);
    }
    expect((await firstOf(ledger.signable)).map((row) => [row.problem, row.annexes])).toEqual([
      [null, 0],
      [null, 0],
    ]);
    const outcomes = await ledger.acts.signMany({ batch: batch(), ids, fingerprint });
    expect(outcomes.map((one) => one.kind)).toEqual(['signed', 'signed']);
    expect((await documentsOf(ledger, ids)).map((one) => one.state)).toEqual(['to-number', 'to-number']);
    expect(main.signatures.size).toBe(2);
    ledger.dispose();
  });

  it('leaves what main refuses as it was, with the code, and asks for nothing that has no number', async () => {
    const { main, ledger } = await desk();
    const ids = await numbered(ledger, 2);
    const draft = newDeskId();
    await ledger.acts.createDraft({ id: draft, file: null, annexes: [], facts: {} });
    main.refused.add(ids[0] ?? '');
    const outcomes = await ledger.acts.signMany({ batch: batch(), ids: [...ids, draft], fingerprint });
    expect(outcomes.map((one) => [one.kind, one.code])).toEqual([
      ['refused', 'leader-missing'],
      ['signed', null],
      ['refused', 'step-not-open'],
    ]);
    expect((await documentsOf(ledger, ids)).map((one) => one.state)).toEqual(['to-seal', 'to-send']);
    ledger.dispose();
  });

  it('loses nothing when the window dies in the middle: the next one takes what main signed, without a token', async () => {
    const { main, on, ledger } = await desk();
    const ids = await numbered(ledger, 3);
    ledger.dispose();
    main.toldOutcomes = 1;
    // Main signs all three; the window hears of one and dies with the answer on its way.
    const dying = await openWindow(on, { call: 'batch.start', when: 'after' });
    await dying.ledger.start();
    void dying.ledger.acts.signMany({ batch: batch(), ids, fingerprint });
    await dying.window.died;
    expect(main.signatures.size).toBe(3);
    const next = await openWindow(on);
    await next.ledger.start();
    expect(await next.ledger.acts.recoverSigned({ ids })).toBeGreaterThanOrEqual(2);
    expect((await documentsOf(next.ledger, ids)).map((one) => one.state)).toEqual(Array(3).fill('to-send'));
    expect(await next.ledger.acts.recoverSigned({ ids })).toBe(0);
    expect(main.signatures.size).toBe(3);
    next.ledger.dispose();
  });
});

describe('what waits for a signature', () => {
  it('is listed oldest first, with pages, annexes and why it cannot be signed yet', async () => {
    const { ledger } = await desk();
    const ids = await numbered(ledger, 2, ['phu-luc.pdf']);
    const unnumbered = newDeskId();
    const file = pdf(asSha256('9'.repeat(64)));
    const facts = { subject: 'V/v chưa có số', typeName: 'Công văn', notation: 'UBND-VX' };
    await ledger.acts.createDraft({ id: unnumbered, file, annexes: [], facts });
    await ledger.acts.markSignedElsewhere({ id: unnumbered });
    const rows = await firstOf(ledger.signable);
    const byId = new Map(rows.map((row) => [row.id, row]));
    expect(rows).toHaveLength(3);
    expect(byId.get(ids[0] as DeskId)).toMatchObject({
      title: '01/UBND-VX',
      subject: 'V/v 1',
      pages: 2,
      annexes: 1,
      problem: null,
    });
    expect(byId.get(unnumbered)).toMatchObject({ problem: 'number-missing' });
    ledger.dispose();
  });
});
