// One attempt of one call of the axis: builds the request, hands it to the transport, and turns whatever comes back into the
// closed union of answers. It knows no operation.
import { isFailure } from '../../../preload/contract/failure';
import type { Json } from '../answer-words';
import { objectOf, parseJson, parseObject } from '../envelope-scanner';
import type { CallOptions, HubAnswer, HubFailure, Listing } from '../hub';
import { PackageChanged } from '../package-body';
import {
  AnswerCut,
  type AnswerHead,
  type Transport,
  type TransportBody,
  type TransportLimits,
} from '../transport';
import { refusalOf } from './answers';
import type { VxpRequest } from './requests';

export type { Json } from '../answer-words';
export type Body = AsyncIterable<Uint8Array>;

export interface Call<T> {
  /** Throws Failure `header-not-ascii` for a value that cannot be a header; then nothing is sent. */
  readonly build: () => VxpRequest;
  readonly body: TransportBody | null;
  readonly limits: TransportLimits;
  readonly options: CallOptions | undefined;
  /** Throws AnswerCut for what it cannot understand. */
  readonly read: (head: AnswerHead, body: Body) => Promise<HubAnswer<T>>;
}

/** Exactly one request, and how it ended. */
export async function attemptCall<T>(transport: Transport, call: Call<T>): Promise<HubAnswer<T>> {
  let request: VxpRequest;
  try {
    request = call.build();
  } catch (error) {
    if (isFailure(error)) return { kind: 'blocked', code: error.code, detail: error.detail };
    throw error;
  }
  try {
    const outcome = await transport.request<HubAnswer<T>>(
      {
        ...request,
        body: call.body,
        limits: call.limits,
        ...(call.options?.signal === undefined ? {} : { signal: call.options.signal }),
      },
      (head, answer) => judged(head, () => call.read(head, answer)),
    );
    if (outcome.kind === 'answered') return outcome.value;
    if (outcome.kind === 'not-sent') return { ...outcome, retryAfterSeconds: null };
    const { reason, detail } = outcome;
    return { kind: 'unknown', reason, detail, retryAfterSeconds: null };
  } catch (error) {
    if (error instanceof PackageChanged) {
      return { kind: 'blocked', code: 'package-changed', detail: error.message };
    }
    if (isFailure(error) && error.code === 'hub-endpoint-unsafe') {
      return { kind: 'blocked', code: error.code, detail: error.detail };
    }
    throw error;
  }
}

/** The refusal in an answer, null when the hub said OK. Throws AnswerCut `garbled` when it says neither. */
export function refusedBy(
  head: AnswerHead,
  envelope: Json,
  signedOutCodes: readonly string[],
): HubFailure | null {
  const refusal = refusalOf(envelope, signedOutCodes);
  if (refusal === null && head.status >= 400) {
    throw new AnswerCut('garbled', `the hub said OK with HTTP ${head.status}`);
  }
  return refusal;
}

async function wholeText(body: Body): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** The whole answer as a JSON object. Throws AnswerCut `garbled`. */
export async function wholeObject(body: Body): Promise<Json> {
  return parseObject(await wholeText(body));
}

/**
 * The whole answer to a call for a list. Some hubs give the bare list: then its entries are the proof that it is one, and
 * an empty one, or one without a single readable entry, says nothing. Throws AnswerCut `garbled`.
 */
export async function readListing<T>(
  head: AnswerHead,
  body: Body,
  signedOutCodes: readonly string[],
  take: (answer: Json) => Listing<T>,
): Promise<HubAnswer<Listing<T>>> {
  const value = parseJson(await wholeText(body));
  const isBare = Array.isArray(value);
  const envelope: Json = isBare ? { status: 'OK', data: value } : objectOf(value);
  const refusal = refusedBy(head, envelope, signedOutCodes);
  if (refusal !== null) return refusal;
  const listing = take(envelope);
  if (isBare && listing.items.length === 0) throw new AnswerCut('garbled', 'the list says nothing');
  return { kind: 'ok', value: listing };
}

/** Seconds, or a date (RFC 9110 10.2.3), which is held against the hub's own clock: this machine's may be wrong. */
function retryAfter(head: AnswerHead): number | null {
  const text = (head.headers['retry-after'] ?? '').trim();
  const until = /^\d+$/.test(text) ? Number.NaN : Date.parse(text);
  const seconds = Number.isNaN(until)
    ? Number(text || Number.NaN)
    : (until - Date.parse(head.headers.date ?? '')) / 1000;
  return Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds) : null;
}

/**
 * The hub's own JSON counts whatever the HTTP status is; the status speaks only where no such JSON came. 401, 403, 407,
 * 413 and 429 are given before a request is acted on, a 5xx may come after it.
 */
async function judged<T>(head: AnswerHead, read: () => Promise<HubAnswer<T>>): Promise<HubAnswer<T>> {
  const { status } = head;
  const words = { errorCode: `HTTP ${status}`, errorDesc: '' };
  if (status >= 300 && status < 400) {
    return { kind: 'unknown', reason: 'redirected', detail: `HTTP ${status}`, retryAfterSeconds: null };
  }
  const busy = (): HubAnswer<T> => {
    return {
      kind: 'not-sent',
      reason: 'busy',
      detail: `HTTP ${status}`,
      retryAfterSeconds: retryAfter(head),
    };
  };
  try {
    const answer = await read();
    // Whoever keeps the gate may say it in words, too: the hub refused nothing, it was not asked.
    return status === 429 && answer.kind === 'refused' ? busy() : answer;
  } catch (error) {
    if (!(error instanceof AnswerCut) || status < 400) throw error;
    if (status === 401 || status === 403 || status === 407) return { kind: 'signed-out', ...words };
    if (status === 413) return { kind: 'refused', ...words };
    if (status === 429) return busy();
    if (status >= 500) {
      const retryAfterSeconds = retryAfter(head);
      return { kind: 'unknown', reason: 'server-error', detail: `HTTP ${status}`, retryAfterSeconds };
    }
    throw error;
  }
}
