// What the hub's JSON says, as values. Fields of a wrong type become empty, unknown ones are kept; an answer that says
// neither OK nor FAIL is `garbled`. Pure.
import {
  countingCode,
  errorCodesOf,
  firstText,
  isErrorCode,
  isObject,
  type Json,
  saysFailure,
  saysSuccess,
  textOf,
  totalOf,
  unwrapped,
  wordOf,
} from '../answer-words';
import type { AgencyItem, HubFailure, Listing, ReceivedItem, SentItem, UnitItem } from '../hub';
import { AnswerCut } from '../transport';

/** Codes with which hubs say "wrong system id or secret". 15 is what gateways in front of the axis use. */
export const defaultSignedOutCodes: readonly string[] = ['15'];

function booleanOf(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  const text = textOf(value).toLowerCase();
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : null;
}

/**
 * null when the hub said OK, else its refusal. OK is `ErrorCode` "0", a `status` that says success, or both; neither makes up
 * for the other. Some hubs write `errorCode`, `errorDesc`. Throws AnswerCut `garbled` when it says neither OK nor FAIL.
 */
export function refusalOf(answer: Json, signedOutCodes: readonly string[]): HubFailure | null {
  const status = wordOf(answer.status);
  const errorCode = countingCode(errorCodesOf(answer.ErrorCode, answer.errorCode));
  const errorDesc = firstText(answer.ErrorDesc, answer.errorDesc);
  if (errorCode === '' && status === '')
    throw new AnswerCut('garbled', 'the answer says neither OK nor FAIL');
  if (saysFailure(status) || isErrorCode(errorCode)) {
    const kind = signedOutCodes.includes(errorCode) ? 'signed-out' : 'refused';
    return { kind, errorCode, errorDesc };
  }
  if (status === '' || saysSuccess(status)) return null;
  throw new AnswerCut('garbled', `unknown status ${status.slice(0, 40)}`);
}

/** A list of objects, or an object with all the `names`, stands beside `data` or one deeper: there the entries are. */
function isElsewhere({ data: _, ...beside }: Json, names: readonly string[]): boolean {
  const isFound = (value: unknown) =>
    Array.isArray(value) ? value.some(isObject) : isObject(value) && hasAll(value, names);
  return Object.values(beside).some(
    (value) => isFound(value) || (isObject(value) && Object.values(value).some(isFound)),
  );
}

/**
 * The entries of `data`; a hub with nothing to say may leave it out or empty, and one with a single entry may give that alone:
 * it has all the `names`. What an empty list says there is beside it is counted as unreadable. Throws AnswerCut `garbled` for
 * anything else.
 */
function listOf<T>(answer: Json, names: readonly string[], read: (entry: Json) => T | null): Listing<T> {
  let data = unwrapped(answer.data) ?? '';
  const isEmpty = data === '' || (Array.isArray(data) && data.length === 0);
  if (isEmpty && isElsewhere(answer, names))
    throw new AnswerCut('garbled', 'the list is not where it should be');
  if (data === '') data = [];
  if (isObject(data) && hasAll(data, names)) data = [data];
  if (!Array.isArray(data)) throw new AnswerCut('garbled', 'data is not a list');
  const items: T[] = [];
  let unreadable = isEmpty ? totalOf(answer) : 0;
  for (const entry of data as unknown[]) {
    const item = isObject(entry) ? read(entry) : null;
    if (item === null) unreadable++;
    else items.push(item);
  }
  return { items, unreadable };
}

/** Whether an object has a value under each of the names. */
export function hasAll(value: Json, names: readonly string[]): boolean {
  return names.every((name) => value[name] !== undefined && value[name] !== null);
}

/** Takes texts out of an entry and keeps the rest. */
function reader(entry: Json) {
  const other: Record<string, unknown> = { ...entry };
  return {
    text(name: string): string {
      delete other[name];
      return textOf(entry[name]);
    },
    raw(name: string): unknown {
      delete other[name];
      return entry[name];
    },
    other,
  };
}

