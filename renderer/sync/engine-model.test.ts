// Any run of the outbox over a hub that never deduplicates, a disk and windows that die.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HubAnswer } from '../../preload/contract/calls';
import type { HubDocId } from '../../preload/contract/ids';
import type { OutboxRow, OutboxState } from '../../preload/contract/records';
import { emptyEngine, isOpen, reduce, sideBySide } from './engine';
import { accepted, at, away, refused, row, unknown, wake } from './engine.fixture';
import type { EngineEffect, EngineEvent, EngineState } from './engine-events';

// A model: a hub that never deduplicates, a disk that keeps exactly what was saved before the effects, windows that die.
type Fate =
  | 'accepted'
  | 'answer-lost'
  | 'away'
  | 'refused'
  | 'dies-before'
  | 'dies-after'
  | 'doubled'
  | 'late';
const fates: readonly Fate[] = [
  'accepted',
  'answer-lost',
  'away',
  'refused',
  'dies-before',
  'dies-after',
  'doubled',
  'late',
];

interface World {
  disk: Map<string, OutboxRow>;
  state: EngineState;
  clock: number;
  /** Sends that had their effect at the hub, by row. */
  taken: string[];
  calls: string[];
}

function carry(world: World, event: EngineEvent, fate: () => Fate): void {
  const step = reduce({ ...world.state, rows: new Map(world.disk) }, event);
  for (const changed of step.changed) {
    const before = world.disk.get(changed.id);
    expect(changed.rev).toBeGreaterThan(before?.rev ?? -1);
    world.disk.set(changed.id, changed);
  }
  world.state = step.state;
  for (const effect of step.effects) {
    if (effect.kind === 'tell-document') continue;
    run(world, effect, fate);
  }
}

function die(world: World): void {
  world.state = emptyEngine;
}

function run(world: World, effect: Exclude<EngineEffect, { kind: 'tell-document' }>, fate: () => Fate): void {
  const { row: sent } = effect;
  if (effect.kind === 'ask-sent') {
    const there = world.taken.includes(sent.id) && fate() !== 'late';
    const now = at(world.clock);
    const said = there ? 'there' : 'not-there';
    carry(world, { kind: 'sent-list', row: sent.id, said, docId: null, now }, fate);
    return;
  }
  world.calls.push(sent.id);
  const answered = (given: HubAnswer) =>
    carry(
      world,
      {
        kind: 'answered',
        row: sent.id,
        attempt: sent.attempts,
        answer: given,
        now: at(world.clock),
        jitter: 1,
      },
      fate,
    );
  const effectAtHub = () => world.taken.push(sent.id);
  switch (fate()) {
    case 'accepted':
    case 'late':
      effectAtHub();
      answered(accepted);
      return;
    case 'doubled':
      effectAtHub();
      answered(accepted);
      answered(accepted);
      return;
    case 'answer-lost':
      effectAtHub();
      answered(unknown);
      return;
    case 'away':
      answered(away);
      return;
    case 'refused':
      answered(refused);
      return;
    case 'dies-before':
      die(world);
      return;
    case 'dies-after':
      effectAtHub();
      die(world);
      return;
  }
}

describe('any run of the outbox', () => {
  const rowKinds = fc.array(
    fc.record({
      lane: fc.constantFrom('one', 'two', 'three'),
      kind: fc.constantFrom('edoc' as const, 'status' as const, 'ack' as const),
    }),
    { minLength: 1, maxLength: 8 },
  );
  const moments = fc.array(
    fc.record({
      pass: fc.constantFrom(1, 7, 60, 1000, 5000),
      what: fc.constantFrom('wake' as const, 'restart' as const, 'network' as const),
    }),
    { minLength: 1, maxLength: 30 },
  );
  const luck = fc.infiniteStream(fc.constantFrom(...fates));

  it('loses no row, sends no edoc twice, keeps the order of lanes, and stops no lane for another', () => {
    fc.assert(
      fc.property(rowKinds, moments, luck, (kinds, times, stream) => {
        const nextFate = () => stream.next().value;
        const rows = kinds.map((kind, index) =>
          row(`r${index}`, {
            ...kind,
            seq: index + 1,
            docId: kind.kind === 'ack' ? (`in-${index}` as HubDocId) : null,
          }),
        );
        const world: World = {
          disk: new Map(rows.map((one) => [one.id, one])),
          state: emptyEngine,
          clock: 0,
          taken: [],
          calls: [],
        };
        const restart = () => {
          die(world);
          carry(world, { kind: 'took-over', now: at(world.clock), jitter: 0 }, nextFate);
        };
        for (const { pass, what } of times) {
          world.clock += pass;
          if (what === 'restart') restart();
          else if (what === 'network') carry(world, { kind: 'network', now: at(world.clock) }, nextFate);
          carry(world, wake(world.clock), nextFate);
          checkLanes(world, rows);
        }
        // Every row is still there; an edoc had its effect at most once.
        expect(world.disk.size).toBe(rows.length);
        for (const one of rows.filter((each) => each.kind === 'edoc')) {
          expect(world.taken.filter((id) => id === one.id).length).toBeLessThanOrEqual(1);
        }
        // With a healthy hub, everything that no person must look at, or that stands behind it, comes to its end.
        restart();
        for (let turn = 0; turn < 60; turn += 1) {
          world.clock += 1000;
          carry(world, wake(world.clock), () => 'accepted');
        }
        const parkedLanes = new Set(
          [...world.disk.values()].filter((one) => one.state === 'needs-attention').map((one) => one.lane),
        );
        for (const one of world.disk.values()) {
          if (!parkedLanes.has(one.lane)) expect(isOpen(one.state)).toBe(false);
        }
        // What is not parked and not an edoc of lost outcome had its effect at the hub.
        for (const one of world.disk.values()) {
          if (!isOpen(one.state)) expect(world.taken).toContain(one.id);
        }
      }),
      { numRuns: 400 },
    );
  });

  /** A row that was ever tried has no earlier open row of its lane before it that was not tried first. */
  function checkLanes(world: World, rows: readonly OutboxRow[]): void {
    expect(world.state.underWay.size).toBeLessThanOrEqual(sideBySide);
    for (const one of rows) {
      const earlier = rows.filter((other) => other.lane === one.lane && other.seq < one.seq);
      const state: OutboxState = world.disk.get(one.id)?.state ?? 'ready';
      if (state === 'ready') continue;
      for (const other of earlier) {
        const before = world.disk.get(other.id)?.state ?? 'ready';
        expect(isOpen(before)).toBe(false);
        expect(world.calls.indexOf(other.id)).toBeLessThan(world.calls.indexOf(one.id));
      }
    }
  }
});
