import { describe, expect, it } from 'vitest';
import type { HubAnswer } from '../../preload/contract/calls';
import type { HubDocId } from '../../preload/contract/ids';
import type { OutboxRow } from '../../preload/contract/records';
import {
  documentsSideBySide,
  emptyEngine,
  isOpen,
  nextDue,
  reduce,
  sideBySide,
  unknownWindowSeconds,
} from './engine';
import { accepted, at, away, refused, row, unknown, wake } from './engine.fixture';
import type { EngineEffect, EngineEvent, EngineState } from './engine-events';

function stateOf(...rows: OutboxRow[]): EngineState {
  return { ...emptyEngine, rows: new Map(rows.map((one) => [one.id, one])) };
}

function answer(id: string, given: HubAnswer, attempt = 1, seconds = 1): EngineEvent {
  return { kind: 'answered', row: id, attempt, answer: given, now: at(seconds), jitter: 1 };
}

function play(state: EngineState, ...events: EngineEvent[]) {
  let current = state;
  const effects: EngineEffect[] = [];
  for (const event of events) {
    const step = reduce(current, event);
    current = step.state;
    effects.push(...step.effects);
  }
  const rowOf = (id: string) => {
    const found = current.rows.get(id);
    if (found === undefined) throw new Error(`no row ${id}`);
    return found;
  };
  return { state: current, effects, rowOf };
}

