// Reads what waits at the hub: both lists, then each package that is not in the ledger. What cannot be fetched
// or saved stays listed there and is tried again later; one bad package stops no other.
import type { PendingItem } from '../../preload/contract/calls';
import type { HubDocId } from '../../preload/contract/ids';
import type { Arrival } from '../../preload/contract/records';
import { documentOf } from '../acts/act-id';
import type { Context } from '../acts/context';
import { receiptFinder } from '../db/receipts';
import type { StoredReceipt } from '../db/schema';
import { type HubCell, noteAnswer } from './hub-view';
import { type Came, createKeeping } from './keeping';
import { longestSeconds, retrySeconds } from './retry';

export type PullEnd =
  /**
   * Both lists were read to their end; these packages wait at the hub. So many entries nobody can fetch: they have no name to be
   * fetched by, or the hub does not give what it lists, however often it is asked.
   */
  | {
      readonly kind: 'read';
      readonly waiting: ReadonlySet<HubDocId>;
      readonly unreadable: number;
      readonly asOf: Date;
    }
  | { readonly kind: 'away' };

export interface Pull {
  round(): Promise<PullEnd>;
}

/** What came of asking for one package; `nothing`: it is left for later. */
type Fetched =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'came'; readonly arrival: Arrival }
  | { readonly kind: 'away' }
  | { readonly kind: 'broke'; readonly error: unknown };

const setAside: ReadonlySet<StoredReceipt['kind']> = new Set(['unreadable', 'secret']);
/** How many packages are asked for at the same time. */
const ahead = 6;
/** How many may have been asked for and not been brought in: so many statuses at most are one transaction. */
const most = 192;
/** So many of a list are looked up in one go: thousands would be one long task of the window. */
const mostLookedUp = 256;
/** After so many failures one by one it is no accident: the clerk is told that a package does not come. */
const failuresTold = 3;
/** A package that is not in the ledger, or that was set aside there. */
type ToFetch = PendingItem & Pick<Came, 'id' | 'isNew'>;

interface Later {
  readonly failures: number;
  readonly until: number;
}

export function createPull(context: Context, hub: HubCell, chance: () => number): Pull {
  const { desk } = context;
  /** Packages that failed, and when they may be tried again; forgotten at a restart. */
  const later = new Map<HubDocId, Later>();

  /**
   * Packages asked of main since this start. What was set aside is asked for once a start: a newer reader may read it, and policy
   * may have called a secrecy mark a false alarm.
   */
  const asked = new Set<HubDocId>();

  const keeping = createKeeping(context, {
    kept: (docId) => later.delete(docId),
    failed: postpone,
  });

  /** Those of the list that are not in the ledger, in their order; looked up together, since most of a list may be there. */
  async function notDone(items: readonly PendingItem[]): Promise<readonly ToFetch[]> {
    const left: ToFetch[] = [];
    const receiptsOf = await receiptFinder(context.databases.strict, items.length);
    for (let at = 0; at < items.length; at += mostLookedUp) {
      const some = items.slice(at, at + mostLookedUp);
      const ids = await Promise.all(some.map(({ docId }) => documentOf(docId)));
      const receipts = await receiptsOf(ids);
      for (const [index, item] of some.entries()) {
        const id = ids[index];
        if (id === undefined) continue;
        const receipt = receipts.get(id);
        const isNew = receipt === undefined;
        if (isNew || (setAside.has(receipt.kind) && !asked.has(item.docId)))
          left.push({ ...item, id, isNew });
      }
    }
    return left;
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
    if (isLater(docId)) return { kind: 'nothing' };
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

  /**
   * Asked for side by side and brought in one after the other, in the hub's order: one may be the double of the one before.
   * False when the hub went away meanwhile; what had been asked for by then is brought in all the same.
   */
  async function fetchAll(items: readonly ToFetch[]): Promise<boolean> {
    try {
      return await fetchAndKeep(items);
    } finally {
      await keeping.ended();
    }
  }

  async function fetchAndKeep(items: readonly ToFetch[]): Promise<boolean> {
    const begun: Promise<void>[] = [];
    const fetched: Fetched[] = [];
    let taken = 0;
    let underWay = 0;
    let away = false;
    const begin = (): void => {
      while (!away && underWay < ahead && begun.length < Math.min(items.length, taken + most)) {
        const at = begun.length;
        const item = items[at];
        if (item === undefined) return;
        underWay += 1;
        begun.push(
          ask(item)
            .catch((error: unknown): Fetched => ({ kind: 'broke', error }))
            .then((one) => {
              fetched[at] = one;
              underWay -= 1;
              if (one.kind === 'away') away = true;
              begin();
            }),
        );
      }
    };
    while (taken < items.length) {
      begin();
      const first = begun[taken];
      if (first === undefined) break;
      await first;
      const came: Came[] = [];
      for (let one = fetched[taken]; one !== undefined; one = fetched[taken]) {
        const item = items[taken];
        taken += 1;
        if (one.kind === 'broke') {
          await keeping.keep(came);
          throw one.error;
        }
        if (one.kind === 'came' && item !== undefined) came.push({ ...item, arrival: one.arrival });
      }
      begin();
      await keeping.keep(came);
    }
    return !away;
  }

  return {
    async round() {
      const asOf = context.now();
      const waiting = new Set<HubDocId>();
      let unreadable = 0;
      for (const kind of ['status', 'edoc'] as const) {
        const result = await desk.hub.list({ kind });
        if (!result.ok) return away(result.code);
        noteAnswer(hub, result.value.answer);
        if (result.value.answer.kind !== 'accepted') return { kind: 'away' };
        unreadable += result.value.unreadable;
        for (const { docId } of result.value.items) waiting.add(docId);
        if (!(await fetchAll(await notDone(result.value.items)))) return { kind: 'away' };
      }
      const kept = [...waiting].filter((docId) => (later.get(docId)?.failures ?? 0) >= failuresTold);
      return { kind: 'read', waiting, unreadable: unreadable + kept.length, asOf };
    },
  };
}
