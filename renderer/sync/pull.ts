// Reads what waits at the hub: both lists, then each package that is not in the ledger, one by one. What cannot be fetched
// or saved stays listed there and is tried again later; one bad package stops no other.
import type { PendingItem } from '../../preload/contract/calls';
import { assertNever, codeOf } from '../../preload/contract/failure';
import type { HubDocId } from '../../preload/contract/ids';
import type { Arrival } from '../../preload/contract/records';
import { documentOf } from '../acts/act-id';
import type { Context } from '../acts/context';
import { bringIn, isReceived, isUnreadable } from './arrivals';
import { type HubCell, noteAnswer } from './hub-view';
import { longestSeconds, retrySeconds } from './retry';

export type PullEnd =
  /** Both lists were read to their end; these packages wait at the hub. */
  | { readonly kind: 'read'; readonly waiting: ReadonlySet<HubDocId>; readonly asOf: Date }
  | { readonly kind: 'away' };

export interface Pull {
  round(): Promise<PullEnd>;
}

/** What came of asking for one package; `nothing`: it is here already, or left for later. */
type Fetched =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'came'; readonly arrival: Arrival }
  | { readonly kind: 'away' }
  | { readonly kind: 'broke'; readonly error: unknown };

/** How many packages are asked for at the same time. */
const ahead = 4;

interface Later {
  readonly failures: number;
  readonly until: number;
}

export function createPull(context: Context, hub: HubCell, chance: () => number): Pull {
  const { desk } = context;
  /** Packages that failed, and when they may be tried again; forgotten at a restart. */
  const later = new Map<HubDocId, Later>();

  /** Packages asked of main since this start. One that could not be read is asked for once a start: a newer reader may. */
  const asked = new Set<HubDocId>();

  async function isDone(docId: HubDocId): Promise<boolean> {
    const id = await documentOf(docId);
    if (!(await isReceived(context, id))) return false;
    return asked.has(docId) || !(await isUnreadable(context, id));
  }

  function postpone(docId: HubDocId): void {
    const failures = (later.get(docId)?.failures ?? 0) + 1;
    const seconds = retrySeconds(failures, chance(), null);
    later.set(docId, { failures, until: context.now().getTime() + seconds * 1000 });
  }

  /** A time further ahead than any wait was set by a clock that has been put back since. */
  function isLater(docId: HubDocId): boolean {
    const wait = (later.get(docId)?.until ?? 0) - context.now().getTime();
    return wait > 0 && wait <= longestSeconds * 1000;
  }

  function away(code: string): PullEnd {
    noteAnswer(hub, { kind: 'unknown', code });
    return { kind: 'away' };
  }

  async function ask({ docId, kind }: PendingItem): Promise<Fetched> {
    if ((await isDone(docId)) || isLater(docId)) return { kind: 'nothing' };
    asked.add(docId);
    const result = await desk.hub.receive({ docId, kind });
    if (!result.ok) {
      postpone(docId);
      return { kind: 'nothing' };
    }
    const { answer, arrival } = result.value;
    noteAnswer(hub, answer);
    if (arrival !== null) return { kind: 'came', arrival };
    postpone(docId);
    return { kind: answer.kind === 'not-sent' ? 'away' : 'nothing' };
  }

  async function keep(docId: HubDocId, arrival: Arrival, from: string): Promise<void> {
    try {
      await bringIn(context, arrival, from);
      later.delete(docId);
    } catch (error) {
      postpone(docId);
      await desk.app.report({ where: 'sync/pull', message: codeOf(error) });
    }
  }

  /**
   * Asked for side by side and brought in one after the other, in the hub's order: one may be the double of the one before.
   * False when the hub went away meanwhile; what had been asked for by then is brought in all the same.
   */
  async function fetchAll(items: readonly PendingItem[]): Promise<boolean> {
    const begun: Promise<Fetched>[] = [];
    let away = false;
    const beginUpTo = (end: number): void => {
      for (const item of items.slice(begun.length, end)) {
        begun.push(ask(item).catch((error: unknown): Fetched => ({ kind: 'broke', error })));
      }
    };
    for (const [at, { docId, from }] of items.entries()) {
      if (!away) beginUpTo(at + ahead);
      const fetched = await begun[at];
      if (fetched === undefined) break;
      switch (fetched.kind) {
        case 'came':
          await keep(docId, fetched.arrival, from);
          break;
        case 'away':
          away = true;
          break;
        case 'broke':
          throw fetched.error;
        case 'nothing':
          break;
        default:
          assertNever(fetched);
      }
    }
    return !away;
  }

  return {
    async round() {
      const asOf = context.now();
      const waiting = new Set<HubDocId>();
      for (const kind of ['status', 'edoc'] as const) {
        const result = await desk.hub.list({ kind });
        if (!result.ok) return away(result.code);
        noteAnswer(hub, result.value.answer);
        if (result.value.answer.kind !== 'accepted') return { kind: 'away' };
        for (const { docId } of result.value.items) waiting.add(docId);
        if (!(await fetchAll(result.value.items))) return { kind: 'away' };
      }
      return { kind: 'read', waiting, asOf };
    },
  };
}
