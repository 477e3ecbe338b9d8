import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newDeskId } from '../../preload/contract/ids';
import { firstTrail, nextTrail, stepsOf, type Trail, type TrailAct } from './trail';
import { firstView } from './view';

const [one, two, three] = [newDeskId(), newDeskId(), newDeskId()];

/** Acts a while apart, as somebody who reads. */
function walk(acts: readonly TrailAct[], from: Trail = firstTrail(firstView('clerk')), apart = 5000): Trail {
  return acts.reduce((trail, act, step) => nextTrail(trail, act, trail.since + (step + 1) * apart), from);
}

const select = (document: typeof one): TrailAct => ({ kind: 'select', document });
const back: TrailAct = { kind: 'back' };
const forward: TrailAct = { kind: 'forward' };

describe('the way back', () => {
  it('leads to the document before, in its own folder, and forward again', () => {
    const there = walk([select(one), { kind: 'open', folder: 'out-sent', document: two }]);
    const before = walk([back], there);
    expect(before.view).toMatchObject({ kind: 'folder', folder: 'in-to-accept', document: one });
    expect(walk([forward], before).view).toEqual(there.view);
  });

  it('leads past rows that the keys only went over', () => {
    const read = walk([select(one)]);
    const passed = nextTrail(read, select(two), read.since + 5000);
    const there = nextTrail(passed, select(three), passed.since + 200);
    expect(walk([back], there).view).toMatchObject({ document: one });
  });

  it('does not count a list that shows its first document by itself', () => {
    const there = walk([select(one), { kind: 'folder', folder: 'out-sent' }, select(two)]);
    expect(walk([back], there).view).toMatchObject({ folder: 'in-to-accept', document: one });
  });

  it('is not lengthened by a screen that was opened and left', () => {
    const there = walk([select(one), { kind: 'road', document: one }, { kind: 'up' }]);
    expect(there.view).toMatchObject({ kind: 'folder', document: one });
    expect(stepsOf(there)).toEqual({ back: 0, forward: 0 });
  });

  it('waits while a screen lies over the panes', () => {
    const over = walk([select(one), select(two), { kind: 'draft', document: null }]);
    expect(stepsOf(over)).toEqual({ back: 0, forward: 0 });
    expect(walk([back], over)).toEqual(over);
  });

  it('ends where it begins: nothing before the first, nothing after the last', () => {
    const first = walk([select(one)]);
    expect(walk([back, back, forward], first).view).toEqual(first.view);
  });

  it('keeps what a step led to, however soon it is left', () => {
    const there = walk([select(one), select(two), back]);
    const left = nextTrail(there, select(three), there.since + 1001);
    expect(walk([back], left).view).toMatchObject({ document: one });
  });

  it('is cut off in front by a new act', () => {
    const there = walk([select(one), select(two), back, select(three)]);
    expect(stepsOf(there).forward).toBe(0);
    expect(walk([back], there).view).toMatchObject({ document: one });
  });
});

describe('any walk', () => {
  const act = fc.oneof(
    fc.constantFrom(one, two, three).map(select),
    fc.constant<TrailAct>({ kind: 'folder', folder: 'out-sent' }),
    fc.constant<TrailAct>({ kind: 'search', text: 'kết nối' }),
    fc.constant<TrailAct>({ kind: 'draft', document: null }),
    fc.constant<TrailAct>({ kind: 'up' }),
    fc.constantFrom(back, forward),
  );

  it('can be gone back step by step and forward again to the same view', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        const end = walk([...acts, { kind: 'up' }, select(one)]);
        const steps = stepsOf(end).back;
        const begin = walk(new Array<TrailAct>(steps).fill(back), end);
        expect(stepsOf(begin).back).toBe(0);
        expect(walk(new Array<TrailAct>(steps).fill(forward), begin).view).toEqual(end.view);
      }),
    );
  });

  it('never has the shown view as the step before it', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        const { past, view } = walk(acts);
        if (past.length > 0) expect(past.at(-1)).not.toEqual(view);
      }),
    );
  });
});
