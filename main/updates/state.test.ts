// The state machine of updates: every order has its reason, and nothing is installed that was not ready and free to go.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { file, release } from './release.fixture';
import { step, type UpdateEvent, type UpdateState } from './state';

const idle = { kind: 'idle' } as UpdateState;
const offered: UpdateEvent = { kind: 'offer', release, file, automatic: false };

function reached(events: readonly UpdateEvent[], state: UpdateState = idle): UpdateState {
  return events.reduce((now, event) => step(now, event).state, state);
}

const road: readonly UpdateEvent[] = [{ kind: 'check' }, offered, { kind: 'take' }, { kind: 'arrived' }];

describe('updates', () => {
  it('go from a check over a download to a restart', () => {
    expect(reached(road)).toEqual({ kind: 'ready', release, file });
    const last = step(reached(road), { kind: 'restart', obstacles: [] });
    expect(last.orders).toEqual([{ kind: 'install', release, file }]);
  });

  it('download by themselves only where policy lets them', () => {
    const asked = reached([{ kind: 'check' }]);
    expect(step(asked, offered).orders).toEqual([]);
    expect(step(asked, { ...offered, automatic: true }).orders).toEqual([{ kind: 'download', file }]);
    expect(step(asked, { kind: 'offer', release, file: null, automatic: true }).orders).toEqual([]);
  });

  it('stay ready, and install nothing, while anything is in the way', () => {
    const ready = reached(road);
    for (const obstacle of ['signing', 'draft', 'urgent', 'sending'] as const) {
      expect(step(ready, { kind: 'restart', obstacles: [obstacle] })).toEqual({ state: ready, orders: [] });
    }
  });

  it('keep an offer when the source is out of reach later, and say so when there was none', () => {
    const known = reached([{ kind: 'check' }, offered, { kind: 'check' }]);
    expect(step(known, { kind: 'unreachable', code: 'update-unreachable' }).state.kind).toBe('offered');
    const none = reached([{ kind: 'check' }, { kind: 'unreachable', code: 'update-unreachable' }]);
    expect(none).toEqual({ kind: 'refused', code: 'update-unreachable' });
  });

  it('let a person try a lost download again, but not a failed installation', () => {
    const lost = reached([...road.slice(0, 3), { kind: 'lost', code: 'update-download-cut' }]);
    expect(step(lost, { kind: 'take' }).orders).toEqual([{ kind: 'download', file }]);
    const failed = reached([
      ...road,
      { kind: 'restart', obstacles: [] },
      { kind: 'not-installed', code: 'update-install-failed' },
    ]);
    expect(step(failed, { kind: 'take' })).toEqual({ state: failed, orders: [] });
  });

  it('install only what has arrived, once, and never while anything is in the way, in any order of events', () => {
    const event = fc.oneof(
      fc.constantFrom<UpdateEvent>(
        { kind: 'check' },
        { kind: 'nothing' },
        offered,
        { ...offered, automatic: true },
        { kind: 'refuse', code: 'update-expired' },
        { kind: 'unreachable', code: 'update-unreachable' },
        { kind: 'take' },
        { kind: 'progress', done: 0.5 },
        { kind: 'arrived' },
        { kind: 'lost', code: 'update-disk-full' },
        { kind: 'restart', obstacles: [] },
        { kind: 'restart', obstacles: ['signing'] },
        { kind: 'not-installed', code: 'update-install-failed' },
        { kind: 'came-up-old', code: 'update-not-applied' },
      ),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        let state = idle;
        let arrived = false;
        for (const one of events) {
          const next = step(state, one);
          for (const order of next.orders) {
            if (order.kind === 'download') arrived = false;
            if (order.kind !== 'install') continue;
            expect(arrived).toBe(true);
            expect(one).toEqual({ kind: 'restart', obstacles: [] });
            arrived = false;
          }
          if (one.kind === 'arrived' && state.kind === 'downloading') arrived = true;
          expect(next.orders.length).toBeLessThanOrEqual(1);
          state = next.state;
        }
      }),
    );
  });
});
