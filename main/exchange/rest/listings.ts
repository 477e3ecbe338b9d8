// The lists in a REST gateway's answers, wherever it puts them. Whether the answer is a refusal was asked before. Pure.
import {
  firstText,
  isErrorCode,
  isObject,
  type Json,
  textOf,
  totalNames,
  totalOf,
  unwrapped,
} from '../answer-words';
import type { AgencyItem, Listing, ReceivedItem } from '../hub';
import { AnswerCut } from '../transport';
import { agencyItems, agencyNames, hasAll, receivedItems, receivedNames } from '../vxp/answers';
import { saysOk } from './answers';

const listNames = [
  ...['content', 'data', 'items', 'list'],
  ...['records', 'rows', 'results', 'elements'],
] as const;

/** What an object without a list may say and still be an empty page: where it stands, and the axis' own OK. */
const pageNames: ReadonlySet<string> = new Set([
  ...listNames,
  ...totalNames,
  ...['page', 'pageIndex', 'pageNumber', 'pageSize', 'size', 'number', 'offset', 'limit', 'totalPages'],
  ...['first', 'last', 'empty', 'sort', 'pageable', 'hasNext', 'hasPrevious'],
  ...['status', 'errorCode', 'ErrorCode', 'errorDesc', 'ErrorDesc', 'message', 'success'],
]);

function isEmptyPage(data: Json): boolean {
  const isKnown = Object.keys(data).every((name) => pageNames.has(name));
  return isKnown && totalNames.every((name) => !isErrorCode(firstText(data[name])));
}

/**
 * The entries, or the single one that has all the `names`. Nothing at all is an empty list only where the gateway says OK:
 * what leaves a list is taken for settled. Throws AnswerCut `garbled`.
 */
function entriesOf(answer: Json, names: readonly string[]): unknown[] {
  const data = unwrapped(answer.data) ?? '';
  if (Array.isArray(data)) return data as unknown[];
  if (isObject(data)) {
    const inside = listNames.map((name) => unwrapped(data[name]));
    const list = inside.find(Array.isArray);
    if (list !== undefined) return list as unknown[];
    if (hasAll(data, names)) return [data];
    const hasNone = inside.every((one) => one === undefined || one === null || one === '');
    if (hasNone && isEmptyPage(data) && saysOk(answer)) return [];
  }
  if (data === '' && saysOk(answer)) return [];
  throw new AnswerCut('garbled', 'data holds no list');
}

export interface WaitingPage extends Listing<ReceivedItem> {
  readonly entries: number;
  /** Its first entry as it came: a gateway that knows no pages gives the same one again. */
  readonly first: string;
  /** How many entries the gateway says there are in all; 0 where it does not say. */
  readonly total: number;
  /** The gateway says in another way than by `total` that there is more. */
  readonly goesOn: boolean;
}

function goesOn(place: Json): boolean {
  return place.last === false || place.hasNext === true;
}

/** What waits; entries that the gateway itself calls done are left out. Throws AnswerCut `garbled`. */
export function waitingItems(answer: Json, kind: string): WaitingPage {
  const entries = entriesOf(answer, receivedNames).map((entry) =>
    isObject(entry) && entry.created_time === undefined
      ? { ...entry, created_time: entry.createdTime, updated_time: entry.updatedTime }
      : entry,
  );
  const { items, unreadable } = receivedItems({ data: entries });
  const data = unwrapped(answer.data);
  const inner = isObject(data) ? data : {};
  return {
    items: items
      .filter((item) => item.status.toLowerCase() !== 'done')
      .map((item) => (item.messageType === '' ? { ...item, messageType: kind } : item)),
    unreadable,
    entries: entries.length,
    first: JSON.stringify(entries[0] ?? null),
    total: totalOf(answer, inner),
    goesOn: goesOn(answer) || goesOn(inner),
  };
}

export interface AgencyPage extends Listing<AgencyItem> {
  /** The gateway says that this was the last page; null when it does not say. */
  readonly isLast: boolean | null;
  readonly entries: number;
}

/** One page of the agencies; `page` and `firstPage` count as the gateway does. Throws AnswerCut `garbled`. */
export function agencyPage(answer: Json, page: number, firstPage: number): AgencyPage {
  const entries = entriesOf(answer, agencyNames).map((entry) =>
    isObject(entry) && entry.pid === undefined ? { ...entry, pid: entry.parentId } : entry,
  );
  const inner = isObject(answer.data) ? answer.data : {};
  const total = Number(textOf(inner.totalPages) || Number.NaN);
  const byTotal = Number.isFinite(total) ? page - firstPage + 1 >= total : null;
  const isLast = typeof inner.last === 'boolean' ? inner.last : byTotal;
  return { ...agencyItems({ data: entries }), isLast, entries: entries.length };
}
