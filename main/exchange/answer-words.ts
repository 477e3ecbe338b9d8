// What hubs of every kind write into their JSON: scalars as text, words for "done" and "not done", lists in odd wrappings.
// It knows no kind of hub and judges no whole answer. Pure.
import { AnswerCut } from './transport';

export type Json = Readonly<Record<string, unknown>>;

const successWords: readonly string[] = ['OK', 'SUCCESS', 'SUCCESSFUL', 'SUCCEEDED', 'TRUE', '200', '201'];
const failureWords: readonly string[] = ['FAIL', 'FAILED', 'FAILURE', 'NOK', 'ERROR', 'FALSE'];

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text of a scalar; anything else is empty, and so is a whole number that JSON has rounded: it would be another's id. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') {
    return Number.isInteger(value) && !Number.isSafeInteger(value) ? '' : String(value);
  }
  return typeof value === 'boolean' ? String(value) : '';
}

/** The first of the values that has a text, without blanks around it; empty when none has. */
export function firstText(...values: readonly unknown[]): string {
  return values.map((value) => textOf(value).trim()).find((text) => text !== '') ?? '';
}

/** A word as it is compared: without blanks around it, in capitals. */
export function wordOf(value: unknown): string {
  return textOf(value).trim().toUpperCase();
}

/** `word` as wordOf gives it. A word may say neither success nor failure. */
export function saysSuccess(word: string): boolean {
  return successWords.includes(word);
}

/** `word` as wordOf gives it. */
export function saysFailure(word: string): boolean {
  return failureWords.includes(word);
}

export function isErrorCode(code: string): boolean {
  return code !== '' && code !== '0';
}

/** The error codes among the values, in their order; a number of any size is one, since none may pass for "no error". */
export function errorCodesOf(...values: readonly unknown[]): string[] {
  return values
    .map((value) => (typeof value === 'number' ? String(value) : textOf(value).trim()))
    .filter((code) => code !== '');
}

/** The code that counts: an error does not hide behind a "0" beside it. Empty when there is none at all. */
export function countingCode(codes: readonly string[]): string {
  return codes.find(isErrorCode) ?? codes[0] ?? '';
}

/** `data` of a list: text that holds JSON is what it holds. Throws AnswerCut `garbled` for JSON that cannot be read. */
export function unwrapped(data: unknown): unknown {
  if (typeof data !== 'string') return data;
  const text = data.trim();
  if (!text.startsWith('[') && !text.startsWith('{')) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The text itself is foreign and may be long: what it is says enough.
    throw new AnswerCut('garbled', 'the list is no JSON');
  }
}

/** How many entries there are in all, by the names that hubs give it. */
export const totalNames: readonly string[] = [
  ...['total', 'totalCount', 'totalElements', 'totalRecords', 'totalItems', 'count', 'numberOfElements'],
];

/** How many entries a hub says there are, wherever it says so; 0 where it does not. */
export function totalOf(...places: readonly Json[]): number {
  const totals = places.flatMap((place) => totalNames.map((name) => Number(firstText(place[name]) || 0)));
  return Math.max(0, ...totals.filter(Number.isSafeInteger));
}
