// Reads what waits at the hub: both lists, then each package that is not in the ledger, one by one. What cannot be fetched
// or saved stays listed there and is tried again later; one bad package stops no other.
import type { HubAnswer } from '../../preload/contract/calls';
import { codeOf } from '../../preload/contract/failure';
import type { HubDocId } from '../../preload/contract/ids';
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

  /** Null when the hub is away and the round is over. */
  async function fetchOne(docId: HubDocId, kind: 'edoc' | 'status', from: string): Promise<HubAnswer | null> {
    if (await isDone(docId)) return { kind: 'accepted', docId };
    if (isLater(docId)) return { kind: 'accepted', docId };
    asked.add(docId);
    const result = await desk.hub.receive({ docId, kind });
    if (!result.ok) {
      postpone(docId);
      return { kind: 'accepted', docId };
    }
    const { answer, arrival } = result.value;
    noteAnswer(hub, answer);
    if (arrival === null) {
      postpone(docId);
      return answer.kind === 'not-sent' ? null : answer;
    }
    try {
      await bringIn(context, arrival, from);
      later.delete(docId);
    } catch (error) {
      postpone(docId);
      await desk.app.report({ where: 'sync/pull', message: codeOf(error) });
    }
    return answer;
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
        for (const item of result.value.items) {
          waiting.add(item.docId);
          if ((await fetchOne(item.docId, item.kind, item.from)) === null) return { kind: 'away' };
        }
      }
      return { kind: 'read', waiting, asOf };
    },
  };
}
