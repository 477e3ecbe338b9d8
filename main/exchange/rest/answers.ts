// Whether a REST gateway did what it was asked, as a value. Gateways wrap the axis' own words (`data.status`, `data.errorCode`)
// into an envelope of theirs (`code`, `message`, `errorDetail`); either may be missing. It reads no list. Pure.
import {
  countingCode,
  errorCodesOf,
  firstText,
  isErrorCode,
  isObject,
  type Json,
  saysFailure,
  saysSuccess,
  wordOf,
} from '../answer-words';
import type { HubFailure } from '../hub';
import { AnswerCut } from '../transport';

/** The gateway's own trouble (20) or its trouble with the file (21): it does not say whether the axis has the package. */
const unsureCodes: readonly string[] = ['20', '21'];

const signedOutWords: readonly string[] = ['UNAUTHORIZED', 'UNAUTHENTICATED', 'FORBIDDEN', '401', '403'];

function entriesOfDetail(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  return value === undefined || value === null ? [] : [value];
}

function wordsOfDetail(entries: readonly unknown[]): string {
  const words = entries.map((one) =>
    isObject(one) ? firstText(one.message, one.errorDesc, one.ErrorDesc) : firstText(one),
  );
  return words.filter((word) => word !== '').join('; ');
}

function numberOf(text: string): number {
  return text === '' ? Number.NaN : Number(text);
}

function says(answer: Json) {
  const inner = isObject(answer.data) ? answer.data : {};
  const details = entriesOfDetail(answer.errorDetail);
  const status = wordOf(answer.status);
  const statuses = [wordOf(inner.status), status];
  return {
    code: firstText(answer.code),
    number: numberOf(firstText(answer.code)),
    status,
    statuses,
    /** An HTTP status in place of `code`, as frameworks write it for errors that the gateway itself never saw. */
    statusNumber: statuses.map(numberOf).find((number) => number >= 400) ?? numberOf(status),
    succeeded: [wordOf(answer.success), wordOf(inner.success)],
    codes: errorCodesOf(
      ...[inner.errorCode, inner.ErrorCode, answer.errorCode, answer.ErrorCode],
      ...details.flatMap((one) => (isObject(one) ? [one.errorCode, one.ErrorCode, one.code] : [])),
    ),
    words: firstText(
      ...[inner.errorDesc, inner.ErrorDesc, answer.errorDesc, answer.ErrorDesc],
      ...[wordsOfDetail(details), answer.message, inner.message],
    ),
  };
}

const isGood = (number: number): boolean => number === 0 || (number >= 200 && number < 300);

/** A word of the gateway itself says that it did it. Nothing follows from the lack of one but that it did not say so. */
export function saysOk(answer: Json): boolean {
  const { number, statuses, statusNumber, succeeded, codes } = says(answer);
  const isGoodStatus = statusNumber >= 200 && statusNumber < 300;
  return (
    isGood(number) ||
    isGoodStatus ||
    [wordOf(answer.code), ...statuses, ...succeeded].some(saysSuccess) ||
    codes.includes('0')
  );
}

/** A list or a package came, though no word says OK: what is there is read. An empty list beside any other word is no answer. */
function hasContent(answer: Json): boolean {
  const { data } = answer;
  if (Array.isArray(data)) {
    return data.length > 0 || firstText(answer.code, answer.status, answer.message, answer.error) === '';
  }
  if (isObject(data)) return Object.keys(data).length > 0;
  // The package itself was taken out of `data` on its way, and left it empty.
  return typeof data === 'string';
}

/** null when the gateway said OK or gave what was asked for, else its refusal. Throws AnswerCut `garbled` when it did neither. */
export function refusalOfRest(answer: Json, signedOutCodes: readonly string[]): HubFailure | null {
  const { code, number, statuses, statusNumber, succeeded, codes, words } = says(answer);
  const errorCode = countingCode(codes);
  const hasError = isErrorCode(errorCode);
  const isWrong = Number.isFinite(number) && !isGood(number);
  const isWrongStatus = statusNumber >= 400;
  const ownWords = [wordOf(answer.code), ...statuses];
  const isSignedOut = ownWords.some((word) => signedOutWords.includes(word));
  const hasFailed = [...ownWords, ...succeeded].some(saysFailure) || isSignedOut;
  if (!hasError && !isWrong && !isWrongStatus && !hasFailed) {
    if (saysOk(answer) || hasContent(answer)) return null;
    throw new AnswerCut('garbled', 'the answer says neither OK nor FAIL');
  }
  const named = isWrong || !Number.isFinite(number) ? code : '';
  const ownCode = hasError ? errorCode : named || (isWrongStatus ? String(statusNumber) : '');
  if (signedOutCodes.includes(errorCode) || isSignedOut) {
    return { kind: 'signed-out', errorCode: ownCode, errorDesc: words };
  }
  if (number === 429 || statusNumber === 429) {
    return { kind: 'not-sent', reason: 'busy', detail: words, retryAfterSeconds: null };
  }
  const isBroken = isWrong ? number >= 500 && words === '' : statusNumber >= 500;
  if (codes.some((one) => unsureCodes.includes(one)) || (isBroken && !hasError)) {
    const detail = `${ownCode} ${words || firstText(answer.error)}`.trim();
    return { kind: 'unknown', reason: 'server-error', detail, retryAfterSeconds: null };
  }
  return { kind: 'refused', errorCode: ownCode, errorDesc: words };
}

/**
 * That the gateway noted what it was told: `told` is the status, which it may repeat. There is no other proof than its words, so
 * that content alone is none. Throws AnswerCut `garbled` when they leave a doubt.
 */
export function noted(answer: Json, told: string): null {
  const { data } = answer;
  const inner = isObject(data) ? wordOf(data.status) : wordOf(data);
  const isOdd = isObject(data)
    ? inner !== '' && !saysSuccess(inner) && inner !== told.toUpperCase()
    : saysFailure(inner);
  if (isOdd || !saysOk(answer)) throw new AnswerCut('garbled', 'the gateway does not say that it noted it');
  return null;
}

/** DocId of an accepted package. Throws AnswerCut `garbled` when an OK names none. */
export function sentDocId(answer: Json): string {
  const inner = isObject(answer.data) ? answer.data : {};
  const docId = firstText(inner.docId, inner.DocId, answer.docId, answer.DocId);
  if (docId === '') throw new AnswerCut('garbled', 'the gateway said OK without a docId');
  return docId;
}