describe('the outbox', () => {
  it('sends a ready row, and takes the hub at its word', () => {
    const { effects, rowOf } = play(stateOf(row('a')), wake(0), answer('a', accepted));
    expect(effects.map((effect) => effect.kind)).toEqual(['send', 'tell-document']);
    expect(rowOf('a')).toMatchObject({ state: 'accepted', docId: 'hub-1', attempts: 1 });
  });

  it('never sends an edoc again by itself once its outcome is unknown', () => {
    const events: EngineEvent[] = [wake(0), answer('a', unknown)];
    for (let seconds = 11; seconds < 4 * unknownWindowSeconds; seconds += 60) {
      events.push(wake(seconds), {
        kind: 'sent-list',
        row: 'a',
        said: 'not-there',
        docId: null,
        now: at(seconds),
      });
    }
    const { effects, rowOf } = play(stateOf(row('a')), ...events);
    expect(effects.filter((effect) => effect.kind === 'send')).toHaveLength(1);
    expect(rowOf('a')).toMatchObject({ state: 'needs-attention', lastCode: 'outcome-unknown' });
  });

  it('asks the sent list, and a match there is an acceptance', () => {
    const there: EngineEvent = {
      kind: 'sent-list',
      row: 'a',
      said: 'there',
      docId: 'hub-9' as HubDocId,
      now: at(12),
    };
    const { effects, rowOf } = play(stateOf(row('a')), wake(0), answer('a', unknown), wake(11), there);
    expect(effects.map((effect) => effect.kind)).toEqual([
      'send',
      'tell-document',
      'ask-sent',
      'tell-document',
    ]);
    expect(rowOf('a')).toMatchObject({ state: 'accepted', docId: 'hub-9' });
  });

  it('proves nothing by a sent list that could not be read, however late it is', () => {
    const late = 10 * unknownWindowSeconds;
    const { rowOf } = play(stateOf(row('a')), wake(0), answer('a', unknown), wake(late), {
      kind: 'sent-list',
      row: 'a',
      said: 'no-answer',
      docId: null,
      now: at(late),
    });
    expect(rowOf('a').state).toBe('unknown');
  });

  it('repeats a status and an acknowledgement whose outcome is unknown', () => {
    for (const kind of ['status', 'ack'] as const) {
      const { effects, rowOf } = play(
        stateOf(row('a', { kind })),
        wake(0),
        answer('a', unknown),
        wake(60),
        answer('a', accepted, 2, 61),
      );
      const sent = effects.filter((effect) => effect.kind === 'send' || effect.kind === 'acknowledge');
      expect(sent).toHaveLength(2);
      expect(isOpen(rowOf('a').state)).toBe(false);
    }
  });

  it('parks a refused row in its lane only', () => {
    const rows = [
      row('a', { lane: 'one', seq: 1 }),
      row('b', { lane: 'one', seq: 2 }),
      row('c', { lane: 'two', seq: 3 }),
    ];
    const { effects, rowOf } = play(stateOf(...rows), wake(0), answer('a', refused), wake(10_000));
    const sent = effects.flatMap((effect) => (effect.kind === 'send' ? [effect.row.id] : []));
    expect(sent).toEqual(['a', 'c']);
    expect(rowOf('a').state).toBe('needs-attention');
    expect(rowOf('b').state).toBe('ready');
  });

  it('keeps the order of a lane while its first row waits', () => {
    const rows = [row('a', { lane: 'one', seq: 1 }), row('b', { lane: 'one', seq: 2 })];
    const { effects } = play(stateOf(...rows), wake(0), answer('a', away), wake(2));
    expect(effects.flatMap((effect) => (effect.kind === 'send' ? [effect.row.id] : []))).toEqual(['a']);
  });

  it('tries nothing while the hub is away, and at once when it is back', () => {
    const rows = [row('a', { seq: 1 })];
    const first = play(stateOf(...rows), wake(0), answer('a', away));
    const more: EngineState = {
      ...first.state,
      rows: new Map([...first.state.rows, ['b', row('b', { seq: 2 })]]),
    };
    expect(reduce(more, wake(2)).effects).toEqual([]);
    const { effects } = play(more, { kind: 'network', now: at(3) }, wake(3));
    expect(effects).toHaveLength(2);
  });

  it('tries one row at a time after a hub that took a package and stayed mute', () => {
    const rows = ['a', 'b', 'c', 'd', 'e', 'f'].map((id, index) => row(id, { seq: index + 1 }));
    const first = play(stateOf(...rows), wake(0));
    expect(first.effects).toHaveLength(4);
    const mute = play(first.state, answer('a', unknown), answer('b', unknown));
    expect(reduce(mute.state, wake(2)).effects).toEqual([]);
    const idle = play(mute.state, answer('c', unknown), answer('d', unknown));
    const probe = reduce(idle.state, wake(60));
    expect(probe.effects.map((effect) => effect.kind)).toEqual(['ask-sent']);
    const lively: EngineState = { ...idle.state, hold: null };
    expect(reduce(lively, wake(60)).effects).toHaveLength(4);
  });

  it('waits no longer than its own longest wait after the clock was set back', () => {
    const later: HubAnswer = { kind: 'not-sent', code: 'hub-unreachable', retryAfterSeconds: null };
    const year = 365 * 86_400;
    const ahead = play(stateOf(row('a'), row('b', { seq: 2 })), wake(year), answer('a', later, 1, year), {
      ...answer('b', unknown, 1, year),
    });
    expect(reduce(ahead.state, wake(year - 30)).changed).toEqual([]);
    const back = play(ahead.state, wake(0), wake(15 * 60));
    expect(back.effects.map((effect) => effect.kind)).toContain('send');
    expect(back.rowOf('b')).toMatchObject({ state: 'unknown', leaseUntil: at(unknownWindowSeconds) });
  });

  it('waits no longer either when the program was closed while the clock was set back', () => {
    const ahead = row('a', { state: 'waiting', attempts: 1, notBefore: at(365 * 86_400) });
    const { effects } = play(stateOf(ahead), { kind: 'took-over', now: at(0), jitter: 1 }, wake(15 * 60));
    expect(effects.map((effect) => effect.kind)).toEqual(['send']);
  });

  it('sends a row at once that an act made while the clock was ahead, of which no event told', () => {
    const made = row('a', { notBefore: at(365 * 86_400) });
    const { effects } = play(stateOf(made), wake(0));
    expect(effects.map((effect) => effect.kind)).toEqual(['send']);
  });

  it('does not count a call as lost that still runs, and counts one whose window is gone when its lease is over', () => {
    const running = play(stateOf(row('a')), wake(0), wake(86_400));
    expect(running.rowOf('a').state).toBe('sending');
    const left = row('a', { state: 'sending', attempts: 1, leaseUntil: at(3600) });
    expect(play(stateOf(left), wake(3599)).rowOf('a').state).toBe('sending');
    expect(play(stateOf(left), wake(3600)).rowOf('a').state).toBe('unknown');
  });

  it('obeys Retry-After', () => {
    const later: HubAnswer = { kind: 'not-sent', code: 'hub-unreachable', retryAfterSeconds: 600 };
    const { effects } = play(stateOf(row('a')), wake(0), answer('a', later), wake(500), wake(602));
    expect(effects.filter((effect) => effect.kind === 'send')).toHaveLength(2);
  });

  it('takes a late acceptance as proof, also of a row that a person looks at', () => {
    const parked = row('a', { state: 'needs-attention', attempts: 1, lastCode: 'outcome-unknown' });
    const { rowOf } = play(stateOf(parked), answer('a', accepted));
    expect(rowOf('a').state).toBe('accepted');
  });

  it('is settled by a late answer to the attempt in question, and by no other', () => {
    const lost = row('a', { state: 'unknown', attempts: 2, leaseUntil: at(900) });
    expect(play(stateOf(lost), answer('a', away, 2)).rowOf('a').state).toBe('waiting');
    expect(play(stateOf(lost), answer('a', refused, 2)).rowOf('a').state).toBe('needs-attention');
    expect(play(stateOf(lost), answer('a', away, 1)).rowOf('a').state).toBe('unknown');
  });

  it('ignores an answer that comes twice', () => {
    const { effects } = play(stateOf(row('a')), wake(0), answer('a', accepted), answer('a', accepted));
    expect(effects.filter((effect) => effect.kind === 'tell-document')).toHaveLength(1);
  });

  it('treats what an earlier leader had begun as lost', () => {
    const sending = { state: 'sending' as const, attempts: 1, leaseUntil: at(900) };
    const rows = [row('a', sending), row('s', { ...sending, kind: 'status' })];
    const { rowOf } = play(stateOf(...rows), { kind: 'took-over', now: at(5), jitter: 0 });
    expect(rowOf('a').state).toBe('unknown');
    expect(rowOf('s').state).toBe('waiting');
  });

  it('is ready again when main never began the attempt', () => {
    const sending = row('a', { state: 'sending', attempts: 2, leaseUntil: at(900) });
    const of = (attempt: number): EngineEvent => ({
      kind: 'not-begun',
      row: 'a',
      attempt,
      now: at(5),
      jitter: 1,
    });
    expect(play(stateOf(sending), of(2)).rowOf('a').state).toBe('ready');
    expect(play(stateOf(sending), of(1)).rowOf('a').state).toBe('sending');
  });

  it('is proved right by a status of a receiver', () => {
    const lost = row('a', { state: 'unknown', attempts: 1, leaseUntil: at(900) });
    const one = play(stateOf(lost), { kind: 'told', lane: 'a', all: false });
    expect(one.rowOf('a').state).toBe('accepted');
    const all = play(one.state, { kind: 'told', lane: 'a', all: true });
    expect(all.rowOf('a').state).toBe('confirmed');
  });

  it('acknowledges again what is listed again, and is done with what is not', () => {
    const ack = row('k', { kind: 'ack', state: 'accepted', attempts: 1, docId: 'in-1' as HubDocId });
    const gone = reduce(stateOf(ack), { kind: 'listed', waiting: new Set(), asOf: at(5) });
    expect(gone.state.rows.get('k')?.state).toBe('confirmed');
    const again = reduce(gone.state, { kind: 'listed', waiting: new Set(['in-1' as HubDocId]), asOf: at(9) });
    expect(again.state.rows.get('k')?.state).toBe('waiting');
  });

  it('acknowledges nothing again because of a list that was read before it was there', () => {
    const ack = row('k', {
      kind: 'ack',
      state: 'accepted',
      attempts: 1,
      docId: 'in-1' as HubDocId,
      createdAt: at(7),
    });
    const early = reduce(stateOf(ack), {
      kind: 'listed',
      waiting: new Set(['in-1' as HubDocId]),
      asOf: at(5),
    });
    expect(early.changed).toEqual([]);
    const late = reduce(stateOf(ack), {
      kind: 'listed',
      waiting: new Set(['in-1' as HubDocId]),
      asOf: at(8),
    });
    expect(late.state.rows.get('k')?.state).toBe('waiting');
  });

  it('sends fewer documents side by side than statuses, and no document keeps a status waiting', () => {
    const documents = Array.from({ length: 9 }, (_, index) => row(`d${index}`, { seq: index + 1 }));
    const statuses = Array.from({ length: 9 }, (_, index) =>
      row(`s${index}`, { kind: 'status', seq: index + 20 }),
    );
    const begun = reduce(stateOf(...documents, ...statuses), wake(0)).effects;
    const kinds = begun.map((effect) => effect.row.kind);
    expect(kinds.filter((kind) => kind === 'edoc')).toHaveLength(documentsSideBySide);
    expect(kinds).toHaveLength(sideBySide);
  });

  it('does as a person decided', () => {
    const parked = row('a', { state: 'needs-attention', attempts: 1 });
    const decide = (as: 'again' | 'arrived' | 'dropped') =>
      play(stateOf(parked), { kind: 'decided', row: 'a', as, now: at(9) }).rowOf('a').state;
    expect([decide('again'), decide('arrived'), decide('dropped')]).toEqual([
      'ready',
      'accepted',
      'superseded',
    ]);
  });

  it('knows when something is due next, and not for rows behind a parked one', () => {
    const parked = row('a', { lane: 'one', seq: 1, state: 'needs-attention' });
    const behind = row('b', { lane: 'one', seq: 2 });
    expect(nextDue(stateOf(parked, behind))).toBeNull();
    expect(nextDue(stateOf(row('c', { notBefore: at(77) })))).toBe(at(77));
  });
});
