// The outbox machine as values: its state, what can happen to it, and what it wants done. engine.ts has the rules.
import type { HubAnswer } from '../../preload/contract/calls';
import type { HubDocId, Instant } from '../../preload/contract/ids';
import type { OutboxRow } from '../../preload/contract/records';

/** The hub is away or mute: nothing is tried before `until`, then one attempt at a time. Not kept over a restart. */
export interface Hold {
  readonly until: Instant;
  readonly failures: number;
}

export interface EngineState {
  /** Open rows, and those an event is about. */
  readonly rows: ReadonlyMap<string, OutboxRow>;
  /** Ids of rows with a call of this window under way. */
  readonly underWay: ReadonlySet<string>;
  readonly hold: Hold | null;
  /** The latest time any event came with; a much earlier one means that the machine's clock was set back. */
  readonly latest: Instant | null;
}

export type EngineEvent =
  | { readonly kind: 'wake'; readonly now: Instant }
  /** This window became the leader: what an earlier one had begun has lost its answer. */
  | { readonly kind: 'took-over'; readonly now: Instant; readonly jitter: number }
  /** The network or the hub is back: nothing waits any longer than it must. */
  | { readonly kind: 'network'; readonly now: Instant }
  | {
      readonly kind: 'answered';
      readonly row: string;
      readonly attempt: number;
      readonly answer: HubAnswer;
      readonly now: Instant;
      readonly jitter: number;
    }
  /** Main never began this attempt: nothing left this machine. */
  | {
      readonly kind: 'not-begun';
      readonly row: string;
      readonly attempt: number;
      readonly now: Instant;
      readonly jitter: number;
    }
  /** What the hub's sent list says of an edoc of unknown outcome. */
  | {
      readonly kind: 'sent-list';
      readonly row: string;
      readonly said: 'there' | 'not-there' | 'no-answer';
      readonly docId: HubDocId | null;
      readonly now: Instant;
    }
  /** A whole list of what waits at the hub was read, begun at `asOf`. */
  | { readonly kind: 'listed'; readonly waiting: ReadonlySet<HubDocId>; readonly asOf: Instant }
  /** A receiver told a status about the document of this lane; `all` when every receiver has. */
  | { readonly kind: 'told'; readonly lane: string; readonly all: boolean }
  | {
      readonly kind: 'decided';
      readonly row: string;
      readonly as: 'again' | 'arrived' | 'dropped';
      readonly now: Instant;
    };

export type EngineEffect =
  | { readonly kind: 'send'; readonly row: OutboxRow }
  | { readonly kind: 'acknowledge'; readonly row: OutboxRow }
  | { readonly kind: 'ask-sent'; readonly row: OutboxRow }
  /** The document of the row must say so too, in the same transaction as the row. */
  | {
      readonly kind: 'tell-document';
      readonly row: OutboxRow;
      readonly what: 'sent' | 'outcome-unknown' | 'hub-refused';
      readonly detail: string;
    };

export interface Step {
  readonly state: EngineState;
  readonly changed: readonly OutboxRow[];
  readonly effects: readonly EngineEffect[];
}