/** Receivers come as one code, as a list, or as the text of a JSON list. */
function codesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(textOf).filter((code) => code !== '');
  const text = textOf(value).trim();
  if (!text.startsWith('[')) return text === '' ? [] : [text];
  try {
    return codesOf(JSON.parse(text) as unknown);
  } catch {
    // Not JSON after all: an opaque code that begins with a bracket.
    return [text];
  }
}

/** What an entry has that an error in place of the list has not. */
export const receivedNames = ['docId'] as const;
const sentNames = ['senderDocId'] as const;
export const agencyNames = ['code', 'name'] as const;

export function receivedItems(answer: Json): Listing<ReceivedItem> {
  return listOf(answer, receivedNames, (entry) => {
    const fields = reader(entry);
    const item = {
      docId: fields.text('docId'),
      serviceType: fields.text('serviceType'),
      messageType: fields.text('messageType'),
      from: fields.text('from'),
      to: codesOf(fields.raw('to')),
      createdTime: fields.text('created_time'),
      updatedTime: fields.text('updated_time'),
      status: fields.text('status'),
      statusDesc: fields.text('status_desc'),
      other: fields.other,
    };
    return item.docId === '' ? null : item;
  });
}

export function sentItems(answer: Json): Listing<SentItem> {
  return listOf(answer, sentNames, (entry) => {
    const fields = reader(entry);
    const item = {
      serviceType: fields.text('serviceType'),
      messageType: fields.text('messageType'),
      senderDocId: fields.text('senderDocId'),
      receiverDocId: fields.text('receiverDocId'),
      fromCode: fields.text('fromCode'),
      toCode: fields.text('toCode'),
      title: fields.text('title'),
      notation: fields.text('notation'),
      sentTime: fields.text('sentTime'),
      receivedTime: fields.text('receivedTime'),
      sendStatus: fields.text('sendStatus'),
      sendStatusDesc: fields.text('sendStatusDesc'),
      receiveStatus: fields.text('receiveStatus'),
      receiveStatusDesc: fields.text('receiveStatusDesc'),
      other: fields.other,
    };
    return item.senderDocId === '' && item.receiverDocId === '' ? null : item;
  });
}

function agencyOf(fields: ReturnType<typeof reader>): AgencyItem {
  return {
    id: fields.text('id'),
    pid: fields.text('pid'),
    code: fields.text('code'),
    oldCode: fields.text('oldCode'),
    name: fields.text('name'),
    mail: fields.text('mail'),
    other: fields.other,
  };
}

export function agencyItems(answer: Json): Listing<AgencyItem> {
  return listOf(answer, agencyNames, (entry) => {
    const item = agencyOf(reader(entry));
    return item.code === '' ? null : item;
  });
}

export function unitItems(answer: Json): Listing<UnitItem> {
  return listOf(answer, agencyNames, (entry) => {
    const fields = reader(entry);
    const version = Number(fields.text('version') || Number.NaN);
    const item = {
      ...agencyOf(fields),
      version: Number.isSafeInteger(version) ? version : null,
      centerCode: fields.text('centerCode'),
      deleted: booleanOf(fields.raw('deleted')) ?? false,
      modifyDate: fields.text('modifyDate'),
      isAgency: booleanOf(fields.raw('isAgency')),
    };
    return item.code === '' ? null : item;
  });
}

/** DocId of an accepted package. Throws AnswerCut `garbled` when an OK names none: then nobody knows what was taken. */
export function documentIdOf(answer: Json): string {
  const docId = textOf(answer.DocId ?? answer.docId).trim();
  if (docId === '') throw new AnswerCut('garbled', 'the hub said OK without a DocId');
  return docId;
}

export function countOf(answer: Json): number {
  const text = textOf(answer.count ?? answer.data);
  const count = text === '' ? Number.NaN : Number(text);
  if (!Number.isSafeInteger(count) || count < 0) throw new AnswerCut('garbled', 'the count is not a number');
  return count;
}
