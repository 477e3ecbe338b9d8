// Live values: a cell somebody sets, and a database query that answers again after changes. Opening of sealed rows
// happens after the query, outside Dexie's transaction; a late answer never overtakes a newer one.
import { Dexie, liveQuery } from 'dexie';
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

/** So many answers come at once; a person's acts never use them up. */
const atOnce = 4;
/** While changes keep coming, one more answer each so many milliseconds, */
const shortestPace = 300;
/** or so many times what the query took, so that screens never take the database from those who write; but never longer than this. */
const share = 16;
const longestPace = 3000;
/** Each answer in a row that had to wait makes the next wait this much longer, up to `strainedPace`: then it is no person who acts. */
const strainStep = 150;
const strainedPace = 1500;

/**
 * The query, held back while hundreds of documents come in: every screen would read anew after each of their saves. What is
 * held back reads after the wait, so the last change is always seen.
 */
function paced<Raw>(query: () => Promise<Raw>): () => Promise<Raw> {
  let left = atOnce;
  let since = performance.now();
  let pace = shortestPace;
  let newest = 0;
  let strain = 0;

  async function timed(): Promise<Raw> {
    const began = performance.now();
    const raw = await query();
    const strained = Math.min(strainedPace, shortestPace + strain * strainStep);
    pace = Math.min(longestPace, Math.max(strained, share * (performance.now() - began)));
    return raw;
  }

  return () => {
    newest += 1;
    const mine = newest;
    const now = performance.now();
    const more = Math.floor((now - since) / pace);
    left = Math.min(atOnce, left + more);
    since = left === atOnce ? now : since + more * pace;
    if (left === atOnce) {
      strain = 0;
      pace = shortestPace;
    }
    if (left > 0) {
      left -= 1;
      return timed();
    }
    const wait = new Promise<void>((resolve) => setTimeout(resolve, since + pace - now));
    // Dexie's own promise: the query behind it is still the one whose reads are watched.
    return Dexie.Promise.resolve(wait).then(() => {
      // A newer one waits for the same moment; Dexie drops what this one would say.
      if (mine !== newest) throw new Dexie.AbortError();
      left = 0;
      strain += 1;
      since = performance.now();
      return timed();
    });
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
      const subscription = liveQuery(paced(query)).subscribe({
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

/** Longer than a moment nobody waits for a word of the foot; hundreds of saves a minute change it twice each. */
const easedTo = 120;
/** While changes go on without a pause nobody reads each of them: each wait is twice the one before, up to this. */
const longestEase = 960;

/**
 * The same value, told at once and then at most once in a moment, less and less often while it never rests; the last one is always
 * told. What `urgent` says of the value told last and the new one waits for nothing.
 */
export function eased<T>(
  live: Live<T>,
  urgent: (told: T, now: T) => boolean,
  pause: number = easedTo,
): Live<T> {
  return {
    subscribe(next, failed) {
      let last = Number.NEGATIVE_INFINITY;
      let timer: ReturnType<typeof setTimeout> | null = null;
      let waiting: { readonly value: T } | null = null;
      let told: { readonly value: T } | null = null;
      let wait = pause;
      const tell = (value: T): void => {
        last = performance.now();
        waiting = null;
        told = { value };
        next(value);
      };
      const tellWaiting = (): void => {
        timer = null;
        if (waiting === null) return;
        wait = Math.min(longestEase, wait * 2);
        tell(waiting.value);
      };
      const stop = live.subscribe((value) => {
        if (told !== null && urgent(told.value, value)) return tell(value);
        const left = last + wait - performance.now();
        if (timer === null && left <= 0) {
          wait = pause;
          return tell(value);
        }
        waiting = { value };
        timer ??= setTimeout(tellWaiting, left);
      }, failed);
      return () => {
        if (timer !== null) clearTimeout(timer);
        stop();
      };
    },
  };
}

/** A part of a live value, told where it is another one. */
export function partOf<T, Part>(live: Live<T>, part: (value: T) => Part): Live<Part> {
  return {
    subscribe(next, failed) {
      let told: { readonly part: Part } | null = null;
      return live.subscribe((value) => {
        const now = part(value);
        if (told !== null && told.part === now) return;
        told = { part: now };
        next(now);
      }, failed);
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
