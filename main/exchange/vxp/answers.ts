// What the hub's JSON says, as values. Fields of a wrong type become empty, unknown ones are kept; an answer that says
// neither OK nor FAIL is `garbled`. Pure.
import type { AgencyItem, HubFailure, Listing, ReceivedItem, SentItem, UnitItem } from '../hub';
import { AnswerCut } from '../transport';

type Json = Readonly<Record<string, unknown>>;

/** Codes with which hubs say "wrong system id or secret". 15 is what gateways in front of the axis use. */
export const defaultSignedOutCodes: readonly string[] = ['15'];

/** Text of a scalar; anything else is empty. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return '';
}

function booleanOf(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  const text = textOf(value).toLowerCase();
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : null;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * null when the hub said OK, else its refusal. `ErrorCode` "0" is the word that counts; a hub that leaves it out
 * must say `status` OK. Throws AnswerCut `garbled` when it says neither.
 */
export function refusalOf(answer: Json, signedOutCodes: readonly string[]): HubFailure | null {
  const status = textOf(answer.status).toUpperCase();
  const errorCode = textOf(answer.ErrorCode).trim();
  const errorDesc = textOf(answer.ErrorDesc);
  const saysOk = status === 'OK' || status === 'SUCCESS';
  if (errorCode === '' && status === '')
    throw new AnswerCut('garbled', 'the answer says neither OK nor FAIL');
  if (status === 'FAIL' || (errorCode !== '' && errorCode !== '0')) {
    const kind = signedOutCodes.includes(errorCode) ? 'signed-out' : 'refused';
    return { kind, errorCode, errorDesc };
  }
  if (errorCode === '0' || saysOk) return null;
  throw new AnswerCut('garbled', `unknown status ${status.slice(0, 40)}`);
}

/** The entries of `data`; a hub with nothing to say may leave it out. Throws AnswerCut `garbled` for another type. */
function listOf<T>(answer: Json, read: (entry: Json) => T | null): Listing<T> {
  const data = answer.data ?? [];
  if (!Array.isArray(data)) throw new AnswerCut('garbled', 'data is not a list');
  const items: T[] = [];
  let unreadable = 0;
  for (const entry of data as unknown[]) {
    const item = isObject(entry) ? read(entry) : null;
    if (item === null) unreadable++;
    else items.push(item);
  }
  return { items, unreadable };
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

export function receivedItems(answer: Json): Listing<ReceivedItem> {
  return listOf(answer, (entry) => {
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
  return listOf(answer, (entry) => {
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
  return listOf(answer, (entry) => {
    const item = agencyOf(reader(entry));
    return item.code === '' ? null : item;
  });
}

export function unitItems(answer: Json): Listing<UnitItem> {
  return listOf(answer, (entry) => {
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
