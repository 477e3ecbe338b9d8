// Live values: a cell somebody sets, and a database query that answers again after every change. Opening of sealed rows
// happens after the query, outside Dexie's transaction; a late answer never overtakes a newer one.
import { liveQuery } from 'dexie';
import type { Live } from '../ledger';

export interface Cell<T> extends Live<T> {
  get(): T;
  set(value: T): void;
}

export function createCell<T>(initial: T): Cell<T> {
  let value = initial;
  const listeners = new Set<(value: T) => void>();
  return {
    get: () => value,
    set(next) {
      value = next;
      for (const listener of [...listeners]) listener(value);
    },
    subscribe(next) {
      const listener = (given: T) => next(given);
      listeners.add(listener);
      next(value);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

/** `query` uses Dexie only; `open` may await WebCrypto. */
export function liveFrom<Raw, T>(query: () => Promise<Raw>, open: (raw: Raw) => Promise<T>): Live<T> {
  return {
    subscribe(next, failed) {
      let turn = 0;
      let given = 0;
      let closed = false;
      const fail = (error: unknown) => {
        if (!closed) failed?.(error);
      };
      const subscription = liveQuery(query).subscribe({
        next(raw) {
          turn += 1;
          const mine = turn;
          open(raw).then((value) => {
            if (closed || mine < given) return;
            given = mine;
            next(value);
          }, fail);
        },
        error: fail,
      });
      return () => {
        closed = true;
        subscription.unsubscribe();
      };
    },
  };
}

/** A live value made of two others; given once both are there. */
export function combine<A, B, T>(left: Live<A>, right: Live<B>, join: (left: A, right: B) => T): Live<T> {
  return {
    subscribe(next, failed) {
      let a: { readonly value: A } | null = null;
      let b: { readonly value: B } | null = null;
      const give = () => {
        if (a !== null && b !== null) next(join(a.value, b.value));
      };
      const closeLeft = left.subscribe((value) => {
        a = { value };
        give();
      }, failed);
      const closeRight = right.subscribe((value) => {
        b = { value };
        give();
      }, failed);
      return () => {
        closeLeft();
        closeRight();
      };
    },
  };
}
