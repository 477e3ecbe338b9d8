// What the rules of the outbox work on: the rows an event changes, and small questions about rows. It has no rule itself.
import { assertNever } from '../../preload/contract/failure';
import { asInstant, type Instant } from '../../preload/contract/ids';
import type { OutboxRow, OutboxState } from '../../preload/contract/records';
import type { EngineEffect, EngineState, Step } from './engine-events';

export function isOpen(state: OutboxState): boolean {
  switch (state) {
    case 'ready':
    case 'sending':
    case 'waiting':
    case 'unknown':
    case 'needs-attention':
      return true;
    case 'accepted':
    case 'confirmed':
    case 'superseded':
      return false;
    default:
      return assertNever(state);
  }
}

export function plus(now: Instant, seconds: number): Instant {
  return asInstant(new Date(Date.parse(now) + Math.round(seconds * 1000)));
}

export function moved(row: OutboxRow, change: Partial<OutboxRow>): OutboxRow {
  return { ...row, ...change, rev: row.rev + 1 };
}

/** Collects what one event changes. */
export class Draft {
  readonly changed = new Map<string, OutboxRow>();
  readonly effects: EngineEffect[] = [];
  readonly rows: Map<string, OutboxRow>;
  readonly underWay: Set<string>;
  hold: EngineState['hold'];
  latest: EngineState['latest'];
  constructor(state: EngineState) {
    this.rows = new Map(state.rows);
    this.underWay = new Set(state.underWay);
    this.hold = state.hold;
    this.latest = state.latest;
  }
  put(row: OutboxRow): void {
    this.rows.set(row.id, row);
    this.changed.set(row.id, row);
  }
  done(): Step {
    return {
      state: { rows: this.rows, underWay: this.underWay, hold: this.hold, latest: this.latest },
      changed: [...this.changed.values()],
      effects: this.effects,
    };
  }
}

/** The first open row of each lane, in order: a parked row keeps its lane and no other. */
export function firstOfLanes(rows: ReadonlyMap<string, OutboxRow>): readonly OutboxRow[] {
  const lanes = new Map<string, OutboxRow>();
  for (const row of rows.values()) {
    if (!isOpen(row.state)) continue;
    const first = lanes.get(row.lane);
    if (first === undefined || row.seq < first.seq) lanes.set(row.lane, row);
  }
  return [...lanes.values()].sort((left, right) => left.seq - right.seq);
}
