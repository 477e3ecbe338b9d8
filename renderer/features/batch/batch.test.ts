// The pure parts of the screen of many documents: what it is doing, and which lines are chosen.
import { describe, expect, it } from 'vitest';
import type { BatchProgress } from '../../../preload/contract/batch';
import { asInstant, type DeskId, newDeskId } from '../../../preload/contract/ids';
import type { ManyOutcome, SignableRow } from '../../ledger';
import { chooseAll, extendTo, type Line, moveTo, nothingChosen, stillThere, toggle } from './selection';
import { type BatchAct, type BatchScreenState, choosing, nextBatch, tallyOf } from './state';

const batch = crypto.randomUUID();
const ids = Array.from({ length: 5 }, () => newDeskId());
const [first, second, third] = ids as [DeskId, DeskId, DeskId];

function row(id: DeskId): SignableRow {
  const at = asInstant(new Date('2026-11-20T03:00:00Z'));
  return { id, at, title: '', subject: 'V/v', pages: 1, annexes: 0, file: null, problem: null };
}
const rows = ids.map(row);

function progress(phase: BatchProgress['phase'], change: Partial<BatchProgress> = {}): BatchProgress {
  return {
    batch,
    phase,
    prepared: 1,
    done: 0,
    failed: 0,
    total: 5,
    current: null,
    etaSeconds: null,
    pauseEndsAt: null,
    ...change,
  };
}

function stateAfter(...acts: readonly BatchAct[]): BatchScreenState {
  return acts.reduce(nextBatch, choosing as BatchScreenState);
}
const started: BatchAct = { kind: 'started', batch, rows };
const signed = (id: DeskId): ManyOutcome => ({ id, kind: 'signed', code: null });
const unsigned = (id: DeskId): ManyOutcome => ({ id, kind: 'unsigned', code: 'token-removed' });
const refused = (id: DeskId): ManyOutcome => ({ id, kind: 'refused', code: 'leader-missing' });

describe('the screen of many documents', () => {
  it('keeps the lines of a run as they stood when it began, and each outcome as it comes', () => {
    const state = stateAfter(started, { kind: 'settled', outcome: signed(first) });
    expect(state).toMatchObject({ kind: 'running', rows, own: true });
    expect(state.kind === 'running' ? state.outcomes.get(first) : null).toEqual(signed(first));
  });

  it('takes no word of another run', () => {
    const other = { ...progress('signing'), batch: crypto.randomUUID(), done: 4 };
    expect(stateAfter(started, { kind: 'progress', progress: other })).toMatchObject({ progress: null });
    const late: BatchAct = { kind: 'finished', batch: crypto.randomUUID(), outcomes: [] };
    expect(stateAfter(started, late).kind).toBe('running');
  });

  it('shows what became of each when the run is over, and goes on from there to those not signed', () => {
    const outcomes = [signed(first), refused(second), unsigned(third)];
    const over = stateAfter(started, { kind: 'finished', batch, outcomes });
    expect(over.kind).toBe('results');
    const again = nextBatch(over, { kind: 'started', batch: crypto.randomUUID(), rows: [row(third)] });
    expect(again).toMatchObject({ kind: 'running', rows: [{ id: third }] });
    expect(nextBatch(over, { kind: 'closed' })).toEqual(choosing);
  });

  it('goes back to where it was begun when it could not begin', () => {
    expect(stateAfter(started, { kind: 'gave-up', batch })).toEqual(choosing);
    const over = stateAfter(started, { kind: 'finished', batch, outcomes: [unsigned(first)] });
    const next = crypto.randomUUID();
    const retried = nextBatch(over, { kind: 'started', batch: next, rows });
    expect(nextBatch(retried, { kind: 'gave-up', batch: next })).toEqual(over);
  });

  it('follows a run that another page of the window began, and lets go of it when that is over', () => {
    const found = stateAfter({ kind: 'found', progress: progress('paused', { done: 2 }), rows });
    expect(found).toMatchObject({ kind: 'running', own: false, batch });
    expect(nextBatch(found, { kind: 'progress', progress: progress('over') })).toEqual(choosing);
  });

  it('is not left by a second start while it runs', () => {
    const state = stateAfter(started);
    expect(nextBatch(state, { kind: 'started', batch: crypto.randomUUID(), rows: [] })).toBe(state);
  });
});

describe('what became of a run', () => {
  it('is signed again only where another try may help, with the reasons counted', () => {
    const tally = tallyOf([signed(first), refused(second), unsigned(third), unsigned(first)]);
    expect(tally.signed).toBe(1);
    expect(tally.refused).toBe(1);
    expect(tally.again).toEqual([third, first]);
    expect(tally.reasons).toEqual([
      { code: 'token-removed', count: 2 },
      { code: 'leader-missing', count: 1 },
    ]);
  });
});

describe('choosing lines', () => {
  const lines: Line[] = ids.map((id, index) => ({ id, mayBeChosen: index !== 2 }));

  it('Space chooses the line and takes it back', () => {
    const once = toggle(nothingChosen, lines, 1);
    expect([...once.chosen]).toEqual([second]);
    expect(toggle(once, lines, 1).chosen.size).toBe(0);
  });

  it('moving chooses nothing and stays inside the list', () => {
    const moved = moveTo(toggle(nothingChosen, lines, 0), lines, 99);
    expect([moved.at, moved.chosen.size]).toEqual([4, 1]);
    expect(moveTo(moved, lines, -3).at).toBe(0);
  });

  it('Shift reaches from where it began, over what cannot be chosen, and shrinks again', () => {
    const from = moveTo(nothingChosen, lines, 1);
    const far = extendTo(from, lines, 4);
    expect([...far.chosen]).toEqual([ids[1], ids[3], ids[4]]);
    expect([...extendTo(far, lines, 1).chosen]).toEqual([ids[1]]);
  });

  it('adds a stretch to what was chosen before', () => {
    const one = toggle(nothingChosen, lines, 0);
    const stretched = extendTo(moveTo(one, lines, 3), lines, 4);
    expect(new Set(stretched.chosen)).toEqual(new Set([ids[0], ids[3], ids[4]]));
  });

  it('Ctrl+A chooses all that may be chosen, and none when they all are', () => {
    const all = chooseAll(nothingChosen, lines);
    expect(all.chosen.size).toBe(4);
    expect(chooseAll(all, lines).chosen.size).toBe(0);
  });

  it('forgets lines that are gone or may no longer be chosen', () => {
    const all = chooseAll(nothingChosen, lines);
    const fewer = lines.slice(1).map((line) => ({ ...line, mayBeChosen: line.id !== second }));
    expect(stillThere(all, fewer)).toEqual(new Set([ids[3], ids[4]]));
  });
});
