// Where a search in the shown file stands: for which words, what is found so far, at which hit the clerk is. Pure.
import type { Found, Hit } from './find';

export interface Standing {
  /** The words that the hits belong to; others may be typed by now. */
  readonly forQuery: string;
  readonly hits: readonly Hit[];
  /** `failed`: a page could not be read, and what lies behind it was not searched. */
  readonly state: Found['state'] | 'failed';
  readonly at: number;
}

/** A search for these words that has found nothing yet. */
export function begun(query: string): Standing {
  return { forQuery: query, hits: [], state: 'searching', at: 0 };
}

/** With what a search for `query` found so far; the clerk stays where they are. */
export function withFound(now: Standing, query: string, found: Found): Standing {
  return now.forQuery === query ? { ...now, hits: found.hits, state: found.state } : now;
}

/** The search for `query` ended before the file did. */
export function withFailure(now: Standing, query: string): Standing {
  return now.forQuery === query ? { ...now, state: 'failed' } : now;
}

/** One hit on or back, around the ends once all are known. The same standing where there is nowhere to go. */
export function stepped(now: Standing, query: string, step: 1 | -1): Standing {
  const count = now.hits.length;
  if (now.forQuery !== query || count === 0) return now;
  const next = now.at + step;
  // Behind the last one there may be another one still.
  if (now.state === 'searching' && (next < 0 || next >= count)) return now;
  return { ...now, at: (next + count) % count };
}

/** What is said of it: whether it goes on, and at which hit of how many the clerk is. */
export interface Told {
  /** `none`: the whole file was searched in vain; `nothing`: no words are typed. */
  readonly kind: 'nothing' | 'none' | 'searching' | 'failed' | 'found';
  /** '' where no hit is known. */
  readonly count: string;
}

/** For the words that are typed now. */
export function toldOf(now: Standing, query: string): Told {
  if (query.trim() === '') return { kind: 'nothing', count: '' };
  if (now.forQuery !== query) return { kind: 'searching', count: '' };
  const { hits, at, state } = now;
  const count = hits.length === 0 ? '' : `${at + 1} / ${hits.length}${state === 'more' ? '+' : ''}`;
  if (state === 'searching' || state === 'failed') return { kind: state, count };
  return { kind: count === '' ? 'none' : 'found', count };
}
