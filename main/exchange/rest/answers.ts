// What a REST gateway's JSON says, as values. Gateways wrap the axis' own words (`data.status`, `data.errorCode`) into an
// envelope of theirs (`code`, `message`, `errorDetail`); either may be missing. Pure.
import type { AgencyItem, HubFailure, Listing, ReceivedItem } from '../hub';
import { AnswerCut } from '../transport';
import { agencyItems, receivedItems } from '../vxp/answers';
import type { Json } from '../vxp/attempt';

/** The gateway's own trouble (20) or its trouble with the file (21): it does not say whether the axis has the package. */
const unsureCodes: readonly string[] = ['20', '21'];

const listNames = ['content', 'data', 'items', 'list'] as const;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function first(...values: unknown[]): string {
  return values.map(textOf).find((text) => text !== '') ?? '';
}

function detailOf(value: unknown): string {
  if (!Array.isArray(value)) return textOf(value);
  const words = (value as unknown[]).map((one) =>
    isObject(one) ? first(one.message, one.errorDesc) : textOf(one),
  );
  return words.filter((word) => word !== '').join('; ');
}

function says(answer: Json) {
  const inner = isObject(answer.data) ? answer.data : {};
  return {
    code: textOf(answer.code),
    status: first(inner.status, answer.status).toUpperCase(),
    errorCode: first(inner.errorCode, inner.ErrorCode, answer.errorCode, answer.ErrorCode),
    words: first(
      inner.errorDesc,
      inner.ErrorDesc,
      answer.errorDesc,
      answer.ErrorDesc,
      detailOf(answer.errorDetail),
      answer.message,
    ),
  };
}

/** null when the gateway said OK, else its refusal. Throws AnswerCut `garbled` when it says neither. */
export function refusalOfRest(answer: Json, signedOutCodes: readonly string[]): HubFailure | null {
  const { code, status, errorCode, words } = says(answer);
  const hasError = errorCode !== '' && errorCode !== '0';
  const number = Number(code || Number.NaN);
  const isWrong = Number.isFinite(number) && number !== 0 && (number < 200 || number >= 300);
  if (code === '' && status === '' && errorCode === '' && !('data' in answer)) {
    throw new AnswerCut('garbled', 'the answer says neither OK nor FAIL');
  }
  if (!hasError && !isWrong && status !== 'FAIL' && status !== 'ERROR') return null;
  if (signedOutCodes.includes(errorCode) || number === 401 || number === 403) {
    return { kind: 'signed-out', errorCode: errorCode || code, errorDesc: words };
  }
  const isUnsure = unsureCodes.includes(errorCode) || (number >= 500 && !hasError && words === '');
  if (isUnsure) {
    const detail = `${errorCode || code} ${words}`.trim();
    return { kind: 'unknown', reason: 'server-error', detail, retryAfterSeconds: null };
  }
  return { kind: 'refused', errorCode: hasError ? errorCode : code, errorDesc: words };
}

/** The entries, wherever a gateway puts them. Throws AnswerCut `garbled`. */
function entriesOf(answer: Json): unknown[] {
  const { data } = answer;
  if (data === undefined || data === null) return [];
  if (Array.isArray(data)) return data as unknown[];
  if (isObject(data)) {
    for (const name of listNames) {
      const list = data[name];
      if (Array.isArray(list)) return list as unknown[];
    }
    if (listNames.every((name) => data[name] === undefined || data[name] === null)) return [];
  }
  throw new AnswerCut('garbled', 'data holds no list');
}

/** What waits; entries that the gateway itself calls done are left out. */
export function waitingItems(answer: Json, kind: string): Listing<ReceivedItem> {
  const entries = entriesOf(answer).map((entry) =>
    isObject(entry) && entry.created_time === undefined
      ? { ...entry, created_time: entry.createdTime, updated_time: entry.updatedTime }
      : entry,
  );
  const { items, unreadable } = receivedItems({ data: entries });
  return {
    items: items
      .filter((item) => item.status.toLowerCase() !== 'done')
      .map((item) => (item.messageType === '' ? { ...item, messageType: kind } : item)),
    unreadable,
  };
}

export interface AgencyPage extends Listing<AgencyItem> {
  /** The gateway says that this was the last page; null when it does not say. */
  readonly isLast: boolean | null;
  readonly entries: number;
}

export function agencyPage(answer: Json, page: number, firstPage: number): AgencyPage {
  const entries = entriesOf(answer).map((entry) =>
    isObject(entry) && entry.pid === undefined ? { ...entry, pid: entry.parentId } : entry,
  );
  const inner = isObject(answer.data) ? answer.data : {};
  const total = Number(textOf(inner.totalPages) || Number.NaN);
  const byTotal = Number.isFinite(total) ? page - firstPage + 1 >= total : null;
  const isLast = typeof inner.last === 'boolean' ? inner.last : byTotal;
  return { ...agencyItems({ data: entries }), isLast, entries: entries.length };
}

/** DocId of an accepted package. Throws AnswerCut `garbled` when an OK names none. */
export function sentDocId(answer: Json): string {
  const inner = isObject(answer.data) ? answer.data : {};
  const docId = first(inner.docId, inner.DocId, answer.docId, answer.DocId);
  if (docId === '') throw new AnswerCut('garbled', 'the gateway said OK without a docId');
  return docId;
}
